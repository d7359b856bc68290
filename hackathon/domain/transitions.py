"""The steps of a registration's life, written once, and the one function that makes a step.

A step is taken under the event's turn, recorded, with its letter; the same step twice is one. Which verb a page
calls is moving.py's and waiting.py's; making a registration is registering.py's.

`present` and `absent` are no states: they are read, per half-day, from what the desk recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from .. import letters
from ..enums import HOLDING, RegistrationState
from ..kit.errors import Refused
from ..models import Account, Event, Registration
from ..signals import registration_withdrawn
from . import audit, clock, places

State = RegistrationState


class NoPlaceLeft(Refused):
    code = "no_place_left"


class NotFromHere(Refused):
    """The registration is not in a state from which that can be done."""

    code = "not_from_here"


@dataclass(frozen=True)
class Transition:
    """From any of these states, to that one."""

    since: tuple[str, ...]
    to: str


#: Verb, as the record keeps it → the step. Besides these, `register` makes a registration (submitted, accepted or
#: waitlisted), out of nothing or out of one that is a draft, cancelled or expired.
TRANSITIONS: dict[str, Transition] = {
    "accept_registration": Transition(
        (
            State.DRAFT, State.SUBMITTED, State.WAITLISTED, State.DECLINED, State.OFFERED, State.EXPIRED,
            State.CANCELLED,
        ),
        State.ACCEPTED,
    ),
    "waitlist_registration": Transition(
        (State.SUBMITTED, State.DECLINED, State.EXPIRED, State.ACCEPTED), State.WAITLISTED
    ),
    "decline_registration": Transition(
        (State.SUBMITTED, State.WAITLISTED, State.OFFERED, State.ACCEPTED, State.EXPIRED), State.DECLINED
    ),
    "offer_place": Transition((State.WAITLISTED,), State.OFFERED),
    "take_offer": Transition((State.OFFERED,), State.ACCEPTED),
    "expire_offer": Transition((State.OFFERED,), State.EXPIRED),
    "confirm_registration": Transition((State.ACCEPTED,), State.CONFIRMED),
    "cancel_registration": Transition(
        (State.DRAFT, State.SUBMITTED, State.WAITLISTED, State.OFFERED, State.ACCEPTED, State.CONFIRMED),
        State.CANCELLED,
    ),
}  # fmt: skip


def can(verb: str, state: str) -> bool:
    """Whether that verb does something from that state."""
    return state in TRANSITIONS[verb].since


@transaction.atomic
def step(
    registration: Registration,
    verb: str,
    *,
    actor: Account | None,
    reason: str = "",
    until: datetime | None = None,
    is_counted: bool = False,
) -> bool:
    """Make that step, under the event's turn; True when a place that was held is free because of it.

    `until`: the deadline of an offer. `is_counted`: the caller has counted the places under the same turn. Raises
    NotFromHere, and NoPlaceLeft for a step that takes a place.
    """
    event, rule = registration.event, TRANSITIONS[verb]
    Event.objects.take_turn(event)
    now = Registration.objects.for_event(event).with_people().get(pk=registration.pk)
    registration.state, registration.offer_expires_at = now.state, now.offer_expires_at
    if now.state == rule.to:
        return False
    if now.state not in rule.since:
        raise NotFromHere(
            _("%(name)s is now in the state “%(state)s”: that cannot be done from there.")
            % {"name": now.person, "state": now.get_state_display()},
            state=now.state,
        )
    takes_place = rule.to in HOLDING and not now.holds_place
    if takes_place and not is_counted and places.count(event).left(now.role_id) == 0:
        raise NoPlaceLeft(
            _(
                "No place is left for “%(role)s”. Raise the number of places, or leave %(name)s on the waiting list."
            )
            % {"role": now.role.name, "name": now.person}
        )
    registration.state, registration.offer_expires_at = rule.to, until
    registration.offered_at = clock.now(event) if until else None
    registration.offer_reminded_at = None
    registration.save(update_fields=["state", "offered_at", "offer_expires_at", "offer_reminded_at"])
    entry = audit.record(
        event=event, actor=actor, verb=verb, about=registration, reason=reason, since=now.state, to=rule.to
    )
    letters.registration_news(registration=registration, news=rule.to, number=entry.pk, reason=reason)
    if not now.holds_place or registration.holds_place:
        return False
    registration_withdrawn.send(Registration, registration=registration, actor=actor)
    return True
