"""One act on many registrations: planned first, done one by one with the same verbs, under one number (`batch`).

A plan writes nothing and says who would be skipped and why. Doing it checks each registration again under the event's
turn: what changed meanwhile is skipped, never forced. Taking it back is bulk_undo.py's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ..enums import HOLDING
from ..kit.registry import JobKind
from ..letters import REGISTRATION_NEWS
from ..models import Account, AuditEntry, Event, Job, Registration
from . import audit, clock, jobs, moving, places
from .transitions import TRANSITIONS, NoPlaceLeft, NotFromHere, can, step

HEADER = "act_on_many"  # the verb of the act itself; its parts are recorded as if done one by one
KIND = "act_on_many"  # of the job
#: Up to so many are done while the page waits; more are a job.
AT_ONCE = 50

DONE_ALREADY, NOT_FROM_HERE, NO_PLACE, GONE = "done_already", "not_from_here", "no_place_left", "gone"
CHANGED_SINCE = "changed_since"
#: Why somebody is skipped, in words.
WHY: dict[str, Any] = {
    DONE_ALREADY: gettext_lazy("already so"),
    NOT_FROM_HERE: gettext_lazy("cannot be done from this state"),
    NO_PLACE: gettext_lazy("no place left in this role or at the venue"),
    CHANGED_SINCE: gettext_lazy("changed since by somebody else"),
    GONE: gettext_lazy("no longer in the list"),
}


def _offer(*, registration: Registration, actor: Account | None, reason: str) -> Registration:
    step(registration, "offer_place", actor=actor, reason=reason, until=offered_until(registration.event))
    return registration


#: What can be done to many → (the step as the record keeps it, the verb).
ACTS: dict[str, tuple[str, Callable[..., Registration]]] = {
    "accept": ("accept_registration", moving.accept),
    "offer": ("offer_place", _offer),
    "waitlist": ("waitlist_registration", moving.waitlist),
    "decline": ("decline_registration", moving.decline),
    "cancel": ("cancel_registration", moving.cancel),
}


def offered_until(event: Event) -> datetime:
    """The deadline of a place offered now: the event's `offer_hours`, and not later than its beginning."""
    now = clock.now(event)
    until = now + timedelta(hours=event.offer_hours)
    return min(until, event.begins_at) if event.begins_at and event.begins_at > now else until


@dataclass(frozen=True)
class Line:
    """What would become of one registration; `why` is empty for one that would be done."""

    registration: Registration
    why: str = ""


