"""A whole installation into one file, and back into an empty one. How a copy is written is kit/whole_copy.py's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..kit import whole_copy
from ..models import OutgoingMail
from . import audit, sent_lists


def back_up(*, path: Path, actor: Any) -> dict[str, Any]:
    """Write everything to `path`; returns the manifest (`rows`: table → number). CopyRefused when it is taken.

    Lists sent for import stay out: they go within two hours, and may hold needs that nobody agreed to keep.
    """
    manifest = whole_copy.write(path, passing=[f"private/{sent_lists.KIND}"])
    audit.record(event=None, actor=actor, verb="back_up", rows=sum(manifest["rows"].values()))
    return manifest


def restore(*, path: Path, actor: Any) -> dict[str, Any]:
    """Bring `path` into an empty installation; returns its manifest with `unsure`, the letters that were waiting.

    A letter that waited when the backup was made may have left since: it is marked « perhaps sent », and an
    organiser decides. CopyRefused as `whole_copy.read` says; then nothing was written.
    """
    held = 0

    def afterwards() -> None:
        nonlocal held
        held = OutgoingMail.objects.hold_what_may_have_left()
        audit.record(event=None, actor=actor, verb="restore", letters=held)

    manifest = whole_copy.read(path, afterwards=afterwards)
    return manifest | {"unsure": held}
