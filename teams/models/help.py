"""The mentor desk: who asked for help, with what, where; who came, and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import HelpState

if TYPE_CHECKING:
    from hackathon.models import Account, Event

    from .team import Team


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def for_event(self, event: Event) -> HelpRequestQuerySet:
        return self.filter(event=event)

    def of_team(self, team: Team) -> HelpRequestQuerySet:
        return self.filter(team=team)

    def numbered(self, pk: int) -> HelpRequest | None:
        return self.with_teams().filter(pk=pk).first()

    def waiting(self) -> HelpRequestQuerySet:
        return self.filter(state=HelpState.WAITING)

    def taken(self) -> HelpRequestQuerySet:
        return self.filter(state=HelpState.TAKEN)

    def open(self) -> HelpRequestQuerySet:
        return self.filter(state__in=(HelpState.WAITING, HelpState.TAKEN))

    def closed(self) -> HelpRequestQuerySet:
        return self.filter(state=HelpState.CLOSED)

    def taken_by(self, account: Account) -> HelpRequestQuerySet:
        return self.filter(mentor=account)

    def helped(self) -> HelpRequestQuerySet:
        """Those that a mentor came for, or is on the way to."""
        return self.filter(state__in=(HelpState.TAKEN, HelpState.CLOSED), mentor__isnull=False)

    def pairs(self) -> models.QuerySet[HelpRequest, tuple[int, int]]:
        """(mentor, team)."""
        return self.order_by().values_list("mentor_id", "team_id").distinct()

    def times(self) -> models.QuerySet[HelpRequest, tuple[str, datetime, datetime | None]]:
        """(state, asked at, taken at)."""
        return self.order_by().values_list("state", "asked_at", "taken_at")

    def latest_first(self) -> HelpRequestQuerySet:
        return self.order_by("-closed_at", "-pk")

    def longest_waiting_first(self) -> HelpRequestQuerySet:
        return self.order_by("asked_at", "pk")

    def with_teams(self) -> HelpRequestQuerySet:
        return self.select_related("team__theme", "team__event", "mentor", "asked_by__person")


class HelpRequest(models.Model):
    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="help_requests")
    team = models.ForeignKey("teams.Team", models.CASCADE, related_name="help_requests")
    asked_by = models.ForeignKey(
        "hackathon.Registration", models.SET_NULL, null=True, blank=True, related_name="help_requests"
    )
    topic = models.CharField(_("with what"), max_length=80)
    text = models.CharField(_("in a few words"), max_length=500, blank=True)
    place = models.CharField(_("where you are"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=HelpState, default=HelpState.WAITING)
    asked_at = models.DateTimeField()
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="help_taken"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    tag = models.CharField(_("what it was about"), max_length=60, blank=True)
    note = models.CharField(_("note for mentors"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["event", "state", "asked_at"], name="help_by_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=HelpState.TAKEN) | models.Q(taken_at__isnull=False),
                name="help_taken_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.topic}"
