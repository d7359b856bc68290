"""The curves of registrations: cumulative, at most eight, their names apart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hackathon.domain import trend

DAY, LATER = date(2016, 9, 20), date(2016, 9, 23)


def test_rows_add_up_day_after_day() -> None:
    found = trend.series([(1, DAY), (2, DAY), (1, LATER)], [2, 1])
    assert list(found.rows.items()) == [(2, [1, 1, 1, 1]), (1, [1, 1, 1, 2])]
    assert found.totals == [2, 2, 2, 3]
    assert len(found.days) == 4


def test_the_smallest_roles_are_one_line_past_eight() -> None:
    arrivals = [(role, DAY) for role in range(1, 11) for _ in range(role)]
    found = trend.series(arrivals, list(range(1, 11)))
    assert len(found.rows) == trend.MOST_LINES
    assert found.rows[trend.OTHERS] == [1 + 2 + 3]
    assert found.totals == [55]


def test_names_do_not_touch_and_stay_on_the_drawing() -> None:
    placed = trend.spread(dict.fromkeys(range(8), 300.0), low=16, high=290)
    heights = sorted(placed.values())
    assert all(b - a >= trend.LINE_HEIGHT for a, b in pairwise(heights))
    assert heights[-1] <= 290
    assert heights[0] >= 16


def test_a_drawing_of_one_day_and_of_nobody() -> None:
    assert trend.draw(trend.series([], []), trend.WIDE) is None
    drawing = trend.draw(trend.series([(1, DAY)], [1]), trend.WIDE)
    assert drawing is not None
    assert drawing.curves[0].total == 1
    assert drawing.curves[0].end_x == drawing.edge
    assert [tick.label for tick in drawing.numbers] == ["0", "1"]


def test_steps_are_round_and_few() -> None:
    assert [trend.nice_step(most) for most in (1, 5, 6, 12, 65, 500)] == [1, 1, 2, 5, 20, 100]
