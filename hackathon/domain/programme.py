"""The run sheet: its lines, what is on now and what comes next on the event's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ..models import Account, Event, ProgrammeItem
from . import clock, furnishing


@transaction.atomic
def save_item(
    *, event: Event, actor: Account | None, item: ProgrammeItem | None = None, **fields: Any
) -> ProgrammeItem:
    """A new line of the run sheet, or a changed one. Raises SetupRefused when it would end before it starts."""
    is_new = item is None
    return furnishing.keep(
        item or ProgrammeItem(event=event),
        verb="add_programme_item" if is_new else "change_programme_item",
        actor=actor,
        fields=fields,
    )


@transaction.atomic
def remove_item(*, item: ProgrammeItem, actor: Account | None) -> None:
    """Take a line off the run sheet."""
    furnishing.remove(item, verb="remove_programme_item", actor=actor)


@dataclass(frozen=True)
class Line:
    """A line of the run sheet as read at some moment: `state` is "done", "now" or "" (to come).

    Without an end of its own a line lasts until the next one of that day; the last of a day is a moment.
    """

    item: ProgrammeItem
    ends_at: datetime
    state: str
    is_next: bool = False


@dataclass(frozen=True)
class Day:
    """One day of the run sheet; `number` counts from 1."""

    number: int
    on: date
    lines: list[Line]


def run_sheet(event: Event, *, public_only: bool = False) -> list[Day]:
    """Every day with its lines, read at the event's own time. One query, whatever their number."""
    items = [item for item in event.programme.all() if item.is_public or not public_only]
    return _by_day(event, items, clock.now(event))


def today(event: Event, *, public_only: bool = False) -> Day | None:
    """The day that is being lived, or else the next one, or else the last."""
    days = run_sheet(event, public_only=public_only)
    here = event.local(clock.now(event)).date()
    coming = [day for day in days if day.on >= here]
    return coming[0] if coming else days[-1] if days else None


def _by_day(event: Event, items: list[ProgrammeItem], now: datetime) -> list[Day]:
    following = next((item.pk for item in items if item.starts_at > now), None)
    days: dict[date, list[Line]] = {}
    for item, after in zip(items, [*items, None][1:], strict=True):
        on = event.local(item.starts_at).date()
        is_followed = after is not None and event.local(after.starts_at).date() == on
        ends = item.ends_at or (after.starts_at if after is not None and is_followed else item.starts_at)
        state = "done" if ends <= now else "now" if item.starts_at <= now else ""
        line = Line(item, ends, state, item.pk == following)
        days.setdefault(on, []).append(line)
    return [Day(number, on, lines) for number, (on, lines) in enumerate(days.items(), start=1)]
