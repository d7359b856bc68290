"""Times as people write them, on the wall of a place: a time that never was or came twice is refused, not guessed.

Knows no event and no Django: a naive time and a zone in, an aware moment out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """Clocks jumped over that time: it is on no wall that day."""


class TimeTwice(ValueError):
    """Clocks were set back over that time: it is on the wall twice. `first` and `second` are the two moments."""

    def __init__(self, first: datetime, second: datetime) -> None:
        super().__init__(f"{first.isoformat()} or {second.isoformat()}")
        self.first = first
        self.second = second


def moment_on(written: datetime, zone: ZoneInfo) -> datetime:
    """That naive time on the wall of that zone, as an aware moment. Raises NoSuchTime or TimeTwice."""
    first = written.replace(tzinfo=zone, fold=0)
    second = written.replace(tzinfo=zone, fold=1)
    # going through UTC and back lands elsewhere exactly when the time does not exist
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != written.replace(fold=0):
        raise NoSuchTime(written.isoformat())
    if first.utcoffset() != second.utcoffset():
        raise TimeTwice(first, second)
    return first


def wall_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the wall of that zone shows at that moment: a naive time."""
    return moment.astimezone(zone).replace(tzinfo=None)
