"""Teams and people per theme as numbers alone: whether sizes, capacities, locked teams and a number of teams agree.

People are interchangeable here, so that the model is small and exact. A rule may be eased or left out, to find out
which ones contradict each other (`contradicting`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .milp import INFINITE, Model
from .problem import Problem

PATIENCE = 5.0

#: A hard rule by name: "min", "max", "count", ("least", theme), ("most", theme), ("locked", team key).
Rule = object
#: What a rule asks for instead of its own number; None leaves it out.
Eased = Mapping[Rule, int | None]


class Counts:
    """Columns: teams and people of each theme beyond the locked ones."""

    def __init__(self, problem: Problem, count: int | None, eased: Eased | None = None) -> None:
        eased = eased or {}
        size = problem.team_size
        people = len(problem.people)
        low = eased.get("min", size.min) or 0
        high = eased.get("max", size.max)
        high = people if high is None else high
        kept = [team for team in problem.locked if ("locked", team.key) not in eased]
        filled: Counter[object] = Counter()
        for team in kept:
            filled[team.theme] += len(team.people)
        self.model = model = Model()
        self.teams, self.placed = [], []
        for theme in problem.themes:
            asked = eased.get(("least", theme.id), theme.least) or 0
            least = max(0, asked - filled[theme.id])
            limit = eased.get(("most", theme.id), theme.most)
            most = INFINITE if limit is None else limit - filled[theme.id]
            teams = model.column(high=people)
            placed = model.column(cost=-1, low=least, high=max(most, least))
            if most < least:
                model.row([(placed, 1)], high=most)
            model.row([(placed, 1), (teams, -low)], low=0)
            model.row([(placed, 1), (teams, -high)], high=0)
            self.teams.append(teams)
            self.placed.append(placed)
        self.locked_people = sum(filled.values())
        self.locked_teams = len(kept)
        model.row([(column, 1) for column in self.placed], high=people - self.locked_people)
        count = eased.get("count", count)
        if count is not None:
            total = count - self.locked_teams
            model.row([(column, 1) for column in self.teams], low=total, high=total)


def most_placed(problem: Problem, count: int | None = None, eased: Eased | None = None) -> int | None:
    """The most people that `count` teams (any number if None) can hold; None when not even the rules hold."""
    counts = Counts(problem, count, eased)
    outcome = counts.model.solve(seconds=PATIENCE)
    return None if outcome.values is None else counts.locked_people + round(-outcome.objective)
