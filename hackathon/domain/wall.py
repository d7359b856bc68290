"""What the big screen says: how long is left and for what, what is on now and next, how far the day is.

Readable from 20 m means few words: one message, two lines. It names nobody, and says nothing that the public page does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..enums import WindowKind
from ..models import Event, ProgrammeItem
from . import clock, programme, windows
from .programme import Line

#: What a room full of teams counts down to, when that window is open; the jury's windows are nobody else's business.
LEFT_FOR: dict[str, Any] = {
    WindowKind.SUBMISSION: _("left to hand the project in"),
    WindowKind.VOTE: _("left to vote"),
    WindowKind.ROSTER: _("left to change teams"),
    WindowKind.REGISTRATION: _("left to register"),
}
STEPS = 24  # of the bar at the bottom: it moves about every half an hour, not at each look


@dataclass(frozen=True)
class Wall:
    """`deadline` with `words` (« left to … »), or None; `past`: twenty-fourths of the day gone, None outside its hours."""

    deadline: datetime | None
    words: Any
    on_now: list[ProgrammeItem]
    following: ProgrammeItem | None
    past: int | None
    has_results: bool


def wall(event: Event) -> Wall:
    """The screen at this moment of the event's clock; two queries."""
    now = clock.now(event)
    days = programme.run_sheet(event, public_only=True)
    lines = [line for day in days for line in day.lines]
    deadline, words = _countdown(event, now)
    return Wall(
        deadline=deadline,
        words=words,
        on_now=[line.item for line in lines if line.state == "now"],
        following=next((line.item for line in lines if line.is_next), None),
        past=_past([line for day in days if day.on == event.local(now).date() for line in day.lines], now),
        has_results=event.published_at is not None,
    )


def _countdown(event: Event, now: datetime) -> tuple[datetime | None, Any]:
    """The first open window in the order above, once the event has begun; before, the beginning."""
    begins_at = event.begins_at
    if begins_at is not None and now < begins_at:
        return begins_at, _("until we begin")
    for kind in LEFT_FOR:
        window = windows.window_of(event, kind)
        if window is not None and not window.override and windows.is_open(window):
            return window.closes_at, LEFT_FOR[kind]
    return None, ""


def _past(lines: list[Line], now: datetime) -> int | None:
    first = min((line.item.starts_at for line in lines), default=now)
    last = max((line.ends_at for line in lines), default=now)
    if not first <= now <= last or first == last:
        return None
    return int(STEPS * (now - first) / (last - first))
