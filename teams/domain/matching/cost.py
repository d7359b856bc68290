"""What a set of teams costs, in whole points, part by part; and which hard rules it breaks.

The reference for every other count in this package: short enough to be audited by hand. A team without
people is no team. Somebody in no team costs nothing but their `previous` place; a group some of whose members
are in a team and others in none is split.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from .messages import Message, say
from .problem import Problem
from .records import Id, Person, Team


@dataclass(frozen=True)
class Cost:
    """Points by part; `total` is their sum."""

    choice: int = 0
    wanted: int = 0
    alone: int = 0
    diversity: int = 0
    level: int = 0
    split: int = 0
    apart: int = 0
    stability: int = 0

    @property
    def parts(self) -> dict[str, int]:
        """Points by the name of the part."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(self.parts.values())


def evaluate(problem: Problem, teams: Iterable[Team]) -> Cost:
    """The cost of `teams`, whether or not they keep the hard rules; time linear in the number of people."""
    teams = [team for team in teams if team.people]
    weights, person_of = problem.weights, problem.person_of
    parts: Counter[str] = Counter()
    place: dict[Id, int] = {}
    for number, team in enumerate(teams):
        members = [person_of[person] for person in team.people]
        for person in members:
            place[person.id] = number
            parts["choice"] += problem.choice_cost(person, team.theme)
        parts.update(mix_parts(problem, members))
    for group in problem.together:
        if len({place.get(person) for person in group}) > 1:
            parts["split"] += weights.split
    for one, other in problem.apart:
        if one in place and place[one] == place.get(other):
            parts["apart"] += weights.apart
    for mover, key in problem.previous.items():
        if mover not in place or teams[place[mover]].key != key:
            parts["stability"] += problem.moving_cost(mover)
    return Cost(**parts)


def mix_parts(problem: Problem, members: list[Person]) -> dict[str, int]:
    """The parts that look at one team alone: roles and levels."""
    weights, roles = problem.weights, problem.roles
    counts = Counter(person.role for person in members if person.role is not None)
    imbalance = abs(sum(person.level - 3 for person in members))
    return {
        "wanted": weights.wanted * sum(1 for role in roles.wanted if not counts[role]),
        "alone": weights.alone * sum(1 for role in roles.never_alone if counts[role] == 1),
        "diversity": weights.diversity * max(0, roles.diversity - sum(1 for n in counts.values() if n)),
        "level": weights.level * max(0, imbalance - 2),
    }


def mix_cost(problem: Problem, members: list[Person]) -> int:
    """The sum of `mix_parts`."""
    return sum(mix_parts(problem, members).values())


def breaches(problem: Problem, teams: Iterable[Team]) -> list[Message]:
    """Every hard rule that `teams` breaks: sizes, capacities, locks, each person once."""
    teams = [team for team in teams if team.people]
    found: list[Message] = []
    seen: set[Id] = set()
    keys: set[Id] = set()
    for team in teams:
        if team.key in keys:
            found.append(say("key_twice", key=team.key))
        keys.add(team.key)
        found += _team_breaches(problem, team, seen)
    return found + _theme_breaches(problem, teams) + _lock_breaches(problem, teams)


def _team_breaches(problem: Problem, team: Team, seen: set[Id]) -> list[Message]:
    """What is wrong within a team; `seen` gathers the people met so far."""
    size, count = problem.team_size, len(team.people)
    found = []
    if team.theme not in {theme.id for theme in problem.themes}:
        found.append(say("theme_unknown", key=team.key, theme=team.theme))
    if count < size.min:
        found.append(say("team_too_small", key=team.key, count=count, least=size.min))
    if count > size.max:
        found.append(say("team_too_large", key=team.key, count=count, most=size.max))
    for person in team.people:
        if person not in problem.person_of:
            found.append(say("stranger", person=person, key=team.key))
        elif person in seen:
            found.append(say("in_two_teams", person=person))
        seen.add(person)
    return found


def _theme_breaches(problem: Problem, teams: list[Team]) -> list[Message]:
    filled: Counter[Id | None] = Counter()
    for team in teams:
        filled[team.theme] += len(team.people)
    found = []
    for theme in problem.themes:
        count = filled[theme.id]
        if count < theme.least:
            found.append(say("theme_under", theme=theme.id, count=count, least=theme.least))
        if theme.most is not None and count > theme.most:
            found.append(say("theme_over", theme=theme.id, count=count, most=theme.most))
    return found


def _lock_breaches(problem: Problem, teams: list[Team]) -> list[Message]:
    by_key = {team.key: team for team in teams}
    found = []
    for lock in problem.locked:
        team = by_key.get(lock.key)
        if team is None or team.theme != lock.theme or set(team.people) != set(lock.people):
            found.append(say("lock_broken", key=lock.key))
    team_of = {person: team.key for team in teams for person in team.people}
    found += [
        say("person_lock_broken", person=person, key=key)
        for person, key in problem.locked_people.items()
        if team_of.get(person) != key
    ]
    return found
