"""Letters that leave by the calendar: practical information a week before, the code the day before.

The worker asks every minute; each person gets each letter once, whatever the number of workers, because the outbox
holds one letter of a key. Never for a past event, nor for the demonstration, whose days are long gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from .. import letters
from ..models import Event, OutgoingMail, Registration
from . import clock

LEAVES_AT = time(9)  # on the wall of the venue


@dataclass(frozen=True)
class Dated:
    """A letter, how long before the first day it leaves, and whether somebody accepted on the day still gets it."""

    name: str
    days_before: int
    write: Callable[..., Any]
    until_the_last_day: bool = False


DATED = (
    Dated("practical_information", 7, letters.practical_information),
    Dated("your_code", 1, letters.your_code, until_the_last_day=True),
)


def write_due() -> int:
    """Write what is due today in every event; returns how many letters."""
    return sum(_write(event, dated) for event in Event.objects.real().with_days() for dated in DATED)


def leaves_at(event: Event, dated: Dated) -> datetime | None:
    """When it leaves; None for an event without days."""
    first = _first(event)
    if first is None:
        return None
    return datetime.combine(first - timedelta(days=dated.days_before), LEAVES_AT, event.zone)


def is_due(event: Event, dated: Dated) -> bool:
    """From that hour on, until the event begins (or, for the code, until its last day is over)."""
    leaves, now = leaves_at(event, dated), clock.now(event)
    if leaves is None or event.is_demo or dated.name in event.letters_off:
        return False
    days = [day.on for day in event.days.all()]
    over = days[-1] if dated.until_the_last_day else days[0]
    return leaves <= now and event.local(now).date() <= over


def _first(event: Event) -> date | None:
    return next((day.on for day in event.days.all()), None)


@transaction.atomic
def _write(event: Event, dated: Dated) -> int:
    """To those who come, have an address, and have not had it."""
    if not is_due(event, dated):
        return 0
    told = OutgoingMail.objects.for_event(event).of_kind(dated.name)
    written = 0
    for registration in (
        Registration.objects.for_event(event).coming().reachable().without_letter(told).with_person()
    ):
        registration.event = registration.person.event = event
        written += dated.write(registration=registration) is not None
    return written
