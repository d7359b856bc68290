"""A ranking drawn: a dot per project, its 90 % interval, equals bracketed. Geometry only, in SVG units; no colours.

The table beside it says the same in figures: nobody needs the drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import gettext as _

from judging.domain.rank_tables import RankLine, RankTable

WIDTH, NAMES, RIGHT = 640, 230, 50
ROW, TOP, BOTTOM = 30, 8, 26
LETTERS = 30  # of a project's title, before it is cut


@dataclass(frozen=True)
class Dot:
    """A project's row: `x` of its total, `low` to `high` of its interval (None without one); `title` says it all."""

    y: int
    baseline: int
    name: str
    x: float
    low: float | None
    high: float | None
    value: str
    title: str
    is_first: bool


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Bracket:
    """Projects left equal after the ladder, from the first row to the last."""

    x: float
    top: int
    bottom: int


@dataclass(frozen=True)
class Plot:
    width: int
    height: int
    foot: int
    dots: list[Dot]
    ticks: list[Tick]
    brackets: list[Bracket]


def plot(table: RankTable) -> Plot | None:
    """The ranked lines of a table, best first; None when nothing is ranked."""
    lines = [line for line in table.lines if _total(line) is not None]
    if not lines:
        return None
    values = [value for line in lines for value in (_total(line), line.low, line.high) if value is not None]
    low, high = max(0, int(min(values))), min(20, int(max(values)) + 1)
    step = max(1, -(-(high - low) // 6))

    def x(value: float) -> float:
        share = (min(max(value, low), high) - low) / max(1, high - low)
        return round(NAMES + share * (WIDTH - NAMES - RIGHT), 1)

    dots = [_dot(line, number, x) for number, line in enumerate(lines)]
    foot = TOP + ROW * len(lines)
    ticks = [Tick(x(value), str(value)) for value in range(low, high + 1, step)]
    return Plot(WIDTH, foot + BOTTOM, foot, dots, ticks, _brackets(lines))


def _total(line: RankLine) -> float | None:
    """The total that decides the place."""
    value = line.corrected if line.corrected is not None else line.mean
    return None if value is None else float(value)


def _dot(line: RankLine, number: int, x: Callable[[float], float]) -> Dot:
    total = _total(line) or 0.0
    value = str(localize(line.corrected if line.corrected is not None else line.mean))
    parts = {"project": line.project, "total": value}
    title = _("%(project)s: %(total)s out of 20") % parts
    low = high = None
    if line.low is not None and line.high is not None:
        low, high = x(line.low), x(line.high)
        parts |= {"low": localize(round(line.low, 1)), "high": localize(round(line.high, 1))}
        title = (
            _("%(project)s: %(total)s out of 20, between %(low)s and %(high)s nine times out of ten") % parts
        )
    y = TOP + ROW * number + ROW // 2
    name = line.project if len(line.project) <= LETTERS else line.project[: LETTERS - 1].rstrip() + "…"
    return Dot(
        y=y,
        baseline=y + 5,
        name=name,
        x=x(total),
        low=low,
        high=high,
        value=value,
        title=title,
        is_first=line.place == 1,
    )


def _brackets(lines: list[RankLine]) -> list[Bracket]:
    found = []
    for place in dict.fromkeys(line.place for line in lines if line.is_tied):
        rows = [number for number, line in enumerate(lines) if line.place == place]
        found.append(Bracket(NAMES - 8, TOP + ROW * rows[0] + 6, TOP + ROW * (rows[-1] + 1) - 6))
    return found
