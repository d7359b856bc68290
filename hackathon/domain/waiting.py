"""The waiting list: places offered in order, each until a deadline; taken, or passed on.

Nothing is offered that is not free, and an offer holds its place: what a verb counts here is exact, under the
event's turn. It refuses to jump the queue.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import RegistrationState
from ..kit.errors import Refused
from ..models import Account, Event, Registration, Role
from . import clock, places
from .moving import NotFromHere, move


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
    expire_offers(event=event, actor=actor)
    queue = Registration.objects.for_event(event).waiting().with_people().in_order()
    if role is not None:
        queue = queue.in_role(role)
    now = places.count(event)
    offered: list[Registration] = []
    for registration in queue:
        if len(offered) >= count or now.left_in_event() == 0:
            break
        if now.left(registration.role_id) == 0:
            continue
        registration.event = event
        now.take(registration.role_id)
        offered.append(
            move(
                registration,
                RegistrationState.OFFERED,
                since=(RegistrationState.WAITLISTED,),
                verb="offer_place",
                actor=actor,
                reason="",
                until=clock.now(event) + timedelta(hours=hours),
            )
        )
    return offered


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
    return move(
        registration,
        RegistrationState.ACCEPTED,
        since=(RegistrationState.OFFERED,),
        verb="take_offer",
        actor=actor,
        reason="",
    )


@transaction.atomic
def expire_offers(*, event: Event, actor: Account | None) -> list[Registration]:
    """Pass on the places whose deadline has come; returns who lost theirs."""
    Event.objects.take_turn(event)
    late = Registration.objects.for_event(event).offers_past(clock.now(event)).with_people()
    for registration in late:
        registration.event = event
    return [
        move(
            registration,
            RegistrationState.EXPIRED,
            since=(RegistrationState.OFFERED,),
            verb="expire_offer",
            actor=actor,
            reason="",
        )
        for registration in late
    ]


def is_past(registration: Registration) -> bool:
    """Whether the offer's deadline has come (half-open, as every deadline)."""
    expires_at = registration.offer_expires_at
    return expires_at is not None and expires_at <= clock.now(registration.event)
