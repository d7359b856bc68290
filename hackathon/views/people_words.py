"""The record of a person in words that an organiser reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import RegistrationState
from ..models import AuditEntry, Consent

State = RegistrationState
STATE_KINDS = {
    State.ACCEPTED: "ok",
    State.CONFIRMED: "ok",
    State.SUBMITTED: "late",
    State.OFFERED: "late",
    State.WAITLISTED: "quiet",
    State.DECLINED: "bad",
    State.CANCELLED: "bad",
    State.EXPIRED: "bad",
}
VERBS: dict[str, Any] = {
    "register": gettext_lazy("Registered"),
    "change_registration": gettext_lazy("Changed by a list"),
    "accept_registration": gettext_lazy("Accepted"),
    "decline_registration": gettext_lazy("Declined"),
    "cancel_registration": gettext_lazy("Cancelled"),
    "confirm_registration": gettext_lazy("Confirmed"),
    "waitlist_registration": gettext_lazy("Put on the waiting list"),
    "offer_place": gettext_lazy("Place offered"),
    "take_offer": gettext_lazy("Offer taken"),
    "expire_offer": gettext_lazy("Offer expired"),
    "give_consent": gettext_lazy("Consent given"),
    "withdraw_consent": gettext_lazy("Consent withdrawn"),
    "check_in": gettext_lazy("Checked in"),
    "check_out": gettext_lazy("Checked out"),
    "undo_check_in": gettext_lazy("Check-in undone"),
    "undo_check_out": gettext_lazy("Check-out undone"),
}


def state_kind(state: str) -> str:
    """The kind of status (component) that says this state."""
    return STATE_KINDS.get(State(state), "quiet")


def act_words(entry: AuditEntry) -> dict[str, Any]:
    """One line of the history."""
    return {
        "at": entry.at,
        "what": VERBS.get(entry.verb, entry.verb),
        "who": _("the system") if entry.actor_label == "system" else entry.actor_label,
        "why": entry.reason,
    }


def consent_words(consents: Iterable[Consent]) -> list[dict[str, Any]]:
    """Each consent with its dates; those taken back stay in the list."""
    return [
        {
            "what": consent.get_purpose_display(),
            "version": consent.version,
            "given_at": consent.given_at,
            "withdrawn_at": consent.withdrawn_at,
        }
        for consent in consents
    ]
