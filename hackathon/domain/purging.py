"""What goes by itself once an event is over: needs first, then slips, letters, and at last the people themselves.

One path for the rehearsal and the real thing: what is due is looked up the same way, and only then deleted. The
table of docs/privacy.md and the privacy page say these same delays. Rows that counts and sealed totals rest on stay,
without anybody's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext, override

from .. import letters
from ..kit import kept_files
from ..models import Account, Event, Needs, OutgoingMail, Pass, Person, RegistrationDraft
from . import audit, clock, jobs, passes, privacy

#: Days after the last day; drafts also go when nobody touched them for as long.
NEEDS, DRAFTS, PASSES, LETTERS = (
    timedelta(days=7),
    timedelta(days=30),
    timedelta(days=30),
    timedelta(days=180),
)
#: Before people are made anonymous, a year after the last day, they are told.
NOTICE = timedelta(days=30)
YEARS = 1
A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Purged:
    """What of one kind went (or would go) in one event: how many, and since when it was due."""

    event: str
    kind: str
    count: int
    due_on: date


@dataclass(frozen=True)
class Kind:
    """One kind of data: when it is due after the last day, what is left of it, and how it goes."""

    name: str
    verb: str
    due_on: Callable[[date], date]
    left: Callable[[Event, datetime], QuerySet[Any]]
    forget: Callable[[QuerySet[Any]], Any]


@dataclass(frozen=True)
class Delays:
    """How long things are kept, for the pages that say it: days, but `people` in months and `lists` in hours."""

    needs: int = NEEDS.days
    drafts: int = DRAFTS.days
    slips: int = PASSES.days
    open_slips: int = passes.LASTS // timedelta(hours=1)
    letters: int = LETTERS.days
    files: int = jobs.KEPT.days
    lists: int = kept_files.LIFETIME // 3600
    notice: int = NOTICE.days
    people: int = 12 * YEARS


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February for 29."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:
        return day.replace(year=day.year + YEARS, day=28)


def _erase_all(people: QuerySet[Person]) -> None:
    for person in people.select_related("event", "account"):
        privacy.erase_person(person=person, actor=None)


def _tell_all(people: QuerySet[Person]) -> None:
    for person in people.select_related("event"):
        last = last_day(person.event)
        assert last is not None
        language = person.language or "fr"
        with override(language):
            words = format_day(a_year_after(last), gettext("j F Y"))
        letters.deletion_notice(person=person, on=str(a_year_after(last)), deadline=words)


KINDS = (
    Kind("needs", "purge_needs", lambda last: last + NEEDS,
         lambda event, now: Needs.objects.for_event(event), lambda rows: rows.delete()),
    Kind("drafts", "purge_drafts", lambda last: last + timedelta(days=1),
         lambda event, now: RegistrationDraft.objects.for_event(event), lambda rows: rows.delete()),
    Kind("passes", "purge_passes", lambda last: last + PASSES,
         lambda event, now: Pass.objects.for_event(event), lambda rows: rows.delete()),
    Kind("letters", "purge_letters", lambda last: last + LETTERS,
         lambda event, now: OutgoingMail.objects.for_event(event).with_text().settled(),
         lambda rows: rows.update(text="", html="")),
    Kind("notices", "announce_deletion", lambda last: a_year_after(last) - NOTICE,
         lambda event, now: Person.objects.for_event(event).reachable().not_told_of_deletion(), _tell_all),
    Kind("people", "purge_people", a_year_after,
         lambda event, now: Person.objects.for_event(event).known(privacy.NOBODY), _erase_all),
)  # fmt: skip


def purge(*, actor: Account | None, rehearse: bool = False, with_demo: bool = True) -> list[Purged]:
    """Delete what is due in every event, or with `rehearse` only say what would go; both find it the same way.

    Each kind of each event is a transaction of its own: one that fails keeps none of the others from going.
    """
    found = []
    events = Event.objects.with_days() if with_demo else Event.objects.real().with_days()
    for event in events:
        for kind, due_on, rows in _due(event):
            count = rows.count()
            if not count:
                continue
            found.append(Purged(event.slug, kind.name, count, due_on))
            if not rehearse:
                _forget(event, kind, rows, count, actor)
    return found


@transaction.atomic
def _forget(event: Event, kind: Kind, rows: QuerySet[Any], count: int, actor: Account | None) -> None:
    audit.record(event=event, actor=actor, verb=kind.verb, about=event, count=count)
    kind.forget(rows)


def _due(event: Event) -> Iterator[tuple[Kind, date, QuerySet[Any]]]:
    """What is due now on the event's own clock, with the rows that are left of it."""
    now = clock.now(event)
    today, last = event.local(now).date(), last_day(event)
    for kind in KINDS:
        if last is not None and kind.due_on(last) <= today:
            yield kind, kind.due_on(last), kind.left(event, now)
        elif kind.name == "drafts":
            stale = RegistrationDraft.objects.for_event(event).untouched_since(now - DRAFTS)
            yield kind, today, stale


def last_day(event: Event) -> date | None:
    """The last day of the event, None while it has no day."""
    return max((day.on for day in event.days.all()), default=None)


def tend() -> int:
    """Once a day, by the worker: what is due in real events; the demo lives in the past and keeps its people."""
    if not cache.add("purge:today", True, A_DAY):
        return 0
    return sum(each.count for each in purge(actor=None, with_demo=False))
