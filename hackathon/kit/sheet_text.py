"""CSV and its cousins: from bytes to text, from text to records with the line each starts on.

It refuses to guess which record names the columns (sheet_header.py) or what a column means.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from .sheet_problems import Note, UnreadableFile

DELIMITERS = (";", ",", "\t", "|")
SAMPLE_LINES = 200  # enough to see past any title block, small enough to parse once per delimiter
MAX_CELL_LINES = 100  # an unclosed quotation mark would swallow the rest of the file
Record = tuple[int, list[str]]

_MARKS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_SEQUENCE = re.compile(rb"\xc3[\x80-\xbf]|\xc5[\x92\x93]|\xe2\x80[\x80-\xbf]")
_MANGLED = re.compile("Ã[\u00a0-¿]|â€[™œ“”¦]")
# Mac OS Roman read as cp1252 puts these between lower-case letters; no French or English word has them there.
_MISREAD = re.compile("[a-z][ŽŠ‡†ˆ‰‹Œ•˜›\u009d‚ƒ„…][a-z]")
_WRITTEN = frozenset("àâçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ’‘“”«»–—…•·°€™©®§\u00a0")
_SHOUTED = re.compile("[a-z][ÀÂÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ][a-z]")  # what DOS accents look like, read as a Mac's
_ASCII = dict.fromkeys(range(128))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n?$', re.IGNORECASE)


def decode(data: bytes, name: str) -> tuple[str, str, list[Note]]:
    """The text, the encoding's name, and notes. Raises UnreadableFile: encoding, mixed_encodings, binary."""
    encoding = next((found for mark, found in _MARKS if data.startswith(mark)), "") or _encoding_without_mark(
        data
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding in ("utf-8", "utf-8-sig"):
            text, encoding = _decode_cp1252(data.removeprefix(codecs.BOM_UTF8), name, error.start), "cp1252"
        else:
            raise UnreadableFile("encoding", name=name, line=1) from error
    if found := _CONTROL.search(text):
        many = len(_CONTROL.findall(text)) > len(text) / 200
        line = text.count("\n", 0, found.start()) + 1
        raise (
            UnreadableFile("binary", name=name) if many else UnreadableFile("encoding", name=name, line=line)
        )
    notes = []
    if encoding == "cp1252" and _looks_mac(data):
        text, encoding = data.decode("mac_roman"), "mac_roman"
        notes.append(Note("mac_roman", {"example": _accented_word(text)}))
    if _MANGLED.search(text) and (repaired := _unmangle(text)) is not None:
        text = repaired
        notes.append(Note("repaired_accents"))
    return text.replace("\r\r\n", "\r\n"), encoding, notes


def _encoding_without_mark(data: bytes) -> str:
    sample = data[:4000]
    if sample.count(0) > len(sample) * 0.35:
        return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    return "utf-8"


def _decode_cp1252(data: bytes, name: str, first_bad: int) -> str:
    if _UTF8_SEQUENCE.search(data):
        raise UnreadableFile("mixed_encodings", name=name, line=data.count(b"\n", 0, first_bad) + 1)
    if _looks_mac(data):
        return data.decode("mac_roman")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableFile("encoding", name=name, line=data.count(b"\n", 0, error.start) + 1) from error
    if found := _MISREAD.search(text):
        raise UnreadableFile("encoding", name=name, line=text.count("\n", 0, found.start()) + 1)
    return text


def _looks_mac(data: bytes) -> bool:
    """Old Macintosh accents: nonsense as Windows writes, and only letters of French and English as a Mac does."""
    try:
        as_windows = data.decode("cp1252")
    except UnicodeDecodeError:
        as_windows = ""
    if as_windows and not _MISREAD.search(as_windows):
        return False
    as_mac = data.decode("mac_roman")
    return set(as_mac.translate(_ASCII)) <= _WRITTEN and not _SHOUTED.search(as_mac)


def _accented_word(text: str) -> str:
    return next((word for word in re.findall(r"\w+", text) if not word.isascii()), "")[:40]


def _unmangle(text: str) -> str | None:
    """UTF-8 once read as cp1252 and saved again; None when the text was not damaged that way throughout."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None


def split_lines(text: str) -> list[str]:
    """Physical lines with their ends; only CR, LF and CRLF end a line (str.splitlines knows eight more)."""
    return list(io.StringIO(text, newline=""))


def choose_delimiter(lines: Sequence[str], header_of: Callable[[Sequence[Record]], int | None]) -> str:
    """The delimiter whose reading gives the widest header that the rows below agree with.

    `header_of` tells which of the records names the columns (an index), or None.
    """
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        records = list(_records_exact(lines[:SAMPLE_LINES], delimiter, strict=False))
        at = header_of(records)
        if at is None:
            continue
        width = len(records[at][1])
        below = [cells for _, cells in records[at + 1 :] if any(cells)]
        agreement = sum(len(cells) == width for cells in below) / len(below) if below else 0.0
        score = sum(1 for cell in records[at][1] if cell.strip()) * (0.2 + agreement)
        if score > best_score and width > 1:
            best, best_score = delimiter, score
    return best


def declared_delimiter(lines: Sequence[str]) -> str | None:
    """Excel's own « sep=; » on the first line."""
    found = _SEP_LINE.match(lines[0]) if lines else None
    return found.group(1) if found else None


def records(lines: Sequence[str], delimiter: str, width: int | None) -> tuple[list[Record], list[Note]]:
    """Every record that is not blank, with the physical line it starts on.

    A well-formed file is read exactly. If a quotation mark is left open, the damage stays on its own line:
    the neighbours keep theirs, and a note says which lines.
    """
    try:
        exact = list(_records_exact(lines, delimiter, strict=True))
        if width is None or all(
            len(cells) == width or not any("\n" in c for c in cells) for _, cells in exact
        ):
            return [r for r in exact if any(cell.strip() for cell in r[1])], []
    except csv.Error:
        pass
    found, stray = [], []
    for number, cells, is_stray in _records_line_by_line(lines, delimiter, width):
        if is_stray:
            stray.append(number)
        if any(cell.strip() for cell in cells):
            found.append((number, cells))
    return found, [Note("stray_quote", {"lines": name_lines(stray)})] if stray else []


def unpack_quoted_lines(records: list[Record], at: int, delimiter: str) -> tuple[str, list[Record]]:
    """Undo a save that put whole lines between quotation marks ("a;b;c"), if the header looks like that."""
    header = records[at][1][0]
    inner = max(DELIMITERS, key=header.count)
    if not header.count(inner):
        return delimiter, records
    return inner, [(line, next(csv.reader(cells[:1], delimiter=inner), [""])) for line, cells in records]


def name_lines(numbers: Sequence[int]) -> str:
    """The first few line numbers, as shown in a note."""
    return ", ".join(str(number) for number in numbers[:5]) + ("…" if len(numbers) > 5 else "")


def _records_exact(lines: Sequence[str], delimiter: str, *, strict: bool) -> Iterator[Record]:
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=strict)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        if strict:
            raise


