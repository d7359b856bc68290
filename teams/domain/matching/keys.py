"""Which team of a plan goes by which previous key, so that as many people as possible keep theirs.

An assignment problem (each key to one team at most, each team one key at most), solved exactly as a linear
program: its vertices are whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .milp import Model
from .problem import Problem
from .records import Id


def best_keys(
    problem: Problem, teams: Sequence[Sequence[Id]], current: Sequence[Id | None]
) -> list[Id | None]:
    """A key for each of `teams` (people of teams that are not locked); None where no previous key fits.

    A team keeps its current key when another choice keeps no more people.
    """
    locked = {team.key for team in problem.locked}
    model = Model()
    found: list[tuple[int, Id, int]] = []
    by_key: dict[Id, list[int]] = {}
    for number, people in enumerate(teams):
        kept: Counter[Id] = Counter()
        for person in people:
            if person in problem.previous:
                kept[problem.previous[person]] += max(1, problem.moving_cost(person))
        columns = []
        for key, count in kept.items():
            if key in locked:
                continue
            bonus = 0.001 * (key == current[number])
            column = model.column(cost=-(count + bonus), high=1, whole=False)
            found.append((number, key, column))
            columns.append(column)
            by_key.setdefault(key, []).append(column)
        if columns:
            model.row([(column, 1) for column in columns], high=1)
    for columns in by_key.values():
        model.row([(column, 1) for column in columns], high=1)
    keys: list[Id | None] = [None] * len(teams)
    if not found:
        return keys
    outcome = model.solve(seconds=2, whole=False)
    if outcome.values is None:
        return list(current)
    for number, key, column in found:
        if outcome.values[column] > 0.5:
            keys[number] = key
    return keys
