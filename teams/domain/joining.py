"""Who is in a team: founding one, joining by its code, leaving, handing it over. Asking is `recruiting`'s.

A seat is taken in one transaction after waiting for the event's turn, so that twenty people joining the last seat
make one member; that nobody sits in two teams is the database's own rule. Forming everybody's teams is `placing`.
"""

from __future__ import annotations

from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock, windows
from hackathon.enums import COMING, WindowKind
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Registration, Theme

from ..enums import AskState
from ..models import Ask, Membership, Search, Team
from ..models.team import new_invitation
from .applying import best_captain


class JoiningRefused(Refused):
    code = "joining_refused"


class RostersClosed(JoiningRefused):
    code = "rosters_closed"


class TeamFull(JoiningRefused):
    code = "team_full"


class HasTeam(JoiningRefused):
    """The person is in a team already: `details["team"]`."""

    code = "has_team"


@transaction.atomic
def found_team(*, registration: Registration, theme: Theme, name: str = "", actor: Account | None) -> Team:
    """A new team of one, on that theme, at the first free table; its founder leads it.

    Raises RostersClosed, HasTeam, and JoiningRefused for somebody without a place or a name that another team has.
    """
    event = registration.event
    Event.objects.take_turn(event)
    check_free(registration)
    taken = set(Team.objects.for_event(event).active().values_list("number", flat=True))
    keys = set(Team.objects.for_event(event).values_list("key", flat=True))
    team = Team.objects.create(
        event=event,
        theme=theme,
        number=next(number for number in count(1) if number not in taken),
        key=next(key for key in (f"own-{number}" for number in count(1)) if key not in keys),
        name=check_name(event, name),
    )
    _seat(team, registration, is_captain=True)
    audit.record(event=event, actor=actor, verb="found_team", about=team, person=registration.pk)
    return team


@transaction.atomic
def join_by_code(*, event: Event, code: str, registration: Registration, actor: Account | None) -> Team:
    """Join the team whose code it is, without asking anybody: its captain gave the code away.

    Harmless when repeated. Raises JoiningRefused for a code that opens nothing, and what `take_seat` raises.
    """
    Event.objects.take_turn(event)
    team = Team.objects.for_event(event).opened_by("".join(code.split()).replace("-", "").upper())
    if team is None:
        raise JoiningRefused(
            _("No team has this code, or it was changed: ask the captain for the code of today.")
        )
    return take_seat(team=team, registration=registration, actor=actor)


@transaction.atomic
def take_seat(*, team: Team, registration: Registration, actor: Account | None) -> Team:
    """One more member. Harmless for somebody who is in that team.

    Raises RostersClosed, TeamFull, HasTeam (in another team), or JoiningRefused for somebody without a place.
    """
    event = team.event
    Event.objects.take_turn(event)
    own = known_membership(registration)
    if own is not None and own.team_id == team.pk:
        return team
    check_free(registration)
    if members_of(team) >= event.team_size_max:
        raise TeamFull(
            _("%(team)s is full: %(count)s people, the largest size. Look for another team, or found one.")
            % {"team": team, "count": event.team_size_max}
        )
    _seat(team, registration, is_captain=not Membership.objects.current().in_team(team).captains().exists())
    audit.record(event=event, actor=actor, verb="join_team", about=team, person=registration.pk)
    return team


@transaction.atomic
def leave_own_team(*, registration: Registration, reason: str, actor: Account | None) -> Team:
    """Leave by oneself, with a reason, while teams may change; a team that nobody is left in is dissolved.

    Raises RostersClosed, and JoiningRefused for somebody without a team, or without a reason.
    """
    Event.objects.take_turn(registration.event)
    check_rosters(registration.event)
    if not reason.strip():
        raise JoiningRefused(_("Say why in a few words: your captain reads it."))
    team = leave_team(registration=registration, reason=reason.strip(), actor=actor)
    if team is None:
        raise JoiningRefused(_("You are in no team: there is nothing to leave."))
    if not members_of(team):
        Team.objects.filter(pk=team.pk).update(dissolved_at=timezone.now(), is_recruiting=False)
        audit.record(event=team.event, actor=actor, verb="dissolve_team", about=team)
    return team


@transaction.atomic
def renew_code(*, team: Team, actor: Account | None) -> Team:
    """A new invitation code: the one given away opens nothing any more."""
    team.invitation_code = new_invitation()
    team.save(update_fields=["invitation_code"])
    audit.record(event=team.event, actor=actor, verb="renew_team_code", about=team)
    return team


