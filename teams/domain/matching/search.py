"""Annealing from the theme model's answer: first inside the themes, then across them, several times over.

How many steps are taken is decided before the first one, from the seconds asked for: on any machine fast enough
the same seed gives the same plan. On a slower one the clock cools a run that would be late, so that it still ends
cold. Runs differ in their seed and, by turns, in their heat, and may share two processors: the best one wins,
the earliest of equals.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from .arena import Arena, State
from .cost import evaluate
from .dealing import deal
from .engine import sequence
from .keys import best_keys
from .moves import anneal
from .themes import ThemePlan

INSIDE = ((8.0, 0.4), (15.0, 0.4))  # by turns, run after run
ACROSS = ((2.5, 0.4), (4.0, 0.4))
GENTLE = ((2.5, 0.3), (1.5, 0.3))  # from a previous plan, of which most must last
CHUNK = {True: 25_000, False: 1_000}  # steps between two looks at the clock: a hundredth of a second
Loop = Callable[..., None]


@dataclass(frozen=True)
class Leg:
    """A part of a run: this many steps between two temperatures, within themes or across them."""

    steps: int
    heat: tuple[float, float]
    across: bool


@dataclass
class Watch:
    """When to stop, and how far everybody is."""

    deadline: float
    target: int
    stopped: threading.Event
    best: int
    done: int = 0
    reached: int = 10**9  # the first run that met the target: later ones need not go on

    def over(self, run: int) -> bool:
        """Has run number `run` nothing more to do?"""
        return self.stopped.is_set() or run > self.reached or time.monotonic() >= self.deadline


class Run:
    """One descent; `state` is the best it has seen, None if it never began."""

    def __init__(self, number: int, arena: Arena, loop: Loop | None, seed: int, begin: State | None) -> None:
        self.number, self.arena, self.seed, self.begin = number, arena, seed, begin
        self.loop: Loop = loop or anneal
        self.fast = loop is not None
        self.chance = (seed * 2654435761 + number * 40503 + 12345) % 0xFFFFFFFF + 1
        self.state: State | None = None
        self.cost = 10**18

    def go(self, plan: ThemePlan, legs: list[Leg], watch: Watch) -> None:
        """All legs, as far as the watch allows."""
        if watch.over(self.number):
            return
        state = self.begin or deal(self.arena, plan, self.seed + self.number)
        self.cost = evaluate(self.arena.problem, state.teams()).total
        total = sum(leg.steps for leg in legs)
        for leg in legs:
            left = watch.deadline - time.monotonic()
            state = self._renamed(self._leg(leg, state, watch, left * leg.steps / total))
            total -= leg.steps
        self.state = state
        if self.cost <= watch.target:
            watch.reached = min(watch.reached, self.number)

    def _leg(self, leg: Leg, state: State, watch: Watch, seconds: float) -> State:
        """The steps of a leg, fewer of them when `seconds` go by first."""
        arena, fast = self.arena, self.fast
        order, order_start = state.orders()
        tally = sequence([self.cost, self.cost, self.chance], fast)
        best_slot, best_theme = sequence(state.slot_of, fast), sequence(state.theme_of, fast)
        fixed = (
            arena.rules,
            arena.choice,
            arena.role,
            arena.level,
            state.home,
            arena.stay,
            arena.group_start,
            arena.groups,
            arena.member_start,
            arena.members,
            arena.apart_start,
            arena.apart,
            arena.wanted,
            arena.alone,
            arena.real,
            arena.least,
            arena.most,
            state.slot_of,
            state.theme_of,
            state.sizes,
            state.count,
            state.distinct,
            state.levels,
            state.filled,
            state.team,
            state.seat,
            state.split,
            order,
            order_start,
        )
        rules, *rest = (sequence(values, fast) for values in fixed)
        hot, cold = leg.heat
        began = before = time.monotonic()
        done, part = 0, 0.0
        while part < 1 and not watch.over(self.number):
            steps = min(CHUNK[fast], leg.steps - done)
            now = time.monotonic()
            # where the clock will be; squared, it is behind the steps of any run that would end in time
            late = (2 * now - before - began) / max(seconds, 0.001)
            before = now
            start = hot * (cold / hot) ** part
            part = max((done + steps) / leg.steps, min(1.0, late * late))
            end = hot * (cold / hot) ** part
            self.loop(steps, start, end, int(leg.across), rules, tally, *rest, best_slot, best_theme)
            done += steps
            watch.done += steps
            watch.best = min(watch.best, int(tally[1]))
            if tally[1] <= watch.target:
                break
        self.chance = int(tally[2])
        self.cost = int(tally[1])
        people = len(arena.people)
        return State(arena, list(best_slot)[:people], list(best_theme), state.keys)

    def _renamed(self, state: State) -> State:
        """With previous keys given to the teams that hold most of their people; with a given beginning, there is no
        time for that.
        """
        arena = self.arena
        if self.begin is not None or not arena.problem.holds_people:
            return state
        teams = state.teams()[len(arena.problem.locked) :]
        keys = best_keys(arena.problem, [team.people for team in teams], state.keys)
        spare = [k for k in arena.problem.previous_members if k not in keys and k in state.keys]
        keys = [key if key is not None or not spare else spare.pop() for key in keys]
        if keys == state.keys:
            return state
        state = State(arena, state.slot_of, state.theme_of, keys)
        self.cost = evaluate(arena.problem, state.teams()).total
        return state


def search(
    arena: Arena,
    plan: ThemePlan,
    *,
    first: State,
    runs: list[list[Leg]],
    seed: int,
    loop: Loop | None,
    deadline: float,
    begin: State | None = None,
    progress: Callable[[float, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> State:
    """The best state of all runs, `first` if none does better; `deadline` on the monotonic clock.

    The runs begin with a deal of `plan`'s themes, or with `begin`. Callbacks run in the caller's thread.
    """
    known = evaluate(arena.problem, first.teams()).total
    watch = Watch(deadline, plan.bound, threading.Event(), known)
    total = sum(leg.steps for legs in runs for leg in legs)
    descents = [Run(k, arena, loop, seed, begin) for k in range(len(runs))]
    workers = min(2, os.cpu_count() or 1, len(runs)) if loop else 1
    with ThreadPoolExecutor(workers, thread_name_prefix="matching") as pool:
        waiting: set[Future[None]] = {
            pool.submit(run.go, plan, legs, watch) for run, legs in zip(descents, runs, strict=True)
        }
        while waiting:
            finished, waiting = wait(waiting, timeout=0.05, return_when=FIRST_COMPLETED)
            for future in finished:
                future.result()
            if progress:
                progress(min(1.0, watch.done / max(1, total)), watch.best)
            if stop and stop():
                watch.stopped.set()
    best = min(descents, key=lambda run: (run.cost, run.number))
    return best.state if best.state is not None and best.cost < known else first
