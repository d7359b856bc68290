"""A team too small to go on: its people go to the teams where each fits best, and it is dissolved.

What it wrote stays with it, and can be taken over (`recovering`). Who is absent gets no place: an empty chair helps no
team, and whoever comes later is placed as a walk-in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Registration

from ..models import Membership, Team
from .matching import Problem, evaluate
from .matching.records import Team as PlanTeam
from .merging import as_now, check_reason, check_room, dissolve, has_handed_in, members_of, move_members
from .problem_file import counts_presence, problem_of, stays_as_it_is


class DisperseRefused(Refused):
    code = "disperse_refused"


@dataclass(frozen=True)
class Offer:
    """Where somebody would go: the teams with room for them, the best first; none for somebody who is absent."""

    registration: Registration
    is_absent: bool
    teams: tuple[Team, ...]


def offers_for(team: Team) -> list[Offer]:
    """For each member in turn the teams that have room, the best first, the earlier ones being seated in their best.

    The number of queries does not depend on how many teams or people there are.
    """
    event = team.event
    present = _present(event, team)
    data = problem_of(event) | {"locked": [], "locked_people": {}, "previous": {}}
    problem = Problem.from_json(data)
    there = problem.person_of
    others = _open_teams(team)
    plan = {
        one.pk: PlanTeam(
            one.key,
            str(one.theme_id),
            tuple(str(m.registration_id) for m in one.current_members if str(m.registration_id) in there),  # type: ignore[attr-defined]
        )
        for one in others
    }
    size = {one.pk: len(one.current_members) for one in others}  # type: ignore[attr-defined]
    room = _room(event, others)
    found = []
    for member in members_of(team):
        who = str(member.registration_id)
        if member.registration_id not in present or who not in there:
            found.append(Offer(member.registration, True, ()))
            continue
        costs = {}
        for one in others:
            free = room.get(one.theme_id, 1) if one.theme_id != team.theme_id else 1
            if size[one.pk] < event.team_size_max and free > 0:
                after = PlanTeam(one.key, plan[one.pk].theme, (*plan[one.pk].people, who))
                costs[one.pk] = evaluate(problem, (plan | {one.pk: after}).values()).total
        best = sorted(
            (one for one in others if one.pk in costs),
            key=lambda one: (costs[one.pk], size[one.pk], one.number),
        )
        if best:
            first = best[0]
            plan[first.pk] = PlanTeam(first.key, plan[first.pk].theme, (*plan[first.pk].people, who))
            size[first.pk] += 1
            if first.theme_id != team.theme_id and first.theme_id in room:
                room[first.theme_id] -= 1
        found.append(Offer(member.registration, False, tuple(best)))
    return found


@transaction.atomic
def disperse_team(*, team: Team, places: Mapping[int, Team], reason: str, actor: Account | None) -> Team:
    """Each member (registration id) goes to the team chosen for them, and the team is dissolved.

    All of it or nothing. Raises DisperseRefused for a team that is dissolved or has handed in, for a member who is
    there and has no place, for a place in a team that is dissolved, settled or full, for a full theme, no reason.
    """
    event = team.event
    Event.objects.take_turn(event)
    team = as_now(team)
    members = members_of(team)
    check_reason(reason, DisperseRefused)
    if team.dissolved_at or {*places} - {member.registration_id for member in members}:
        raise DisperseRefused(_("Somebody is not in this team any more: look at it again."))
    if has_handed_in(team):
        raise DisperseRefused(_("This team has handed in its project: it stays as it is."))
    present = _present(event, team)
    for member in members:
        if member.registration_id in present and member.registration_id not in places:
            raise DisperseRefused(
                _("Choose a team for %(person)s: nobody who is here is left without one.")
                % {"person": member.registration.person}
            )
    _leave_without_a_team([member for member in members if member.registration_id not in places], reason)
    open_teams = {one.pk: one for one in _open_teams(team)}
    for target in {one.pk: one for one in places.values()}.values():
        comers = [one for one in members if places.get(one.registration_id) == target]
        _check_place(team, open_teams.get(target.pk), target, len(comers))
        has_captain = any(one.is_captain for one in open_teams[target.pk].current_members)  # type: ignore[attr-defined]
        move_members(comers, target, reason, has_captain=has_captain)
    dissolve(team)
    audit.record(
        event=event, actor=actor, verb="disperse_team", about=team, reason=reason, people=len(places)
    )
    return team


def _check_place(team: Team, target: Team | None, named: Team, more: int) -> None:
    event = team.event
    if target is None:
        raise DisperseRefused(
            _("%(team)s takes nobody any more (dissolved, locked or handed in): choose another team.")
            % {"team": named}
        )
    if len(target.current_members) + more > event.team_size_max:  # type: ignore[attr-defined]
        raise DisperseRefused(
            _("%(team)s would have %(count)s people, and a team has at most %(most)s: choose another team.")
            % {"team": target, "count": len(target.current_members) + more, "most": event.team_size_max}  # type: ignore[attr-defined]
        )
    if target.theme_id != team.theme_id:
        check_room(target.theme, more, DisperseRefused)


def _present(event: Event, team: Team) -> set[int]:
    """Those of the team who are there: everybody, until the desk has seen somebody."""
    members = {member.registration_id for member in members_of(team)}
    if not counts_presence(event):
        return members
    return members & set(Registration.objects.for_event(event).present().values_list("pk", flat=True))


def _open_teams(team: Team) -> list[Team]:
    """The other teams that may take somebody in."""
    others = (
        Team.objects.for_event(team.event)
        .active()
        .other_than(team)
        .with_themes()
        .with_members()
        .with_projects()
        .in_order()
    )
    return [one for one in others if not stays_as_it_is(one)]


def _room(event: Event, teams: list[Team]) -> dict[int, int]:
    """How many more people each theme with a limit takes."""
    taken = Membership.objects.for_event(event).current().filter(team__dissolved_at=None)
    counts: dict[int, int] = {}
    for theme in taken.values_list("team__theme_id", flat=True):
        counts[theme] = counts.get(theme, 0) + 1
    themes = {one.theme_id: one.theme for one in teams}
    return {
        pk: theme.people_max - counts.get(pk, 0)
        for pk, theme in themes.items()
        if theme.people_max is not None
    }


def _leave_without_a_team(members: list[Membership], reason: str) -> None:
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(
        left_at=timezone.now(), leaving_reason=reason.strip()[:250], is_captain=False
    )
