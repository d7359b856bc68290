"""The drawing of a ranking: in its frame, best first, equals bracketed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from judging.domain import rank_plots
from judging.domain.rank_tables import RankLine, RankTable

LINE = RankLine(1, False, "Plateau", 1, Decimal("15.50"), None, 14.0, 17.2, 80, 4)


def table(*lines: RankLine) -> RankTable:
    return RankTable("Finale", "", False, list(lines), [], [])


@pytest.mark.parametrize("frame", [rank_plots.WIDE, rank_plots.NARROW])
def test_everything_stands_inside_the_drawing(frame: rank_plots.Frame) -> None:
    lines = [replace(LINE, place=number, mean=Decimal(20 - number), low=None) for number in range(1, 9)]
    drawn = rank_plots.plot(table(LINE, *lines), frame)
    assert drawn is not None
    for dot in drawn.dots:
        assert frame.names <= dot.x <= frame.width - frame.right
        assert 0 < dot.y < drawn.foot
    assert [dot.y for dot in drawn.dots] == sorted(dot.y for dot in drawn.dots)
    assert all(frame.names <= tick.x <= frame.width - frame.right for tick in drawn.ticks)


def test_equals_are_bracketed_and_the_interval_is_told() -> None:
    tied = replace(LINE, place=2, is_tied=True, mean=Decimal("12.00"), low=11.0, high=13.0)
    drawn = rank_plots.plot(table(LINE, tied, tied), rank_plots.WIDE)
    assert drawn is not None
    (bracket,) = drawn.brackets
    assert bracket.top < drawn.dots[1].y < drawn.dots[2].y < bracket.bottom
    assert bracket.top > drawn.dots[0].y
    assert "14,0" in drawn.dots[0].title
    assert "17,2" in drawn.dots[0].title
    assert [dot.is_first for dot in drawn.dots] == [True, False, False]


def test_a_project_alone_or_unmarked_is_drawn_without_fuss() -> None:
    assert rank_plots.plots(table()) == []
    assert rank_plots.plots(table(replace(LINE, mean=None))) == []
    (wide, _narrow) = rank_plots.plots(table(replace(LINE, project="Un nom " * 20, low=None, high=None)))
    assert wide.dots[0].name.endswith("…")
    assert wide.dots[0].low is None
