"""A proposal of teams, as the organiser reviews it before anybody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ProposalState

if TYPE_CHECKING:
    from hackathon.models import Event


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def for_event(self, event: Event) -> ProposalQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> Proposal | None:
        return self.filter(pk=pk).first()

    def latest_first(self) -> ProposalQuerySet:
        return self.order_by("-pk")

    def with_authors(self) -> ProposalQuerySet:
        return self.select_related("created_by")

    def without_files(self) -> ProposalQuerySet:
        """What is asked again and again: state and version, not the large files."""
        return self.defer("problem", "plan", "moves", "undone", "locks")

    def without_problems(self) -> ProposalQuerySet:
        return self.defer("problem")

    def other_than(self, proposal: Proposal) -> ProposalQuerySet:
        return self.exclude(pk=proposal.pk)

    def readable(self) -> ProposalQuerySet:
        """Those that came to teams: under review, applied, set aside."""
        return self.exclude(plan={}).exclude(state__in=(ProposalState.RUNNING, ProposalState.FAILED))

    def being_computed(self) -> ProposalQuerySet:
        return self.filter(state=ProposalState.RUNNING)

    def not_asked_to_stop(self) -> ProposalQuerySet:
        return self.filter(stop_asked_at=None)

    def under_review(self) -> ProposalQuerySet:
        return self.filter(state__in=(ProposalState.RUNNING, ProposalState.READY))


class Proposal(models.Model):
    """`problem` and `plan` are the files of the architecture page; people's ids are registrations' ids, as text.

    `version` grows at each move: a change made from an older board is refused, not merged blindly.
    """

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.RUNNING)
    seed = models.BigIntegerField(default=1)
    seconds = models.FloatField(default=5)
    progress = models.FloatField(default=0)
    problem = models.JSONField()
    plan = models.JSONField(default=dict, blank=True)
    moves = models.JSONField(
        default=list, blank=True, help_text="Moves made by hand, newest last, for the undo."
    )
    undone = models.JSONField(
        default=list, blank=True, help_text="Moves undone since the last move, the next to redo last."
    )
    label = models.CharField(max_length=80, blank=True)
    is_repair = models.BooleanField(default=False)
    locks = models.JSONField(
        default=list,
        blank=True,
        help_text='[{"person": id as text, "team": key}]; no person: the team as a whole, its people named too.',
    )
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.event_id} #{self.pk} ({self.get_state_display()})"

    @property
    def title(self) -> str:
        """What organisers call it."""
        return self.label or str(_("Proposal no. %(number)s") % {"number": self.pk})

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.state == ProposalState.READY

    @property
    def locked_teams(self) -> set[str]:
        """Keys of the teams locked as a whole on the board."""
        return {lock["team"] for lock in self.locks if not lock["person"]}

    @property
    def locked_people(self) -> dict[str, str]:
        """The key of the team that each locked person stays in, people of locked teams included."""
        return {lock["person"]: lock["team"] for lock in self.locks if lock["person"]}
