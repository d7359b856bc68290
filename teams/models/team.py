"""Teams and who is in them. Who may join or move is decided in domain/."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hackathon.models import Person

if TYPE_CHECKING:
    from hackathon.models import Account, Event, Registration, Theme
    from hackathon.models.person import PersonQuerySet


def new_invitation() -> str:
    """80 bits in letters that nobody confuses when reading them aloud."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(16))


class TeamQuerySet(models.QuerySet["Team"]):
    def for_event(self, event: Event) -> TeamQuerySet:
        return self.filter(event=event)

    def at_table(self, number: int) -> TeamQuerySet:
        return self.filter(number=number)

    def on_theme(self, theme: Theme) -> TeamQuerySet:
        return self.filter(theme=theme)

    def of(self, account: Account) -> TeamQuerySet:
        return self.filter(
            memberships__registration__person__account=account, memberships__left_at=None
        ).distinct()

    def active(self) -> TeamQuerySet:
        return self.filter(dissolved_at=None)

    def in_order(self) -> TeamQuerySet:
        return self.order_by("theme__position", "number", "pk")

    def with_themes(self) -> TeamQuerySet:
        return self.select_related("theme", "event")

    def with_members(self) -> TeamQuerySet:
        return self.prefetch_related(
            models.Prefetch(
                "memberships", Membership.objects.current().with_people(), to_attr="current_members"
            )
        )

    def with_projects(self) -> TeamQuerySet:
        return self.select_related("project")

    def counting_members(self) -> TeamQuerySet:
        return self.annotate(
            size=models.Count("memberships", filter=models.Q(memberships__left_at=None), distinct=True)
        )


class Team(models.Model):
    """`number` is the table; `key` names the team in plans and stays when a new plan keeps it."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="teams")
    theme = models.ForeignKey("hackathon.Theme", models.PROTECT, related_name="teams")
    key = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(_("table"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_locked = models.BooleanField(_("kept as it is by new proposals"), default=False)
    invitation_code = models.CharField(max_length=24, unique=True, default=new_invitation, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    dissolved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "key"], condition=models.Q(dissolved_at=None), name="team_key_once_per_event"
            ),
            models.UniqueConstraint(
                fields=["event", "number"], condition=models.Q(dissolved_at=None), name="team_table_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Table %(number)s") % {"number": self.number})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        return self.filter(left_at=None)

    def in_team(self, team: Team) -> MembershipQuerySet:
        return self.filter(team=team)

    def people(self) -> PersonQuerySet:
        """Whose memberships these are."""
        return Person.objects.filter(registration__memberships__in=self)

    def captains(self) -> MembershipQuerySet:
        return self.filter(is_captain=True)

    def for_event(self, event: Event) -> MembershipQuerySet:
        return self.filter(team__event=event)

    def of(self, account: Account) -> MembershipQuerySet:
        return self.filter(registration__person__account=account)

    def of_registration(self, registration: Registration) -> MembershipQuerySet:
        return self.filter(registration=registration)

    def with_people(self) -> MembershipQuerySet:
        return self.select_related("registration__person", "registration__role").order_by(
            "-is_captain", "registration__person__folded_name"
        )

    def with_teams(self) -> MembershipQuerySet:
        return self.select_related("team__theme", "team__event")


class Membership(models.Model):
    """`reasons`: why this person was placed here, as codes and parameters that each language words."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="memberships")
    is_captain = models.BooleanField(_("captain"), default=False)
    reasons = models.JSONField(default=list, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    leaving_reason = models.CharField(max_length=250, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(left_at=None),
                name="membership_in_one_team_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=models.Q(left_at=None, is_captain=True),
                name="membership_one_captain_per_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} · {self.team}"
