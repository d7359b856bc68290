"""How people and teams find each other: a team invites, a person asks, the other side answers.

An answer that comes too late (the team is full, the person sits elsewhere) is refused with the reason and closes the
question. Nobody is told who else asked, or whom a team refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Registration, Role

from .. import letters
from ..enums import AskState
from ..models import Ask, Membership, Search, Team
from . import joining


class RecruitingRefused(Refused):
    code = "recruiting_refused"


@transaction.atomic
def ask_to_join(*, team: Team, registration: Registration, message: str = "", actor: Account | None) -> Ask:
    """Ask a team that looks for people to take one in; its captain is written to. The same again changes nothing.

    Raises what keeps the person from taking a seat now, and RecruitingRefused for a team that looks for nobody.
    """
    Event.objects.take_turn(team.event)
    joining.check_free(registration)
    if not team.is_recruiting or team.dissolved_at:
        raise RecruitingRefused(
            _("%(team)s is not looking for anybody (any more): choose another team.") % {"team": team}
        )
    return _ask(team, registration, message, actor, is_invitation=False)


@transaction.atomic
def invite(*, team: Team, email: str, message: str = "", actor: Account | None) -> Ask | None:
    """Invite whoever is registered at that address. None when nobody is, or when they cannot come: the captain is
    told the same in either case, since who is registered is nobody else's business."""
    Event.objects.take_turn(team.event)
    joining.check_rosters(team.event)
    found = Registration.objects.for_event(team.event).coming().reached_at(email).with_people()
    free = [registration for registration in found if joining.current_membership(registration) is None]
    if len(free) != 1:
        audit.record(event=team.event, actor=actor, verb="invite_to_team", about=team)
        return None
    return _ask(team, free[0], message, actor, is_invitation=True)


@transaction.atomic
def invite_seeker(*, team: Team, search: Search, message: str = "", actor: Account | None) -> Ask:
    """Invite somebody who said that they are looking for a team."""
    Event.objects.take_turn(team.event)
    joining.check_rosters(team.event)
    return _ask(team, search.registration, message, actor, is_invitation=True)


@transaction.atomic
def invite_registration(
    *, team: Team, registration: Registration, message: str = "", actor: Account | None
) -> Ask:
    """Invite somebody who said that they would join. Raises RostersClosed, TeamFull."""
    Event.objects.take_turn(team.event)
    joining.check_rosters(team.event)
    return _ask(team, registration, message, actor, is_invitation=True)


@transaction.atomic
def answer(*, ask: Ask, is_yes: bool, actor: Account | None) -> Ask:
    """Accept or refuse. Accepting seats the person, or raises what keeps them from it (TeamFull, HasTeam…).

    The same answer again changes nothing; another raises RecruitingRefused.
    """
    Event.objects.take_turn(ask.team.event)
    ask.refresh_from_db(fields=["state"])
    wanted = AskState.ACCEPTED if is_yes else AskState.REFUSED
    if ask.state == wanted:
        return ask
    if ask.state != AskState.WAITING:
        raise RecruitingRefused(
            _("This was answered in the meantime: %(state)s.") % {"state": ask.get_state_display().lower()}
        )
    ask.state, ask.answered_at = wanted, timezone.now()
    ask.save(update_fields=["state", "answered_at"])  # first: taking the seat closes what still waits
    if is_yes:
        joining.take_seat(team=ask.team, registration=ask.registration, actor=actor)
    audit.record(
        event=ask.team.event,
        actor=actor,
        verb="answer_ask",
        about=ask.team,
        person=ask.registration_id,
        invitation=ask.is_invitation,
        answer=wanted,
    )
    _tell_of_answer(ask)
    return ask


@transaction.atomic
def take_back(*, ask: Ask, actor: Account | None) -> Ask:
    """Whoever asked no longer does. Harmless once it was answered."""
    Event.objects.take_turn(ask.team.event)
    if Ask.objects.waiting().filter(pk=ask.pk).update(state=AskState.WITHDRAWN, answered_at=timezone.now()):
        audit.record(
            event=ask.team.event,
            actor=actor,
            verb="take_ask_back",
            about=ask.team,
            person=ask.registration_id,
        )
    ask.refresh_from_db(fields=["state", "answered_at"])
    return ask


@transaction.atomic
def look_for_people(
    *,
    team: Team,
    is_recruiting: bool,
    looking_for: str = "",
    roles: Iterable[Role] = (),
    actor: Account | None,
) -> Team:
    """Say whom the team looks for, or that it no longer does. A private role is never asked for by name."""
    Event.objects.take_turn(team.event)
    team.is_recruiting, team.looking_for = is_recruiting, looking_for.strip()
    team.save(update_fields=["is_recruiting", "looking_for"])
    team.wanted_roles.set([role for role in roles if not role.is_private])
    audit.record(
        event=team.event, actor=actor, verb="look_for_people", about=team, is_recruiting=is_recruiting
    )
    return team


@transaction.atomic
def look_for_team(*, registration: Registration, text: str = "", actor: Account | None) -> Search:
    """Tell the teams that look for people that one looks for a team. Raises HasTeam, RostersClosed…"""
    Event.objects.take_turn(registration.event)
    joining.check_free(registration)
    search, is_new = Search.objects.update_or_create(
        registration=registration, defaults={"text": text.strip()}
    )
    if is_new:
        audit.record(event=registration.event, actor=actor, verb="look_for_team", about=registration)
    return search


@transaction.atomic
def stop_looking(*, registration: Registration, actor: Account | None) -> None:
    """Take that back; harmless when there is nothing to take back."""
    if Search.objects.of_registration(registration).delete()[0]:
        audit.record(event=registration.event, actor=actor, verb="stop_looking_for_team", about=registration)


def matching_first(things: Iterable[Any], roles: set[int], *, of: str) -> list[Any]:
    """Those that suit one first: `of` names how to read a thing's roles ("wanted" of a team, "shown" of a search).

    By what people show only: an order must not tell a role that is not shown.
    """
    return sorted(things, key=lambda thing: not (roles & _roles_of(thing, of)))


def shown_roles(registration: Registration) -> set[int]:
    """The role that others may know of, as a set of none or one."""
    shows = registration.shows_role and not registration.role.is_private
    return {registration.role_id} if shows else set()


def _roles_of(thing: Any, of: str) -> set[int]:
    if of == "wanted":
        return {role.pk for role in thing.wanted_roles.all()}
    return shown_roles(thing.registration)


def _ask(
    team: Team, registration: Registration, message: str, actor: Account | None, *, is_invitation: bool
) -> Ask:
    if joining.members_of(team) >= team.event.team_size_max:
        raise joining.TeamFull(
            _("%(team)s is full: %(count)s people, the largest size.")
            % {"team": team, "count": team.event.team_size_max}
        )
    ask, is_new = Ask.objects.waiting().get_or_create(
        team=team,
        registration=registration,
        is_invitation=is_invitation,
        defaults={"message": message.strip()[:300], "asked_by": actor},
    )
    if is_new:
        audit.record(
            event=team.event,
            actor=actor,
            verb="invite_to_team" if is_invitation else "ask_to_join",
            about=team,
            person=registration.pk,
        )
        for person in [registration.person] if is_invitation else _captains(team):
            letters.team_asked(ask=ask, person=person)
    return ask


def _tell_of_answer(ask: Ask) -> None:
    for person in _captains(ask.team) if ask.is_invitation else [ask.registration.person]:
        letters.team_answered(ask=ask, person=person)


def _captains(team: Team) -> Iterable[Any]:
    return Membership.objects.current().in_team(team).captains().people()
