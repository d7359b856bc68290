"""Writing what was rehearsed: at once when it is short or all-or-nothing, else in parts that let others in.

Each part is planned again under the event's turn, so that the places are exact and nobody waits long. A stop, or the
end of the machine, between two parts leaves what is in in: importing the same list again goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, cast

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ... import letters
from ...kit.errors import Refused
from ...models import Account, Event
from .. import audit, clock
from ..jobs import Stopped
from ..roster_rows import CleanRow, Roster
from .matching import read_choices, read_people
from .planning import CHANGED, NEW, REFUSED, UNCHANGED, Line, plan
from .reading import planned
from .rehearsal import Rehearsal
from .writing import write

PART = 250  # people written under one turn: about a fifth of a second
PART_WITH_LETTERS = 50  # composing a letter costs as much as writing ten people
BREATH = 0.11  # seconds between two parts on SQLite, whose waiting writers look again every tenth of a second

Tell = Callable[[int, int], None]


class ListRefused(Refused):
    """All or nothing was asked for, and a line is refused: `details["rehearsal"]` says which."""

    code = "list_refused"


def import_rows(
    *,
    rehearsal: Rehearsal,
    actor: Account | None,
    all_or_nothing: bool = False,
    writes_letters: bool = False,
    tell: Tell | None = None,
) -> Rehearsal:
    """Write what `rehearse` read, planned again: what is here may have changed since.

    Good rows go in whatever the bad ones; with `all_or_nothing`, a refused row raises ListRefused and nothing is
    written. Importing the same list again changes nothing. `tell(done, total)` is called between parts and may raise
    jobs.Stopped: then `lines` holds those that went in (and those that never would), `not_reached` counts the others.
    """
    if all_or_nothing or len(rehearsal.lines) <= PART:
        return _at_once(rehearsal, actor, all_or_nothing=all_or_nothing, writes_letters=writes_letters)
    return _in_parts(rehearsal, actor, writes_letters=writes_letters, tell=tell)


@transaction.atomic
def _at_once(
    rehearsal: Rehearsal, actor: Account | None, *, all_or_nothing: bool, writes_letters: bool
) -> Rehearsal:
    Event.objects.take_turn(rehearsal.event)
    known = read_choices(rehearsal.event)
    rehearsal.lines = planned(rehearsal, known)
    if all_or_nothing and rehearsal.of_kind(REFUSED):
        raise ListRefused(
            _(
                "Nothing was imported: all or nothing was asked for, and %(count)s of the list’s lines are refused."
            )
            % {"count": len(rehearsal.of_kind(REFUSED))},
            rehearsal=rehearsal,
        )
    write(known, rehearsal.lines, actor)
    rehearsal.letters = _write_to(rehearsal.lines) if writes_letters else 0
    _record(rehearsal, actor)
    return rehearsal


def _in_parts(
    rehearsal: Rehearsal, actor: Account | None, *, writes_letters: bool, tell: Tell | None
) -> Rehearsal:
    rehearsal.lines = planned(rehearsal, read_choices(rehearsal.event))
    waiting = _in_order(rehearsal)
    size = PART_WITH_LETTERS if writes_letters else PART
    done: dict[int, Line] = {}
    try:
        for start in range(0, len(waiting), size):
            if tell is not None:
                tell(start, len(waiting))
            if start and connection.vendor == "sqlite":
                time.sleep(BREATH)
            part = waiting[start : start + size]
            for line in _write_part(rehearsal, part, actor, writes_letters=writes_letters):
                done[line.line] = line
    except Stopped:
        rehearsal.not_reached = len(waiting) - len(done)
    finally:
        left = {line.line for line in waiting} - set(done)
        rehearsal.lines = [done.get(line.line, line) for line in rehearsal.lines if line.line not in left]
        _record(rehearsal, actor, not_reached=len(left))
    if tell is not None and not rehearsal.not_reached:
        tell(len(waiting), len(waiting))
    return rehearsal


def _in_order(rehearsal: Rehearsal) -> list[Line]:
    """Changes first (a place may come free), then newcomers by their own dates: first come, first served."""
    now = clock.now(rehearsal.event)

    def turn(line: Line) -> tuple[Any, ...]:
        arrived = (line.row and line.row.registered_at) or now
        return (False, line.line, line.line) if line.kind == CHANGED else (True, arrived, line.line)

    return sorted((line for line in rehearsal.lines if line.kind in (NEW, CHANGED)), key=turn)


@transaction.atomic
def _write_part(
    rehearsal: Rehearsal, part: Sequence[Line], actor: Account | None, *, writes_letters: bool
) -> list[Line]:
    Event.objects.take_turn(rehearsal.event)
    known = read_choices(rehearsal.event)
    known.keeps_needs = rehearsal.needs_agreed
    rows = [cast(CleanRow, line.row) for line in part]
    lines = plan(read_people(known, rows), Roster(rows=rows))
    warned = {line.line: line.warnings for line in part}
    for line in lines:
        line.warnings = warned[line.line] if line.kind != UNCHANGED else line.warnings
    write(known, lines, actor)
    if writes_letters:
        rehearsal.letters += _write_to(lines)
    return lines


def _write_to(lines: Sequence[Line]) -> int:
    """Queue a letter to each of the new people with an address of their own; returns how many."""
    number = 0
    for line in lines:
        if line.kind == NEW and line.registration is not None and line.registration.person.email:
            queued = letters.registration_news(registration=line.registration, news=line.state, number=0)
            number += queued is not None
    return number


def _record(rehearsal: Rehearsal, actor: Account | None, *, not_reached: int = 0) -> None:
    more: dict[str, Any] = {"not_reached": not_reached} if not_reached else {}
    audit.record(
        event=rehearsal.event,
        actor=actor,
        verb="import_registrations",
        about=rehearsal.event,
        file=rehearsal.name[:200],
        format=rehearsal.format,
        needs_agreed=rehearsal.needs_agreed,
        letters=rehearsal.letters,
        **cast("dict[str, Any]", rehearsal.counts),
        **more,
    )
    rehearsal.is_written = True
