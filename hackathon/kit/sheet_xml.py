"""The XML inside an XLSX, read in one pass by expat: cells as somebody would type them.

It keeps no tree, so memory follows what the list holds. It refuses any DOCTYPE, hence entities.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

Record = tuple[int, list[str]]

_ESCAPED = re.compile(r"_x00(09|0A|0D)_", re.IGNORECASE)
_COLUMN = re.compile(r"([A-Za-z]{1,3})\d*$")


MAX_BLANK_ROWS = 10_000  # a workbook formatted down to its last line: the list ended long before
MAX_BLANK_CELLS = 300_000


class Declared(Exception):
    """The part declares a document type."""


class TooWide(Exception):
    """A cell with a value stands beyond the last column allowed."""


class _Enough(Exception):
    """The limit of records is reached."""


@dataclass
class Index:
    """What workbook.xml says: (title, relation) of each visible sheet, and which calendar numbers count from."""

    visible: list[tuple[str, str]] = field(default_factory=list)
    is_1904: bool = False


def _parse(part: bytes, start: Any = None, end: Any = None, text: Any = None) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(part, True)


def _refuse_doctype(*_: object) -> None:
    raise Declared


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def index(part: bytes) -> Index:
    """Read workbook.xml."""
    found = Index()

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet" and attributes.get("state", "visible") == "visible":
            key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            found.visible.append((attributes.get("name", ""), key))
        elif _local(name) == "workbookPr":
            found.is_1904 = attributes.get("date1904") in ("1", "true")

    _parse(part, start)
    return found


def relations(part: bytes) -> dict[str, str]:
    """Read a .rels part: id → target."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(part, start)
    return found


def date_styles(part: bytes) -> frozenset[str]:
    """Read styles.xml: the style numbers whose figures are dates."""
    formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    used: list[str] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            inside[0] = True
        elif local == "xf" and inside[0]:
            used.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        if _local(name) == "cellXfs":
            inside[0] = False

    _parse(part, start, end)
    return frozenset(str(at) for at, key in enumerate(used) if is_date_format(formats.get(key)))


def shared_strings(part: bytes) -> list[str]:
    """Read sharedStrings.xml; runs are joined, phonetic guides left out."""
    found: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "guide": False}

    def start(name: str, _: dict[str, str]) -> None:
        local = _local(name)
        if local == "t":
            state["text"] = not state["guide"]
        elif local == "rPh":
            state["guide"] = True

    def end(name: str) -> None:
        local = _local(name)
        if local == "t":
            state["text"] = False
        elif local == "rPh":
            state["guide"] = False
        elif local == "si":
            found.append(_unescape("".join(pieces)))
            pieces.clear()

    def text(data: str) -> None:
        if state["text"]:
            pieces.append(data)

    _parse(part, start, end, text)
    return found


class SheetReader:
    """One worksheet → `records`. Raises TooWide, Declared, expat.ExpatError."""

    def __init__(
        self, shared: list[str], date_styles: frozenset[str], is_1904: bool, max_columns: int, limit: int
    ) -> None:
        self.records: list[Record] = []
        self.formulas_without_value = 0
        self._shared, self._date_styles = shared, date_styles
        self._epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
        self._max_columns, self._limit = max_columns, limit
        self._row = self._column = 0
        self._cells: list[str] = []
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._in_text = self._in_guide = self._has_formula = False
        self._columns: dict[str, int] = {}
        self._blank_rows = self._blank_cells = 0

    def read(self, part: bytes) -> None:
        """Parse the worksheet's XML, up to the limit of records."""
        with contextlib.suppress(_Enough):
            _parse(part, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name if ":" not in name else _local(name)
        if local == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._column = self._column_of(attributes["r"]) if "r" in attributes else self._column + 1
            self._pieces.clear()
            self._has_formula = False
            self._blank_cells += 1
            if self._blank_cells > MAX_BLANK_CELLS:
                raise _Enough
        elif local in ("v", "t"):
            self._in_text = not self._in_guide
        elif local == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._column, self._cells = 0, []
        elif local == "f":
            self._has_formula = True
        elif local == "rPh":
            self._in_guide = True

    def _end(self, name: str) -> None:
        local = name if ":" not in name else _local(name)
        if local in ("v", "t"):
            self._in_text = False
        elif local == "c":
            self._keep()
        elif local == "row":
            if any(cell.strip() for cell in self._cells):
                self.records.append((self._row, self._cells))
                self._blank_rows = 0
                if len(self.records) >= self._limit:
                    raise _Enough
                return
            self._blank_rows += 1
            if self._blank_rows > MAX_BLANK_ROWS:
                raise _Enough
        elif local == "rPh":
            self._in_guide = False

    def _text(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)

    def _keep(self) -> None:
        raw = "".join(self._pieces)
        if not raw:
            self.formulas_without_value += self._has_formula
            return
        if self._column > self._max_columns:
            raise TooWide
        self._blank_cells = 0
        cells = self._cells
        if len(cells) < self._column:
            cells.extend([""] * (self._column - len(cells)))
        cells[self._column - 1] = self._value(raw)

    def _value(self, raw: str) -> str:
        kind = self._kind
        if kind == "s":
            return self._shared[int(raw)]
        if kind in ("inlineStr", "str"):
            return _unescape(raw)
        if kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if kind == "n":
            return number_text(raw, self._epoch if self._style in self._date_styles else None)
        return raw.replace("T", " ") if kind == "d" else raw

    def _column_of(self, reference: str) -> int:
        found = _COLUMN.match(reference)
        letters = found[1].upper() if found else ""
        if letters not in self._columns:
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self._columns[letters] = number or self._column + 1
        return self._columns[letters]


def number_text(raw: str, epoch: dt.datetime | None) -> str:
    """A stored figure as people write it: no « .0 », no exponent; an ISO date when `epoch` says it is one."""
    raw = raw.strip()
    if epoch is None and raw.lstrip("-").isdigit():
        return raw
    try:
        value = float(raw)
        if epoch is not None:
            return _date_text(from_excel(value, epoch))
    except (ValueError, OverflowError, TypeError):
        return raw
    if value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return format(value, ".15g")


def _date_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def _unescape(text: str) -> str:
    """Excel writes a carriage return inside a cell as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x00" in text else text
