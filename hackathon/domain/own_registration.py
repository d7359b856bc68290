"""A person's own registration on « My hackathon »: its state and the one thing to do about it.

An account may answer for several people (a parent, an adviser, whoever bought the tickets): each has its card, and
their number costs no query.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import COMING, Half, RegistrationState
from ..kit.registry import Card, Link, Step
from ..models import Account, Event, Registration
from . import clock, consenting, own_history, transitions, waiting, windows

State = RegistrationState


@dataclass(frozen=True)
class Own:
    """One registration of the account, as its card shows it.

    `asks_rules`: the rules are to be accepted first; `asks_confirmation`: whether they come; `place`: in the queue
    of their role; `seen`: the half-days the desk recorded, in words.
    """

    registration: Registration
    place: int | None
    asks_rules: bool
    has_offer: bool
    is_cancellable: bool
    is_absent: bool
    seen: list[str]
    history: list[own_history.Moment]
    now: datetime

    @property
    def asks_confirmation(self) -> bool:
        return self.registration.state == State.ACCEPTED and not self.seen and not self.is_absent


def card_context(event: Event, account: Account) -> dict[str, Any] | None:
    """What the card shows, or None for somebody who is not registered; one step when an answer is awaited."""
    found = list(
        Registration.objects.for_event(event).reachable_by(account).with_people().with_presences().in_order()
    )
    if not found:
        return None
    for registration in found:
        registration.event = registration.person.event = event
    places = waiting.ranks(event) if any(one.state == State.WAITLISTED for one in found) else {}
    lacking = consenting.lacking(one.person for one in found if one.state in COMING)
    past = own_history.histories(found, account)
    own = [_own(one, places.get(one.pk), one.person.pk in lacking, past[one.pk]) for one in found]
    return {
        "own": own,
        "next_step": next((step for step in map(_step, own) if step), None),
        "can_register": windows.registration_is_open(event),
    }


def is_cancellable(registration: Registration) -> bool:
    """Whether the person may still say that they do not come: not once they were seen, nor after the event."""
    if registration.event.is_over or _seen(registration):
        return False
    return transitions.can("cancel_registration", registration.state)


def _own(
    registration: Registration, place: int | None, asks_rules: bool, past: list[own_history.Moment]
) -> Own:
    seen = _seen(registration)
    return Own(
        registration=registration,
        place=place,
        asks_rules=asks_rules,
        has_offer=registration.state == State.OFFERED and not waiting.is_past(registration),
        is_cancellable=is_cancellable(registration),
        is_absent=registration.state in COMING and registration.event.is_over and not seen,
        seen=seen,
        history=past,
        now=clock.now(registration.event),
    )


def _seen(registration: Registration) -> list[str]:
    """« Day 1, morning »… as the desk recorded it, in order."""
    numbers = {day.pk: number for number, day in enumerate(registration.event.whole_days, start=1)}
    recorded = [presence for presence in registration.presences.all() if presence.in_at]
    recorded.sort(key=lambda one: (numbers.get(one.day_id, 0), one.half))
    return [
        _("Day %(number)s, %(half)s")
        % {"number": numbers.get(one.day_id, ""), "half": Half(one.half).label.lower()}
        for one in recorded
    ]


def _step(own: Own) -> Step | None:
    url = f"{reverse('hackathon:me', args=[own.registration.event.slug])}#registration-{own.registration.pk}"
    if own.has_offer:
        return Step(90, _("A place is kept for you: take it before its deadline."), _("See the offer"), url)
    if own.asks_confirmation:
        return Step(80, _("Tell us that you are coming."), _("Confirm my place"), url)
    if own.asks_rules:
        return Step(80, _("Accept the rules and the code of conduct."), _("Read and accept"), url)
    return None


CARD = Card("registration", 10, "hackathon/_own_registration.html", card_context, is_for_passes=True)
LINKS = [
    Link(gettext_lazy("Register"), "hackathon:register", is_shown=windows.registration_is_open),
    Link(gettext_lazy("People"), "hackathon:people", "hackathon.see_registrations", section="staff"),
]