def _records_line_by_line(
    lines: Sequence[str], delimiter: str, width: int | None
) -> Iterator[tuple[int, list[str], bool]]:
    at = 0
    while at < len(lines):
        taken, cells, stray = _one_record(lines, at, delimiter, width)
        yield at + 1, cells, stray
        at += taken


def _one_record(
    lines: Sequence[str], at: int, delimiter: str, width: int | None
) -> tuple[int, list[str], bool]:
    """How many lines the record at `at` takes, its cells, and whether a quotation mark was left open."""
    line = lines[at]
    alone = next(csv.reader([line], delimiter=delimiter), [])
    if '"' not in line or not _ends_inside_quotes(line, delimiter):
        return 1, alone, False
    joined = line
    for taken, following in enumerate(lines[at + 1 : at + MAX_CELL_LINES], 2):
        joined += following
        if '"' not in following or _ends_inside_quotes(joined, delimiter):
            continue
        cells = next(csv.reader(io.StringIO(joined, newline=""), delimiter=delimiter), [])
        swallowed = any("\n" in c and c.count(delimiter) >= max(3, (width or 99) - 1) for c in cells)
        if not swallowed and (width is None or len(cells) == width):
            return taken, cells, False
        break
    plain = next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    return 1, [cell.replace('"', "") for cell in plain], True


def _ends_inside_quotes(text: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
