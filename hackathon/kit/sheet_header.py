"""Which line of a table names its columns: found by shape, so that titles and blank lines above do no harm.

It refuses to know which names to expect; a caller who does may pass a function that counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

SEARCHED = 40  # lines; a title block longer than that is a page of text, not a list
HeaderScore = Callable[[Sequence[str]], int]

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_FIGURE = re.compile(r"[+\-]?[\d\s.,/:()%€-]+$")


def find_header(records: Sequence[tuple[int, list[str]]], known: HeaderScore | None = None) -> int | None:
    """Index of the record that names the columns, or None when the records are data from the first line on.

    `known(cells)` counts the cells that the caller recognises as column names; two or more win over shape.
    """
    sample = [
        (index, cells) for index, (_, cells) in enumerate(records[:SEARCHED]) if any(c.strip() for c in cells)
    ]
    if not sample:
        return None
    if known is not None:
        scored = [(known(cells), -index) for index, cells in sample if not _is_data(cells)]
        if scored and max(scored)[0] >= 2:
            return -max(scored)[1]
    widest = max(_filled(cells) for _, cells in sample)
    for index, cells in sample:
        if _filled(cells) < max(1, widest * 0.5) or (widest > 1 and _filled(cells) < 2):
            continue
        return None if _is_data(cells) else index
    return None


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _is_data(cells: Sequence[str]) -> bool:
    """An address is never a column's name; a row mostly of figures and dates is not a row of names."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(_EMAIL.fullmatch(cell) for cell in filled):
        return True
    return sum(1 for cell in filled if _FIGURE.match(cell)) * 2 > len(filled)
