"""What one would do without a solver, to measure it against: teams by lot, and the greedy way of other tools.

Both keep every hard rule: they start from the numbers of teams and people per theme that the bare theme model
finds possible.
"""

from __future__ import annotations

import time

from .arena import Arena
from .framing import frame
from .plan import Plan
from .problem import Problem
from .seating import seated
from .solve import make_plan
from .themes import ThemeModel


def random_plan(problem: Problem, seed: int = 0) -> Plan:
    """Everybody anywhere, by lot, within the hard rules. Its bound is 0: nothing is proven."""
    return _baseline(problem, seed, best=False)


def greedy(problem: Problem, seed: int = 0) -> Plan:
    """Groups first, largest first, each in the open team where they cost least now; then everybody else."""
    return _baseline(problem, seed, best=True)


def _baseline(problem: Problem, seed: int, *, best: bool) -> Plan:
    began = time.monotonic()
    shape = frame(problem)
    if shape.teams == len(problem.locked):
        return make_plan(problem, shape, problem.locked, 0, began)
    plan = ThemeModel(problem, shape, bare=True).solve(60)
    assert plan is not None, "the frame was found feasible, and so is the bare model"
    state = seated(Arena(problem, shape), plan, seed, best=best)
    return make_plan(problem, shape, tuple(state.teams()), 0, began)
