"""Why a juror does not mark a team: declared by the juror, or suggested from what is known and confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ConflictState

if TYPE_CHECKING:
    from hackathon.models import Event
    from teams.models import Team

    from .jury import Juror


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def for_event(self, event: Event) -> ConflictQuerySet:
        return self.filter(juror__event=event)

    def of_juror(self, juror: Juror) -> ConflictQuerySet:
        return self.filter(juror=juror)

    def of_jurors(self, jurors: Iterable[Juror]) -> ConflictQuerySet:
        return self.filter(juror__in=jurors)

    def on_team(self, team: Team) -> ConflictQuerySet:
        return self.filter(team=team)

    def numbered(self, pk: int) -> ConflictQuerySet:
        return self.filter(pk=pk)

    def in_force(self) -> ConflictQuerySet:
        """Those that keep a juror from a team; a suggestion set aside does not."""
        return self.exclude(state=ConflictState.DISMISSED)

    def with_names(self) -> ConflictQuerySet:
        return self.select_related("juror__person", "team__project", "team__theme", "decided_by").order_by(
            "juror__person__folded_name", "team__number"
        )


class Conflict(models.Model):
    """One word on each juror and team. A suggestion that nobody answered yet is no row: it is computed."""

    juror = models.ForeignKey("judging.Juror", models.CASCADE, related_name="conflicts")
    team = models.ForeignKey("teams.Team", models.CASCADE, related_name="conflicts")
    state = models.CharField(_("state"), max_length=10, choices=ConflictState)
    reason = models.CharField(_("reason"), max_length=250)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["juror", "team"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.juror} × {self.team}"

    @property
    def event(self) -> Event:
        return self.juror.event

    @property
    def is_in_force(self) -> bool:
        return self.state != ConflictState.DISMISSED
