"""The first answers to a problem: its frame, a bound, themes to begin from and teams made without a search.

Worked out in a thread of its own, so that who asks need not wait for it beyond the time limit: loading HiGHS and a
step of it cannot be cut short, and take seconds on a busy machine.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from .arena import Arena, State
from .cost import evaluate
from .dealing import deal
from .floor import floor
from .framing import Frame, frame
from .problem import Problem
from .seating import GREEDY_SECONDS, seated
from .themes import ThemeModel, ThemePlan


class Opening:
    """Everything found so far; `themes` is None while there is nothing to search from, and if nobody is to place."""

    shape: Frame
    arena: Arena
    model: ThemeModel
    first: State

    def __init__(self, problem: Problem, *, seconds: float, seed: int, deadline: float) -> None:
        self.problem, self.seconds, self.seed, self.deadline = problem, seconds, seed, deadline
        self.models: list[ThemeModel] = []
        self.slower = 1.0
        self.themes: ThemePlan | None = None
        self.failure: Exception | None = None
        # no daemon: an interpreter that leaves while HiGHS is at work would crash, so it waits
        self.thread = threading.Thread(target=self._run, name="matching-opening")
        self.thread.start()

    @property
    def bound(self) -> int:
        """The best bound proven so far, also while it is still at work."""
        return max((model.bound for model in list(self.models)), default=0)

    def ready(self, wait: float | None) -> bool:
        """Has it ended within `wait` seconds? Raises what it met, a `ProblemRefused` for one."""
        self.thread.join(None if wait is None else max(0.0, wait))
        if self.thread.is_alive():
            return False
        if self.failure is not None:
            raise self.failure
        return True

    def _run(self) -> None:
        try:
            self._open()
        except Exception as failure:
            self.failure = failure

    def _open(self) -> None:
        import highspy  # noqa: F401 (no part of the pace: much of it is the disk's)

        wall, own = time.monotonic(), time.thread_time()
        problem = self.problem
        self.shape = frame(problem)
        if self.shape.teams == len(problem.locked):
            return
        self.arena = Arena(problem, self.shape)
        self.model = ThemeModel(problem, self.shape, lasting=False)
        self.model.bound = floor(problem, self.shape)
        self.models.append(self.model)
        themes = self._draft()
        self.first = self._first(themes)
        self.slower = max(1.0, (time.monotonic() - wall) / max(0.001, time.thread_time() - own))
        self.themes = themes

    def _draft(self) -> ThemePlan:
        """Themes to begin from; where the theme model has none in time, those of its bare version, which is quick."""
        found = self.model.draft(0.5 * (self.deadline - time.monotonic()))
        if found is not None:
            return found
        bare = ThemeModel(self.problem, self.shape, bare=True)
        plan = bare.draft(0.3 * (self.deadline - time.monotonic())) or bare.solve(60)
        assert plan is not None, "the frame was found feasible, and so is the bare model"
        self.models.append(bare)
        return replace(plan, bound=self.bound, proven=False)

    def _first(self, themes: ThemePlan) -> State:
        """The better of the greedy plan and the dealt one; only the dealt one where greed would take long."""
        dealt = deal(self.arena, themes, self.seed)
        if GREEDY_SECONDS * len(self.arena.people) * self.arena.teams > 0.05 * self.seconds:
            return dealt
        greedy = seated(self.arena, themes, self.seed, best=True)
        return min(dealt, greedy, key=lambda state: evaluate(self.problem, state.teams()).total)
