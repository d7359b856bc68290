"""Reads a grid: `{"scale": {"min": 1, "max": 5}, "criteria": [{"id": …, "weight": n}]}`.

Holds the grid's grammar and every reason to refuse one, all at once. Refuses to know marks.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import normalize

from judging.domain.grading import Scale
from judging.domain.remarks import Remark


class Unreadable(ValueError):
    """A file is refused. `problems` holds one remark per reason, with `line` among its parameters if it has one."""

    def __init__(self, problems: list[Remark]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text for problem in problems))


@dataclass(frozen=True)
class Grid:
    """Weights by criterion, in the grid's order, and the scale (None: every mark the same, all totals are 0)."""

    weights: Mapping[str, int]
    scale: Scale | None


def read_grid(path: Path) -> Grid:
    """Read a grid from a file in UTF-8. Raises `Unreadable`, OSError."""
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Unreadable(
            [Remark("grid_not_json", "The grid is not JSON in UTF-8: %(error)s.", {"error": error}, True)]
        ) from error
    return parse_grid(data)


def parse_grid(data: Any) -> Grid:
    """The same from a decoded object. Raises `Unreadable` with every reason."""
    data = data if isinstance(data, dict) else {}
    weights, problems = _weights(data.get("criteria"))
    scale, more = _scale(data.get("scale"))
    problems += more
    if problems:
        raise Unreadable(problems)
    return Grid(weights, scale)


def clean_name(written: str) -> str:
    """Without outer blanks and with composed accents: « é » typed in two ways is one name."""
    return normalize("NFC", written.strip())


def _weights(criteria: Any) -> tuple[dict[str, int], list[Remark]]:
    if not isinstance(criteria, list) or not criteria:
        return {}, [_refusal("grid_without_criteria", "The grid needs “criteria”, a list with at least one.")]
    weights: dict[str, int] = {}
    problems: list[Remark] = []
    for rank, criterion in enumerate(criteria, start=1):
        criterion = criterion if isinstance(criterion, dict) else {}
        name, weight = criterion.get("id"), criterion.get("weight")
        if isinstance(weight, Decimal) and weight.is_finite() and weight == int(weight):
            weight = int(weight)
        if isinstance(name, bool) or not isinstance(name, int | str) or not str(name).strip():
            problems.append(
                _refusal(
                    "grid_criterion_without_id", "Criterion %(rank)s of the grid has no “id”.", rank=rank
                )
            )
        elif clean_name(str(name)) in weights:
            problems.append(
                _refusal("grid_duplicate", "The grid has the criterion %(criterion)s twice.", criterion=name)
            )
        elif isinstance(weight, bool) or not isinstance(weight, int) or weight < 0:
            problems.append(
                _refusal(
                    "grid_weight",
                    "The weight of %(criterion)s must be a whole number, zero or more, not %(weight)s.",
                    criterion=name,
                    weight=weight,
                )
            )
        else:
            weights[clean_name(str(name))] = weight
    if not problems and not any(weights.values()):
        problems.append(_refusal("grid_weights_zero", "Every weight of the grid is zero."))
    return weights, problems


def _scale(limits: Any) -> tuple[Scale | None, list[Remark]]:
    limits = limits if isinstance(limits, dict) else {}
    low, high = limits.get("min"), limits.get("max")
    if not (_is_number(low) and _is_number(high)):
        return None, [_refusal("grid_scale", "The grid needs a “scale” with the numbers “min” and “max”.")]
    if not low < high:
        template = "The scale’s “min” (%(min)s) must be below its “max” (%(max)s)."
        return None, [_refusal("grid_scale_order", template, min=low, max=high)]
    return Scale(low, high), []


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return not isinstance(value, Decimal) or value.is_finite()


def _refusal(code: str, template: str, **params: Any) -> Remark:
    return Remark(code, template, params, blocks=True)
