"""The card « My attestation » of « My hackathon »: once the event is over, one click for whoever was recorded."""

from __future__ import annotations

from typing import Any

from ..kit.registry import Card
from ..models import Account, Event, Registration
from . import attesting


def card_context(event: Event, account: Account) -> dict[str, Any] | None:
    """Each of the account's people with whether there is something to attest; None before the end of the event."""
    if not event.is_over:
        return None
    own = list(Registration.objects.for_event(event).reachable_by(account).with_people().in_order())
    halves = attesting.halves_of_all(event, of=own) if own else {}
    rows = [(registration, len(halves.get(registration.pk, []))) for registration in own]
    rows = [(registration, count) for registration, count in rows if count or registration.holds_place]
    return {"attestations": rows} if rows else None


CARD = Card("attestation", 60, "hackathon/_own_attestation.html", card_context, is_for_passes=True)
