"""Problems for the solver's tests: hand-made ones, random ones, and the best plan found by trying every plan."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from teams.domain.matching import Problem, Team, breaches, evaluate

THEMES = ("near", "ages", "engage", "time")
ROLES = ("seeker", "public", "developer", "designer", "founder", "startup")


def person(
    name: str, role: str | None = "seeker", level: int = 3, themes: tuple[str, ...] = ()
) -> dict[str, Any]:
    """One person of a problem file."""
    return {"id": name, "role": role, "level": level, "skills": [], "themes": list(themes)}


def problem_file(people: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """A problem file in which nothing costs anything but what `changes` ask for."""
    data: dict[str, Any] = {
        "people": people,
        "themes": [{"id": "near"}, {"id": "ages"}],
        "team_size": {"min": 1, "max": 4, "wanted": 2},
    }
    return data | changes


def random_file(
    seed: int, count: int, *, themes: int = 2, size: tuple[int, int, int] = (2, 3, 2)
) -> dict[str, Any]:
    """A made-up problem with every kind of wish; the same for the same arguments."""
    chance = random.Random(seed)
    names = [f"p{n}" for n in range(count)]
    known = THEMES[:themes]
    people = [
        person(
            name,
            chance.choice(ROLES[:4]),
            chance.randint(1, 5),
            tuple(chance.sample(known, chance.randint(0, themes))),
        )
        for name in names
    ]
    pairs = count >= 4
    return {
        "people": people,
        "themes": [{"id": theme, "capacity": {"min": 0, "max": count}} for theme in known],
        "team_size": dict(zip(("min", "max", "wanted"), size, strict=True)),
        "roles": {"wanted": ["developer"], "never_alone": ["seeker"], "diversity": 2},
        "together": [chance.sample(names, 2) for _ in range(chance.randint(0, 2) * pairs)],
        "apart": [chance.sample(names, 2) for _ in range(chance.randint(0, 2) * pairs)],
        "previous": {name: chance.choice(["A", "B"]) for name in names} if chance.random() < 0.5 else {},
        "locked": [{"key": "L", "theme": known[0], "people": names[: size[0]]}]
        if pairs and chance.random() < 0.3
        else [],
    }


def _partitions(people: list[str]) -> Iterator[list[list[str]]]:
    """Every way to put some of `people` in teams."""
    if not people:
        yield []
        return
    first, *rest = people
    for teams in _partitions(rest):
        yield teams
        yield [[first], *teams]
        for index, team in enumerate(teams):
            yield [*teams[:index], [first, *team], *teams[index + 1 :]]


def every_plan(problem: Problem) -> Iterator[list[Team]]:
    """Every plan that keeps the hard rules, whatever its number of teams and with every use of previous keys."""
    locked = {one for team in problem.locked for one in team.people}
    free = [one.id for one in problem.people if one.id not in locked]
    themes = [theme.id for theme in problem.themes]
    keys = [key for key in problem.previous_members if key not in {team.key for team in problem.locked}]
    size = problem.team_size
    for teams in _partitions(free):
        if not all(size.min <= len(team) <= size.max for team in teams):
            continue
        fresh = [f"new{n}" for n in range(len(teams))]
        for chosen in itertools.product(themes, repeat=len(teams)):
            for names in (
                {tuple(order[: len(teams)]) for order in itertools.permutations(keys + fresh)}
                if keys
                else [fresh]
            ):
                plan = [*problem.locked]
                plan += [Team(k, h, tuple(p)) for k, h, p in zip(names, chosen, teams, strict=True)]
                if not breaches(problem, plan):
                    yield plan


def best_by_trying(problem: Problem) -> tuple[int, int, int] | None:
    """(people left over, teams, cost) of the best plan, by the letter of the contract; None when none exists."""
    best: dict[tuple[int, int], int] = {}
    for plan in every_plan(problem):
        left = len(problem.people) - sum(len(team.people) for team in plan)
        where = (left, len(plan))
        best[where] = min(best.get(where, 10**9), evaluate(problem, plan).total)
    if problem.team_count is not None:
        best = {where: cost for where, cost in best.items() if where[1] == problem.team_count}
    if not best:
        return None
    fewest = min(left for left, _ in best)
    nearest = min(abs(n - problem.wanted_teams) for left, n in best if left == fewest)
    return min(
        (left, n, cost)
        for (left, n), cost in best.items()
        if left == fewest and abs(n - problem.wanted_teams) == nearest
    )
