"""A ranking drawn: a dot per project, its 90 % interval, equals bracketed. Geometry only, in SVG units; no colours.

The table beside it says the same in figures: nobody needs the drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.translation import gettext as _

from judging.domain.rank_tables import RankLine, RankTable


@dataclass(frozen=True)
class Frame:
    """Where things stand: on a phone a name is above its dot, else before it. `letters` of a title are shown."""

    width: int
    names: int
    right: int
    row: int
    lift: int
    letters: int


WIDE = Frame(width=640, names=230, right=50, row=30, lift=0, letters=30)
NARROW = Frame(width=330, names=14, right=14, row=48, lift=18, letters=34)
TOP, BOTTOM = 8, 26


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
    kind: str
    width: int
    height: int
    foot: int
    dots: list[Dot]
    ticks: list[Tick]
    brackets: list[Bracket]


def plots(table: RankTable) -> list[Plot]:
    """The ranked lines of a table, best first, for a wide screen and for a narrow one; none when nothing is ranked."""
    drawn = (plot(table, frame) for frame in (WIDE, NARROW))
    return [one for one in drawn if one is not None]


def plot(table: RankTable, frame: Frame) -> Plot | None:
    """One drawing in that frame; None when nothing is ranked."""
    lines = [line for line in table.lines if _total(line) is not None]
    if not lines:
        return None
    values = [value for line in lines for value in (_total(line), line.low, line.high) if value is not None]
    low, high = max(0, int(min(values))), min(20, int(max(values)) + 1)
    step = max(1, -(-(high - low) // 6))

    def x(value: float) -> float:
        share = (min(max(value, low), high) - low) / max(1, high - low)
        return round(frame.names + share * (frame.width - frame.names - frame.right), 1)

    dots = [_dot(line, number, x, frame) for number, line in enumerate(lines)]
    foot = TOP + frame.row * len(lines)
    ticks = [Tick(x(value), str(value)) for value in range(low, high + 1, step)]
    return Plot(
        "wide" if frame is WIDE else "narrow",
        frame.width,
        foot + BOTTOM,
        foot,
        dots,
        ticks,
        _brackets(lines, frame),
    )


def _total(line: RankLine) -> float | None:
    """The total that decides the place."""
    value = line.corrected if line.corrected is not None else line.mean
    return None if value is None else float(value)


def _dot(line: RankLine, number: int, x: Callable[[float], float], frame: Frame) -> Dot:
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
    middle = TOP + frame.row * number + frame.row // 2
    long = len(line.project) > frame.letters
    name = line.project[: frame.letters - 1].rstrip() + "…" if long else line.project
    return Dot(
        y=middle + frame.lift // 2 + frame.lift // 6,
        baseline=middle + 5 - frame.lift // 2,
        name=name,
        x=x(total),
        low=low,
        high=high,
        value=value,
        title=title,
        is_first=line.place == 1,
    )


def _brackets(lines: list[RankLine], frame: Frame) -> list[Bracket]:
    found = []
    for place in dict.fromkeys(line.place for line in lines if line.is_tied):
        rows = [number for number, line in enumerate(lines) if line.place == place]
        found.append(
            Bracket(frame.names - 6, TOP + frame.row * rows[0] + 6, TOP + frame.row * (rows[-1] + 1) - 6)
        )
    return found