@transaction.atomic
def name_team(*, team: Team, name: str, actor: Account | None) -> Team:
    """Give the team a name. Raises JoiningRefused after the submission deadline or when another team has it."""
    Event.objects.take_turn(team.event)
    window = windows.window_of(team.event, WindowKind.SUBMISSION)
    if window is not None and windows.has_closed(window, clock.now(team.event)):
        raise JoiningRefused(_("Names are settled since the submission deadline: ask an organiser."))
    team.name = check_name(team.event, name, team)
    team.save(update_fields=["name"])
    audit.record(event=team.event, actor=actor, verb="name_team", about=team, name=team.name)
    return team


@transaction.atomic
def hand_over(*, team: Team, to: Registration, actor: Account | None) -> Team:
    """Make `to`, a member, the team's captain. Harmless when repeated; raises JoiningRefused for a stranger."""
    Event.objects.take_turn(team.event)
    members = Membership.objects.current().in_team(team)
    member = members.of_registration(to).first()
    if member is None:
        raise JoiningRefused(_("Only a member of the team can lead it: choose one of its members."))
    if not member.is_captain:
        members.update(is_captain=False)
        member.is_captain = True
        member.save(update_fields=["is_captain"])
        audit.record(event=team.event, actor=actor, verb="hand_over_team", about=team, to=to.pk)
    return team


@transaction.atomic
def set_lock(*, team: Team, is_locked: bool, actor: Account | None) -> Team:
    """Keep the team as it is in new proposals, or let them change it again. Harmless when repeated."""
    Event.objects.take_turn(team.event)
    if Team.objects.filter(pk=team.pk).exclude(is_locked=is_locked).update(is_locked=is_locked):
        audit.record(
            event=team.event, actor=actor, verb="lock_team" if is_locked else "unlock_team", about=team
        )
    team.is_locked = is_locked
    return team


@transaction.atomic
def leave_team(*, registration: Registration, reason: str, actor: Account | None) -> Team | None:
    """End somebody's membership; the team gets another captain if they led it. None when they had no team."""
    Event.objects.take_turn(registration.event)
    member = current_membership(registration)
    if member is None:
        return None
    team, was_captain = member.team, member.is_captain
    member.left_at, member.leaving_reason, member.is_captain = timezone.now(), reason[:250], False
    member.save(update_fields=["left_at", "leaving_reason", "is_captain"])
    others = list(Membership.objects.current().in_team(team).with_people())
    if was_captain and others:
        chosen = best_captain([other.registration for other in others])
        Membership.objects.current().of_registration(chosen).update(is_captain=True)
    audit.record(
        event=team.event, actor=actor, verb="leave_team", about=team, reason=reason, person=registration.pk
    )
    return team


def current_membership(registration: Registration) -> Membership | None:
    """Where that person sits now."""
    return Membership.objects.current().of_registration(registration).with_teams().first()


def known_membership(registration: Registration) -> Membership | None:
    """The same, if the person knows of it; a seat in teams that are not announced yet keeps nobody anywhere."""
    member = current_membership(registration)
    is_known = member is not None and (member.told_at or registration.event.teams_announced_at)
    return member if is_known else None


def members_of(team: Team) -> int:
    """How many people are in it now."""
    return Membership.objects.current().in_team(team).count()


def check_rosters(event: Event) -> None:
    """Raise RostersClosed unless teams may change now."""
    if not windows.rosters_are_open(event):
        raise RostersClosed(
            _("Teams cannot be changed now: they change between the hours that the organisers set. Ask them.")
        )


def check_free(registration: Registration) -> None:
    """Raise unless that person may take a seat now: RostersClosed, JoiningRefused, HasTeam."""
    check_rosters(registration.event)
    if registration.state not in COMING:
        raise JoiningRefused(
            _("Only people who have a place take part in a team: look at your registration first.")
        )
    own = known_membership(registration)
    if own is not None:
        raise HasTeam(
            _("%(person)s is in a team already (%(team)s): leave it first.")
            % {"person": registration.person, "team": own.team},
            team=own.team,
        )


def check_name(event: Event, name: str, team: Team | None = None) -> str:
    """The name without needless spaces. Raises JoiningRefused when another team has it."""
    name = " ".join(name.split())
    others = Team.objects.for_event(event).active()
    if team is not None:
        others = others.other_than(team)
    if name and others.called(name).exists():
        raise JoiningRefused(_("Another team is called “%(name)s”: choose another name.") % {"name": name})
    return name


def _seat(team: Team, registration: Registration, *, is_captain: bool) -> None:
    """The seat itself; every other question or search of that person has its answer now.

    A seat that organisers planned and did not announce yet gives way: the person chose.
    """
    moment = timezone.now()
    leave_team(registration=registration, reason="chose another team", actor=None)
    Membership.objects.create(
        team=team, registration=registration, is_captain=is_captain, joined_at=moment, told_at=moment
    )
    Ask.objects.waiting().of_registration(registration).update(state=AskState.OVERTAKEN, answered_at=moment)
    Search.objects.of_registration(registration).delete()
