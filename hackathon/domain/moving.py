"""The steps of a registration's life after it was made: accept, decline, cancel, confirm, wait.

Each is one act: under the event's turn, recorded, with its letter; the same step twice is one. Making a
registration is registering.py's, offering places waiting.py's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from .. import letters
from ..enums import RegistrationState, Source
from ..kit.errors import Refused
from ..models import Account, Event, Registration
from ..signals import registration_withdrawn
from . import audit, consenting, places

State = RegistrationState


class NoPlaceLeft(Refused):
    code = "no_place_left"


class RulesNotAccepted(Refused):
    code = "rules_not_accepted"


class NotFromHere(Refused):
    """The registration is not in a state from which that can be done."""

    code = "not_from_here"


def accept(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """Give a place. Raises NoPlaceLeft, and NotFromHere for somebody who has one."""
    return move(
        registration,
        State.ACCEPTED,
        since=(
            State.DRAFT,
            State.SUBMITTED,
            State.WAITLISTED,
            State.DECLINED,
            State.EXPIRED,
            State.CANCELLED,
        ),
        verb="accept_registration",
        actor=actor,
        reason=reason,
    )


def decline(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """Say no to somebody who asked; a place that was held is free again."""
    return move(
        registration,
        State.DECLINED,
        since=(State.SUBMITTED, State.WAITLISTED, State.OFFERED, State.ACCEPTED, State.EXPIRED),
        verb="decline_registration",
        actor=actor,
        reason=reason,
    )


def cancel(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """The person does not come any more; a place that was held is free again."""
    return move(
        registration,
        State.CANCELLED,
        since=(
            State.DRAFT,
            State.SUBMITTED,
            State.WAITLISTED,
            State.OFFERED,
            State.ACCEPTED,
            State.CONFIRMED,
        ),
        verb="cancel_registration",
        actor=actor,
        reason=reason,
    )


def confirm(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """The person says that they come. Only somebody accepted can; a second click changes nothing."""
    return move(
        registration,
        State.CONFIRMED,
        since=(State.ACCEPTED,),
        verb="confirm_registration",
        actor=actor,
        reason=reason,
    )


@transaction.atomic
def confirm_own(
    *, registration: Registration, actor: Account | None, accepts_rules: bool = False
) -> Registration:
    """`confirm` by the person: raises RulesNotAccepted until the rules of today are accepted, here or before."""
    if accepts_rules:
        consenting.give(
            person=registration.person, purposes=consenting.REQUIRED, source=Source.FORM, actor=actor
        )
    if consenting.missing(registration.person):
        raise RulesNotAccepted(
            _("Accept the rules and the code of conduct first: tick the box, then confirm.")
        )
    return confirm(registration=registration, actor=actor)


def waitlist(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """Put on the waiting list, where the date of the registration gives the place."""
    return move(
        registration,
        State.WAITLISTED,
        since=(State.SUBMITTED, State.DECLINED, State.EXPIRED, State.ACCEPTED),
        verb="waitlist_registration",
        actor=actor,
        reason=reason,
    )


@transaction.atomic
def move(
    registration: Registration,
    to: str,
    *,
    since: Iterable[str],
    verb: str,
    actor: Account | None,
    reason: str,
    until: datetime | None = None,
) -> Registration:
    """One step of a registration's life, under the event's turn; the same step twice is one."""
    event = registration.event
    Event.objects.take_turn(event)
    now = Registration.objects.for_event(event).with_people().get(pk=registration.pk)
    registration.state, registration.offer_expires_at = now.state, now.offer_expires_at
    if now.state == to:
        return registration
    if now.state not in since:
        raise NotFromHere(
            _("%(name)s is now in the state “%(state)s”: that cannot be done from there.")
            % {"name": now.person, "state": now.get_state_display()},
            state=now.state,
        )
    if (
        to in (State.ACCEPTED, State.OFFERED)
        and not now.holds_place
        and places.count(event).left(now.role_id) == 0
    ):
        raise NoPlaceLeft(
            _(
                "No place is left for “%(role)s”. Raise the number of places, or leave %(name)s on the waiting list."
            )
            % {"role": now.role.name, "name": now.person}
        )
    held_before, was = now.holds_place, now.state
    registration.state, registration.offer_expires_at = to, until
    registration.save(update_fields=["state", "offer_expires_at"])
    entry = audit.record(
        event=event, actor=actor, verb=verb, about=registration, reason=reason, since=was, to=to
    )
    letters.registration_news(registration=registration, news=to, number=entry.pk, reason=reason)
    if held_before and not registration.holds_place:
        registration_withdrawn.send(Registration, registration=registration, actor=actor)
    return registration
