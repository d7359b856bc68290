"""People seated one group after the other in teams of fixed sizes, by lot or greedily: no search, no looking back.

The greedy way is what other tools do. It takes people × teams steps, and answers in a tenth of a second for 250.
"""

from __future__ import annotations

import random

from .arena import Arena, State
from .cost import mix_cost
from .problem import Problem
from .records import Person
from .themes import ThemePlan

GREEDY_SECONDS = 1e-5  # per person and team


def seated(arena: Arena, plan: ThemePlan, seed: int, *, best: bool) -> State:
    """A state with as many teams and people on each theme as in `plan`.

    `best`: groups first, largest first, each in the open team where they cost least now, then everybody else;
    otherwise everybody by lot.
    """
    theme_of = [h for h, count in enumerate(plan.teams) for _ in range(count)]
    room = []
    for h, count in enumerate(plan.teams):
        people = sum(1 for place in plan.theme_of.values() if place == h)
        room += [people // count + (k < people % count) for k in range(count)]
    table = _Table(arena.problem, arena, theme_of, room)
    chance = random.Random(seed)
    for unit in _units(arena, chance, grouped=best):
        table.seat(unit, chance, best=best)
    return State(arena, table.place, theme_of, [None] * arena.teams)


def _units(arena: Arena, chance: random.Random, *, grouped: bool) -> list[list[int]]:
    """Who is seated together, in order."""
    people = list(range(len(arena.people)))
    chance.shuffle(people)
    if not grouped:
        return [[p] for p in people]
    seen: set[int] = set()
    units = []
    for i, j in zip(arena.member_start, arena.member_start[1:], strict=False):
        unit = [p for p in arena.members[i:j] if p not in seen]
        seen.update(unit)
        units.append(unit)
    units.sort(key=len, reverse=True)
    return [unit for unit in units if unit] + [[p] for p in people if p not in seen]


class _Table:
    """Teams being filled up to fixed sizes."""

    def __init__(self, problem: Problem, arena: Arena, theme_of: list[int], room: list[int]) -> None:
        self.problem, self.arena, self.theme_of, self.room = problem, arena, theme_of, room
        self.sitting: list[list[Person]] = [[] for _ in room]
        self.now = [mix_cost(problem, [])] * len(room)
        self.place = [arena.teams] * len(arena.people)

    def seat(self, unit: list[int], chance: random.Random, *, best: bool) -> None:
        """Seat a unit in one team, or its people one by one where no team has room for all."""
        open_teams = [slot for slot, room in enumerate(self.room) if room >= len(unit)]
        if not open_teams:
            if len(unit) > 1:
                for p in unit:
                    self.seat([p], chance, best=best)
            return
        people = [self.arena.people[p] for p in unit]
        slot = min(open_teams, key=lambda s: self._price(people, s)) if best else chance.choice(open_teams)
        self.sitting[slot] += people
        self.now[slot] = mix_cost(self.problem, self.sitting[slot])
        self.room[slot] -= len(unit)
        for p in unit:
            self.place[p] = slot

    def _price(self, people: list[Person], slot: int) -> int:
        theme = self.arena.themes[self.theme_of[slot]]
        choice = sum(self.problem.choice_cost(person, theme) for person in people)
        return choice + mix_cost(self.problem, self.sitting[slot] + people) - self.now[slot]
