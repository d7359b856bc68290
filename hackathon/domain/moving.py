"""What people and organisers do with a registration after it was made: accept, decline, cancel, confirm, wait.

Each is one step of transitions.py. A place that becomes free goes to whoever waits for it, in the same transaction
(waiting.py). Making a registration is registering.py's.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import Source
from ..kit.errors import Refused
from ..models import Account, Registration
from . import consenting, waiting
from .transitions import NoPlaceLeft, NotFromHere, step

__all__ = [
    "NoPlaceLeft", "NotFromHere", "RulesNotAccepted", "accept", "cancel", "confirm", "confirm_own", "decline",
    "waitlist",
]  # fmt: skip


class RulesNotAccepted(Refused):
    code = "rules_not_accepted"


@transaction.atomic
def accept(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """Give a place. Raises NoPlaceLeft, and NotFromHere for somebody who has confirmed."""
    step(registration, "accept_registration", actor=actor, reason=reason)
    return registration


@transaction.atomic
def decline(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """Say no to somebody who asked; a place that was held is free again."""
    if step(registration, "decline_registration", actor=actor, reason=reason):
        waiting.pass_on(event=registration.event)
    return registration


@transaction.atomic
def cancel(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """The person does not come any more; a place that was held is free again."""
    if step(registration, "cancel_registration", actor=actor, reason=reason):
        waiting.pass_on(event=registration.event)
    return registration


@transaction.atomic
def confirm(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """The person says that they come. Only somebody accepted can; a second click changes nothing."""
    step(registration, "confirm_registration", actor=actor, reason=reason)
    return registration


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


@transaction.atomic
def waitlist(*, registration: Registration, actor: Account | None, reason: str = "") -> Registration:
    """Put on the waiting list, where the date of the registration gives the place.

    A place given back this way goes to the others who wait; this one is offered it when nobody else took it.
    """
    if step(registration, "waitlist_registration", actor=actor, reason=reason):
        waiting.pass_on(event=registration.event, passing_over=registration)
    return registration
