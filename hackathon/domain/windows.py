"""When things are open, asked in one function, and the phase that screens show, derived from it.

A window is half-open: a request at `closes_at` is late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import Override, WindowKind
from ..kit.errors import Refused
from ..models import Account, Event, Window
from . import audit, clock


class WindowRefused(Refused):
    code = "window_refused"


def is_open(window: Window | None, *, at: datetime | None = None) -> bool:
    """Whether that window lets something in. No window means never: deny by default."""
    if window is None:
        return False
    if window.override:
        return window.override == Override.OPEN
    moment = at or clock.now(window.event)
    return window.opens_at <= moment < window.closes_at


def window_of(event: Event, kind: str, key: str = "") -> Window | None:
    """The event's window of that kind; all are read at once and kept on the event for the request."""
    for window in windows_of(event):
        if window.kind == kind and window.key == key:
            return window
    return None


def windows_of(event: Event) -> list[Window]:
    """Every window of the event, read once and kept on it for the request."""
    if "_windows" not in event.__dict__:
        found = list(Window.objects.for_event(event).in_order())
        for window in found:
            window.event = event  # the same object, hence the same clock
        event.__dict__["_windows"] = found
    return event.__dict__["_windows"]


def forget(event: Event) -> None:
    """Read the windows again next time: after one was changed."""
    event.__dict__.pop("_windows", None)


def registration_is_open(event: Event) -> bool:
    """Whether people may register now."""
    return is_open(window_of(event, WindowKind.REGISTRATION))


def rosters_are_open(event: Event) -> bool:
    """Whether teams may change now."""
    return is_open(window_of(event, WindowKind.ROSTER))


def submission_is_open(event: Event) -> bool:
    """Whether projects are taken now."""
    return is_open(window_of(event, WindowKind.SUBMISSION))


@dataclass(frozen=True)
class Phase:
    """A stretch of the event's life as screens show it; `state` is "done", "here" or "ahead"."""

    key: str
    label: Any
    state: str
    detail: str = ""


PHASES = (
    ("registration", gettext_lazy("Registration")),
    ("teams", gettext_lazy("Teams")),
    ("submission", gettext_lazy("Submission")),
    ("judging", gettext_lazy("Jury")),
    ("deliberation", gettext_lazy("Deliberation")),
    ("results", gettext_lazy("Results")),
)


def current_phase(event: Event) -> str:
    """The key of the phase the event is in, from its windows and `published_at`; nothing stores it."""
    if event.published_at:
        return "results"
    moment = clock.now(event)
    scoring = [window for window in windows_of(event) if window.kind == WindowKind.SCORING]
    submission = window_of(event, WindowKind.SUBMISSION)
    roster = window_of(event, WindowKind.ROSTER)
    if scoring and all(has_closed(window, moment) for window in scoring):
        return "deliberation"
    if any(has_opened(window, moment) for window in scoring):
        return "judging"
    if submission and has_closed(submission, moment):
        return "judging"
    if (submission and has_opened(submission, moment)) or (roster and has_closed(roster, moment)):
        return "submission"
    if roster and has_opened(roster, moment):
        return "teams"
    return "registration"


def phases(event: Event) -> list[Phase]:
    """The event’s life as a row of phases, done, here and ahead."""
    here = current_phase(event)
    keys = [key for key, _label in PHASES]
    position = keys.index(here)
    return [
        Phase(key, label, "done" if at < position else "here" if at == position else "ahead")
        for at, (key, label) in enumerate(PHASES)
    ]


def has_opened(window: Window, moment: datetime) -> bool:
    """Whether the window has opened by then, whether or not it closed since."""
    return window.override == Override.OPEN or (not window.override and window.opens_at <= moment)


def has_closed(window: Window, moment: datetime) -> bool:
    """Whether the window is over by then."""
    return window.override == Override.CLOSED or (not window.override and window.closes_at <= moment)


@transaction.atomic
def set_window(
    *,
    event: Event,
    kind: str,
    opens_at: datetime,
    closes_at: datetime,
    actor: Account | None,
    key: str = "",
    reason: str = "",
) -> Window:
    """Plan a window, or move it. Raises WindowRefused when it would close before it opens."""
    if closes_at <= opens_at:
        raise WindowRefused(
            _("This window would close before it opens: put the closing time after the opening.")
        )
    window, was_made = Window.objects.update_or_create(
        event=event, kind=kind, key=key, defaults={"opens_at": opens_at, "closes_at": closes_at}
    )
    audit.record(
        event=event,
        actor=actor,
        verb="plan_window" if was_made else "move_window",
        about=window,
        reason=reason,
        opens_at=opens_at.isoformat(),
        closes_at=closes_at.isoformat(),
    )
    forget(event)
    return window


@transaction.atomic
def override_window(*, window: Window, override: str, reason: str, actor: Account | None) -> Window:
    """Open or close it now whatever the plan says, or go back to the plan (""). A reason is required."""
    if not reason.strip():
        raise WindowRefused(_("Say why: the reason is kept with the change and shown in the record."))
    window.override = override
    window.override_reason = reason.strip() if override else ""
    window.save(update_fields=["override", "override_reason"])
    audit.record(
        event=window.event,
        actor=actor,
        verb="override_window",
        about=window,
        reason=reason,
        override=override,
    )
    forget(window.event)
    return window


@transaction.atomic
def extend_window(*, window: Window, closes_at: datetime, reason: str, actor: Account | None) -> Window:
    """Close it later than planned; whatever was decided by hand gives way to the new time.

    Raises WindowRefused without a reason, or when the new time is not later than the planned one.
    """
    if not reason.strip():
        raise WindowRefused(_("Say why: the reason is kept with the change and shown in the record."))
    if closes_at <= window.closes_at:
        raise WindowRefused(
            _("An extension ends later than planned (%(planned)s): choose a later time, or move the window.")
            % {"planned": written(window.event, window.closes_at)}
        )
    window.closes_at = closes_at
    window.override, window.override_reason = Override.NONE, ""
    window.save(update_fields=["closes_at", "override", "override_reason"])
    audit.record(
        event=window.event,
        actor=actor,
        verb="extend_window",
        about=window,
        reason=reason,
        closes_at=closes_at.isoformat(),
    )
    forget(window.event)
    return window


def written(event: Event, moment: datetime) -> str:
    """That moment on the wall of the venue, in the reader's words."""
    return date_format(event.local(moment), "j F Y, H:i")


def written_short(event: Event, moment: datetime) -> str:
    """The hour alone while it is that day for the event, else the day."""
    local = event.local(moment)
    is_today = event.local(clock.now(event)).date() == local.date()
    return date_format(local, "H:i" if is_today else "j N")
