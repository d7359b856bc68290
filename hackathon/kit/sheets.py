"""Lists as people have them: any CSV or XLSX in, safe CSV and XLSX out. A tool that knows no event.

What a file is, is told by its content, never by its name. It refuses to know what a column means.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from . import sheet_text, sheet_workbook
from .sheet_header import HeaderScore, find_header
from .sheet_problems import NOTES, UNREADABLE, Note, UnreadableFile

__all__ = [
    "NOTES",
    "UNREADABLE",
    "Note",
    "Row",
    "Table",
    "UnreadableFile",
    "is_long",
    "read_table",
    "write_csv",
    "write_xlsx",
]

MAX_BYTES = 20_000_000  # a CSV of 50,000 people is about 20 MB
MAX_ROWS = 50_000  # two hundred times the event we model; past that, in parts
MAX_CELL = 32_767  # Excel's own limit of characters
MAX_COLUMNS = 200  # the widest export of a ticket shop we know has about 80

ROW_BYTES = 1_500  # one line of our widest template in a workbook: its cells and their share of the texts

_DANGEROUS = re.compile(
    "'*[=+\\-@\t\r\n＝＋－＠]"
)  # what spreadsheets take for a formula, or strip to reach one
#: « + » and nothing but digits and blanks: a phone. No reading of it as a formula can do harm, and it stays readable.
_PHONE = re.compile(r"\+[0-9][0-9 ]{4,30}")
_QUOTED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # XML has no way to write these


@dataclass(frozen=True)
class Row:
    """`line` is the file's own: the physical line where a CSV record starts, the row's number in a sheet."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A list as read: rows are not blank and have exactly as many cells as the header."""

    format: str  # "csv", "tsv" or "xlsx"
    encoding: str | None
    delimiter: str | None
    header_line: int
    header: list[str]
    rows: list[Row]
    notes: list[Note] = field(default_factory=list)


