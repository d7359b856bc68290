"""A plan when there is no time left even to load HiGHS: themes filled by hand, greed, and a short descent.

HiGHS and numpy take a third of a second of processor time to load, which is several seconds on a busy machine.
Answers only where everybody fits in the wanted number of teams, as nearly always; the rest needs the exact models.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from .arena import Arena, State
from .framing import Frame, evident
from .problem import Problem
from .records import Id
from .search import Leg, search
from .seating import GREEDY_SECONDS, seated
from .themes import ThemePlan

LOADING = 0.45  # seconds of processor time to load HiGHS and get its first answer for 250 people
YOUNG = 2.0  # seconds of processor time until which a process is taken to have worked for this problem alone
STEPS = 200_000
HEAT = (2.5, 0.4)


def too_late(began: float, deadline: float) -> bool:
    """Would HiGHS be of use too late for `deadline`, going by what this process has got since `began`?"""
    own, now = time.process_time(), time.monotonic()
    if "highspy" in sys.modules or own > YOUNG:
        return False
    slower = max(1.0, (now - began) / max(own, 0.01))
    return now + LOADING * slower > deadline


def hurried(problem: Problem, *, seed: int, deadline: float) -> tuple[Frame, State] | None:
    """A frame and a state that keep every hard rule, by `deadline`; None where counting by hand does not do."""
    frame = Frame(problem.wanted_teams, 0, problem.notices)
    if frame.teams <= len(problem.locked) or problem.locked_people or evident(problem):
        return None
    arena = Arena(problem, frame)
    usual = -(-len(arena.people) // arena.teams)
    for typical in (usual, arena.problem.team_size.min):
        teams = _teams(arena, typical)
        people = None if teams is None else _people(arena, teams)
        if people is not None:
            break
    if teams is None or people is None:
        return None
    places = (h for h, count in enumerate(people) for _ in range(count))
    themes = ThemePlan({p.id: h for p, h in zip(arena.people, places, strict=True)}, teams, {}, 0, False)
    left = deadline - time.monotonic()
    quick = GREEDY_SECONDS * len(arena.people) * arena.teams < 0.3 * left
    first = seated(arena, themes, seed, best=quick)
    if any(slot == arena.teams for slot in first.slot_of):
        return None
    legs = [Leg(STEPS, HEAT, True)]
    return frame, search(
        arena, themes, first=first, begin=first, runs=[legs], seed=seed, loop=None, deadline=deadline
    )


def _teams(arena: Arena, typical: int) -> list[int] | None:
    """Teams of each theme, most where most people wish to be, and full enough to hold `typical` people each."""
    size, count = arena.problem.team_size, len(arena.people)
    wishes: Counter[Id | None] = Counter(person.themes[0] for person in arena.people if person.themes)
    least = [-(-low // size.max) for low in arena.least]
    most = [min(high, count) // typical for high in arena.most]
    return _shared([wishes[theme] for theme in arena.themes], least, most, arena.teams)


def _people(arena: Arena, teams: list[int]) -> list[int] | None:
    """People of each theme, as even as the rules allow."""
    size = arena.problem.team_size
    least = [max(low, t * size.min) for low, t in zip(arena.least, teams, strict=True)]
    most = [min(high, t * size.max) for high, t in zip(arena.most, teams, strict=True)]
    return _shared(teams, least, most, len(arena.people))


def _shared(shares: list[int], least: list[int], most: list[int], total: int) -> list[int] | None:
    """`total` cut into parts between `least` and `most`, in proportion to the shares as far as that goes."""
    if any(low > high for low, high in zip(least, most, strict=True)) or not sum(least) <= total <= sum(most):
        return None
    parts = list(least)
    for _ in range(total - sum(least)):
        open_parts = [h for h, part in enumerate(parts) if part < most[h]]
        parts[max(open_parts, key=lambda h: (shares[h] + 0.01) / (parts[h] + 1))] += 1
    return parts
