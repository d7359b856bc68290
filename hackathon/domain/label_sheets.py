"""Where labels stand on the sheets one buys, in millimetres from the sheet's top left corner. Pure.

Sources. L4785, L7163, L7160: the label size and count printed on the packs (80 × 50, 10 · 99.1 × 38.1, 14 ·
63.5 × 38.1, 21), with the margins and steps of Avery's word-processor templates for A4: L4785 top 13.5, left 17.5,
steps 95 × 55; L7163 top 15.15, left 4.65, steps 101.6 × 38.1; L7160 top 15.15, left 7.25, steps 66 × 38.1. They add
up to 210 × 297 with equal margins on both sides, which the tests hold them to. The others are plain paper: 90 × 60
badges side by side with cut marks, and sheets of A6 (105 × 148).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

#: A Slot is (sheet, x, y): the number of its sheet from 0, and its top left corner.
Slot = tuple[int, float, float]


@dataclass(frozen=True)
class Sheet:
    """A sheet and its labels, in millimetres. `step_x`, `step_y`: from one label's corner to the next one's.

    `is_folded`: the label is the upper and the lower half of the sheet, the upper one upside down.
    """

    key: str
    width: float
    height: float
    label_width: float
    label_height: float
    columns: int
    rows: int
    left: float
    top: float
    step_x: float
    step_y: float
    has_cut_marks: bool = False
    is_folded: bool = False

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The top left corner of each label, row by row."""
        return [
            (round(self.left + column * self.step_x, 2), round(self.top + row * self.step_y, 2))
            for row in range(self.rows)
            for column in range(self.columns)
        ]

    @property
    def cut_marks(self) -> list[tuple[float, float, float, float]]:
        """(x, y, width, height) of each mark: short lines in the margins, none on a badge."""
        if not self.has_cut_marks:
            return []
        length, gap, thickness = 5.0, 2.0, 0.2
        right = self.left + self.columns * self.step_x
        bottom = self.top + self.rows * self.step_y
        marks = []
        for column in range(self.columns + 1):
            x = round(self.left + column * self.step_x - thickness / 2, 2)
            marks += [
                (x, self.top - gap - length, thickness, length),
                (x, bottom + gap, thickness, length),
            ]
        for row in range(self.rows + 1):
            y = round(self.top + row * self.step_y - thickness / 2, 2)
            marks += [
                (self.left - gap - length, y, length, thickness),
                (right + gap, y, length, thickness),
            ]
        return marks


SHEETS = {
    sheet.key: sheet
    for sheet in (
        Sheet("l4785", 210, 297, 80, 50, 2, 5, 17.5, 13.5, 95, 55),
        Sheet("l7163", 210, 297, 99.1, 38.1, 2, 7, 4.65, 15.15, 101.6, 38.1),
        Sheet("l7160", 210, 297, 63.5, 38.1, 3, 7, 7.25, 15.15, 66, 38.1),
        Sheet("a4", 210, 297, 90, 60, 2, 4, 15, 28.5, 90, 60, has_cut_marks=True),
        Sheet("a6", 105, 148, 105, 148, 1, 1, 0, 0, 105, 148),
        Sheet("butterfly", 105, 148, 105, 74, 1, 1, 0, 74, 105, 74, is_folded=True),
    )
}


def slots(sheet: Sheet, count: int, start: int = 1) -> Iterator[Slot]:
    """Where `count` labels go, the first at place `start` (from 1) of the first sheet: the places before are used."""
    corners = sheet.corners
    for number in range(start - 1, start - 1 + count):
        on, place = divmod(number, len(corners))
        yield (on, *corners[place])


def sheets_needed(sheet: Sheet, count: int, start: int = 1) -> int:
    """Sheets of paper that they take."""
    return -(-(start - 1 + count) // sheet.count) if count else 0
