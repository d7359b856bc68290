"""More places than chairs: whole people and exact shares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackathon.domain import overbooking


@pytest.mark.parametrize(
    ("capacity", "rate", "most"),
    [(20, 80, 25), (20, 100, 20), (20, 70, 28), (3, 1, 300), (0, 50, 0), (None, 50, None)],
)
def test_a_role_takes_the_people_of_whom_its_places_are_expected(
    capacity: int | None, rate: int, most: int | None
) -> None:
    assert overbooking.most_held(capacity, rate) == most


@given(st.integers(0, 500), st.integers(1, 100))
def test_the_bound_of_a_role_is_the_largest_that_keeps_within_its_places(capacity: int, rate: int) -> None:
    most = overbooking.most_held(capacity, rate)
    assert most is not None
    assert Fraction(most * rate, 100) <= capacity < Fraction((most + 1) * rate, 100)


@given(
    st.integers(0, 300),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 100)), max_size=6),
    st.integers(1, 100),
)
def test_the_room_of_an_event_is_exact(capacity: int, roles: list[tuple[int, int]], rate: int) -> None:
    held = {number: people for number, (people, _rate) in enumerate(roles)}
    rates = {number: share for number, (_people, share) in enumerate(roles)}
    room = overbooking.room_for(capacity, held, rates, rate)
    assert room is not None
    promised = overbooking.expected(held, rates)
    if room:
        assert promised + Fraction(room * rate, 100) <= capacity
    assert promised + Fraction((room + 1) * rate, 100) > capacity


def test_people_are_catered_for_whole() -> None:
    expected = overbooking.expected({1: 10, 2: 3}, {1: 75, 2: 100})
    assert expected == Fraction(21, 2)
    assert overbooking.plates(expected) == 11
    assert overbooking.plates(Fraction(10)) == 10
