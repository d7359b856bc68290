"""The morning: some people are absent, others came unannounced. The smallest change that makes good teams again.

A repair is a proposal like any other, computed from those who are there and from the teams as they stand, reviewed on
the same board; here is what it changes, in short, and where one more person fits best.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hackathon.models import Account, Event, Registration

from ..models import Membership, Proposal, Team
from . import placing
from .matching import Problem, evaluate
from .matching.records import Team as PlanTeam
from .placing import ProposalRefused
from .problem_file import counts_presence, problem_of, stays_as_it_is

#: What moving somebody costs in a repair: as much as giving them their second choice instead of their first, and half.
STABILITY = 15


def propose_repair(*, event: Event, seconds: float = 5, seed: int = 1, actor: Account | None) -> Proposal:
    """Write down the problem of those present, with where they sit; compute it as any proposal.

    Raises ProposalRefused when nobody was seen yet, or there is no team to repair.
    """
    if not Team.objects.for_event(event).active().exists():
        raise ProposalRefused(_("There is no team to repair yet: propose teams first."))
    if not counts_presence(event):
        raise ProposalRefused(
            _("The desk has seen nobody yet: a repair needs to know who is there. Check people in first.")
        )
    return placing.propose(
        event=event, seconds=seconds, seed=seed, stability=STABILITY, is_repair=True, actor=actor
    )


def without_team(event: Event) -> list[Registration]:
    """Who has no team: of those whom the desk has seen once it has seen somebody, of those expected before."""
    placed = Membership.objects.for_event(event).current()
    waiting = Registration.objects.for_event(event).coming().exclude(pk__in=placed.values("registration"))
    if counts_presence(event):
        waiting = waiting.present()
    return list(waiting.with_people().by_name())


def absent_members(event: Event) -> int:
    """How many people of the teams the desk has not seen; 0 while it has seen nobody."""
    if not counts_presence(event):
        return 0
    seen = Registration.objects.for_event(event).present()
    return Membership.objects.for_event(event).current().exclude(registration__in=seen.values("pk")).count()


@dataclass(frozen=True)
class Move:
    """Somebody who changes team: from where (key), to where (key), and the sentences of why as codes."""

    person: Registration
    before: str
    after: str
    why: list[dict[str, object]]


@dataclass
class Repair:
    """What a repair changes, in short. `gone`: people of the teams who are not there; `teams`: keys that end, that
    begin; `stay`: how many stay where they were."""

    moves: list[Move] = field(default_factory=list)
    placed: list[Move] = field(default_factory=list)
    gone: list[Registration] = field(default_factory=list)
    without: list[Registration] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    thinned: list[tuple[str, int, int]] = field(default_factory=list)
    stay: int = 0


def summary(proposal: Proposal) -> Repair:
    """What applying the proposal would change, from its own files: three kinds of people, and the teams. Two queries.

    `thinned`: (key, people there now, people afterwards) of each team that absences had left under the minimum.
    """
    event, problem = proposal.event, proposal.problem
    known = Registration.objects.for_event(event).with_people().by_name()
    people = {str(one.pk): one for one in known}
    there = {one["id"] for one in problem["people"]}
    # of this event's memberships: whoever the desk has not seen is in `previous`, not among the people
    previous = {person: key for person, key in problem["previous"].items() if person in people}
    now = {str(person): str(team.key) for team in placing.teams_of(proposal) for person in team.people}
    found = Repair()
    why = proposal.plan.get("why", {})
    for person, one in people.items():
        before, after = previous.get(person), now.get(person)
        if person not in there:
            found.gone += [one] if before else []
        elif after is None:
            found.without.append(one)
        elif before is None:
            found.placed.append(Move(one, "", after, why.get(person, [])))
        elif before == after:
            found.stay += 1
        else:
            found.moves.append(Move(one, before, after, why.get(person, [])))
    _teams(found, event, previous, there, now)
    return found


def _teams(
    found: Repair, event: Event, previous: dict[str, str], there: set[str], now: dict[str, str]
) -> None:
    keys = list(dict.fromkeys(previous.values()))
    found.begun = [key for key in dict.fromkeys(now.values()) if key not in set(keys)]
    for key in keys:
        left = sum(1 for person, team in previous.items() if team == key and person in there)
        after = sum(1 for team in now.values() if team == key)
        if not after:
            found.ended.append(key)
        elif left < event.team_size_min:
            found.thinned.append((key, left, after))


@dataclass(frozen=True)
class Place:
    """A team that could take somebody in: what it would cost or gain in points, the rank of its theme (0: not chosen,
    None: no choice was made), and how many people it would have."""

    team: Team
    cost: int
    rank: int | None
    size: int


def places_for(registration: Registration) -> list[Place]:
    """The teams that have room for that person, the best first. Raises ProposalRefused for somebody not to be placed."""
    event = registration.event
    data = problem_of(event) | {"locked": [], "locked_people": {}, "previous": {}}
    who = str(registration.pk)
    if who not in {one["id"] for one in data["people"]}:
        raise ProposalRefused(_("This person is not there: check them in at the desk first."))
    problem = Problem.from_json(data)
    teams = list(
        Team.objects.for_event(event).active().with_themes().with_members().with_projects().in_order()
    )
    there = problem.person_of
    plan = {
        team.pk: PlanTeam(
            team.key,
            str(team.theme_id),
            tuple(str(m.registration_id) for m in team.current_members if str(m.registration_id) in there),  # type: ignore[attr-defined]
        )
        for team in teams
    }
    now = evaluate(problem, plan.values()).total
    chosen = there[who].themes
    found = []
    for team in teams:
        size = len(team.current_members)  # type: ignore[attr-defined]
        if size >= event.team_size_max or stays_as_it_is(team):
            continue
        one = plan[team.pk]
        after = plan | {team.pk: PlanTeam(one.key, one.theme, (*one.people, who))}
        rank = chosen.index(one.theme) + 1 if one.theme in chosen else 0
        cost = evaluate(problem, after.values()).total - now
        found.append(Place(team, cost, rank if chosen else None, size + 1))
    return sorted(found, key=lambda place: (place.cost, place.size, place.team.number))


def mates_for(team: Team) -> list[Team]:
    """The teams it could be merged with, those on its theme first, then the smallest; none that would be too large."""
    event = team.event
    size = len(team.current_members)  # type: ignore[attr-defined]
    others = (
        Team.objects.for_event(event).active().other_than(team).with_themes().with_members().with_projects()
    )
    fitting = [
        other
        for other in others.in_order()
        if size + len(other.current_members) <= event.team_size_max  # type: ignore[attr-defined]
    ]
    return sorted(
        fitting,
        key=lambda one: (one.theme_id != team.theme_id, len(one.current_members), one.number),  # type: ignore[attr-defined]
    )
