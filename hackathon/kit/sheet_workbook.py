"""XLSX: what kind of file the bytes are, whether a workbook is safe to open, and which sheet parts it has.

Sizes are checked before any XML parser sees a byte (a workbook of 462 KB once took 1.5 GB and four minutes).
It refuses to run macros, follow links, compute formulas or read hidden sheets.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass

from . import sheet_xml
from .sheet_problems import UnreadableFile
from .sheet_xml import Record, SheetReader

MAX_XML = 64_000_000  # bytes once unpacked: 50,000 lines of our widest template are about 45 MB
MAX_PART = 4_000_000  # styles, workbook, relations: the worst real ones we saw stay under 2 MB
MAX_ENTRIES = 2_000  # files in the archive; a workbook with pictures has a few hundred
MAX_TAGS = (
    5_000_000  # « < » in one part: 50,000 lines × 25 columns at four a cell; counted in a few ms per MB
)

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
)


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Raise UnreadableFile for a document that is neither a workbook nor text, by its first bytes."""
    for signature, code in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(code, name=name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        is_word = "WordDocument".encode("utf-16-le") in data
        raise UnreadableFile("password" if locked else "word" if is_word else "old_excel", name=name)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head")):
        raise UnreadableFile("web_page", name=name)


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin like a ZIP archive, which an XLSX is."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def declared_size(data: bytes) -> int:
    """Bytes of XML that an archive says it holds; 0 when it cannot be opened."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception:  # truncated, forged: reading it will say so
        return 0
    return sum(entry.file_size for entry in entries if entry.filename.endswith(".xml"))


class Workbook:
    """A workbook found safe to open. Raises UnreadableFile on the way in if it is not."""

    def __init__(self, data: bytes, name: str, *, max_columns: int) -> None:
        self.name, self.max_columns = name, max_columns
        self.formulas_without_value = 0
        self._left = MAX_XML
        self._shared: list[str] | None = None
        self._date_styles: frozenset[str] = frozenset()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._check_entries()
            self._read_index()
        except UnreadableFile:
            raise
        except Exception as error:  # zlib, struct, expat, KeyError…: all mean the same to the user
            raise UnreadableFile("broken", name=name) from error

    def records(self, sheet: Sheet, limit: int) -> list[Record]:
        """At most `limit` lines that are not blank, with their row numbers."""
        try:
            if self._shared is None:
                self._shared = (
                    sheet_xml.shared_strings(self._part(self._shared_path)) if self._shared_path else []
                )
            reader = SheetReader(self._shared, self._date_styles, self._is_1904, self.max_columns, limit)
            reader.read(self._part(sheet.path))
        except sheet_xml.TooWide as error:
            raise UnreadableFile("too_many_columns", name=self.name, limit=self.max_columns) from error
        except sheet_xml.Declared as error:
            raise UnreadableFile("entities", name=self.name) from error
        except UnreadableFile:
            raise
        except Exception as error:
            raise UnreadableFile("broken", name=self.name) from error
        self.formulas_without_value = reader.formulas_without_value
        return reader.records

    def _check_entries(self) -> None:
        entries = self._archive.infolist()
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFile("password", name=self.name)
        if "xl/workbook.bin" in names:
            raise UnreadableFile("old_excel", name=self.name)
        if "mimetype" in names:
            kind = self._archive.open("mimetype").read(200)
            raise UnreadableFile("open_document" if b"spreadsheet" in kind else "word", name=self.name)
        if any(entry.startswith("word/") for entry in names):
            raise UnreadableFile("word", name=self.name)
        if not any(entry.startswith("xl/") for entry in names):
            raise UnreadableFile("archive", name=self.name)
        declared = sum(e.file_size for e in entries if e.filename.endswith((".xml", ".rels")))
        if len(entries) > MAX_ENTRIES or declared > MAX_XML:
            raise UnreadableFile("bomb", name=self.name)

    def _read_index(self) -> None:
        try:
            index = sheet_xml.index(self._part("xl/workbook.xml", MAX_PART))
            targets = sheet_xml.relations(self._part("xl/_rels/workbook.xml.rels", MAX_PART))
            paths = {
                key: posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
                for key, target in targets.items()
            }
            self._is_1904 = index.is_1904
            self.sheets = [
                Sheet(title, paths[key]) for title, key in index.visible if "worksheet" in paths.get(key, "")
            ]
            names = {name.lower(): name for name in self._archive.namelist()}
            self._shared_path = names.get("xl/sharedstrings.xml")
            styles = names.get("xl/styles.xml")
            if styles:
                self._date_styles = frozenset(sheet_xml.date_styles(self._part(styles, MAX_PART)))
        except sheet_xml.Declared as error:
            raise UnreadableFile("entities", name=self.name) from error

    def _part(self, path: str, limit: int = MAX_XML) -> bytes:
        """The part's bytes, counted as they come out: what the archive declares is only a claim."""
        limit = min(limit, self._left)
        with self._archive.open(path) as stream:
            part = stream.read(limit + 1)
        self._left -= len(part)
        if len(part) > limit or part.count(b"<") > MAX_TAGS:
            raise UnreadableFile("bomb", name=self.name)
        return part


@dataclass(frozen=True)
class Sheet:
    """A visible sheet: its title and where the archive keeps it."""

    title: str
    path: str
