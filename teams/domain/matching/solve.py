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
from .floor import floor
from .framing import Frame, left_over_reason
from .hurried import hurried, too_late
from .keys import best_keys
from .opening import Opening
from .plan import LeftOver, Plan
from .problem import Problem
from .reasons import reasons_of
from .records import Team
from .search import ACROSS, GENTLE, INSIDE, Leg, search
from .themes import ThemeModel, ThemePlan

USUAL_SECONDS = 10.0
STEPS_PER_SECOND = 2_500_000  # a cautious speed: a third of what two processors do together
# the same without compiling: a run that has most of the time, and a second one
SLOW_STEPS_PER_SECOND = (140_000, 40_000)
STEPS_PER_PERSON, MANY_RUNS, LONGEST = 1_600, 40, 30
START_UP = 1.2  # seconds that loading, reading and the theme model usually take
# What is kept for a plan made by hand, should the opening be late: a share of the time left, at most some seconds
BY_HAND, BY_HAND_SECONDS = 0.35, 1.5
SHORTEST = 0.15  # seconds (undisturbed) below which the search has better use for them than the theme model
LARGE = 6000  # columns from which HiGHS overruns its time, and hardly betters a draft
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
    opening = (
        None if too_late(began, deadline) else Opening(problem, seconds=seconds, seed=seed, deadline=deadline)
    )
    left = deadline - time.monotonic()
    if opening is None or not opening.ready(left - min(BY_HAND * left, BY_HAND_SECONDS)):
        found = hurried(problem, seed=seed, deadline=deadline)
        if found is not None:
            shape, state = found
            bound = max(floor(problem, shape), opening.bound if opening else 0)
            return make_plan(problem, shape, tuple(state.teams()), bound, began)
    opening = opening or Opening(problem, seconds=seconds, seed=seed, deadline=deadline)
    opening.ready(None)
    shape = opening.shape
    if opening.themes is None:
        cost = evaluate(problem, problem.locked).total
        return make_plan(problem, shape, problem.locked, cost, began)
    arena, slower = opening.arena, opening.slower
    spare = seconds if slower < BUSY else (deadline - time.monotonic()) / slower
    engine.prepare(people=len(problem.people), seconds=spare)
    themes = _decided(opening, opening.themes, deadline)
    if exact.small_enough(arena):
        best = exact.solve_exactly(arena, 0.5 * (deadline - time.monotonic()))
        if best is not None:
            teams = tuple(best.teams())
            return make_plan(problem, shape, teams, evaluate(problem, teams).total, began)
    state = _search(arena, themes, opening.first, seconds, seed, deadline, progress, stop)
    return make_plan(problem, shape, _named(problem, state), themes.bound, began)


def _farewell(problem: Problem) -> float:
    """Seconds kept for naming, explaining and printing."""
    return 0.1 + 0.1 * bool(problem.previous) + len(problem.people) / 20_000


def _decided(opening: Opening, draft: ThemePlan, deadline: float) -> ThemePlan:
    """The theme model's own answer, or the draft if that is as good or all there is; the best bound proven."""
    problem, model, found = opening.problem, opening.model, None
    lasting = problem.holds_people
    left = deadline - time.monotonic()
    if left >= SHORTEST * (4 if lasting else 1) * opening.slower and (lasting or not draft.proven):
        if lasting:
            model = ThemeModel(problem, opening.shape)
            found = model.draft(0.5 * left)
            left = deadline - time.monotonic()
        if model.columns <= LARGE:
            found = model.solve(0.35 * left) or found
    return replace(found or draft, bound=max(opening.bound, model.bound))


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
    if arena.problem.holds_people and number % 4 < 3:
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
