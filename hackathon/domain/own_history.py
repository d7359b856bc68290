"""A registration's history as the person it is about reads it: plain words, and no organiser's name.

A reason is told where its letter told it already (declined, cancelled); elsewhere it stays among the organisers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import RegistrationState
from ..models import Account, AuditEntry, Registration

State = RegistrationState

WORDS: dict[str, Any] = {
    "register": gettext_lazy("You were registered"),
    "accept_registration": gettext_lazy("You were accepted"),
    "decline_registration": gettext_lazy("The organisers could not keep your registration"),
    "cancel_registration": gettext_lazy("Your registration was cancelled"),
    "confirm_registration": gettext_lazy("Your place was confirmed"),
    "waitlist_registration": gettext_lazy("You were put on the waiting list"),
    "offer_place": gettext_lazy("A place was offered to you"),
    "take_offer": gettext_lazy("You took the place"),
    "expire_offer": gettext_lazy("The time to take the place ran out"),
    "remind_offer": gettext_lazy("We reminded you of the place"),
    "check_in": gettext_lazy("You arrived"),
    "check_out": gettext_lazy("You left"),
}
REGISTERED: dict[str, Any] = {
    State.ACCEPTED: gettext_lazy("You were registered, with a place"),
    State.WAITLISTED: gettext_lazy("You were registered, on the waiting list"),
    State.SUBMITTED: gettext_lazy("You were registered; the organisers answer each one"),
}
TOLD = ("decline_registration", "cancel_registration")


@dataclass(frozen=True)
class Moment:
    """One line: when, what, by whom ("" for the software itself), and the reason that was written to the person."""

    at: datetime
    what: str
    who: str
    why: str


def histories(registrations: Collection[Registration], reader: Account) -> dict[int, list[Moment]]:
    """Registration (pk) → its moments, the latest first; one query for all of them."""
    found: dict[int, list[Moment]] = {registration.pk: [] for registration in registrations}
    entries = AuditEntry.objects.about_each(registrations).latest_first() if registrations else ()
    undone = {entry.data.get("undoes") for entry in entries}
    for entry in entries:
        if entry.verb in WORDS and entry.pk not in undone:
            found[int(entry.object_id)].append(_moment(entry, reader))
    return found


def _moment(entry: AuditEntry, reader: Account) -> Moment:
    what = WORDS[entry.verb]
    if entry.verb == "register":
        what = REGISTERED.get(entry.data.get("state", ""), what)
    who = ""
    if entry.actor_id is not None and entry.actor_id == reader.pk:
        who = _("by you")
    elif entry.actor_id is not None:
        who = _("by the organisers")
    return Moment(entry.at, str(what), who, entry.reason if entry.verb in TOLD else "")
