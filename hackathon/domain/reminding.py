"""Writing again to people who were accepted and have not said that they come; each at most once a day."""

from __future__ import annotations

from django.db import transaction

from .. import letters
from ..enums import RegistrationState
from ..models import Account, Event, OutgoingMail, Registration
from ..models.registration import RegistrationQuerySet
from . import audit, clock


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


def _today(event: Event) -> str:
    return event.local(clock.now(event)).date().isoformat()
