"""Teams and who is in them. Who may join or move is decided in domain/."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hackathon.models import Person

from ..enums import FileState

if TYPE_CHECKING:
    from hackathon.models import Account, Event, Registration, Theme
    from hackathon.models.person import PersonQuerySet


def new_invitation() -> str:
    """80 bits in letters that nobody confuses when reading them aloud."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(16))


class TeamQuerySet(models.QuerySet["Team"]):
    def for_event(self, event: Event) -> TeamQuerySet:
        return self.filter(event=event)

    def opened_by(self, code: str) -> Team | None:
        """The active team of that invitation code."""
        return self.active().filter(invitation_code=code).first() if code else None

    def looking_for_people(self) -> TeamQuerySet:
        return self.active().filter(is_recruiting=True)

    def with_room(self, size_max: int) -> TeamQuerySet:
        """Those with fewer people than that, counted as `size`."""
        return self.counting_members().filter(size__lt=size_max)  # type: ignore[misc]

    def with_wishes(self) -> TeamQuerySet:
        """With what a team that looks for people says of itself."""
        return self.select_related("theme").prefetch_related("wanted_roles").in_order()

    def known_to(self, user: Any) -> TeamQuerySet:
        """Teams that this user has somebody in, by account or by an open pass, and knows it."""
        own = Membership.objects.current().reachable_by(user).known_to_members()
        return self.filter(memberships__in=own).distinct()

    def other_than(self, team: Team) -> TeamQuerySet:
        return self.exclude(pk=team.pk)

    def called(self, name: str) -> TeamQuerySet:
        return self.filter(name__iexact=name)

    def among(self, teams: Iterable[Team]) -> TeamQuerySet:
        return self.filter(pk__in=[team.pk for team in teams])

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

    def by_table(self) -> TeamQuerySet:
        return self.order_by("number", "pk")

    def theme_ids(self) -> models.QuerySet[Team, int]:
        """The theme of each, its id."""
        return self.order_by().values_list("theme", flat=True)

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

    def with_declarations(self) -> TeamQuerySet:
        return self.select_related("declaration")

    def with_project_state(self) -> TeamQuerySet:
        """`project_state` and `project_version`, both None without a project; `late_files` that wait for a decision."""
        late = models.Q(project__files__state=FileState.LATE, project__files__removed_at=None)
        return self.annotate(
            project_state=models.F("project__state"),
            project_version=models.F("project__version"),
            late_files=models.Count("project__files", filter=late, distinct=True),
        )

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
    is_recruiting = models.BooleanField(_("looking for people"), default=False)
    looking_for = models.CharField(_("whom you are looking for"), max_length=200, blank=True)
    wanted_roles = models.ManyToManyField("hackathon.Role", blank=True, related_name="+")
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

    def registration_ids(self) -> list[int]:
        return list(self.values_list("registration_id", flat=True))

    def people(self) -> PersonQuerySet:
        """Whose memberships these are."""
        return Person.objects.filter(registration__memberships__in=self)

    def known_to_members(self) -> MembershipQuerySet:
        """Those that their people know of: they joined by themselves, or teams were announced."""
        return self.filter(
            models.Q(told_at__isnull=False) | models.Q(team__event__teams_announced_at__isnull=False)
        )

    def captains(self) -> MembershipQuerySet:
        return self.filter(is_captain=True)

    def for_event(self, event: Event) -> MembershipQuerySet:
        return self.filter(team__event=event)

    def of(self, account: Account) -> MembershipQuerySet:
        return self.filter(registration__person__account=account)

    def reachable_by(self, user: Any) -> MembershipQuerySet:
        """One's own: those of one's account, and those whose printed pass this browser has opened."""
        own = models.Q(registration__in=getattr(user, "passes", ()))
        if user.is_authenticated:
            own |= models.Q(registration__person__account=user)
        return self.filter(own)

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
    is_locked = models.BooleanField(_("kept in this team by new proposals"), default=False)
    reasons = models.JSONField(default=list, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when the person knows; others learn it when teams are announced.",
    )
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
