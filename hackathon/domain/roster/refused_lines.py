"""The refused lines of a list, given back as they were with the reason of each: corrected there, sent again.

Two columns of ours stand at the end; the reader knows them and leaves them out when the list returns.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from ...kit import sheets
from ..roster_rows.headings import LINE_WORDS, OURS, REASON_WORDS
from .planning import REFUSED
from .report import Report


def refused_lines(report: Report, *, kind: str = "csv") -> bytes:
    """A file of that kind, "csv" or "xlsx"; only its header when nobody is refused."""
    refused = report.of_kind(REFUSED)
    width = len(report.header)
    header = [*report.header, *(f"{OURS} : {_(words)}" for words in (LINE_WORDS, REASON_WORDS))]
    rows = (
        [*(list(line.cells) or [""] * width), line.line, " ".join(str(reason) for reason in line.reasons)]
        for line in refused
    )
    write = sheets.write_xlsx if kind == "xlsx" else sheets.write_csv
    return write(header, rows)
