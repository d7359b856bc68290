"""What counts of a half-day: from arrival to departure, within the announced hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from hackathon.domain.presence_hours import Counted, Recorded, counted

PARIS = timezone(timedelta(hours=1))
ON = date(2016, 11, 18)
LATER = datetime(2016, 11, 20, tzinfo=UTC)


def at(hour: float) -> datetime:
    """That hour on the wall in Paris, as stored."""
    return datetime(2016, 11, 18, tzinfo=PARIS).astimezone(UTC) + timedelta(hours=hour)


def morning(came: float, left: float | None = None) -> Recorded:
    starts, ends = (at(hour).astimezone(PARIS) for hour in (9, 12.5))
    return Recorded(ON, "am", starts, ends, at(came), None if left is None else at(left))


@pytest.mark.parametrize(
    ("came", "left", "since", "until", "minutes"),
    [
        (8.5, None, "09:00", "12:30", 210),  # early, and no departure: the whole half-day
        (9.5, None, "09:30", "12:30", 180),
        (9, 11, "09:00", "11:00", 120),
        (8, 14, "09:00", "12:30", 210),
        (9 + 1 / 3600, None, "09:00", "12:30", 209),  # whole minutes, none given
    ],
)
def test_a_half_day_counts_within_its_hours(
    came: float, left: float | None, since: str, until: str, minutes: int
) -> None:
    assert counted([morning(came, left)], now=LATER) == [Counted(ON, "am", since, until, minutes)]


@pytest.mark.parametrize(("came", "left"), [(12.75, None), (8, 8.5), (10, 10)])
def test_what_leaves_nothing_is_no_presence(came: float, left: float | None) -> None:
    assert counted([morning(came, left)], now=LATER) == []


def test_a_half_day_under_way_counts_once_it_is_over_or_left() -> None:
    assert counted([morning(9)], now=at(11)) == []
    assert [half.minutes for half in counted([morning(9, 10)], now=at(11))] == [60]
    assert [half.minutes for half in counted([morning(9)], now=at(12.5))] == [210]
