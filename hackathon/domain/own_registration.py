"""A person's own registration on « My hackathon »: its state and the one thing to do about it.

An account may answer for several people (a parent, whoever bought the tickets): each has its lines in the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import RegistrationState
from ..kit.registry import Card, Link, Step
from ..models import Account, Event, Registration
from . import consenting, registering, waiting, windows

State = RegistrationState
CANCELLABLE = (State.SUBMITTED, State.ACCEPTED, State.CONFIRMED, State.WAITLISTED, State.OFFERED)


@dataclass(frozen=True)
class Own:
    """One registration of the account, as its card shows it. `asks_rules`: the rules are to be accepted first."""

    registration: Registration
    place: int | None
    asks_rules: bool
    has_offer: bool
    is_cancellable: bool


def card_context(event: Event, account: Account) -> dict[str, Any] | None:
    """What the card shows, or None for somebody who is not registered; one step when an answer is awaited."""
    found = Registration.objects.for_event(event).of(account).with_people().in_order()
    own = [_own(event, registration) for registration in found]
    if not own:
        return None
    return {"own": own, "next_step": next((step for step in map(_step, own) if step), None)}


def _own(event: Event, registration: Registration) -> Own:
    registration.event = registration.person.event = event
    return Own(
        registration=registration,
        place=registering.place_in_queue(registration),
        asks_rules=registration.state in (State.ACCEPTED, State.CONFIRMED)
        and bool(consenting.missing(registration.person)),
        has_offer=registration.state == State.OFFERED and not waiting.is_past(registration),
        is_cancellable=registration.state in CANCELLABLE,
    )


def _step(own: Own) -> Step | None:
    url = f"{reverse('hackathon:me', args=[own.registration.event.slug])}#registration-{own.registration.pk}"
    if own.has_offer:
        return Step(90, _("A place is kept for you: take it before its deadline."), _("See the offer"), url)
    if own.registration.state == State.ACCEPTED:
        return Step(80, _("Tell us that you are coming."), _("Confirm my place"), url)
    if own.asks_rules:
        return Step(80, _("Accept the rules and the code of conduct."), _("Read and accept"), url)
    return None


CARD = Card("registration", 10, "hackathon/_own_registration.html", card_context)
LINKS = [
    Link(gettext_lazy("Register"), "hackathon:register", is_shown=windows.registration_is_open),
    Link(gettext_lazy("People"), "hackathon:people", "hackathon.see_registrations", section="staff"),
]
