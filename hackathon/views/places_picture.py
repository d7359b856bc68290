"""Where each role stands, drawn: what is held and waited for against its limit. Numbers in, percentages out.

The table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..domain.contingents import Contingent

ROW = 72  # pixels: two lines of text, then the bar
TOP, BAR = 42, 16


def draw(rows: Sequence[Contingent]) -> dict[str, Any]:
    """`rows`: label, summary, y, parts (kind, x, width in %), limit and expected (x in %); `height` in pixels."""
    widest = max([1, *(max(row.most or 0, row.held + row.waiting) for row in rows)])
    return {"height": len(rows) * ROW, "rows": [_row(row, n, widest) for n, row in enumerate(rows)]}


def _row(row: Contingent, number: int, widest: int) -> dict[str, Any]:
    def share(people: float) -> float:
        return round(100 * people / widest, 2)

    accepted = row.held - row.offered - row.confirmed
    parts, here = [], 0
    for kind, people in (
        ("confirmed", row.confirmed),
        ("accepted", accepted),
        ("offered", row.offered),
        ("waiting", row.waiting),
    ):
        if people:
            parts.append({"kind": kind, "x": share(here), "width": share(people), "people": people})
        here += people
    return {
        "label": row.role.name,
        "summary": _summary(row),
        "name_y": number * ROW + TOP - 26,
        "text_y": number * ROW + TOP - 8,
        "y": number * ROW + TOP,
        "height": BAR,
        "foot": number * ROW + TOP + BAR + 4,
        "head": number * ROW + TOP - 4,
        "middle": number * ROW + TOP + BAR // 2,
        "parts": parts,
        "limit": None if row.most is None else share(row.most),
        "expected": share(float(row.expected)),
    }


def _summary(row: Contingent) -> str:
    said = {"held": row.held, "most": row.most, "waiting": row.waiting}
    if row.most is None:
        return _("%(held)s held, %(waiting)s waiting") % said
    return _("%(held)s of %(most)s, %(waiting)s waiting") % said
