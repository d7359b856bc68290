"""Files that people send: known by their content, never by their name; kept where no address serves them.

Whoever accepts a kind adds its own checks after `check_upload` (what a zip holds, how long a film is). This file
refuses to know what a file is for.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .errors import Refused

#: kind → (how people call it, the ending we give it, its media type)
KINDS = {
    "pdf": ("PDF", ".pdf", "application/pdf"),
    "png": ("PNG", ".png", "image/png"),
    "jpeg": ("JPEG", ".jpg", "image/jpeg"),
    "zip": ("ZIP", ".zip", "application/zip"),
    "pptx": (
        "PPTX",
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "odp": ("ODP", ".odp", "application/vnd.oasis.opendocument.presentation"),
    "mp4": ("MP4", ".mp4", "video/mp4"),
}
HEAD = 1024  # bytes in which a browser or a PDF reader looks for what a file is
TAIL = 22 + 65_535  # bytes in which a zip reader looks for the end of its directory
LONGEST_NAME = 120
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|\?php)", re.IGNORECASE)
_PATH = re.compile(r"[\w-]+/[\w-]{20,60}\.[a-z0-9]{2,5}")


class UploadRefused(Refused):
    code = "upload_refused"


@dataclass(frozen=True)
class Checked:
    """What a file was found to be. `size` in bytes; `name` as the sender called it, its ending set right."""

    kind: str
    name: str
    size: int


@dataclass(frozen=True)
class Upload:
    """A file that came with a form and passed `check_upload`."""

    file: UploadedFile
    checked: Checked


def kind_of(head: bytes) -> str:
    """The kind that these first bytes announce, or "". A zip is "zip", whatever office format it holds."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head[4:8] == b"ftyp":
        return "mp4"
    return ""


def check_upload(
    file: File[Any], *, kinds: Collection[str], limit: int, called: Collection[str] = ()
) -> Checked:
    """Whether that file may be kept: not empty, at most `limit` bytes, by its content one of `kinds` and no other.

    `called`: the kinds that the sentence names, where a zip is only taken for what it holds. Raises UploadRefused
    with a sentence for whoever sent it.
    """
    sent = file.name or ""
    words = {"name": Path(sent.replace("\\", "/")).name[:LONGEST_NAME], "kinds": written(called or kinds)}
    if "/" in sent or "\\" in sent or "\0" in sent or sent in (".", ".."):
        raise UploadRefused(_("The name of the file holds a path: rename it and send it again."))
    size = file.size or 0
    if not size:
        raise UploadRefused(_("“%(name)s” is empty: choose the file again.") % words)
    if size > limit:
        sizes = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        raise UploadRefused(
            _("“%(name)s” weighs %(size)s, more than the %(limit)s allowed: send a smaller one.")
            % {**words, **sizes}
        )
    head, tail = _ends(file, size)
    kind = kind_of(head)
    if kind not in kinds:
        raise UploadRefused(
            _("“%(name)s” is not what is asked, by its content: send one of %(kinds)s.") % words
        )
    if _is_something_else_too(kind, head, tail):
        raise UploadRefused(
            _("“%(name)s” can be read as two kinds of file: save it again from its program, then send it.")
            % words
        )
    return Checked(kind, clean_name(sent, kind), size)


def written(kinds: Collection[str]) -> str:
    """The kinds as people call them: « PDF, PNG, JPEG »."""
    return ", ".join(name for kind, (name, _ending, _type) in KINDS.items() if kind in kinds)


def clean_name(name: str, kind: str) -> str:
    """That name without what a file system or a header could trip over, ending as its content says."""
    plain = "".join(
        char for char in unicodedata.normalize("NFC", name) if not unicodedata.category(char).startswith("C")
    )
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", plain.strip()).strip(" .") or "file"
    return stem[: LONGEST_NAME - 5] + KINDS[kind][1]


def shown_name(name: str) -> str:
    """What a file was called, to be shown: no path, no invisible or reversing sign, not too long. Never a path of ours."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(
        char for char in unicodedata.normalize("NFC", last) if not unicodedata.category(char).startswith("C")
    ).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - 11] or 'file'}.{ending}"


def check_pdf_end(file: File[Any]) -> None:
    """Raises UploadRefused for a PDF that stops before its end."""
    size = file.size
    file.seek(max(0, size - 2 * HEAD))
    if b"%%EOF" not in file.read(2 * HEAD):
        raise UploadRefused(
            _("This PDF is damaged or not whole: save it again from its program, then send it.")
        )


def keep(file: UploadedFile, checked: Checked, *, folder: str) -> str:
    """Copy the file under MEDIA_ROOT/private, by an unguessable name; returns its path from there."""
    path = f"{folder}/{secrets.token_urlsafe(24)}{KINDS[checked.kind][1]}"
    target = _root() / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.touch(mode=0o600)
    file.seek(0)
    with target.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return path


def forget(path: str) -> None:
    """Delete what `keep` kept; harmless when it is gone."""
    with suppress(FileNotFoundError):
        place(path).unlink()


def serve(path: str, *, name: str) -> FileResponse:
    """The file, to be saved and never shown inside a page of ours. Raises FileNotFoundError."""
    target = place(path)
    types = {ending: media_type for _name, ending, media_type in KINDS.values()}
    return serve_from(target, name=name, content_type=types.get(target.suffix, "application/octet-stream"))


def serve_from(target: Path, *, name: str, content_type: str, is_ours: bool = False) -> FileResponse:
    """That file, to be saved; inside our pages only what we made ourselves (`is_ours`). Raises FileNotFoundError."""
    opened: IO[Any] = target.open("rb")
    response = FileResponse(opened, as_attachment=not is_ours, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def place(path: str) -> Path:
    """Where it lies. Raises FileNotFoundError for a path that `keep` never gave."""
    if not _PATH.fullmatch(path):
        raise FileNotFoundError(path)
    return _root() / path


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "private"


def _ends(file: File[Any], size: int) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    return head, tail


def _is_something_else_too(kind: str, head: bytes, tail: bytes) -> bool:
    """A page that a browser would run, a PDF behind something else, or a zip glued to the end."""
    if _MARKUP.search(head) or (kind != "pdf" and b"%PDF-" in head):
        return True
    return kind != "zip" and _ends_as_a_zip(tail)


def _ends_as_a_zip(tail: bytes) -> bool:
    """Whether a zip reader would find its directory: its end record, whose comment reaches the end of the file."""
    return any(
        found.start() + 22 + int.from_bytes(tail[found.start() + 20 : found.start() + 22], "little")
        == len(tail)
        for found in re.finditer(rb"PK\x05\x06", tail)
    )
