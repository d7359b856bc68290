"""Taking back an act on many (bulk.py): each registration that nobody changed since goes back to the state it had.

Nobody is put back over capacity. Letters that left stay out there: whoever is put back is written to anew. A seat in
a team that was lost with the place is not given back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from .. import letters
from ..enums import HOLDING, RegistrationState
from ..kit.errors import Refused
from ..kit.registry import JobKind
from ..models import Account, AuditEntry, Event, Job, Registration
from ..signals import registration_withdrawn
from . import audit, jobs, places
from .bulk import ACTS, CHANGED_SINCE, GONE, NO_PLACE, Outcome, offered_until, outcome_of, where
from .transitions import TRANSITIONS

State = RegistrationState
HEADER = "undo_act_on_many"
KIND = "undo_act_on_many"
STEP = "undo_act"
#: What changes a state: the last of these about a registration must be the act that is taken back.
STEPS = (*TRANSITIONS, "register", STEP)


class UnknownBatch(Refused):
    code = "unknown_batch"


@transaction.atomic
def undo(*, event: Event, batch: str, actor: Account | None) -> Outcome:
    """Put back whoever is still as that act left them, all in one transaction. Raises UnknownBatch.

    A second time changes nothing more.
    """
    Event.objects.take_turn(event)
    known = undone(event, batch)
    return known or _undo(event, batch, actor, lambda done, total: None)


@transaction.atomic
def start(*, event: Event, batch: str, actor: Account | None, title: str) -> Job:
    """The same for more than a page can wait for; a repeat gets the job there is."""
    Event.objects.take_turn(event)
    known = Job.objects.for_event(event).of_kind(KIND).of_batch(batch)
    return known or jobs.start(event=event, kind=KIND, options={"batch": batch}, actor=actor, title=title)


def run_job(job: Job, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """What the worker does: each registration in its own transaction."""
    assert job.event is not None
    if undone(job.event, job.options["batch"]) is None:
        _undo(job.event, job.options["batch"], job.requested_by, tell)
    return {"batch": job.options["batch"]}


def undone(event: Event, batch: str) -> Outcome | None:
    """What taking it back did, or None when nobody took it back."""
    entry = AuditEntry.objects.for_event(event).doing(HEADER).of_batch(batch).first()
    if entry is None:
        return None
    skipped = [(one["registration"], one["why"]) for one in entry.data["skipped"]]
    return Outcome(batch, entry.data["act"], entry.data["done"], skipped, entry)


def _undo(event: Event, batch: str, actor: Account | None, tell: Callable[[int, int], None]) -> Outcome:
    was = outcome_of(event, batch)
    if was is None:
        raise UnknownBatch(_("This act is not in the record: there is nothing to take back."))
    entries = AuditEntry.objects.for_event(event).of_batch(batch)
    acts = list(entries.doing(ACTS[was.act][0]).order_by("pk"))
    before = set(entries.doing(STEP).values_list("object_id", flat=True))
    done, skipped = 0, []
    for number, entry in enumerate(acts):
        try:
            tell(number, len(acts))
        except jobs.Stopped:
            break
        why = "" if entry.object_id in before else _put_back(event, entry, batch, actor)
        if why:
            skipped.append((int(entry.object_id), why))
        else:
            done += 1
    told = [{"registration": pk, "why": why} for pk, why in skipped]
    header = audit.record(
        event=event,
        actor=actor,
        verb=HEADER,
        about=event,
        batch=batch,
        act=was.act,
        done=done,
        skipped=told,
    )
    return Outcome(batch, was.act, done, skipped, header)


@transaction.atomic
def _put_back(event: Event, act: AuditEntry, batch: str, actor: Account | None) -> str:
    """Why it was not put back; empty when it was."""
    Event.objects.take_turn(event)
    registration = Registration.objects.for_event(event).with_people().numbered(int(act.object_id)).first()
    if registration is None:
        return GONE
    registration.event = registration.person.event = event
    last = AuditEntry.objects.about(registration).doing(*STEPS).order_by("pk").last()
    if last != act or registration.state != act.data.get("to"):
        return CHANGED_SINCE
    held, back = registration.holds_place, str(act.data["since"])
    if back in HOLDING and not held and places.count(event).left(registration.role_id) == 0:
        return NO_PLACE
    _move(registration, back, offered_until(event) if back == State.OFFERED else None)
    with audit.batch(batch):
        entry = audit.record(
            event=event, actor=actor, verb=STEP, about=registration, since=act.data["to"], to=back
        )
    # somebody who had confirmed is told that the place is theirs: the letter of those who are accepted
    news = State.ACCEPTED if back == State.CONFIRMED else back
    letters.registration_news(registration=registration, news=news, number=entry.pk)
    if held and not registration.holds_place:
        registration_withdrawn.send(Registration, registration=registration, actor=actor)
    return ""


def _move(registration: Registration, to: str, until: datetime | None) -> None:
    registration.state, registration.offer_expires_at = to, until
    registration.offered_at = registration.event.now if until else None
    registration.offer_reminded_at = None
    registration.save(update_fields=["state", "offered_at", "offer_expires_at", "offer_reminded_at"])


JOBS = (JobKind(KIND, "hackathon.change_registration", run_job, where),)
