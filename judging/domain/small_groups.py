"""Figures about few people say who they are: counts under five are hidden, and so is what would give them away. Pure.

The rule of official statistics: primary suppression below a threshold, then secondary suppression of the next
smallest, because a single hidden number can be had from the total.
"""

from __future__ import annotations

from collections.abc import Sequence

THRESHOLD = 5  # people


def hide_small(counts: Sequence[int], threshold: int = THRESHOLD) -> list[int | None]:
    """Counts that make up a total, with None where one is hidden. Zero says nothing about anybody and stays.

    When all that is hidden adds up to less than the threshold, or is one number alone, the next smallest goes too.
    """
    hidden = {index for index, count in enumerate(counts) if 0 < count < threshold}
    while hidden and (len(hidden) == 1 or sum(counts[index] for index in hidden) < threshold):
        rest = [index for index, count in enumerate(counts) if count and index not in hidden]
        if not rest:
            break
        hidden.add(min(rest, key=lambda index: counts[index]))
    return [None if index in hidden else count for index, count in enumerate(counts)]
