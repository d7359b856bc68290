"""Slides in a zip (PPTX, ODP): whether an archive is what its program would have saved, and how large it gets.

Everything is read as it inflates and counted, so that no archive takes more memory or time than a large deck does.
What the slides say is not looked at.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from .uploads import KINDS, UploadRefused

MOST_PARTS = 5_000
MOST_BYTES = 250 * 1024 * 1024  # of all parts together, once inflated
SLICE = 256 * 1024
TYPES = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
#: what office programs embed in slides (a chart keeps its table); anything else that is a zip has no place there
EMBEDDED = (".xlsx", ".docx", ".pptx", ".odp", ".ods", ".odt", ".odg", ".odf")
_MACRO = re.compile(
    r"(^|/)(vbaProject[^/]*\.bin|vbaData\.xml)$|^Scripts/.|^Basic/.*/(?!script-lb\.xml$|dialog-lb\.xml$)"
)


def check_office(file: IO[Any]) -> str:
    """ "pptx" or "odp". Raises UploadRefused with the reason: damaged, too large inside, macros, not slides."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_shape(parts)
            kind = _kind(archive)
            inflated = 0
            for part in parts:
                inflated += _read_through(archive, part, MOST_BYTES - inflated)
            return kind
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise UploadRefused(
            _("This file is damaged: save it again from its program, then send it.")
        ) from error


def _check_shape(parts: list[zipfile.ZipInfo]) -> None:
    """What the archive says of itself, before anything is inflated."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise UploadRefused(_too_large())
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or min((part.header_offset for part in parts), default=1) != 0:
        raise zipfile.BadZipFile
    for part in parts:
        if part.flag_bits & 1:
            raise UploadRefused(
                _(
                    "This file is protected by a password, so nobody could read it: save it without one, then send it."
                )
            )
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[:1]:
            raise zipfile.BadZipFile
        if _MACRO.search(part.filename):
            raise UploadRefused(
                _(
                    "This file holds macros, which are not taken: save it as an ordinary presentation, then send it."
                )
            )


def _kind(archive: zipfile.ZipFile) -> str:
    """By the part that says so in each format; its size is bounded like the others'."""
    names = archive.namelist()
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            if part.read(200).strip() == KINDS["odp"][2].encode() and "content.xml" in names:
                return "odp"
    if "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as part:
            types = part.read(1024 * 1024)
        if b"macroEnabled" in types:
            raise UploadRefused(
                _(
                    "This file holds macros, which are not taken: save it as an ordinary presentation, then send it."
                )
            )
        if TYPES in types and "ppt/presentation.xml" in names:
            return "pptx"
    raise UploadRefused(
        _("This archive does not hold slides: send a PDF, or a presentation saved as PPTX or ODP.")
    )


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """Inflate a part to the end, a slice at a time; returns its real size. A lie about it, or a wrong sum, is damage."""
    size = 0
    with archive.open(part) as opened:
        while data := opened.read(SLICE):
            if not size and data[:4] == b"PK\x03\x04" and not part.filename.lower().endswith(EMBEDDED):
                raise UploadRefused(
                    _("This file holds another archive: take it out of the slides, then send them again.")
                )
            size += len(data)
            if size > room:
                raise UploadRefused(_too_large())
    return size


def _too_large() -> str:
    return _("This file is too large once opened: make its pictures smaller, or send the slides as a PDF.")
