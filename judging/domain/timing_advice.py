"""How long a jury needs, and how many panels and finalists make it fit the time there is. Pure arithmetic, in minutes.

Refuses to know people and the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

FINALISTS_WANTED = 6  # enough for a final to be one, few enough for it to be short
SMALLEST_PANEL = 3  # projects; beyond, panels compare nothing


@dataclass(frozen=True)
class Advice:
    """`needed`: what one jury hearing everybody takes. `panels` > 1: a plan with that many panels and a final.

    `planned` is what the plan takes, panels and final together; `finalists` in the final, none without one. `fits`:
    the plan holds in the time there is; when nothing does, the plan is the shortest.
    """

    projects: int
    minutes: int
    available: int
    needed: int
    panels: int
    finalists: int
    planned: int
    fits: bool


def advise(*, projects: int, minutes: int, available: int) -> Advice:
    """The fewest panels that fit in `available` minutes: the fewer, the more projects meet the same jurors.

    Raises ValueError for a turn shorter than one minute.
    """
    if minutes < 1:
        raise ValueError("a turn takes at least one minute")
    needed = projects * minutes
    if needed <= available or projects < 2 * SMALLEST_PANEL:
        return Advice(projects, minutes, available, needed, 1, 0, needed, needed <= available)
    plans = [_plan(projects, minutes, panels) for panels in range(2, projects // SMALLEST_PANEL + 1)]
    fitting = [plan for plan in plans if plan[2] <= available]
    panels, finalists, planned = fitting[0] if fitting else min(plans, key=lambda plan: plan[2])
    return Advice(projects, minutes, available, needed, panels, finalists, planned, bool(fitting))


def _plan(projects: int, minutes: int, panels: int) -> tuple[int, int, int]:
    """(panels, finalists, minutes in all): the same number of finalists from each panel."""
    finalists = panels * max(1, round(FINALISTS_WANTED / panels))
    return panels, finalists, (ceil(projects / panels) + finalists) * minutes
