"""From a problem to a plan within a time limit: frame, draft, theme model, search, reasons.

There is something to answer early, and each stage only betters it: a bound counted by hand, then the relaxed theme
model's; the greedy plan, then a first descent from the drafted themes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from . import engine, exact
from .arena import Arena, State
from .cost import evaluate
from .dealing import deal
from .floor import floor
from .framing import Frame, frame, left_over_reason
from .keys import best_keys
from .plan import LeftOver, Plan
from .problem import Problem
from .reasons import reasons_of
from .records import Team
from .search import ACROSS, GENTLE, INSIDE, Leg, search
from .seating import seated
from .themes import ThemeModel, ThemePlan

USUAL_SECONDS = 10.0
STEPS_PER_SECOND = 2_500_000  # a cautious speed: a third of what two processors do together
SLOW_STEPS_PER_SECOND = (
    140_000,
    110_000,
)  # the same without compiling: a run that should end, and one that may
STEPS_PER_PERSON, MANY_RUNS, LONGEST = 1_600, 40, 30
START_UP = 1.2  # seconds that loading, reading and the theme model usually take
GREEDY_SECONDS = 5e-6  # per person and team
BUSY = 1.6  # times slower than alone: too busy a machine to count on the usual speed


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    seed: int | None = None,
    progress: Callable[[float, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    began: float | None = None,
) -> Plan:
    """Propose teams within `seconds` of `began` (monotonic clock; now by default).

    `seconds` and `seed` default to the problem's own, then to 10 and 0. `progress(fraction, best_cost)` and `stop()`
    are called in this thread. Raises `ProblemRefused` when hard rules contradict each other.
    """
    began = time.monotonic() if began is None else began
    seconds = seconds or problem.seconds or USUAL_SECONDS
    seed = next((s for s in (seed, problem.seed) if s is not None), 0)
    deadline = began + max(0.05, seconds - _farewell(problem))
    pace = Pace()
    shape = frame(problem)
    if shape.teams == len(problem.locked):
        cost = evaluate(problem, problem.locked).total
        return make_plan(problem, shape, problem.locked, cost, began)
    arena = Arena(problem, shape)
    model = ThemeModel(problem, shape)
    model.bound = floor(problem, shape)
    themes = _draft(model, deadline)
    first = _first(arena, themes, seed, seconds)
    slower = pace.slower()
    spare = seconds if slower < BUSY else (deadline - time.monotonic()) / slower
    engine.prepare(people=len(problem.people), seconds=spare)
    themes = _decided(model, themes, deadline)
    if exact.small_enough(arena):
        best = exact.solve_exactly(arena, 0.5 * (deadline - time.monotonic()))
        if best is not None:
            teams = tuple(best.teams())
            return make_plan(problem, shape, teams, evaluate(problem, teams).total, began)
    state = _search(arena, themes, first, seconds, seed, deadline, progress, stop)
    return make_plan(problem, shape, _named(problem, state), themes.bound, began)


class Pace:
    """How much slower than alone this thread runs, other programs taking their share."""

    def __init__(self) -> None:
        self.wall, self.own = time.monotonic(), time.thread_time()

    def slower(self) -> float:
        """Seconds by the clock for a second of work; 1 when nobody disturbs."""
        own = max(0.001, time.thread_time() - self.own)
        return max(1.0, (time.monotonic() - self.wall) / own)


def _farewell(problem: Problem) -> float:
    """Seconds kept for naming, explaining and printing."""
    return 0.1 + 0.1 * bool(problem.previous) + len(problem.people) / 20_000


def _draft(model: ThemeModel, deadline: float) -> ThemePlan:
    """Themes to begin from; where the theme model has none in time, those of its bare version, which is quick."""
    found = model.draft(0.35 * (deadline - time.monotonic()))
    if found is not None:
        return found
    bare = ThemeModel(model.problem, model.frame, bare=True)
    plan = bare.draft(0.3 * (deadline - time.monotonic())) or bare.solve(60)
    assert plan is not None, "the frame was found feasible, and so is the bare model"
    model.bound = max(model.bound, bare.bound)
    return replace(plan, bound=model.bound, proven=False)


def _first(arena: Arena, themes: ThemePlan, seed: int, seconds: float) -> State:
    """The better of the greedy plan and the dealt one; only the dealt one where greed would take long."""
    dealt = deal(arena, themes, seed)
    if GREEDY_SECONDS * len(arena.people) * arena.teams > 0.05 * seconds:
        return dealt
    greedy = seated(arena, themes, seed, best=True)
    return min(dealt, greedy, key=lambda state: evaluate(arena.problem, state.teams()).total)


def _decided(model: ThemeModel, draft: ThemePlan, deadline: float) -> ThemePlan:
    """The theme model's own answer, or the draft if that is as good or all there is; the best bound proven."""
    found = None if draft.proven else model.solve(0.35 * (deadline - time.monotonic()))
    return replace(found or draft, bound=model.bound)


