"""Importing a list of people: rehearsed row by row, then written along the same path.

Decided here, once for the screen and the command:

- An import grants no consent that the file lacks. Image rights follow the file's own column; the rules are asked at
  the first sign-in. Diet and access are health data: a column of them is no consent, so they are left out (and said
  to be) unless whoever imports states that the people agreed explicitly (`needs_agreed`), which is recorded.
- A blank cell says nothing: it erases nothing. What the list says replaces what is here, except the date of
  registration, which keeps the place in the queue.
- Somebody cancelled, declined or expired here stays so. Over capacity means the waiting list.
- No letter leaves, no account is made, changed or linked, no right or password is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..enums import RegistrationState
from ..kit.errors import Refused
from ..kit.sheets import NOTES, UNREADABLE, Table
from ..kit.sheets import UnreadableFile as UnreadableTable
from ..models import Account, Event, EventDay
from . import audit
from .roster_matching import Known, read_choices, read_people
from .roster_planning import CHANGED, KINDS, NEW, REFUSED, UNCHANGED, Line, Remark, plan
from .roster_profiles import FIELDS, Profile, check_mapping
from .roster_rows import Roster, clean, read_list, recognise, why_unknown
from .roster_writing import write

#: Names of the shapes that `profile` may state.
PROFILES = ("palmares", "organiser", "helloasso", "eventbrite", "google_forms", "guessed")
PROFILE_DIFFERS = gettext_noop(
    "The list looks like “%(found)s”, not “%(stated)s”; its columns were read by their names."
)

__all__ = [
    "FIELDS",
    "KINDS",
    "PROFILES",
    "Line",
    "ListRefused",
    "Rehearsal",
    "UnreadableList",
    "header_of",
    "import_rows",
    "rehearse",
]


class UnreadableList(Refused):
    """The file as a whole cannot be used. `code` is that of the reader; `details["line"]` where it is known."""


class ListRefused(Refused):
    """All or nothing was asked for, and a line is refused: `details["rehearsal"]` says which."""

    code = "list_refused"


@dataclass
class Rehearsal:
    """What a list does to an event, person by person; `is_written` says whether it was done."""

    event: Event
    table: Table
    roster: Roster
    profile: Profile
    lines: list[Line]
    name: str = ""
    needs_agreed: bool = False
    is_written: bool = False
    notes: list[Remark] = field(default_factory=list)

    @property
    def format(self) -> str:
        return self.profile.name

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.kind for line in self.lines)
        return {kind: found[kind] for kind in KINDS}

    @property
    def waitlisted(self) -> int:
        waits = RegistrationState.WAITLISTED
        return sum(1 for line in self.lines if line.kind in (NEW, CHANGED) and line.state == waits)

    def of_kind(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def is_good(self) -> bool:
        """Whether anybody of the list is, or would be, in."""
        return any(line.kind in (NEW, CHANGED, UNCHANGED) for line in self.lines) or not self.of_kind(REFUSED)

    def as_json(self) -> dict[str, Any]:
        counts: dict[str, Any] = self.counts
        refused = [
            {"line": line.line, "reasons": [str(reason) for reason in line.reasons]}
            for line in self.of_kind(REFUSED)
        ]
        return {"format": self.format, **counts, "refused": refused}


def rehearse(
    *,
    event: Event,
    data: bytes,
    name: str = "",
    profile: str | None = None,
    mapping: Mapping[int, str] | None = None,
    default_role: str | None = None,
    needs_agreed: bool = False,
) -> Rehearsal:
    """Read a list and say what importing it would do; nothing is written.

    `profile` states a shape (one of PROFILES), `mapping` column index → field corrects it, `default_role` (a key) is
    for those whose list names no role. Raises UnreadableList when nothing can be read from the file.
    """
    known = read_choices(event)
    try:
        table = read_list(data, name)
    except UnreadableTable as error:
        refusal = UnreadableList(
            str(Remark(error.code, UNREADABLE[error.code], error.params)), line=error.params.get("line")
        )
        refusal.code = error.code
        raise refusal from error
    found = _profile_of(table, known, mapping)
    notes = [Remark(note.code, NOTES[note.code], note.params) for note in table.notes]
    if profile and profile != found.name:
        notes.append(Remark("profile_differs", PROFILE_DIFFERS, {"found": found.name, "stated": profile}))
    roster = clean(
        table,
        found,
        roles=known.role_choices(),
        themes=known.theme_choices(),
        event_dates=[day.on for day in EventDay.objects.filter(event=event)],
        timezone=event.timezone,
        default_role=default_role,
    )
    rehearsal = Rehearsal(event, table, roster, found, [], name, needs_agreed, notes=notes)
    rehearsal.lines = _plan(rehearsal, known)
    return rehearsal


def header_of(data: bytes, name: str) -> list[str]:
    """The names of a list's columns, for somebody to say what they hold."""
    return list(read_list(data, name).header)


@transaction.atomic
def import_rows(*, rehearsal: Rehearsal, actor: Account | None, all_or_nothing: bool = False) -> Rehearsal:
    """Write what `rehearse` read, planned again under the event's turn: what is here may have changed since.

    Good rows go in whatever the bad ones; with `all_or_nothing`, a refused row raises ListRefused and nothing is
    written. Importing the same list again changes nothing.
    """
    event = rehearsal.event
    Event.objects.take_turn(event)
    known = read_choices(event)
    rehearsal.lines = _plan(rehearsal, known)
    if all_or_nothing and rehearsal.of_kind(REFUSED):
        raise ListRefused(
            _(
                "Nothing was imported: all or nothing was asked for, and %(count)s of the list’s lines are refused."
            )
            % {"count": len(rehearsal.of_kind(REFUSED))},
            rehearsal=rehearsal,
        )
    write(known, rehearsal.lines, actor)
    audit.record(
        event=event,
        actor=actor,
        verb="import_registrations",
        about=event,
        file=rehearsal.name[:200],
        format=rehearsal.format,
        needs_agreed=rehearsal.needs_agreed,
        **cast("dict[str, Any]", rehearsal.counts),
    )
    rehearsal.is_written = True
    return rehearsal


def _plan(rehearsal: Rehearsal, known: Known) -> list[Line]:
    known.keeps_needs = rehearsal.needs_agreed
    return plan(read_people(known), rehearsal.roster)


def _profile_of(table: Table, known: Known, mapping: Mapping[int, str] | None) -> Profile:
    found = recognise(table, roles=known.role_choices(), themes=known.theme_choices())
    if mapping is not None:
        return Profile(found.name if found else "guessed", check_mapping(mapping, len(table.header)))
    if found is None:
        problem = why_unknown(table)
        refusal = UnreadableList(
            str(Remark(problem.code, problem.template, problem.params)), line=table.header_line
        )
        refusal.code = problem.code
        raise refusal
    return found
