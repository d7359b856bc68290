"""Files that arrive in parts, over a network that drops: each part written where it belongs, once.

What has arrived is what lies on the disk; no table is written for a part. A part sent twice is harmless, one that
leaves a gap is refused, one that differs from what is there already means another file. Knows no project.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .errors import Refused

PART = 1024 * 1024  # bytes, the largest part taken


class Gap(Refused):
    """`details["offset"]`: where to go on from."""

    code = "gap"


class Different(Refused):
    code = "different_file"


def place(folder: str, key: uuid.UUID) -> Path:
    """Where that file lies, arrived or not; no address serves it."""
    return Path(settings.MEDIA_ROOT) / "private" / folder / key.hex


def begin(path: Path) -> None:
    """Make its place, empty, readable by us alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def received(path: Path) -> int:
    """How many bytes have arrived."""
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def append(path: Path, *, offset: int, data: bytes, size: int) -> int:
    """Write that part of a file of `size` bytes; returns how many have arrived.

    Raises Gap when the part begins beyond what has arrived or goes beyond the end, Different when it contradicts
    what is there, FileNotFoundError when the file was given up.
    """
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        there = file.seek(0, os.SEEK_END)
        if offset < 0 or offset > there or offset + len(data) > size:
            raise Gap(_("A part is missing before this one."), offset=there)
        known = min(len(data), there - offset)
        file.seek(offset)
        if file.read(known) != data[:known]:
            raise Different(_("This is not the file whose upload began: send it from its beginning."))
        file.seek(there)
        file.write(data[known:])
        return there + len(data) - known


def digest(path: Path) -> str:
    """SHA-256 (hex) of what lies there, which is first made sure to be on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget(path: Path) -> None:
    """Delete it and what was drawn from it; harmless when it is gone."""
    for each in (path, *path.parent.glob(f"{path.name}.*")):
        each.unlink(missing_ok=True)


def idle_since(path: Path) -> float | None:
    """When its last part arrived, in seconds since the epoch; None when it is gone."""
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return None


def left_behind(folder: str, *, seconds: int) -> Iterator[tuple[uuid.UUID, Path]]:
    """The files of that folder which nothing has touched for so long, with their keys."""
    parent = Path(settings.MEDIA_ROOT) / "private" / folder
    limit = time.time() - seconds
    for path in sorted(parent.glob("*")) if parent.is_dir() else []:
        with suppress(ValueError, FileNotFoundError):
            key = uuid.UUID(hex=path.name)
            if path.stat().st_mtime < limit:
                yield key, path
