"""How many people may be promised a place when some will not come: arithmetic in whole people and exact fractions.

A rate is the share expected to come, in percent, from 1 to 100. It refuses to know where the numbers come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

ALL = 100  # percent: everybody who has a place is counted on


def most_held(capacity: int | None, rate: int) -> int | None:
    """How many may hold a place in a role of that many places: floor(100·capacity / rate); None without a limit."""
    return None if capacity is None else ALL * capacity // _share(rate)


def room_for(
    capacity: int | None, held: Mapping[int, int], rates: Mapping[int, int], rate: int
) -> int | None:
    """How many more of that rate the venue takes while Σ held·rate / 100 ≤ capacity; None without a limit.

    `held` and `rates` by role; a role without a rate counts whole.
    """
    if capacity is None:
        return None
    promised = sum(number * _share(rates.get(role, ALL)) for role, number in held.items())
    return max(0, (ALL * capacity - promised) // _share(rate))


def expected(numbers: Mapping[int, int], rates: Mapping[int, int]) -> Fraction:
    """How many of these people will come: Σ number·rate / 100, exactly."""
    return sum((Fraction(number * rates.get(role, ALL), ALL) for role, number in numbers.items()), Fraction())


def plates(people: Fraction) -> int:
    """Whole people to cater for: rounded up, so that nobody stands without a meal."""
    return ceil(people)


def _share(rate: int) -> int:
    return min(ALL, max(1, rate))
