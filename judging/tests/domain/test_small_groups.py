"""Nobody is recognised in a count, nor by subtracting the counts beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.small_groups import THRESHOLD, hide_small


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], []),
        ([20, 30], [20, 30]),
        ([0, 30], [0, 30]),
        ([3, 4, 30], [None, None, 30]),
        ([3, 9, 30], [None, None, 30]),  # the total would give 3 away: the next smallest goes too
        ([1, 1, 9, 30], [None, None, None, 30]),  # the two together are two people
        ([3], [None]),
        ([5, 5], [5, 5]),
    ],
)
def test_small_groups_are_hidden(counts: list[int], shown: list[int | None]) -> None:
    assert hide_small(counts) == shown


@given(st.lists(st.integers(0, 40), max_size=8))
def test_what_is_hidden_cannot_be_had_from_the_total(counts: list[int]) -> None:
    shown = hide_small(counts)
    assert all(number is None or number == 0 or number >= THRESHOLD for number in shown)
    assert all(number in (None, count) for number, count in zip(shown, counts, strict=True))
    hidden = [count for count, number in zip(counts, shown, strict=True) if number is None]
    everything = len(hidden) == sum(1 for count in counts if count)
    assert not hidden or everything or (len(hidden) > 1 and sum(hidden) >= THRESHOLD)
