"""The theme model: who works on which theme and how many teams each theme has, decided exactly.

A relaxation of the whole problem: inside a theme only counts are kept (how many people of each role for how
many teams), so its optimum is a proven lower bound of every plan's cost, and its solution says where to start.
People who differ in nothing that it looks at are counted together. For a theme with t teams and c people of a
role, k of the teams have that role: k ≤ t and k ≤ c; t − k teams lack it; at least 2k − c of them have it
once only; and t · diversity − Σ k distinct roles are missing at least. A group kept whole with m people of a
role brings that role to one team, not to m: k ≤ c − Σ (m − 1) over groups that share nobody.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .cost import mix_cost
from .framing import Frame
from .milp import INFINITE, Model, Outcome
from .problem import Problem
from .records import Id

if TYPE_CHECKING:
    import numpy as np

Terms = list[tuple[int, float]]


@dataclass(frozen=True)
class ThemePlan:
    """`theme_of[p]`: theme number of each person who is not locked (−1: left over); `teams[h]`: teams of each
    theme beyond the locked ones; `key_theme`: theme number where a previous team lives on; `bound`: proven."""

    theme_of: dict[Id, int]
    teams: list[int]
    key_theme: dict[Id, int]
    bound: int
    proven: bool


class ThemeModel:
    """Columns and rows of the relaxation; `draft` and `solve` read the answer back, `bound` is what they proved."""

    def __init__(self, problem: Problem, frame: Frame, *, bare: bool = False, lasting: bool = True) -> None:
        """`bare` leaves out roles, levels, groups and previous teams: weaker, and solved at once. `lasting=False`
        leaves out previous teams alone, most of the work where there are any.
        """
        self.problem, self.frame = problem, frame
        self.model = Model()
        self.locked = {person: team for team in problem.locked for person in team.people}
        self.number = {theme.id: h for h, theme in enumerate(problem.themes)}
        self.places = range(len(problem.themes) + 1)  # the last place is « left over »
        self.constant = self._locked_cost()
        self.group_people = {p for group in problem.together for p in group}
        if lasting:
            self.group_people |= set(problem.previous)
        self.bound = 0
        self.start: np.ndarray | None = None
        self.homes: dict[Id, list[int]] = {}
        self.whole: list[tuple[tuple[Id, ...], list[int]]] = []
        self.with_levels = not bare and self._levels_matter()
        self._people()
        self._teams()
        if bare:
            return
        self._groups()
        self._roles()
        self._levels()
        if lasting:
            self._stability()

    @property
    def columns(self) -> int:
        """The size of the model."""
        return len(self.model.costs)

    def draft(self, seconds: float) -> ThemePlan | None:
        """A first answer, in a tenth of a second for 250 people: the relaxed optimum, whose bound is within a per
        cent of the best one, then the best plan that puts people as it does but for the fractions; None when there
        is none, or none in time.
        """
        end = time.monotonic() + seconds
        relaxed = self.model.solve(seconds=seconds, whole=False)
        self._prove(relaxed)
        if relaxed.values is None:
            return None
        left = end - time.monotonic()
        near = relaxed.values * math.nan
        for columns in self.seats:
            near[columns] = relaxed.values[columns]
        outcome = self.model.solve(seconds=left, near=near, presolve=False)
        if outcome.values is None:
            return None
        self.start = outcome.values
        return self._read(outcome.values, self.constant + outcome.objective < self.bound + 0.5)

    def solve(self, seconds: float) -> ThemePlan | None:
        """Solve within `seconds`; None when no solution was found in time (raise the seconds)."""
        outcome = self.model.solve(seconds=seconds, start=self.start, presolve=False)
        self._prove(outcome)
        return None if outcome.values is None else self._read(outcome.values, outcome.optimal)

    def _prove(self, outcome: Outcome) -> None:
        if outcome.bound > -math.inf:
            self.bound = max(self.bound, self.constant + math.ceil(outcome.bound - 1e-6))

    def _read(self, values: np.ndarray, proven: bool) -> ThemePlan:
        theme_of: dict[Id, int] = {}
        for members, columns in zip(self.members, self.seats, strict=True):
            waiting = iter(members)
            for place, column in enumerate(columns):
                for _ in range(round(values[column])):
                    theme_of[next(waiting)] = place if place < len(self.problem.themes) else -1
        key_theme = {
            key: place
            for key, columns in self.homes.items()
            for place, column in enumerate(columns)
            if values[column] > 0.5
        }
        teams = [round(values[column]) for column in self.team_columns]
        return ThemePlan(theme_of, teams, key_theme, self.bound, proven)

    def _locked_cost(self) -> int:
        """What the locked people cost by their theme, whatever the rest."""
        person_of = self.problem.person_of
        return sum(
            self.problem.choice_cost(person_of[person], team.theme)
            for team in self.problem.locked
            for person in team.people
        )

    def _levels_matter(self) -> bool:
        """Only people whose levels lean to one side as a whole make the level part of the bound positive."""
        lean = abs(sum(person.level - 3 for person in self.problem.people))
        return len(self.problem.people) <= 2000 and lean > self.frame.teams

    def _people(self) -> None:
        """How many of each kind of person go to each place."""
        kinds: dict[object, list[Id]] = {}
        for person in self.problem.people:
            if person.id in self.locked:
                continue
            alone = person.id if person.id in self.group_people else None
            level = person.level if self.with_levels else 0
            kinds.setdefault((person.role, person.themes, level, alone), []).append(person.id)
        self.members = list(kinds.values())
        self.seats: list[list[int]] = []
        self.seat_of: dict[Id, list[int]] = {}
        for members in self.members:
            person = self.problem.person_of[members[0]]
            columns = [
                self.model.column(cost=self.problem.choice_cost(person, theme.id), high=len(members))
                for theme in self.problem.themes
            ]
            columns.append(self.model.column(high=len(members) if self.frame.left_over else 0))
            self.model.row([(column, 1) for column in columns], low=len(members), high=len(members))
            self.seats.append(columns)
            if len(members) == 1:
                self.seat_of[members[0]] = columns
        if self.frame.left_over:
            total = [(columns[-1], 1.0) for columns in self.seats]
            self.model.row(total, low=self.frame.left_over, high=self.frame.left_over)

    def _teams(self) -> None:
        """Teams per theme, between the sizes and within the capacities."""
        size = self.problem.team_size
        filled: Counter[object] = Counter()
        for team in self.problem.locked:
            filled[team.theme] += len(team.people)
        free = self.frame.teams - len(self.problem.locked)
        self.team_columns = [self.model.column(high=free) for _ in self.problem.themes]
        self.model.row([(column, 1) for column in self.team_columns], low=free, high=free)
        for h, theme in enumerate(self.problem.themes):
            people: Terms = [(columns[h], 1) for columns in self.seats]
            least = max(0, theme.least - filled[theme.id])
            most = INFINITE if theme.most is None else theme.most - filled[theme.id]
            self.model.row(people, low=least, high=most)
            self.model.row([*people, (self.team_columns[h], -size.min)], low=0)
            self.model.row([*people, (self.team_columns[h], -size.max)], high=0)

    def _roles(self) -> None:
        """Coverage, lone members and diversity, by theme and role; locked teams cost what they cost."""
        problem, weights, model = self.problem, self.problem.weights, self.model
        size, roles = problem.team_size, problem.roles
        self.constant += self._locked_mixes()
        named = {person.role for person in problem.people if person.role is not None}
        kind_role = [problem.person_of[members[0]].role for members in self.members]
        self.constant += sum(
            weights.wanted * (self.frame.teams - len(problem.locked)) for r in roles.wanted if r not in named
        )
        for h, teams in enumerate(self.team_columns):
            holding: Terms = []
            for role in sorted(named, key=str):
                wanted = weights.wanted if role in roles.wanted else 0
                alone = weights.alone if role in roles.never_alone else 0
                if not (wanted or alone or (roles.diversity and weights.diversity)):
                    continue
                people = [c[h] for c, r in zip(self.seats, kind_role, strict=True) if r == role]
                model.costs[teams] += wanted
                having = model.column(cost=-wanted)
                holding.append((having, 1))
                model.row([(having, 1), (teams, -1)], high=0)
                model.row([(having, 1), *((c, -1) for c in people), *self._repeats(role, h)], high=0)
                model.row([(having, size.max), *((c, -1) for c in people)], low=0)
                if alone:
                    once = model.column(cost=alone)
                    model.row([(once, 1), (having, -2), *((c, 1) for c in people)], low=0)
            if roles.diversity and weights.diversity:
                missing = model.column(cost=weights.diversity)
                model.row([(missing, 1), (teams, -roles.diversity), *holding], low=0)

    def _repeats(self, role: Id, h: int) -> Terms:
        """For each group that may be whole on theme `h`, its people of a role beyond the first."""
        person_of = self.problem.person_of
        beyond = ((sum(person_of[p].role == role for p in group) - 1, whole) for group, whole in self.whole)
        return [(whole[h], count) for count, whole in beyond if count > 0]

    def _locked_mixes(self) -> int:
        return sum(
            mix_cost(self.problem, [self.problem.person_of[p] for p in team.people])
            for team in self.problem.locked
        )

    def _levels(self) -> None:
        """A theme whose levels lean by more than its teams may absorb."""
        weight = self.problem.weights.level
        if not self.with_levels or not weight:
            return
        for h, teams in enumerate(self.team_columns):
            lean: Terms = [
                (columns[h], self.problem.person_of[members[0]].level - 3)
                for members, columns in zip(self.members, self.seats, strict=True)
            ]
            excess = self.model.column(cost=weight)
            self.model.row([(excess, 1), (teams, 2), *((c, -f) for c, f in lean)], low=0)
            self.model.row([(excess, 1), (teams, 2), *lean], low=0)

    def _groups(self) -> None:
        """A group is whole only on one theme, and only if a team can hold it."""
        weight, size = self.problem.weights.split, self.problem.team_size
        seen: set[Id] = set()
        for group in self.problem.together:
            free = [person for person in group if person not in self.locked]
            homes = {self.locked[person].key for person in group if person in self.locked}
            if len(group) < 2 or not weight or not free:
                self.constant += weight * (len(homes) > 1)
                continue
            if homes:
                self.constant += weight  # whoever is locked has a full team: nobody can join it
                continue
            whole = []
            for place in self.places:
                fits = len(group) <= size.max or place == self.places[-1]
                together = self.model.column(cost=-weight, high=1 if fits else 0)
                whole.append((together, 1.0))
                for person in free:
                    self.model.row([(together, 1), (self.seat_of[person][place], -1)], high=0)
            self.model.row(whole, high=1)
            self.constant += weight
            if seen.isdisjoint(group):
                seen.update(group)
                self.whole.append((group, [column for column, _ in whole]))

    def _stability(self) -> None:
        """People stay with their previous team only where it lives on, and no more than a team holds."""
        problem = self.problem
        if not problem.holds_people:
            return
        locked_keys = {team.key for team in problem.locked}
        for key, members in problem.previous_members.items():
            free = [person for person in members if person not in self.locked]
            self.constant += sum(
                problem.moving_cost(p) for p in members if p not in self.locked or self.locked[p].key != key
            )
            if key in locked_keys or not free:
                continue
            columns = [self.model.column(high=1) for _ in problem.themes]
            self.homes[key] = columns
            self.model.row([(column, 1) for column in columns], high=1)
            stays: Terms = []
            for h, home in enumerate(columns):
                for person in free:
                    stay = self.model.column(cost=-problem.moving_cost(person), high=1, whole=False)
                    self.model.row([(stay, 1), (home, -1)], high=0)
                    self.model.row([(stay, 1), (self.seat_of[person][h], -1)], high=0)
                    stays.append((stay, 1))
            if len(free) > problem.team_size.max:
                self.model.row(stays, high=problem.team_size.max)
        for h, teams in enumerate(self.team_columns):
            living: Terms = [(columns[h], 1) for columns in self.homes.values()]
            self.model.row([*living, (teams, -1)], high=0)
