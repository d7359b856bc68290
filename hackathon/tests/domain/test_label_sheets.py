"""Labels stay on their sheet and apart, margins are even, and a begun sheet starts where it is told to."""

from __future__ import annotations

import pytest

from hackathon.domain.label_sheets import SHEETS, Sheet, sheets_needed, slots
from hackathon.enums import BadgeStock

LABELS = {"l4785": 10, "l7163": 14, "l7160": 21, "a4": 8, "a6": 1, "butterfly": 1}
ALL = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


def test_every_paper_that_can_be_chosen_has_its_sheet() -> None:
    assert set(SHEETS) == set(BadgeStock.values)
    assert {key: sheet.count for key, sheet in SHEETS.items()} == LABELS


@ALL
def test_labels_are_inside_with_equal_margins(sheet: Sheet) -> None:
    assert min(x for x, _y in sheet.corners) == sheet.left
    right = sheet.width - max(x for x, _y in sheet.corners) - sheet.label_width
    bottom = sheet.height - max(y for _x, y in sheet.corners) - sheet.label_height
    assert right == pytest.approx(sheet.left, abs=0.01)
    assert bottom == pytest.approx(0 if sheet.is_folded else sheet.top, abs=0.01)


@ALL
def test_labels_do_not_overlap(sheet: Sheet) -> None:
    assert sheet.columns == 1 or sheet.step_x >= sheet.label_width
    assert sheet.rows == 1 or sheet.step_y >= sheet.label_height
    assert len(set(sheet.corners)) == sheet.count


def test_cut_marks_touch_no_badge_and_stay_on_the_paper() -> None:
    sheet = SHEETS["a4"]
    assert len(sheet.cut_marks) == 2 * (3 + 5)
    for x, y, width, height in sheet.cut_marks:
        assert x >= 0
        assert x + width <= sheet.width
        assert y >= 0
        assert y + height <= sheet.height
        outside = x + width < sheet.left or x > 195 or y + height < sheet.top or y > 268.5
        assert outside, (x, y)


def test_a_begun_sheet_leaves_its_first_labels_alone() -> None:
    sheet = SHEETS["l4785"]
    placed = list(slots(sheet, 3, start=9))
    assert placed == [(0, *sheet.corners[8]), (0, *sheet.corners[9]), (1, *sheet.corners[0])]


@pytest.mark.parametrize(
    ("count", "start", "sheets"), [(0, 1, 0), (1, 1, 1), (10, 1, 1), (10, 2, 2), (250, 1, 25), (250, 10, 26)]
)
def test_sheets_needed(count: int, start: int, sheets: int) -> None:
    assert sheets_needed(SHEETS["l4785"], count, start) == sheets