@dataclass(frozen=True)
class Plan:
    act: str
    lines: list[Line]

    @property
    def done(self) -> list[Registration]:
        return [line.registration for line in self.lines if not line.why]

    @property
    def skipped(self) -> list[Line]:
        return [line for line in self.lines if line.why]

    @property
    def reasons(self) -> list[tuple[Any, list[Line]]]:
        """Why people are skipped, each reason with its people, the most frequent first."""
        by_reason: dict[str, list[Line]] = {}
        for line in self.skipped:
            by_reason.setdefault(line.why, []).append(line)
        return sorted(((WHY[why], lines) for why, lines in by_reason.items()), key=lambda one: -len(one[1]))

    @property
    def letters(self) -> int:
        """How many letters leave: nobody without an address is written to."""
        if TRANSITIONS[ACTS[self.act][0]].to not in REGISTRATION_NEWS:
            return 0
        return sum(bool(registration.person.email) for registration in self.done)

    @property
    def digest(self) -> str:
        """The same for the same people in the same states: what a confirmation is compared with."""
        seen = sorted((line.registration.pk, line.registration.state, line.why) for line in self.lines)
        return hashlib.sha256(repr((self.act, seen)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Outcome:
    """What an act on many did: `done` registrations, `skipped` as (registration pk, why)."""

    batch: str
    act: str
    done: int
    skipped: list[tuple[int, str]]
    entry: AuditEntry

    @property
    def event(self) -> Event:
        assert self.entry.event is not None
        return self.entry.event


def plan(*, event: Event, act: str, registrations: Iterable[Registration]) -> Plan:
    """What `act` would do to each now, in the order in which it is done; nothing is written. Two or three queries."""
    verb = ACTS[act][0]
    to = TRANSITIONS[verb].to
    now = places.count(event)
    lines = []
    for registration in _in_turn(registrations, to):
        takes_place = to in HOLDING and not registration.holds_place
        if registration.state == to:
            why = DONE_ALREADY
        elif not can(verb, registration.state):
            why = NOT_FROM_HERE
        elif takes_place and now.left(registration.role_id) == 0:
            why = NO_PLACE
        else:
            why = ""
            if takes_place:
                now.take(registration.role_id)
        lines.append(Line(registration, why))
    return Plan(act, lines)


def _in_turn(registrations: Iterable[Registration], to: str) -> list[Registration]:
    """First come, first served; and those who hold a place last to lose it, so that it is not offered to the others."""

    def key(registration: Registration) -> tuple[bool, Any, int]:
        loses = registration.holds_place and to not in HOLDING
        return loses, registration.submitted_at or registration.created_at, registration.pk

    return sorted(registrations, key=key)


@transaction.atomic
def act_on(
    *, event: Event, act: str, pks: list[int], batch: str, actor: Account | None, reason: str = ""
) -> Outcome:
    """Do `act` to each of those registrations, all in one transaction; the same `batch` twice is one."""
    Event.objects.take_turn(event)
    known = outcome_of(event, batch)
    if known is not None:
        return known
    done, skipped = _each(event, act, pks, batch, actor, reason, lambda done, total: None)
    return _close(event, act, batch, actor, reason, done, skipped)


@transaction.atomic
def start(
    *, event: Event, act: str, pks: list[int], batch: str, actor: Account | None, reason: str = "", title: str
) -> Job:
    """The same for more than a page can wait for; a repeat gets the job there is."""
    Event.objects.take_turn(event)
    known = Job.objects.for_event(event).of_kind(KIND).of_batch(batch)
    if known is not None:
        return known
    options = {"act": act, "pks": pks, "batch": batch, "reason": reason}
    return jobs.start(event=event, kind=KIND, options=options, actor=actor, title=title)


def run_job(job: Job, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """What the worker does: each registration in its own transaction; taken up again, it does what is left."""
    event, options = job.event, job.options
    assert event is not None
    if outcome_of(event, options["batch"]) is None:
        act, batch, reason = options["act"], options["batch"], options["reason"]
        done, skipped = _each(event, act, options["pks"], batch, job.requested_by, reason, tell)
        _close(event, act, batch, job.requested_by, reason, done, skipped)
    return {"batch": options["batch"]}


def where(job: Job) -> str:
    """The page that says what came of it."""
    return reverse("hackathon:batch", args=[job.event.slug, job.options["batch"]]) if job.event else ""


def outcome_of(event: Event, batch: str) -> Outcome | None:
    """What that act on many did, or None when it was not done (yet)."""
    entry = AuditEntry.objects.for_event(event).doing(HEADER).of_batch(batch).first()
    if entry is None:
        return None
    skipped = [(one["registration"], one["why"]) for one in entry.data["skipped"]]
    return Outcome(batch, entry.data["act"], entry.data["done"], skipped, entry)


def latest(event: Event, number: int = 5) -> list[AuditEntry]:
    """The last acts on many, newest first."""
    return list(AuditEntry.objects.for_event(event).doing(HEADER).latest_first()[:number])


def _each(
    event: Event,
    act: str,
    pks: list[int],
    batch: str,
    actor: Account | None,
    reason: str,
    tell: Callable[[int, int], None],
) -> tuple[int, list[tuple[int, str]]]:
    step_verb, verb = ACTS[act]
    entries = AuditEntry.objects.for_event(event).doing(step_verb).of_batch(batch)
    before = {int(pk) for pk in entries.values_list("object_id", flat=True)}
    done, skipped = 0, []
    for number, pk in enumerate(pks):
        try:
            tell(number, len(pks))
        except jobs.Stopped:
            break
        why = "" if pk in before else _one(event, pk, step_verb, verb, batch, actor, reason)
        if why:
            skipped.append((pk, why))
        else:
            done += 1
    return done, skipped


def _one(
    event: Event,
    pk: int,
    step_verb: str,
    verb: Callable[..., Registration],
    batch: str,
    actor: Account | None,
    reason: str,
) -> str:
    """Why it was not done; empty when it was."""
    with transaction.atomic():
        Event.objects.take_turn(event)
        registration = Registration.objects.for_event(event).with_people().numbered(pk).first()
        if registration is None:
            return GONE
        if registration.state == TRANSITIONS[step_verb].to:
            return DONE_ALREADY
        registration.event = registration.person.event = event
        try:
            with transaction.atomic(), audit.batch(batch):
                verb(registration=registration, actor=actor, reason=reason)
        except NoPlaceLeft:
            return NO_PLACE
        except NotFromHere:
            return NOT_FROM_HERE
    return ""


def _close(
    event: Event,
    act: str,
    batch: str,
    actor: Account | None,
    reason: str,
    done: int,
    skipped: list[tuple[int, str]],
) -> Outcome:
    """Keep that it was done, for how many, and who was skipped: by number, so that no name outlives its erasure."""
    told = [{"registration": pk, "why": why} for pk, why in skipped]
    entry = audit.record(
        event=event,
        actor=actor,
        verb=HEADER,
        about=event,
        reason=reason,
        batch=batch,
        act=act,
        done=done,
        skipped=told,
    )
    return Outcome(batch, act, done, skipped, entry)


JOBS = (JobKind(KIND, "hackathon.change_registration", run_job, where),)
