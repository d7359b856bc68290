"""A ballot's total: exact, out of 20, and never from an absent mark."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.grading import (
    GradingError,
    MissingMark,
    OffScale,
    Scale,
    UnknownCriterion,
    exact_total,
    missing_marks,
    shown,
    weighted_total,
)

WEIGHTS = {"impact": 30, "feasible": 25, "new": 20, "built": 15, "clear": 10}
SCALE = Scale(1, 5)


def marks(*values):
    return dict(zip(WEIGHTS, values, strict=True))


def test_the_default_grid_by_hand():
    # 20 · (30·3 + 25·2 + 20·4 + 15·1 + 10·0) / (4 · 100) = 20 · 235 / 400
    assert weighted_total(marks(4, 3, 5, 2, 1), WEIGHTS, SCALE) == Decimal("11.75")


def test_the_ends_of_the_scale_are_zero_and_twenty():
    assert weighted_total(marks(1, 1, 1, 1, 1), WEIGHTS, SCALE) == 0
    assert weighted_total(marks(5, 5, 5, 5, 5), WEIGHTS, SCALE) == 20


def test_thirds_stay_thirds():
    weights = {"a": 1, "b": 1, "c": 1}
    total = exact_total({"a": 5, "b": 1, "c": 1}, weights, SCALE)
    assert total == Fraction(20, 3)
    assert weighted_total({"a": 5, "b": 1, "c": 1}, weights, SCALE) == Decimal(
        "6.666666666666666666666666667"
    )


def test_decimal_marks_and_scales():
    assert weighted_total({"a": Decimal("2.5")}, {"a": 1}, Scale(Decimal("0.5"), Decimal("4.5"))) == 10


def test_an_absent_mark_is_not_a_zero():
    unfinished = {**marks(4, 3, 5, 2, 1), "new": None}
    assert missing_marks(unfinished, WEIGHTS) == ("new",)
    with pytest.raises(MissingMark) as caught:
        weighted_total(unfinished, WEIGHTS, Scale(0, 5))
    assert caught.value.criteria == ("new",)
    assert missing_marks({}, WEIGHTS) == tuple(WEIGHTS)


@pytest.mark.parametrize("mark", [0, 6, Decimal("5.01"), Decimal("0.99")])
def test_a_mark_off_the_scale_is_refused(mark):
    with pytest.raises(OffScale) as caught:
        exact_total({"a": mark}, {"a": 1}, SCALE)
    assert (caught.value.criterion, caught.value.mark) == ("a", mark)


def test_a_mark_for_an_unknown_criterion_is_refused():
    with pytest.raises(UnknownCriterion):
        exact_total({"a": 1, "b": 1}, {"a": 1}, SCALE)


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": -1, "b": 3}, {"a": 1.5}, {"a": True}])
def test_weights_are_whole_and_not_all_zero(weights):
    with pytest.raises(GradingError):
        exact_total(dict.fromkeys(weights, 3), weights, SCALE)


@pytest.mark.parametrize("ends", [(5, 1), (3, 3)])
def test_a_scale_has_a_width(ends):
    with pytest.raises(GradingError):
        Scale(*ends)


def test_figures_are_rounded_half_up():
    assert [str(shown(Fraction(n, 1000))) for n in (12345, 12344, 12355, 0, -5)] == [
        "12.35",
        "12.34",
        "12.36",
        "0.00",
        "-0.01",
    ]
    assert str(shown(Decimal("7.25"), 1)) == "7.3"


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 99)), min_size=1, max_size=8))
def test_totals_stay_on_the_scale_and_ignore_the_unit_of_weights(cells):
    weights = {str(i): weight for i, (_, weight) in enumerate(cells)}
    given_marks = {str(i): mark for i, (mark, _) in enumerate(cells)}
    total = exact_total(given_marks, weights, SCALE)
    assert 0 <= total <= 20
    assert total == exact_total(given_marks, {name: 7 * weight for name, weight in weights.items()}, SCALE)
