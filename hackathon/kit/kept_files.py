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


def read(kind: str, token: str, *, settled: bool = False) -> tuple[bytes, dict[str, Any]]:
    """The file and its note; with `settled`, what `settle` left of it. Raises Gone."""
    path = _path(kind, token)
    path = path.with_suffix(".done") if settled else path
    try:
        if time.time() - path.stat().st_mtime > LIFETIME:
            raise Gone
        return path.read_bytes(), json.loads(path.with_suffix(".note").read_bytes())
    except FileNotFoundError as error:
        raise Gone from error


def change_note(kind: str, token: str, note: dict[str, Any]) -> None:
    """Write another note beside the same file."""
    _path(kind, token).with_suffix(".note").write_text(json.dumps(note))


def settle(kind: str, token: str, data: bytes, note: dict[str, Any]) -> None:
    """After `take`: the file is deleted, and what is left of it (a report, perhaps) waits in its place."""
    change_note(kind, token, note)
    path = _path(kind, token)
    path.with_suffix(".done").touch(mode=0o600)
    path.with_suffix(".done").write_bytes(data)
    path.with_suffix(".taken").unlink(missing_ok=True)


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
    for suffix in (".data", ".taken", ".done", ".note"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def forget_expired(kind: str) -> None:
    """Delete what nobody came back for."""
    for path in _folder(kind).iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > LIFETIME:
                path.unlink()


def _folder(kind: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "private" / kind
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(kind: str, token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise Gone
    return _folder(kind) / f"{token}.data"
