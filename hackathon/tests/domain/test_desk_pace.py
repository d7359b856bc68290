"""The counts of the welcome: one query, on the event's clock, each person once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hackathon.domain import desk, desk_pace
from hackathon.models import Event
from hackathon.tests.factories import DURING_WORK, make_event, make_registration


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_WORK)
    return make_event()


def arrive(event: Event, *minutes_ago: int) -> None:
    for minutes in minutes_ago:
        at = DURING_WORK - timedelta(minutes=minutes)
        desk.scan(registration=make_registration(event), act="check_in", actor=None, at=at)


def now(event: Event) -> desk_pace.Counts:
    return desk_pace.counts(event, desk.half_day(event))


def test_the_pace_is_that_of_the_last_hour(event: Event) -> None:
    arrive(event, 0, 4, 5, 14, 15, 59, 60, 90)
    assert now(event).pace == [1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2]
    assert now(event).last_quarter == 4
    assert [bar["ago"] for bar in now(event).bars][::11] == [60, 5]


def test_how_long_the_others_take_is_said_only_while_people_arrive(event: Event, at: Any) -> None:
    for _ in range(10):
        make_registration(event)
    assert now(event).minutes_left is None
    arrive(event, 1, 2, 3)
    assert now(event).minutes_left == 50  # ten at three in a quarter of an hour
    at(DURING_WORK + timedelta(minutes=30))
    assert now(event).minutes_left is None


@pytest.mark.parametrize("people", [1, 3, 30])
def test_counts_cost_one_query(event: Event, people: int, django_assert_num_queries: Any) -> None:
    arrive(event, *range(people))
    here = desk.half_day(event)
    with django_assert_num_queries(1):
        assert desk_pace.counts(event, here).arrived == people
    with django_assert_num_queries(2):
        assert [(each.arrived, each.inside) for each in desk_pace.half_days(event)] == [(people, people)]


def test_bars_stay_within_the_picture(event: Event) -> None:
    arrive(event, *[1] * 40, 20)
    bars = desk_pace.counts(event, desk.half_day(event)).bars
    assert max(bar["height"] for bar in bars) == 32
    assert all(bar["y"] + bar["height"] == 32 for bar in bars)
    assert [bar["height"] > 0 for bar in bars] == [bar["number"] > 0 for bar in bars]
