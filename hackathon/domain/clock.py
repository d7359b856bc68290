"""One clock. Windows ask it; only a demo event carries an offset. Tokens, sessions and the audit use real time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from ..models import Event


def now(event: Event) -> datetime:
    """What time it is for this event, aware, in UTC."""
    return event.now


def live_at(event: Event, moment: datetime) -> None:
    """Set a demo event's clock so that it is `moment` there now; the caller saves the event."""
    if not event.is_demo:
        raise ValueError("Only a demo event has a clock of its own.")
    event.clock_offset = moment - timezone.now()
