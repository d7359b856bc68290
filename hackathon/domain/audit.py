"""Writing the record of acts: every verb calls `record` inside its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

from ..models import Account, AuditEntry, Event

_batch: ContextVar[str] = ContextVar("batch", default="")


@contextmanager
def batch(number: str) -> Iterator[None]:
    """What is recorded inside belongs to one act on many: each entry's data names it as `batch`."""
    token = _batch.set(number)
    try:
        yield
    finally:
        _batch.reset(token)


def record(
    *,
    event: Event | None,
    actor: Account | None,
    verb: str,
    about: models.Model | None = None,
    reason: str = "",
    **data: Any,
) -> AuditEntry:
    """Keep who did what to what and why. `actor` None is the system; `data` must be JSON and hold no needs or marks."""
    if _batch.get():
        data = {"batch": _batch.get(), **data}
    return AuditEntry.objects.create(
        event=event,
        actor=actor,
        actor_label=str(actor)[:200] if actor else "system",
        verb=verb,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        object_label=str(about)[:250] if about is not None else "",
        reason=reason,
        data=data,
    )
