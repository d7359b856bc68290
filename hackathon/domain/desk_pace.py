"""How the welcome goes: expected, arrived, inside now, arrivals per five minutes, and how long the rest would take.

Read by the desk and the control tower. It counts; it refuses to name anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from ..enums import COMING
from ..models import Event, Presence, Registration
from . import clock, desk

#: Minutes of a bar, and bars of the picture: the last hour.
STEP, BARS = 5, 12


@dataclass(frozen=True)
class Counts:
    """People of the half-day under way. `pace`: arrivals of each five minutes of the last hour, oldest first."""

    expected: int
    arrived: int
    inside: int
    pace: list[int] = field(default_factory=list)

    @property
    def last_quarter(self) -> int:
        """Arrivals of the last fifteen minutes."""
        return sum(self.pace[-3:])

    @property
    def minutes_left(self) -> int | None:
        """How long until all those expected are in, at the pace of the last quarter; None past two hours or unknown."""
        missing = max(0, self.expected - self.arrived)
        minutes = -(-missing * 15 // self.last_quarter) if self.last_quarter else 0
        return minutes if 0 < minutes <= 120 else None

    @property
    def bars(self) -> list[dict[str, int]]:
        """The picture, at most 32 units high: x, y, height, arrivals, and how many minutes ago it began."""
        most = max([*self.pace, 1])
        heights = [round(32 * number / most) if number else 0 for number in self.pace]
        return [
            {"x": 10 * at, "y": 32 - height, "height": height, "number": number, "ago": STEP * (BARS - at)}
            for at, (number, height) in enumerate(zip(self.pace, heights, strict=True))
        ]

    def as_json(self) -> dict[str, Any]:
        """What a page that stays open asks for."""
        return {
            "expected": self.expected,
            "arrived": self.arrived,
            "inside": self.inside,
            "last_quarter": self.last_quarter,
            "minutes_left": self.minutes_left,
            "bars": self.bars,
        }


@dataclass(frozen=True)
class HalfDayCounts:
    """One half-day of the event: how many came, and how many are inside."""

    half_day: desk.HalfDay
    arrived: int
    inside: int


def counts(event: Event, here: desk.HalfDay | None) -> Counts:
    """The half-day under way, one query. People who came back count once, at their first arrival."""
    there = Q(presences__day=here.day, presences__half=here.half) if here else Q(pk=None)
    there &= Q(presences__in_at__isnull=False)
    now = clock.now(event)
    steps = {
        f"step_{back}": Count(
            "pk",
            filter=there
            & Q(presences__in_at__gt=now - timedelta(minutes=STEP * back))
            & Q(presences__in_at__lte=now - timedelta(minutes=STEP * (back - 1))),
            distinct=True,
        )
        for back in range(BARS, 0, -1)
    }
    found = Registration.objects.for_event(event).aggregate(
        expected=Count("pk", filter=Q(state__in=COMING), distinct=True),
        arrived=Count("pk", filter=there, distinct=True),
        inside=Count("pk", filter=there & Q(presences__out_at=None), distinct=True),
        **steps,
    )
    pace = [found.pop(name) for name in steps]
    return Counts(**found, pace=pace)


def half_days(event: Event) -> list[HalfDayCounts]:
    """Every half-day of the event that somebody came to, in order; two queries."""
    rows = Presence.objects.for_event(event).recorded().order_by().values_list("day", "half")
    counted = {
        (day, half): (arrived, inside)
        for day, half, arrived, inside in rows.annotate(
            arrived=Count("pk"), inside=Count("pk", filter=Q(out_at=None))
        )
    }
    return [
        HalfDayCounts(half_day, *counted[half_day.day.pk, half_day.half])
        for half_day in desk.half_days(event)
        if (half_day.day.pk, half_day.half) in counted
    ]
