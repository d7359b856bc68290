"""Ballots (« fiches de notation ») and their marks. Totals are in domain/grading.py, ranks in domain/ranking.py."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from teams.enums import Standing

from ..enums import BallotState, RoundState
from .grid import Criterion
from .round import Entry

if TYPE_CHECKING:
    from hackathon.models import Account, Event
    from teams.models import Team

    from .jury import Juror
    from .round import Panel, Round


def _counted(rows: models.QuerySet, by: str) -> Coalesce:
    """How many of those rows there are per outer row, 0 without any."""
    counted = rows.order_by().values(by).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted), 0)


class BallotQuerySet(models.QuerySet["Ballot"]):
    def count_by_round_and_state(self, event: Event) -> list[tuple[str, str, int]]:
        """(round's name, state, ballots), in the order of the rounds."""
        counted = self.filter(round__event=event).order_by("round__position").values("round", "state")
        rounds = dict(event.rounds.values_list("pk", "name"))
        return [
            (rounds[row["round"]], row["state"], row["n"]) for row in counted.annotate(n=models.Count("pk"))
        ]

    def for_event(self, event: Event) -> BallotQuerySet:
        return self.filter(round__event=event)

    def in_round(self, round: Round) -> BallotQuerySet:
        return self.filter(round=round)

    def in_panel(self, panel: Panel) -> BallotQuerySet:
        return self.filter(panel=panel)

    def numbered(self, pk: int, *, event_slug: str) -> BallotQuerySet:
        return self.filter(pk=pk, round__event__slug=event_slug)

    def neighbours_of(self, ballot: Ballot) -> BallotQuerySet:
        """The same juror's ballots in the same round, in the running order."""
        own = self.filter(juror=ballot.juror_id, round=ballot.round_id)
        return own.select_related("panel", "project").counting_marks().in_running_order()

    def being_judged(self) -> BallotQuerySet:
        """Of rounds that are open or done: a draw not yet opened is nobody's to see."""
        return self.exclude(round__state=RoundState.PLANNED)

    def of_open_rounds(self) -> BallotQuerySet:
        return self.filter(round__state=RoundState.OPEN)

    def expected(self) -> BallotQuerySet:
        """What counts in a round's progress: neither recused nor set aside nor of a project that left."""
        counted = self.filter(state__in=(BallotState.OPEN, BallotState.HANDED_IN))
        return counted.filter(project__standing=Standing.COMPETING)

    def for_juror(self, juror: Juror) -> BallotQuerySet:
        return self.filter(juror=juror)

    def on_team(self, team: Team) -> BallotQuerySet:
        return self.filter(project__team=team)

    def still_changing(self) -> BallotQuerySet:
        """Of rounds that are not closed, neither recused nor set aside."""
        return self.filter(state__in=(BallotState.OPEN, BallotState.HANDED_IN)).exclude(
            round__state=RoundState.CLOSED
        )

    def unstarted(self) -> BallotQuerySet:
        """Open and without a mark or a word: nothing is lost when another juror has it instead."""
        return self.open().filter(marks=None, mark_entries=None, note="", comment="")

    def of(self, account: Account) -> BallotQuerySet:
        return self.filter(juror__person__account=account, juror__is_active=True)

    def open(self) -> BallotQuerySet:
        return self.filter(state=BallotState.OPEN)

    def handed_in(self) -> BallotQuerySet:
        return self.filter(state=BallotState.HANDED_IN)

    def mark_rows(self) -> models.QuerySet:
        """(panel, juror, project, criterion, value) of each mark, in a fixed order: what a count starts from."""
        return self.order_by("juror_id", "project_id", "marks__criterion_id").values_list(
            "panel_id", "juror_id", "project_id", "marks__criterion_id", "marks__value"
        )

    def unfinished(self) -> BallotQuerySet:
        """What a round waits for: open ballots on projects still in competition."""
        return self.open().filter(project__standing=Standing.COMPETING)

    def with_marks(self) -> BallotQuerySet:
        return self.prefetch_related("marks__criterion")

    def counting_marks(self) -> BallotQuerySet:
        """Adds `marked` and `criteria`: how many marks the ballot has, out of how many."""
        return self.annotate(
            marked=_counted(Mark.objects.filter(ballot=models.OuterRef("pk")), "ballot"),
            criteria=_counted(Criterion.objects.filter(grid=models.OuterRef("round__grid")), "grid"),
        )

    def to_mark(self, criterion: str, key: str) -> BallotQuerySet:
        """The row locked until the transaction ends, with all that one mark depends on, in one query.

        PostgreSQL computes the subqueries from before its wait for the lock: the constraints of MarkEntry tell.
        """
        mark = Mark.objects.filter(ballot=models.OuterRef("pk"), criterion__key=criterion)
        entry = MarkEntry.objects.filter(ballot=models.OuterRef("pk"), key=key)
        known = Criterion.objects.filter(grid=models.OuterRef("round__grid"), key=criterion)
        return (
            self.select_for_update(of=("self",))
            .select_related("round__event", "round__grid", "round__window", "project")
            .counting_marks()
            .annotate(
                criterion_pk=models.Subquery(known.values("pk")),
                mark_pk=models.Subquery(mark.values("pk")),
                mark_value=models.Subquery(mark.values("value")),
                mark_version=models.Subquery(mark.values("version")),
                entry_criterion=models.Subquery(entry.values("criterion__key")),
                entry_value=models.Subquery(entry.values("value")),
                entry_version=models.Subquery(entry.values("version")),
            )
        )

    def locked(self) -> BallotQuerySet:
        """Nobody else changes these rows until the transaction ends (SQLite: it holds the whole file already)."""
        return self.select_for_update(of=("self",)).select_related("round__event", "round__window", "project")

    def with_projects(self) -> BallotQuerySet:
        return self.select_related(
            "round__event",
            "round__grid",
            "round__window",
            "panel__theme",
            "project__team__theme",
            "juror__person",
        )

    def with_passages(self) -> BallotQuerySet:
        """In the running order, counting marks, with `starts_at`: when the project passes before the panel."""
        passage = Entry.objects.filter(panel=models.OuterRef("panel"), project=models.OuterRef("project"))
        return (
            self.counting_marks()
            .annotate(starts_at=models.Subquery(passage.values("starts_at")))
            .in_running_order()
        )

    def in_running_order(self) -> BallotQuerySet:
        return self.order_by("round__position", "panel__position", "position", "pk")


class Ballot(models.Model):
    """One per juror, project and round. `pseudonym` stands for the juror in digests, so that erasing the person
    later breaks nothing; `salt` hides the comment in its digest."""

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="ballots")
    panel = models.ForeignKey("judging.Panel", models.CASCADE, related_name="ballots")
    juror = models.ForeignKey("judging.Juror", models.PROTECT, related_name="ballots")
    project = models.ForeignKey("teams.Project", models.PROTECT, related_name="ballots")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=BallotState, default=BallotState.OPEN)
    recusal_reason = models.CharField(max_length=250, blank=True)
    note = models.TextField(blank=True, help_text="Private to the juror.")
    comment = models.TextField(blank=True, help_text="The team may read it.")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    pseudonym = models.CharField(max_length=64, unique=True, default=secrets.token_hex, editable=False)
    salt = models.CharField(max_length=64, default=secrets.token_hex, editable=False)
    receipt = models.CharField(max_length=64, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "juror", "project"], name="ballot_once"),
            models.CheckConstraint(
                condition=~models.Q(state=BallotState.RECUSED) | ~models.Q(recusal_reason=""),
                name="ballot_recused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror} × {self.project}"

    @property
    def event(self) -> Event:
        return self.round.event


class Mark(models.Model):
    """The current value; what led to it is in MarkEntry. No row means no mark, which is not a zero."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey("judging.Criterion", models.PROTECT, related_name="marks")
    value = models.DecimalField(max_digits=5, decimal_places=2)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "criterion"], name="mark_once_per_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"


class MarkEntryQuerySet(models.QuerySet["MarkEntry"]):
    def for_event(self, event: Event) -> MarkEntryQuerySet:
        return self.filter(ballot__round__event=event).order_by("version", "pk")


class MarkEntry(models.Model):
    """The log that marks are recomputed from: rows are added, never changed. `key` makes a repeat harmless."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="mark_entries")
    criterion = models.ForeignKey("judging.Criterion", models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=5, decimal_places=2)
    version = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = MarkEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mark entries"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "key"], name="mark_entry_once_per_key"),
            models.UniqueConstraint(
                fields=["ballot", "criterion", "version"], name="mark_entry_one_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}/{self.criterion_id} v{self.version}: {self.value}"
