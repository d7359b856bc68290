"""Writing again to people who were accepted and have not said that they come; each at most once a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import letters
from ..enums import RegistrationState
from ..kit.registry import JobKind
from ..models import Account, Event, Job, OutgoingMail, Registration
from ..models.registration import RegistrationQuerySet
from . import audit, clock, jobs

KIND = "remind_unconfirmed"  # of the job
#: Up to so many are written while the page waits; more are a job.
AT_ONCE = 50


def to_remind(event: Event) -> RegistrationQuerySet:
    """People accepted, with an address, to whom this letter was not written today (the event's own day)."""
    told = OutgoingMail.objects.for_event(event).written_for("confirm_reminder", _today(event))
    return (
        Registration.objects.for_event(event)
        .in_state(RegistrationState.ACCEPTED)
        .reachable()
        .without_letter(told)
        .in_order()
    )


@transaction.atomic
def remind_unconfirmed(*, event: Event, actor: Account | None) -> int:
    """Ask each of them to confirm; returns how many letters were written. A second click writes none."""
    Event.objects.take_turn(event)
    asked = 0
    for registration in to_remind(event).with_people():
        registration.event = registration.person.event = event
        if letters.confirm_reminder(registration=registration, on=_today(event)) is not None:
            asked += 1
    if asked:
        audit.record(event=event, actor=actor, verb="remind_unconfirmed", about=event, count=asked)
    return asked


@transaction.atomic
def start(*, event: Event, actor: Account | None) -> Job:
    """The same for more than a page can wait for; while one is under way, asking again gets that one."""
    Event.objects.take_turn(event)
    under_way = Job.objects.for_event(event).of_kind(KIND).under_way().first()
    if under_way is not None:
        return under_way
    return jobs.start(event=event, kind=KIND, options={}, actor=actor, title=_("Reminders to confirm"))


def run_job(job: Job, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """What the worker does: each letter in its own transaction, so that nobody waits for its turn meanwhile."""
    event = job.event
    assert event is not None
    pks = list(to_remind(event).values_list("pk", flat=True))
    asked = 0
    try:
        for number, pk in enumerate(pks):
            tell(number, len(pks))
            asked += _remind(event, pk)
    finally:
        if asked:
            audit.record(event=event, actor=job.requested_by, verb=KIND, about=event, count=asked)
    return {"asked": asked}


@transaction.atomic
def _remind(event: Event, pk: int) -> bool:
    """Whether that one is still to be reminded, and was."""
    Event.objects.take_turn(event)
    registration = to_remind(event).with_people().numbered(pk).first()
    if registration is None:
        return False
    registration.event = registration.person.event = event
    return letters.confirm_reminder(registration=registration, on=_today(event)) is not None


def where(job: Job) -> str:
    """The page that it was asked for on."""
    return reverse("hackathon:places", args=[job.event.slug]) if job.event else ""


JOBS = (JobKind(KIND, "hackathon.change_registration", run_job, where),)


def _today(event: Event) -> str:
    return event.local(clock.now(event)).date().isoformat()
