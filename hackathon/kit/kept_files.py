"""Files that wait for their owner's next click: private, short-lived, taken once. A tool that knows no event.

A file lives under MEDIA_ROOT (which no address serves), under a name that cannot be guessed, with a note of what it
is. `take` moves it away in one step of the file system: of two clicks, one gets it.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

LIFETIME = 2 * 60 * 60  # seconds; a rehearsal is read, not slept on
_TOKEN = re.compile(r"[\w-]{20,60}")


#: What becomes of a file: it waits, somebody works on it, something is left of it.
WAITING, TAKEN, SETTLED = "data", "taken", "done"


class Gone(Exception):
    """There is no such file any more: taken, expired, or never there."""


def keep(kind: str, data: bytes, note: dict[str, Any]) -> str:
    """Keep `data` and its note; returns the token to ask for them again. What has expired is deleted first."""
    folder = _folder(kind)
    forget_expired(kind)
    token = secrets.token_urlsafe(24)
    for suffix, content in (("note", json.dumps(note).encode()), ("data", data)):
        path = folder / f"{token}.{suffix}"
        path.touch(mode=0o600)
        path.write_bytes(content)
    return token


def read(kind: str, token: str, *, state: str = WAITING) -> tuple[bytes, dict[str, Any]]:
    """The file and its note, in that state: WAITING, TAKEN, or SETTLED (what `settle` left of it). Raises Gone."""
    path = _path(kind, token).with_suffix(f".{state}")
    try:
        if time.time() - path.stat().st_mtime > LIFETIME:
            raise Gone
        return path.read_bytes(), json.loads(path.with_suffix(".note").read_bytes())
    except FileNotFoundError as error:
        raise Gone from error


def note_of(kind: str, token: str) -> dict[str, Any]:
    """The note alone, whatever became of the file. Raises Gone."""
    try:
        return json.loads(_path(kind, token).with_suffix(".note").read_bytes())
    except FileNotFoundError as error:
        raise Gone from error


def attach(kind: str, token: str, data: bytes | None) -> None:
    """Keep what was made of the file beside it, until it is settled or forgotten; None takes it away."""
    path = _path(kind, token).with_suffix(".made")
    if data is None:
        path.unlink(missing_ok=True)
        return
    path.touch(mode=0o600)
    path.write_bytes(data)


def attached(kind: str, token: str) -> bytes | None:
    """What `attach` kept, if anything."""
    try:
        return _path(kind, token).with_suffix(".made").read_bytes()
    except (FileNotFoundError, Gone):
        return None


def change_note(kind: str, token: str, note: dict[str, Any]) -> None:
    """Write another note beside the same file."""
    _path(kind, token).with_suffix(".note").write_text(json.dumps(note))


def settle(kind: str, token: str, data: bytes, note: dict[str, Any]) -> None:
    """After `take`: the file is deleted, and what is left of it (a report, perhaps) waits in its place."""
    change_note(kind, token, note)
    path = _path(kind, token)
    path.with_suffix(".done").touch(mode=0o600)
    path.with_suffix(".done").write_bytes(data)
    for suffix in (".taken", ".made"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def take(kind: str, token: str) -> tuple[bytes, dict[str, Any]]:
    """The same as `read`, and nobody else gets it afterwards; `put_back` undoes it. Raises Gone."""
    found = read(kind, token)
    path = _path(kind, token)
    try:
        path.rename(path.with_suffix(".taken"))
    except FileNotFoundError as error:
        raise Gone from error
    return found


def put_back(kind: str, token: str) -> None:
    """After `take`, when what it was taken for did not happen."""
    path = _path(kind, token)
    with suppress(FileNotFoundError):
        path.with_suffix(".taken").rename(path)


def forget(kind: str, token: str) -> None:
    """Delete everything about that token."""
    path = _path(kind, token)
    for suffix in (".data", ".taken", ".done", ".made", ".note"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def forget_expired(kind: str) -> int:
    """Delete what nobody came back for; returns how many files."""
    expired = _expired(kind)
    for path in expired:
        path.unlink(missing_ok=True)
    return len(expired)


def count_expired(kind: str) -> int:
    """How many files `forget_expired` would delete now."""
    return len(_expired(kind))


def _expired(kind: str) -> list[Path]:
    found = []
    for path in _folder(kind).iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > LIFETIME:
                found.append(path)
    return found


def _folder(kind: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "private" / kind
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(kind: str, token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise Gone
    return _folder(kind) / f"{token}.data"
