"""From the marks of one ballot to its total.

Holds the scale, the criteria and their weights, and the one formula that turns marks into a total out of 20.
Refuses to know jurors, projects, windows and the database: a ballot here is a mapping of criterion to mark.
All arithmetic is exact; rounding is for whoever prints.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

OUT_OF = 20

Number = int | Decimal | Fraction


class GradingError(ValueError):
    """A promise about marks was broken."""


class MissingMark(GradingError):
    """The ballot lacks marks; an absent mark is never a zero. `criteria` names the missing ones."""

    def __init__(self, criteria: Iterable[Hashable]) -> None:
        self.criteria = tuple(criteria)
        super().__init__(f"no mark for {', '.join(map(str, self.criteria))}")


class OffScale(GradingError):
    """A mark lies outside the scale. `criterion`, `mark` and `scale` say which."""

    def __init__(self, criterion: Hashable, mark: Number, scale: "Scale") -> None:
        self.criterion, self.mark, self.scale = criterion, mark, scale
        super().__init__(f"{criterion}: {mark} is outside {scale.min}–{scale.max}")


class UnknownCriterion(GradingError):
    """A mark is given to a criterion that the grid does not have. `criteria` names them."""

    def __init__(self, criteria: Iterable[Hashable]) -> None:
        self.criteria = tuple(criteria)
        super().__init__(f"not in the grid: {', '.join(map(str, self.criteria))}")


@dataclass(frozen=True)
class Scale:
    """Lowest and highest mark, both allowed. Raises `GradingError` unless min < max."""

    min: Number = 1
    max: Number = 5

    def __post_init__(self) -> None:
        if not self.min < self.max:
            raise GradingError(f"a scale needs its lowest mark below its highest: {self.min}–{self.max}")

    def __contains__(self, mark: Number) -> bool:
        return self.min <= mark <= self.max

    def share(self, mark: Number) -> Fraction:
        """Where the mark stands between the lowest (0) and the highest (1)."""
        low = Fraction(self.min)
        return (Fraction(mark) - low) / (Fraction(self.max) - low)


def missing_marks(marks: Mapping[Any, Number | None], weights: Mapping[Any, int]) -> tuple[Hashable, ...]:
    """Criteria of the grid, in its order, that the ballot has not marked. Empty: the ballot is complete."""
    return tuple(criterion for criterion in weights if marks.get(criterion) is None)


def exact_total(marks: Mapping[Any, Number | None], weights: Mapping[Any, int], scale: Scale) -> Fraction:
    """The ballot's total out of 20, exactly: 20 · Σ w · (mark − min) / (max − min) / Σ w.

    Rank with this one: thirds stay thirds, so equal ballots stay equal. Raises `MissingMark`, `OffScale`,
    `UnknownCriterion`, and `GradingError` when weights are not whole, negative, or all zero.
    """
    check_weights(weights)
    unknown = [criterion for criterion in marks if criterion not in weights]
    if unknown:
        raise UnknownCriterion(unknown)
    missing = missing_marks(marks, weights)
    if missing:
        raise MissingMark(missing)
    weighted: int | Fraction = 0
    for criterion, mark in marks.items():
        if mark is None:
            continue
        if mark not in scale:
            raise OffScale(criterion, mark, scale)
        weighted += weights[criterion] * (mark if isinstance(mark, int) else Fraction(mark))
    # One division for the whole ballot: the sum of the shares, but several times faster.
    return OUT_OF * scale.share(Fraction(weighted, sum(weights.values())))


def weighted_total(marks: Mapping[Any, Number | None], weights: Mapping[Any, int], scale: Scale) -> Decimal:
    """`exact_total` as a decimal: exact when it ends, else correct to 28 significant digits.

    Same exceptions. Never compare two of these for a tie: compare `exact_total`.
    """
    return as_decimal(exact_total(marks, weights, scale))


def as_decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal of 28 significant digits, the same whatever the caller's decimal context."""
    with localcontext() as context:
        context.prec = 28
        return Decimal(value.numerator) / Decimal(value.denominator)


def shown(value: Number, places: int = 2) -> Decimal:
    """A figure for people: rounded half up (12.345 is 12.35), the same on the page, the PDF and the screen."""
    exact = Fraction(value)
    step = 10**places
    doubled = exact * step * 2
    sign = -1 if doubled < 0 else 1
    whole = sign * ((abs(doubled) + 1) // 2)
    return (Decimal(int(whole)) / Decimal(step)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def check_weights(weights: Mapping[Any, int]) -> None:
    """Raise `GradingError` unless every weight is a whole number, none negative and one above zero."""
    for criterion, weight in weights.items():
        if isinstance(weight, bool) or not isinstance(weight, int) or weight < 0:
            raise GradingError(f"{criterion}: a weight is a whole number, not {weight!r}")
    if not any(weights.values()):
        raise GradingError("a grid needs at least one criterion with a weight")
