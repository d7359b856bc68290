"""The record of a person in words that an organiser reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ..domain.acts import in_words
from ..enums import MailState, RegistrationState
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
    "correct_person": gettext_lazy("Corrected"),
    "undo_act": gettext_lazy("Put back as before"),
    "remind_offer": gettext_lazy("Reminded of the place offered"),
}
FACTS: dict[str, Any] = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Phone"),
    "organisation": gettext_lazy("Organisation"),
    "language": gettext_lazy("Language of the letters"),
    "role": gettext_lazy("Role"),
    "skills": gettext_lazy("Skills"),
    "level": gettext_lazy("Level (1–5)"),
    "themes": gettext_lazy("Themes, in order"),
}
#: An act on many, as the list of them says it: act → what was done to how many.
MANY: dict[str, Any] = {
    "accept": ngettext_lazy("%(count)s person accepted", "%(count)s people accepted", "count"),
    "offer": ngettext_lazy("%(count)s place offered", "%(count)s places offered", "count"),
    "waitlist": ngettext_lazy(
        "%(count)s person put on the waiting list", "%(count)s people put on the waiting list", "count"
    ),
    "decline": ngettext_lazy("%(count)s person declined", "%(count)s people declined", "count"),
    "cancel": ngettext_lazy("%(count)s registration cancelled", "%(count)s registrations cancelled", "count"),
}
LETTER_KINDS = {MailState.SENT: "ok", MailState.FAILED: "bad", MailState.QUEUED: "quiet"}


def state_kind(state: str) -> str:
    """The kind of status (component) that says this state."""
    return STATE_KINDS.get(State(state), "quiet")


def letter_kind(state: str) -> str:
    """The kind of status that says what became of a letter."""
    return LETTER_KINDS.get(MailState(state), "late")


def fact_names(names: Iterable[str]) -> list[str]:
    """What was corrected, in words."""
    return [str(FACTS.get(name, name)).lower() for name in names]


def many_words(act: str, count: int) -> str:
    """What was done to how many."""
    return str(MANY[act] % {"count": count})


def batch_words(entry: AuditEntry) -> dict[str, Any]:
    """One act on many, as a line."""
    return {
        "batch": entry.data["batch"],
        "what": many_words(entry.data["act"], entry.data["done"]),
        "at": entry.at,
        "who": entry.actor_label,
    }


def _change(before: Any, after: Any) -> tuple[str, str]:
    """Both sides of a correction as text; nothing is a dash."""

    def text(value: Any) -> str:
        joined = (
            ", ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")
        )
        return joined or "–"

    return text(before), text(after)


def act_words(entry: AuditEntry) -> dict[str, Any]:
    """One line of the history; `changes`: (what, before, after) of a correction."""
    before, after = entry.data.get("before", {}), entry.data.get("after", {})
    return {
        "at": entry.at,
        "what": VERBS.get(entry.verb) or in_words(entry.verb),
        "batch": entry.data.get("batch", "") if entry.verb != "undo_act" else "",
        "changes": [(FACTS.get(name, name), *_change(before[name], after.get(name))) for name in before],
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
