"""The sheets that people sign when they come in (« feuilles d'émargement »), half-day by half-day.

Only those who come are on them, by name, each under the role that others may read; pages are cut here, so that each
says which it is and from whom to whom it goes. Drawing them is documents.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import translation

from ..enums import Half
from ..kit.folding import fold
from ..models import Event, EventDay, Registration

ROWS = 20
#: Fewer blank lines than this on the last page, for people who come unexpected, and they have a page of their own.
FEWEST_BLANK = 5
#: How long before the first day they can be printed.
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One person: number in the half-day's list, name as sorted, role as others may read it."""

    number: int
    name: str
    organisation: str
    role: str


@dataclass(frozen=True)
class Page:
    """One sheet of paper: page `number` of `count` of its half-day. `blank`: empty lines at its end."""

    day: EventDay
    half: str
    number: int
    count: int
    lines: Sequence[Line]
    blank: range

    @property
    def half_name(self) -> str:
        return str(Half(self.half).label)

    @property
    def first(self) -> str:
        return self.lines[0].name if self.lines else ""

    @property
    def last(self) -> str:
        return self.lines[-1].name if self.lines else ""

    @property
    def starts_at(self) -> object:
        return self.day.morning_starts if self.half == Half.MORNING else self.day.afternoon_starts

    @property
    def ends_at(self) -> object:
        return self.day.morning_ends if self.half == Half.MORNING else self.day.afternoon_ends


@dataclass(frozen=True)
class HalfSheet:
    """A half-day's pages, in order."""

    day: EventDay
    half: str
    pages: list[Page]

    @property
    def event(self) -> Event:
        """So that a rule can ask it for its event."""
        return self.day.event

    @property
    def half_name(self) -> str:
        return str(Half(self.half).label)


def is_time(event: Event) -> bool:
    """Whether they can be printed: from thirty days before the first day on."""
    begins = event.begins_at
    return begins is not None and event.now >= begins - AHEAD


def sheets_of(event: Event, *, language: str, only: tuple[int, str] | None = None) -> list[HalfSheet]:
    """Each half-day's sheets, in that language; `only` (day, half) one's. Two queries."""
    people = sorted(Registration.objects.for_event(event).coming().with_people(), key=_as_searched)
    halves = [
        (day, half)
        for day in event.whole_days
        for half in (Half.MORNING, Half.AFTERNOON)
        if only is None or only == (day.pk, half)
    ]
    with translation.override(language):
        lines = [_line(number, one) for number, one in enumerate(people, start=1)]
    return [HalfSheet(day, half, _pages(day, half, lines)) for day, half in halves]


def _as_searched(one: Registration) -> tuple[str, str, int]:
    """As a paper list is searched: by last name, accents aside."""
    return fold(one.person.last_name), fold(one.person.first_name), one.pk


def _line(number: int, one: Registration) -> Line:
    person = one.person
    name = f"{person.last_name.upper()} {person.first_name}".strip()
    return Line(number, name, person.organisation, one.shown_role)


def _pages(day: EventDay, half: str, lines: list[Line]) -> list[Page]:
    cut = [lines[start : start + ROWS] for start in range(0, len(lines), ROWS)]
    if not cut or len(cut[-1]) > ROWS - FEWEST_BLANK:
        cut.append([])  # a page of blank lines for those who were not expected
    count = len(cut)
    return [
        Page(day, half, number, count, some, range(ROWS - len(some) if number == count else 0))
        for number, some in enumerate(cut, start=1)
    ]
