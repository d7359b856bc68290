"""What a list would do, person by person, decided before anything is written: the rehearsal and the import ask here.

It refuses to write, and to decide twice: what it returns is what writing.py writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from ...enums import HOLDING, RegistrationState
from ...models import Person, Registration
from .. import clock, places
from ..roster_rows import CleanRow, Roster
from ..roster_rows.problems import Problem
from .matching import (
    Difference,
    Known,
    differences,
    identity_of_row,
    is_somebody_else,
    keeps_address,
)

State = RegistrationState
NEW, CHANGED, UNCHANGED, SKIPPED, REFUSED = KINDS = ("new", "changed", "unchanged", "skipped", "refused")
GONE = (State.CANCELLED, State.DECLINED, State.EXPIRED)

REMARKS = {
    "same_person": gettext_noop(
        "This is the same person as line %(line)s. Keep one of the two lines, or give each person a ticket number."
    ),
    "ticket_elsewhere": gettext_noop(
        "The ticket %(ticket)s belongs to %(holder)s, but the e-mail and the name are those of another person "
        "registered here. Correct the ticket number or the e-mail."
    ),
    "not_coming": gettext_noop("The list says “%(status)s”: this person does not come."),
    "gone_here": gettext_noop(
        "%(name)s is registered here with the state “%(state)s”; a list does not bring anybody back. "
        "If they come after all, accept them on their own page."
    ),
    "ticket_changed_hands": gettext_noop(
        "The ticket %(ticket)s belongs to %(holder)s, who signs in with their own address; the list gives it to "
        "somebody else. Cancel that registration first, or give this person a ticket number of their own."
    ),
    "handed_over": gettext_noop(
        "The ticket %(ticket)s was %(holder)s’s and names somebody else now: it is handed over. The former holder’s "
        "consents and needs do not follow."
    ),
    "address_kept": gettext_noop(
        "%(name)s signs in with %(here)s: that address is kept, not the list’s (%(there)s)."
    ),
    "namesake": gettext_noop(
        "Somebody named %(name)s is registered already, with another address or none; they count as two people."
    ),
    "payer_apart": gettext_noop(
        "The payer (%(payer)s) is somebody else: their address is kept apart, and nothing is sent to it."
    ),
    "organiser_address": gettext_noop(
        "%(email)s is an organiser’s address. The person is registered; the organiser’s account, its rights and "
        "its way of signing in are left alone."
    ),
    "needs_left_out": gettext_noop(
        "Diet and access needs were left out: they are kept only with the person’s explicit consent."
    ),
    "older_answer": gettext_noop(
        "The list’s answer (%(there)s) is older than the one here (%(here)s), and replaces it."
    ),
    "full_role": gettext_noop("No place is left for “%(role)s”: this person goes on the waiting list."),
}


@dataclass(frozen=True)
class Remark:
    """A reason or a warning, read in the language of whoever asks."""

    code: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.template) % {name: str(value) for name, value in self.params.items()}


def remark(code: str, **params: Any) -> Remark:
    """One of our own REMARKS with its values, as text."""
    return Remark(code, REMARKS[code], {name: str(value) for name, value in params.items()})


def as_remark(problem: Problem) -> Remark:
    """What the reader of lists found, to be translated."""
    return Remark(problem.code, problem.template, problem.params)


@dataclass
class Line:
    """One person of a list and what becomes of them. `state` is that of the registration afterwards."""

    kind: str
    line: int
    name: str = ""
    row: CleanRow | None = None
    person: Person | None = None
    registration: Registration | None = None
    state: str = ""
    differences: list[Difference] = field(default_factory=list)
    reasons: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    cells: tuple[str, ...] = ()
    is_handed_over: bool = False  # the registration now names another human: no consent follows


def plan(known: Known, roster: Roster) -> list[Line]:
    """Every person of the list, in the order of its lines; two queries (places), whatever their number."""
    lines = [
        Line(
            REFUSED, found.line, cells=found.cells, reasons=[as_remark(problem) for problem in found.problems]
        )
        for found in roster.refused
    ]
    lines += [
        Line(SKIPPED, found.line, reasons=[remark("not_coming", status=found.reason)])
        for found in roster.skipped
    ]
    matched = list(_match_everybody(known, roster.rows))
    _give_places(known, matched)
    lines += matched
    warned = {line.line: line for line in lines}
    for found in roster.warnings:
        warned[found.line].warnings.append(as_remark(found.problem))
    return sorted(lines, key=lambda line: line.line)


def _match_everybody(known: Known, rows: Iterable[CleanRow]) -> Iterable[Line]:
    """Tickets first: a ticket that changed hands must not be taken for its former holder."""
    claimed: dict[int, CleanRow] = {}
    seen: dict[str, CleanRow] = {}
    for row in sorted(rows, key=lambda row: not row.ticket_number):
        by_ticket, by_name = known.match(row)
        line = Line(NEW, row.line, row.full_name, row)
        identity = identity_of_row(row)
        first = seen.setdefault(identity, row)
        if first is not row:
            yield _refused(line, remark("same_person", line=first.line))
            continue
        if by_ticket is not None and by_name is not None and by_ticket is not by_name:
            yield _refused(line, remark("ticket_elsewhere", ticket=row.ticket_number, holder=by_ticket))
            continue
        person = by_ticket or by_name
        if person is not None and person.pk in claimed:
            if by_ticket is not None or identity_of_row(claimed[person.pk]) == identity:
                yield _refused(line, remark("same_person", line=claimed[person.pk].line))
                continue
            person = None  # that name is free: the ticket of its holder names somebody else now
        if person is not None:
            claimed[person.pk] = row
        if person is not None and person is by_ticket and is_somebody_else(person, row):
            if person.account_id:
                yield _refused(line, remark("ticket_changed_hands", ticket=row.ticket_number, holder=person))
                continue
            line.is_handed_over = True
            known.forget_agreements(person)
            line.warnings.append(remark("handed_over", ticket=row.ticket_number, holder=person))
        _compare(known, line, person)
        yield line


def _refused(line: Line, reason: Remark) -> Line:
    line.kind = REFUSED
    line.reasons.append(reason)
    return line


def _compare(known: Known, line: Line, person: Person | None) -> None:
    row = line.row
    assert row is not None
    line.person = person
    line.registration = known.registrations.get(person.pk) if person else None
    if line.registration is not None and line.registration.state in GONE:
        line.kind = SKIPPED
        state = line.registration.get_state_display()
        line.reasons.append(remark("gone_here", name=line.registration, state=state))
        return
    if line.registration is not None:
        line.differences = differences(known, line.registration, row)
        line.kind = CHANGED if line.differences or line.registration.state == State.DRAFT else UNCHANGED
        line.state = line.registration.state
        here, there = line.registration.submitted_at, row.registered_at
        if line.differences and here and there and there < here:
            local = known.event.local
            line.warnings.append(remark("older_answer", there=_day(local(there)), here=_day(local(here))))
    _warn(known, line, row)


def _warn(known: Known, line: Line, row: CleanRow) -> None:
    """What the organiser should look at, though it keeps nobody out."""
    if row.email.lower() in known.staff:
        line.warnings.append(remark("organiser_address", email=row.email))
    if line.person is None and known.names[row.name_key]:
        line.warnings.append(remark("namesake", name=row.full_name))
    if row.payer_email and not row.email:
        line.warnings.append(remark("payer_apart", payer=row.payer))
    if line.person is not None and line.registration is not None and keeps_address(line.person, row):
        here, there = line.person.email, row.email
        line.warnings.append(remark("address_kept", name=line.person, here=here, there=there))
    if (row.diet or row.access) and not known.keeps_needs:
        line.warnings.append(remark("needs_left_out"))


def _day(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"


def _give_places(known: Known, lines: list[Line]) -> None:
    """First come, first served, by the list's own dates; over capacity means the waiting list."""
    now = places.count(known.event)
    moment = clock.now(known.event)
    for line in lines:
        change = next((found for found in line.differences if found.field == "role"), None)
        if line.kind == CHANGED and change and line.registration and line.registration.state in HOLDING:
            _move_place(now, line, change)
    arriving = [
        line for line in lines if line.kind == NEW or (line.kind == CHANGED and line.state == State.DRAFT)
    ]
    for line in sorted(arriving, key=lambda line: (_when(line, moment), line.line)):
        assert line.row is not None
        role = known.roles[line.row.role or ""]
        if role.is_reviewed:
            line.state = State.SUBMITTED
        elif now.admits(role.pk):
            line.state = State.ACCEPTED
            now.take(role.pk)
        else:
            line.state = State.WAITLISTED
            now.queue(role.pk)
            line.warnings.append(remark("full_role", role=role))


def _when(line: Line, moment: datetime) -> datetime:
    return (line.row and line.row.registered_at) or moment


def _move_place(now: places.Places, line: Line, change: Difference) -> None:
    """Somebody's role changes: their place goes back, and they need one in the other role."""
    now.give_back(change.before)
    if now.admits(change.after):
        now.take(change.after)
        return
    now.queue(change.after)
    line.state = State.WAITLISTED
    line.differences.append(
        Difference("state", line.registration.state if line.registration else "", line.state)
    )