def _search(
    arena: Arena,
    themes: ThemePlan,
    first: State,
    seconds: float,
    seed: int,
    deadline: float,
    progress: Callable[[float, int], None] | None,
    stop: Callable[[], bool] | None,
) -> State:
    """As many steps as `seconds` promise, on the compiled loop if it is ready in time."""
    loop = engine.compiled(wait=0.6 * (deadline - time.monotonic()))
    if loop is None:
        spare = max(0.2, seconds - START_UP)
        runs = [_legs(arena, k, int(speed * spare)) for k, speed in enumerate(SLOW_STEPS_PER_SECOND)]
    else:
        runs = _schedule(arena, seconds)
    return search(
        arena,
        themes,
        first=first,
        runs=runs,
        seed=seed,
        loop=loop,
        deadline=deadline,
        progress=progress,
        stop=stop,
    )


def _schedule(arena: Arena, seconds: float) -> list[list[Leg]]:
    """The runs to make: decided by `seconds` alone, so that a seed gives one plan. Many short runs do better than a
    few long ones, and longer ones better still once there are many."""
    usual = STEPS_PER_PERSON * len(arena.people)
    budget = int(STEPS_PER_SECOND * max(0.4, seconds - START_UP - len(arena.people) / 1000))
    runs = max(1, min(MANY_RUNS, budget // usual))
    steps = min(budget // runs, LONGEST * usual)
    return [_legs(arena, number, steps) for number in range(runs)]


def _legs(arena: Arena, number: int, steps: int) -> list[Leg]:
    inside, across = INSIDE[number % len(INSIDE)], ACROSS[number // len(INSIDE) % len(ACROSS)]
    steps = max(steps, 1000)
    if arena.problem.previous and arena.problem.stability and number % 4 < 3:
        return [Leg(steps // 2, heat, True) for heat in GENTLE]
    if len(arena.themes) == 1:
        return [Leg(steps, inside, True)]
    return [Leg(steps // 2, inside, False), Leg(steps // 2, across, True)]


def _named(problem: Problem, state: State) -> tuple[Team, ...]:
    """The teams, under the previous keys that keep most people in place."""
    if problem.previous:
        teams = state.teams()[len(problem.locked) :]
        keys = best_keys(problem, [team.people for team in teams], state.keys)
        state = State(state.arena, state.slot_of, state.theme_of, keys)
    return tuple(state.teams())


def make_plan(problem: Problem, shape: Frame, teams: tuple[Team, ...], bound: int, began: float) -> Plan:
    """The plan these teams make, with its cost and its reasons; `began` on the monotonic clock."""
    placed = {person for team in teams for person in team.people}
    absent = [person.id for person in problem.people if person.id not in placed]
    why = left_over_reason(problem, shape) if absent else None
    left_over = tuple(LeftOver(person, why) for person in absent if why is not None)
    return Plan(
        teams=teams,
        left_over=left_over,
        cost=evaluate(problem, teams),
        bound=bound,
        seconds=round(time.monotonic() - began, 3),
        reasons=reasons_of(problem, teams),
        notices=shape.notices,
    )
