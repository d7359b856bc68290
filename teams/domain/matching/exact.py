"""The whole problem as one exact model, for problems small enough: the best plan, proven.

Every theme has as many slots as it could have teams, so that a person in a slot has a known theme. Slots of one
theme are alike: they open in order. Grows with people × slots; beyond a few hundred of these the theme model and
the search do better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arena import Arena, State
from .milp import Model
from .records import Id

SMALL = 400
Terms = list[tuple[int, float]]
if TYPE_CHECKING:
    import numpy as np


def small_enough(arena: Arena) -> bool:
    """Is the exact model worth trying?"""
    return len(arena.people) * len(_slots(arena)) <= SMALL


def solve_exactly(arena: Arena, seconds: float) -> State | None:
    """The best state, if found and proven within `seconds`."""
    model = _Exact(arena)
    outcome = model.model.solve(seconds=seconds)
    if not outcome.optimal or outcome.values is None:
        return None
    return model.state(outcome.values)


def _slots(arena: Arena) -> list[int]:
    """The theme of each slot."""
    themes = []
    small = arena.problem.team_size.min
    for h in range(len(arena.themes)):
        most = min(arena.most[h], len(arena.people)) // small
        themes += [h] * min(arena.teams, most)
    return themes


class _Exact:
    def __init__(self, arena: Arena) -> None:
        self.arena, self.model = arena, Model()
        self.theme_of = _slots(arena)
        self.slots = range(len(self.theme_of))
        model, width = self.model, len(arena.themes) + 1
        self.open = [model.column(high=1) for _ in self.slots]
        self.seat = [
            [model.column(cost=arena.choice[p * width + h], high=1) for h in self.theme_of]
            for p in range(len(arena.people))
        ]
        self.out = [model.column(high=1 if arena.frame.left_over else 0) for _ in arena.people]
        self._rules()
        for slot in self.slots:
            self._mix(slot)
        self._links()
        self._homes()

    def state(self, values: np.ndarray) -> State:
        """The plan the solution stands for."""
        chosen = [s for s in self.slots if values[self.open[s]] > 0.5]
        place = {s: k for k, s in enumerate(chosen)}
        slot_of = [self.arena.teams] * len(self.arena.people)
        for p, row in enumerate(self.seat):
            for s, column in enumerate(row):
                if values[column] > 0.5:
                    slot_of[p] = place[s]
        keys = [next((key for key, row in self.home.items() if values[row[s]] > 0.5), None) for s in chosen]
        return State(self.arena, slot_of, [self.theme_of[s] for s in chosen], keys)

    def _rules(self) -> None:
        arena, model, size = self.arena, self.model, self.arena.problem.team_size
        for row, out in zip(self.seat, self.out, strict=True):
            model.row([*((c, 1) for c in row), (out, 1)], low=1, high=1)
        model.row([(c, 1) for c in self.open], low=arena.teams, high=arena.teams)
        left = arena.frame.left_over
        model.row([(c, 1) for c in self.out], low=left, high=left)
        for slot in self.slots:
            people: Terms = [(row[slot], 1) for row in self.seat]
            model.row([*people, (self.open[slot], -size.min)], low=0)
            model.row([*people, (self.open[slot], -size.max)], high=0)
            if slot and self.theme_of[slot] == self.theme_of[slot - 1]:
                model.row([(self.open[slot - 1], 1), (self.open[slot], -1)], low=0)
        for h in range(len(arena.themes)):
            here: Terms = [(row[s], 1) for row in self.seat for s in self.slots if self.theme_of[s] == h]
            model.row(here, low=arena.least[h], high=arena.most[h])

    def _mix(self, slot: int) -> None:
        arena, model, opened = self.arena, self.model, self.open[slot]
        weights, roles = arena.problem.weights, arena.problem.roles
        nobody_has = [name for name in roles.wanted if name not in arena.role_number]
        model.costs[opened] += weights.wanted * len(nobody_has)
        holding: Terms = []
        for r in range(len(arena.role_number)):
            people: Terms = [(self.seat[p][slot], 1) for p, role in enumerate(arena.role) if role == r]
            model.costs[opened] += arena.wanted[r]
            having = model.column(cost=-arena.wanted[r], high=1)
            holding.append((having, 1))
            less: Terms = [(c, -1) for c, _ in people]
            model.row([(having, 1), *less], high=0)
            model.row([(having, len(people)), *less], low=0)
            if arena.alone[r]:
                once = model.column(cost=arena.alone[r], whole=False)
                model.row([(once, 1), (having, -2), *people], low=0)
        missing = model.column(cost=weights.diversity, whole=False)
        model.row([(missing, 1), (opened, -roles.diversity), *holding], low=0)
        lean: Terms = [(self.seat[p][slot], level) for p, level in enumerate(arena.level) if level]
        excess = model.column(cost=weights.level, whole=False)
        model.row([(excess, 1), *((c, -f) for c, f in lean)], low=-2)
        model.row([(excess, 1), *lean], low=-2)

    def _links(self) -> None:
        arena, model, weights = self.arena, self.model, self.arena.problem.weights
        for i, j in zip(arena.member_start, arena.member_start[1:], strict=False):
            group = arena.members[i:j]
            whole: Terms = []
            for places in zip(*([*self.seat[p], self.out[p]] for p in group), strict=True):
                together = model.column(cost=-weights.split, high=1)
                whole.append((together, 1))
                for column in places:
                    model.row([(together, 1), (column, -1)], high=0)
            model.row(whole, high=1)
        for p in range(len(arena.people)):
            for other in arena.apart[arena.apart_start[p] : arena.apart_start[p + 1]]:
                if other < p:
                    continue
                for one, two in zip(self.seat[p], self.seat[other], strict=True):
                    both = model.column(cost=weights.apart, whole=False)
                    model.row([(both, 1), (one, -1), (two, -1)], low=-1)

    def _homes(self) -> None:
        problem, arena, model = self.arena.problem, self.arena, self.model
        locked = {team.key for team in problem.locked}
        self.home: dict[Id, list[int]] = {}
        for key, members in problem.previous_members.items():
            people = [arena.number[p] for p in members if p in arena.number]
            if key in locked or not people:
                continue
            row = [model.column(high=1) for _ in self.slots]
            self.home[key] = row
            model.row([(c, 1) for c in row], high=1)
            for slot, goes in enumerate(row):
                for p in people:
                    stays = model.column(cost=-arena.stay[p], high=1, whole=False)
                    model.row([(stays, 1), (goes, -1)], high=0)
                    model.row([(stays, 1), (self.seat[p][slot], -1)], high=0)
        for slot in self.slots:
            names: Terms = [(row[slot], 1) for row in self.home.values()]
            model.row([*names, (self.open[slot], -1)], high=0)
