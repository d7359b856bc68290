"""The waiting list: places offered in order, each until a deadline; taken, or passed on.

Nothing is offered that is not free, and an offer holds its place: what a verb counts here is exact, under the
event's turn. It refuses to jump the queue.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from .. import letters
from ..enums import RegistrationState
from ..kit.errors import Refused
from ..models import Account, Event, Registration, Role
from . import audit, clock, places
from .transitions import NotFromHere, step

log = logging.getLogger(__name__)


class OfferExpired(Refused):
    code = "offer_expired"


@transaction.atomic
def offer_places(
    *, event: Event, count: int, role: Role | None = None, hours: int = 24, actor: Account | None
) -> list[Registration]:
    """Offer up to `count` free places to those who have waited longest, for `hours`; returns who got one.

    Somebody whose role is full is passed over, not passed by: they keep their place in the list.
    """
    Event.objects.take_turn(event)
    _expire(event, actor)
    return _offer(event, actor, until=clock.now(event) + timedelta(hours=hours), count=count, role=role)


@transaction.atomic
def pass_on(*, event: Event, passing_over: Registration | None = None) -> list[Registration]:
    """Offer every free place to whoever waits for it, by the event's own rule; returns who got one.

    Nobody is asked when the event leaves offers to its organisers, nor once it has begun; the deadline is the
    event's `offer_hours`, and never later than its beginning. `passing_over` is left out this time.
    """
    if not offers_by_itself(event):
        return []
    Event.objects.take_turn(event)
    until = clock.now(event) + timedelta(hours=event.offer_hours)
    if event.begins_at is not None:
        until = min(until, event.begins_at)
    return _offer(event, None, until=until, passing_over=passing_over)


@transaction.atomic
def take_offer(*, registration: Registration, actor: Account | None) -> Registration:
    """Say yes to an offered place. Raises OfferExpired from its deadline on, and NotFromHere without an offer."""
    Event.objects.take_turn(registration.event)
    registration.refresh_from_db(fields=["state", "offer_expires_at"])
    if registration.state in (RegistrationState.ACCEPTED, RegistrationState.CONFIRMED):
        return registration
    if registration.state == RegistrationState.EXPIRED or is_past(registration):
        raise OfferExpired(
            _("This place was kept for you until its deadline, which has passed. Write to the organisers.")
        )
    if registration.state != RegistrationState.OFFERED:
        raise NotFromHere(_("No place is offered to you at the moment."), state=registration.state)
    step(registration, "take_offer", actor=actor)
    return registration


@transaction.atomic
def expire_offers(*, event: Event, actor: Account | None) -> list[Registration]:
    """Take back the places whose deadline has come, and pass them on; returns who lost theirs."""
    Event.objects.take_turn(event)
    late = _expire(event, actor)
    if late:
        pass_on(event=event)
    return late


@transaction.atomic
def remind_offers(*, event: Event) -> list[Registration]:
    """Write once to those who have used three quarters of their time without an answer; returns whom."""
    Event.objects.take_turn(event)
    now = clock.now(event)
    offers = Registration.objects.for_event(event).unreminded_offers().with_people().in_order()
    due = [offer for offer in offers if _reminder_is_due(offer, now)]
    for registration in due:
        registration.event = event
        registration.offer_reminded_at = now
        registration.save(update_fields=["offer_reminded_at"])
        audit.record(event=event, actor=None, verb="remind_offer", about=registration)
        letters.offer_reminder(registration=registration)
    return due


def tend_offers() -> None:
    """What the worker repeats: in every event, take back, pass on and remind what is due now.

    Harmless to repeat, and to run twice at once: each act counts again under the event's turn. One event that
    fails keeps nobody else waiting.
    """
    for event in Event.objects.with_a_waiting_list():
        try:
            tend(event=event)
        except Exception:
            log.exception("The waiting list of %s could not be looked after.", event.slug)


def tend(*, event: Event) -> None:
    """Take back, pass on and remind in that event; nothing is written when nothing is due."""
    now = clock.now(event)
    offers = list(Registration.objects.for_event(event).in_state(RegistrationState.OFFERED))
    if any(offer.offer_expires_at is not None and offer.offer_expires_at <= now for offer in offers):
        expire_offers(event=event, actor=None)
    if any(offer.offer_reminded_at is None and _reminder_is_due(offer, now) for offer in offers):
        remind_offers(event=event)
    if offers_by_itself(event) and could_get_a_place(event):
        pass_on(event=event)


def could_get_a_place(event: Event, now: places.Places | None = None) -> list[int]:
    """The registrations (pk) on the waiting list that a free place could reach, in order; `now` is left as it was."""
    counted = now or places.count(event)
    copy = places.Places(**{**vars(counted), "held": counted.held.copy()})
    return list(copy.serve(line(event)))


def line(event: Event, role: Role | None = None) -> Iterable[tuple[int, int]]:
    """The waiting list: (registration, role), those who have waited longest first."""
    queue = Registration.objects.for_event(event).waiting().in_order()
    return (queue.in_role(role) if role is not None else queue).values_list("pk", "role_id")


def ranks(event: Event) -> dict[int, int]:
    """Everybody who waits (registration pk) → their place in the queue of their role, from 1; one query."""
    ahead: Counter[int] = Counter()
    found = {}
    for pk, role_id in line(event):
        ahead[role_id] += 1
        found[pk] = ahead[role_id]
    return found


def offers_by_itself(event: Event) -> bool:
    """Whether a free place is offered without an organiser: as the event says, until it begins."""
    if not event.offers_by_itself:
        return False
    return event.begins_at is None or clock.now(event) < event.begins_at


def is_past(registration: Registration) -> bool:
    """Whether the offer's deadline has come (half-open, as every deadline)."""
    expires_at = registration.offer_expires_at
    return expires_at is not None and expires_at <= clock.now(registration.event)


def _offer(
    event: Event,
    actor: Account | None,
    *,
    until: datetime,
    count: int | None = None,
    role: Role | None = None,
    passing_over: Registration | None = None,
) -> list[Registration]:
    queue = list(line(event, role))
    if passing_over is not None:
        queue = [one for one in queue if one[0] != passing_over.pk]
    chosen = list(islice(places.count(event).serve(queue), count)) if queue else []
    found = Registration.objects.for_event(event).with_people().in_bulk(chosen) if chosen else {}
    for pk in chosen:
        found[pk].event = found[pk].person.event = event
        step(found[pk], "offer_place", actor=actor, until=until, is_counted=True)
    return [found[pk] for pk in chosen]


def _expire(event: Event, actor: Account | None) -> list[Registration]:
    late = list(Registration.objects.for_event(event).offers_past(clock.now(event)).with_people())
    for registration in late:
        registration.event = registration.person.event = event
        step(registration, "expire_offer", actor=actor)
    return late


def _reminder_is_due(offer: Registration, now: datetime) -> bool:
    """Three quarters of the time are over, and it has not run out."""
    if offer.offered_at is None or offer.offer_expires_at is None or now >= offer.offer_expires_at:
        return False
    return now >= offer.offered_at + (offer.offer_expires_at - offer.offered_at) * 3 / 4