def read_table(data: bytes, name: str = "", *, known_names: HeaderScore | None = None) -> Table:
    """Read a CSV, TSV or XLSX. `known_names(cells)` may count the column names a caller expects.

    Raises UnreadableFile with a code of UNREADABLE; nothing else, whatever the bytes.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty", name=name)
    if len(data) > MAX_BYTES:
        size, limit = -(-len(data) // 1_000_000), MAX_BYTES // 1_000_000
        raise UnreadableFile("too_big", name=name, size=size, limit=limit)
    if sheet_workbook.is_zip(data):
        return _read_workbook(data, name, known_names)
    sheet_workbook.refuse_other_kinds(data, name)
    try:
        return _read_text(data, name, known_names)
    except csv.Error as error:  # a cell of 131,072 characters or more: nobody's list
        raise UnreadableFile("binary", name=name) from error


def is_long(data: bytes, rows: int) -> bool:
    """Whether a list probably has more lines than `rows`, without reading it: by its line ends, or its size unpacked.

    Never raises; what is no list at all is not long, for it is refused at once.
    """
    if sheet_workbook.is_zip(data):
        return sheet_workbook.declared_size(data) > rows * ROW_BYTES
    return max(data.count(b"\n"), data.count(b"\r")) > rows


def _read_text(data: bytes, name: str, known_names: HeaderScore | None) -> Table:
    text, encoding, notes = sheet_text.decode(data, name)
    if not text.strip():
        raise UnreadableFile("empty", name=name)
    lines = sheet_text.split_lines(text)
    delimiter = sheet_text.declared_delimiter(lines)
    if delimiter:
        lines[0] = "\n"
    else:
        delimiter = sheet_text.choose_delimiter(lines, lambda records: find_header(records, known_names))
    records, _ = sheet_text.records(lines[: sheet_text.SAMPLE_LINES], delimiter, None)
    at = find_header(records, known_names)
    if at is not None:
        records, more = sheet_text.records(lines, delimiter, len(records[at][1]))
        notes += more
        at = find_header(records, known_names)
    if at is not None and len(records[at][1]) == 1:
        delimiter, records = sheet_text.unpack_quoted_lines(records, at, delimiter)
    kind = "tsv" if delimiter == "\t" else "csv"
    return _as_table(kind, encoding, delimiter, records, at, notes, name)


def _read_workbook(data: bytes, name: str, known_names: HeaderScore | None) -> Table:
    book = sheet_workbook.Workbook(data, name, max_columns=MAX_COLUMNS)
    failure = UnreadableFile("no_data", name=name)
    for sheet in book.sheets:
        records = book.records(sheet, MAX_ROWS + 50)
        if not records:
            continue
        notes = []
        if book.formulas_without_value:
            notes.append(Note("formulas_without_value", {"count": book.formulas_without_value}))
        others = ", ".join(other.title for other in book.sheets if other is not sheet)
        if others:
            notes.append(Note("sheet_chosen", {"sheet": sheet.title, "others": others}))
        try:
            return _as_table("xlsx", None, None, records, find_header(records, known_names), notes, name)
        except UnreadableFile as error:
            if error.code.startswith("too_many"):
                raise
            failure = error  # a sheet of instructions, say: the list may be on the next one
    raise failure


def _as_table(
    kind: str,
    encoding: str | None,
    delimiter: str | None,
    records: Sequence[tuple[int, list[str]]],
    at: int | None,
    notes: Sequence[Note],
    name: str,
) -> Table:
    if at is None:
        raise UnreadableFile("no_header", name=name)
    header_line, header = records[at]
    header = [unquoted(cell).strip() for cell in header]
    while header and not header[-1]:
        header.pop()
    below = records[at + 1 :]
    if not below:
        # A lone line of text is no header: say so rather than ask for people below it.
        code = "only_header" if len(header) > 1 else "no_header"
        raise UnreadableFile(code, name=name, line=header_line)
    if len(below) > MAX_ROWS:
        raise UnreadableFile("too_many_rows", name=name, limit=MAX_ROWS)
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile("too_many_columns", name=name, limit=MAX_COLUMNS)
    rows, long_lines, width = [], [], len(header)
    for line, cells in below:
        if any(cell.strip() for cell in cells[width:]):
            long_lines.append(line)
        padded = [*cells[:width], *[""] * (width - len(cells))]
        rows.append(Row(line, [unquoted(cell) for cell in padded]))
    notes = list(notes)
    if at > 0:
        notes.append(Note("title_lines", {"line": header_line}))
    if long_lines:
        notes.append(Note("long_lines", {"lines": sheet_text.name_lines(long_lines)}))
    return Table(kind, encoding, delimiter, header_line, header, rows, notes)


def quoted(value: str) -> str:
    """`value` with an apostrophe in front if a spreadsheet would take it for a formula; a phone is none.

    A value that already looks quoted gets one more, so that `unquoted(quoted(v)) == v` for every v.
    """
    return f"'{value}" if _DANGEROUS.match(value) and not _PHONE.fullmatch(value) else value


def unquoted(value: str) -> str:
    """The value as it was before `quoted`."""
    return value[1:] if _QUOTED.match(value) else value


def _plain(value: object) -> str:
    return _ILLEGAL.sub("", "" if value is None else str(value))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ";") -> bytes:
    """UTF-8 with its mark and « ; » by default, as French Excel opens it; formulas quoted, phones as they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([quoted(_plain(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "Liste") -> bytes:
    """One sheet, its header frozen and bold, every cell typed as text; formulas quoted as in CSV.

    Line ends inside a cell become LF: XML keeps no CR.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for index, row in enumerate((header, *rows)):
        cells = []
        for value in row:
            text = quoted(_plain(value).replace("\r\n", "\n").replace("\r", "\n"))
            cell = WriteOnlyCell(sheet, value=text[:MAX_CELL] or None)
            cell.data_type = "s"  # openpyxl would type « #N/A » as an error
            cell.number_format = "@"
            if index == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
