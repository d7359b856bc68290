"""How teams and people find each other: invitations, requests to join, « I am looking for a team »."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import AskState

if TYPE_CHECKING:
    from hackathon.models import Event, Registration

    from .team import Team


class AskQuerySet(models.QuerySet["Ask"]):
    def for_event(self, event: Event) -> AskQuerySet:
        return self.filter(team__event=event)

    def waiting(self) -> AskQuerySet:
        return self.filter(state=AskState.WAITING)

    def requests(self) -> AskQuerySet:
        return self.filter(is_invitation=False)

    def invitations(self) -> AskQuerySet:
        return self.filter(is_invitation=True)

    def of_registration(self, registration: Registration) -> AskQuerySet:
        return self.filter(registration=registration)

    def of_registrations(self, registrations: Iterable[Registration]) -> AskQuerySet:
        return self.filter(registration__in=[registration.pk for registration in registrations])

    def to_team(self, team: Team) -> AskQuerySet:
        return self.filter(team=team)

    def numbered(self, pk: int) -> Ask | None:
        return self.with_people().filter(pk=pk).first()

    def with_people(self) -> AskQuerySet:
        return self.select_related(
            "team__theme", "team__event", "registration__person", "registration__role"
        ).order_by("asked_at", "pk")


class Ask(models.Model):
    """One side asks, the other answers: a person asks to join a team, or a team invites a person."""

    team = models.ForeignKey("teams.Team", models.CASCADE, related_name="asks")
    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="asks")
    is_invitation = models.BooleanField(default=False)
    message = models.CharField(_("a word with it"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AskState, default=AskState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "registration", "is_invitation"],
                condition=models.Q(state=AskState.WAITING),
                name="ask_waiting_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} → {self.team_id}"


class SearchQuerySet(models.QuerySet["Search"]):
    def for_event(self, event: Event) -> SearchQuerySet:
        return self.filter(registration__event=event)

    def of_registrations(self, registrations: Iterable[Registration]) -> SearchQuerySet:
        return self.filter(registration__in=[registration.pk for registration in registrations])

    def of_registration(self, registration: Registration) -> SearchQuerySet:
        return self.filter(registration=registration)

    def numbered(self, pk: int) -> Search | None:
        return self.with_people().filter(pk=pk).first()

    def with_people(self) -> SearchQuerySet:
        return self.select_related("registration__person", "registration__role").order_by("since", "pk")


class Search(models.Model):
    """« I am looking for a team »: what somebody says of themself to teams that look for people."""

    registration = models.OneToOneField("hackathon.Registration", models.CASCADE, related_name="team_search")
    text = models.CharField(_("what you would bring"), max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return f"{self.registration_id} is looking for a team"
