"""Rounds of judging, their panels, who sits in them and which projects pass before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Method, RoundKind, RoundState

if TYPE_CHECKING:
    from hackathon.models import Event, Theme

    from .grid import Grid


class RoundQuerySet(models.QuerySet["Round"]):
    def for_event(self, event: Event) -> RoundQuerySet:
        return self.filter(event=event)

    def called(self, key: str) -> RoundQuerySet:
        return self.filter(key=key)

    def in_order(self) -> RoundQuerySet:
        return self.order_by("position", "pk")

    def planned(self) -> RoundQuerySet:
        return self.filter(state=RoundState.PLANNED)

    def not_closed(self) -> RoundQuerySet:
        return self.exclude(state=RoundState.CLOSED)

    def drawn(self) -> RoundQuerySet:
        """With a running order."""
        return self.filter(panels__entries__isnull=False)

    def marked_on(self, grid: Grid) -> RoundQuerySet:
        return self.filter(grid=grid)

    def closed(self) -> RoundQuerySet:
        return self.filter(state=RoundState.CLOSED)

    def before(self, round: Round) -> RoundQuerySet:
        """The rounds that come before this one, the nearest first."""
        return self.filter(event=round.event_id, position__lt=round.position).order_by("-position", "-pk")

    def of_panels(self) -> RoundQuerySet:
        return self.filter(kind=RoundKind.PANELS)

    def with_window(self) -> RoundQuerySet:
        return self.select_related("event", "window")

    def with_panels(self) -> RoundQuerySet:
        """With each panel's theme and members."""
        return self.prefetch_related(
            models.Prefetch("panels", Panel.objects.select_related("theme")),
            models.Prefetch(
                "panels__members",
                PanelMember.objects.select_related("juror__person").order_by("juror__person__folded_name"),
            ),
        )

    def with_passages(self) -> RoundQuerySet:
        """With each panel's running order too."""
        return self.with_panels().prefetch_related(
            models.Prefetch("panels__entries", Entry.objects.select_related("project__team"))
        )

    def under_way(self) -> RoundQuerySet:
        return self.filter(state=RoundState.OPEN)

    def with_grid(self) -> RoundQuerySet:
        return self.select_related("event", "grid", "window").prefetch_related(
            "grid__criteria", "grid__levels"
        )


class Round(models.Model):
    """`window` says when marks are taken; `state` what the president has done with the round."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="rounds")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=RoundKind)
    position = models.PositiveSmallIntegerField(default=0)
    grid = models.ForeignKey("judging.Grid", models.PROTECT, related_name="rounds")
    window = models.OneToOneField("hackathon.Window", models.PROTECT, related_name="round")
    method = models.CharField(_("ranking"), max_length=10, choices=Method, default=Method.AUTO)
    finalists_per_panel = models.PositiveSmallIntegerField(_("finalists per panel"), default=0)
    minutes_per_project = models.PositiveSmallIntegerField(_("minutes per project"), default=7)
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.PLANNED)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="round_key_once")]

    def __str__(self) -> str:
        return self.name

    def entry_rows(self) -> models.QuerySet:
        """(panel, project) of each entry of the round."""
        return (
            Entry.objects.filter(panel__round=self).order_by("position").values_list("panel_id", "project_id")
        )


class PanelQuerySet(models.QuerySet["Panel"]):
    def counting(self) -> PanelQuerySet:
        """With `passages` (projects before it) and `seats` (jurors in it)."""
        return self.select_related("theme").annotate(
            passages=models.Count("entries", distinct=True), seats=models.Count("members", distinct=True)
        )

    def for_event(self, event: Event) -> PanelQuerySet:
        return self.filter(round__event=event).select_related("round__event", "theme")

    def of_theme_with_nobody_yet(self, theme: Theme) -> PanelQuerySet:
        """That theme's panels in rounds still planned, without members and projects: nothing is lost with them."""
        return self.filter(theme=theme, round__state=RoundState.PLANNED, members=None, entries=None)

    def numbered(self, pk: int) -> PanelQuerySet:
        return self.filter(pk=pk)


class Panel(models.Model):
    """Jurors who hear the same projects; a panel of a theme, or the only one of a final or plenary round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="panels")
    theme = models.ForeignKey("hackathon.Theme", models.PROTECT, null=True, blank=True, related_name="panels")
    room = models.CharField(_("room"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "theme"], name="panel_once_per_theme_and_round")
        ]

    def __str__(self) -> str:
        return str(self.theme or self.round)

    @property
    def event(self) -> Event:
        return self.round.event


class PanelMemberQuerySet(models.QuerySet["PanelMember"]):
    def for_event(self, event: Event) -> PanelMemberQuerySet:
        return self.filter(panel__round__event=event).select_related(
            "panel__round", "panel__theme", "juror__person"
        )

    def numbered(self, pk: int) -> PanelMemberQuerySet:
        return self.filter(pk=pk)

    def present(self) -> PanelMemberQuerySet:
        return self.filter(excused_at=None)

    def seated_in(self, panel: Panel) -> PanelMemberQuerySet:
        return self.filter(panel=panel).select_related("juror__person").order_by("juror__person__folded_name")


class PanelMember(models.Model):
    panel = models.ForeignKey(Panel, models.CASCADE, related_name="members")
    juror = models.ForeignKey("judging.Juror", models.CASCADE, related_name="seats")
    excused_at = models.DateTimeField(null=True, blank=True)
    excuse = models.CharField(max_length=250, blank=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "juror"], name="panel_member_once")]

    def __str__(self) -> str:
        return f"{self.juror} · {self.panel}"

    @property
    def event(self) -> Event:
        return self.panel.round.event


class Entry(models.Model):
    """A project before a panel: its place in the running order (« ordre de passage »), drawn by lot."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="entries")
    project = models.ForeignKey("teams.Project", models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True, help_text="When chosen by hand.")

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "project"], name="entry_once_per_panel"),
            models.UniqueConstraint(fields=["panel", "position"], name="entry_one_per_passage"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.project}"
