"""Registrations over time, drawn: one cumulative step line per role. Geometry only, in SVG units; pure, no Django.

The table beside it says the same in figures: nobody needs the drawing. Lines differ by colour, by dash and by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: A drawing of more lines cannot be read: the smallest roles become one line, « others ».
MOST_LINES = 8
OTHERS = -1


@dataclass(frozen=True)
class Frame:
    """Where things stand; on a phone names stand in the legend only, so that the lines have the width."""

    kind: str
    width: int
    height: int
    left: int
    right: int
    top: int = 12
    bottom: int = 30


WIDE = Frame("wide", 760, 320, 40, 170)
NARROW = Frame("narrow", 340, 260, 34, 14)
LINE_HEIGHT = 16


@dataclass(frozen=True)
class Curve:
    """`key`: the role (or OTHERS); `points`: for a polyline; `label_y`: where its name stands, apart from the others."""

    key: int
    total: int
    points: str
    end_x: float
    end_y: float
    label_y: float


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Drawing:
    frame: Frame
    curves: list[Curve]
    numbers: list[Tick]
    dates: list[tuple[float, date]]

    @property
    def foot(self) -> int:
        return self.frame.height - self.frame.bottom

    @property
    def edge(self) -> int:
        return self.frame.width - self.frame.right


@dataclass(frozen=True)
class Series:
    """`days`: every day from the first registration to the last; `rows`: role → people in all at the end of each."""

    days: list[date]
    rows: dict[int, list[int]]

    @property
    def totals(self) -> list[int]:
        return [sum(column) for column in zip(*self.rows.values(), strict=True)]


def series(arrivals: Iterable[tuple[int, date]], order: Sequence[int]) -> Series:
    """From (role, day) of each registration; rows in the given order of roles, the smallest joined past MOST_LINES."""
    counts: Counter[tuple[int, date]] = Counter(arrivals)
    if not counts:
        return Series([], {})
    days = sorted({day for _role, day in counts})
    span = [days[0] + timedelta(days=number) for number in range((days[-1] - days[0]).days + 1)]
    sizes: Counter[int] = Counter()
    for (role, _day), number in counts.items():
        sizes[role] += number
    kept = {
        role for role, _size in sizes.most_common(MOST_LINES if len(sizes) <= MOST_LINES else MOST_LINES - 1)
    }
    rows: dict[int, list[int]] = {}
    for role in [*(role for role in order if role in kept), *([OTHERS] if len(kept) < len(sizes) else [])]:
        members = {role} if role != OTHERS else set(sizes) - kept
        total, row = 0, []
        for day in span:
            total += sum(counts[member, day] for member in members)
            row.append(total)
        rows[role] = row
    return Series(span, rows)


def draw(found: Series, frame: Frame) -> Drawing | None:
    """One drawing in that frame; None when nobody registered."""
    if not found.days:
        return None
    most = max(row[-1] for row in found.rows.values())
    step = nice_step(most)
    top = step * -(-most // step)
    width, height = frame.width - frame.left - frame.right, frame.height - frame.top - frame.bottom
    last = max(1, len(found.days))

    def x(number: int) -> float:
        return round(frame.left + width * number / last, 1)

    def y(value: int) -> float:
        return round(frame.top + height * (1 - value / top), 1)

    ends = {key: y(row[-1]) for key, row in found.rows.items()}
    places = spread(ends, low=frame.top + 4, high=frame.height - frame.bottom)
    curves = [
        Curve(key, row[-1], _steps(row, x, y), x(last), ends[key], places[key])
        for key, row in found.rows.items()
    ]
    numbers = [Tick(y(value), str(value)) for value in range(0, top + 1, step)]
    every = max(1, -(-len(found.days) // (6 if frame is WIDE else 3)))
    dates = [(x(number), day) for number, day in enumerate(found.days) if number % every == 0]
    return Drawing(frame, curves, numbers, dates)


def _steps(row: list[int], x: object, y: object) -> str:
    """Each day's people are there at its end; the line starts at nobody."""
    assert callable(x)
    assert callable(y)
    return " ".join([f"{x(0)},{y(0)}", *(f"{x(number + 1)},{y(value)}" for number, value in enumerate(row))])


def nice_step(most: int) -> int:
    """1, 2 or 5 times a power of ten, for at most five steps up to `most`."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 5 >= most:
                return step * factor
        step *= 10


def spread(ends: dict[int, float], *, low: float, high: float) -> dict[int, float]:
    """Where each name stands: as near to its line's end as it can without touching the next one."""
    placed: dict[int, float] = {}
    floor = low
    for key in sorted(ends, key=lambda key: (ends[key], key)):
        placed[key] = max(ends[key], floor)
        floor = placed[key] + LINE_HEIGHT
    over = floor - LINE_HEIGHT - high
    if over > 0:  # too many at the foot: push up from there
        ceiling = high
        for key in sorted(placed, key=lambda key: -placed[key]):
            placed[key] = min(placed[key], ceiling)
            ceiling = placed[key] - LINE_HEIGHT
    return placed
