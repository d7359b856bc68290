"""Why a list cannot be read, and what was odd about one that could: a code, its values and the English text.

The templates are gettext msgids with named placeholders; this file translates nothing and knows no event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Marks a msgid for the translators and does nothing else: this file knows no Django."""
    return text


UNREADABLE: dict[str, str] = {
    "empty": gettext_noop("The file “%(name)s” is empty. Export the list again and send the new file."),
    "only_header": gettext_noop(
        "The file “%(name)s” has column names (line %(line)s) but nobody below them. Add one line per person."
    ),
    "no_header": gettext_noop(
        "No line of “%(name)s” names the columns. "
        "Add a first line with their names, for example: First name; Last name; E-mail."
    ),
    "pdf": gettext_noop("“%(name)s” is a PDF document. Save the list as CSV or XLSX and send that file."),
    "word": gettext_noop(
        "“%(name)s” is a text document (Word or similar). Save the list as CSV or XLSX and send that file."
    ),
    "old_excel": gettext_noop(
        "“%(name)s” is in an older Excel format (.xls or .xlsb). "
        "Open it, save it as “Excel workbook (.xlsx)” or CSV, and send that file."
    ),
    "open_document": gettext_noop(
        "“%(name)s” is an OpenDocument file (.ods). Open it, save it as XLSX or CSV, and send that file."
    ),
    "password": gettext_noop(
        "“%(name)s” is protected by a password. Remove the password in Excel, save, and send the file again."
    ),
    "image": gettext_noop("“%(name)s” is a picture. Save the list as CSV or XLSX and send that file."),
    "archive": gettext_noop(
        "“%(name)s” is a compressed archive. Take the list out of it and send that file alone."
    ),
    "web_page": gettext_noop(
        "“%(name)s” is a web page or an XML file, whatever its name says. "
        "Open it in a spreadsheet, save it as XLSX or CSV, and send that file."
    ),
    "binary": gettext_noop(
        "“%(name)s” is not a list: it holds binary data. Save the list as CSV or XLSX and send that file."
    ),
    "broken": gettext_noop(
        "The workbook “%(name)s” is damaged and cannot be opened. Save it again as XLSX or CSV."
    ),
    "no_data": gettext_noop(
        "No visible sheet of “%(name)s” holds a table. Show the sheet with the list, save, and send it again."
    ),
    "encoding": gettext_noop(
        "Line %(line)s of “%(name)s” has characters that cannot be read. "
        "Save the file as “CSV UTF-8” and send it again."
    ),
    "mixed_encodings": gettext_noop(
        "“%(name)s” mixes two encodings (line %(line)s differs from the others): "
        "accents would be lost. Save the file as “CSV UTF-8” and send it again."
    ),
    "too_big": gettext_noop(
        "“%(name)s” is %(size)s MB; the limit is %(limit)s MB. Keep only the list, or send it in parts."
    ),
    "bomb": gettext_noop(
        "The workbook “%(name)s” holds far more data than a list of people: it was not opened. "
        "Copy the list alone into a new workbook, or save it as CSV."
    ),
    "too_many_rows": gettext_noop("“%(name)s” has more than %(limit)s lines. Send it in several parts."),
    "too_many_columns": gettext_noop(
        "“%(name)s” has more than %(limit)s columns. Keep only those about people."
    ),
    "entities": gettext_noop(
        "The workbook “%(name)s” declares XML entities, which no spreadsheet does: it was not opened. "
        "Save it again as XLSX or CSV."
    ),
}

NOTES: dict[str, str] = {
    "title_lines": gettext_noop("The columns are named on line %(line)s; what is above was left out."),
    "sheet_chosen": gettext_noop("The sheet “%(sheet)s” was read; the others were not: %(others)s."),
    "formulas_without_value": gettext_noop(
        "%(count)s formulas have no stored value and count as empty. "
        "Open the workbook in a spreadsheet and save it to keep their results."
    ),
    "mac_roman": gettext_noop(
        "The accents were read as an old Macintosh writes them (“%(example)s”): check a few names. "
        "If they are wrong, save the file as “CSV UTF-8”."
    ),
    "repaired_accents": gettext_noop(
        "The accents were damaged by an earlier save (“Ã©” for “é”); they have been repaired."
    ),
    "stray_quote": gettext_noop(
        "A quotation mark is never closed; each line was read as one person (lines %(lines)s)."
    ),
    "long_lines": gettext_noop(
        "Some lines have more cells than there are columns; the extra cells were left out (lines %(lines)s)."
    ),
}


@dataclass(frozen=True)
class Note:
    """Something the reader should be told about a list that could be read."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return NOTES[self.code] % self.params


class UnreadableFile(Exception):
    """The file as a whole cannot be read. `code` is a key of UNREADABLE, `params` fill its template."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        self.text = UNREADABLE[code] % params
        super().__init__(self.text)
