"""The letters of this app that organisers may put in their own words, and what their placeholders mean.

Other apps register theirs. The words themselves are templates; changing them is letter_texts.py's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from .. import letters
from ..kit.registry import LetterKind, registry
from ..models import Event
from . import clock

#: What each placeholder says, for whoever writes.
MEANINGS: dict[str, Any] = {
    "first_name": _("the first name of whoever reads"),
    "event": _("the name of the event"),
    "dates": _("its days"),
    "venue": _("where it takes place"),
    "contact": _("the contact address of the event"),
    "link": _("the address of the page to open"),
    "cancel_link": _("the address where one says that one cannot come"),
    "programme_link": _("the address of the programme"),
    "deadline": _("until when"),
    "reason": _("the reason that was given, if there is one"),
    "starts": _("when it starts on the first day"),
    "code": _("the code to show at the welcome desk"),
}


def meaning(name: str) -> str:
    """What that placeholder says, in the reader's language."""
    return str(registry.meanings.get(name, name.replace("_", " ")))


def of(name: str) -> LetterKind | None:
    """The letter of that name, or None."""
    return registry.letters.get(name)


def placeholders(kind: LetterKind) -> dict[str, str]:
    """Every placeholder that may be written in it: name → what it is in the template."""
    return {**letters.USUAL, **kind.placeholders}


def page(view: str) -> Any:
    """A sample whose link is that page of the event."""
    return lambda event, language: {"link": letters.address(view, event.slug, language=language)}


def _own_place(event: Event, language: str) -> dict[str, str]:
    """The links of a registration's letters; their number is made up."""
    in_two_days = clock.now(event) + timedelta(days=2)
    first = event.days.first()
    with override(language):
        reason = gettext("The venue is smaller than we thought.")
    return {
        "link": letters.address("hackathon:me", event.slug, language=language),
        "cancel_link": letters.address("hackathon:own_cancel", event.slug, 1, language=language),
        "programme_link": letters.address("hackathon:programme", event.slug, language=language),
        "deadline": letters.written_moment(event, in_two_days, language),
        "reason": reason,
        "starts": letters.written_time(first.morning_starts, language) if first else "",
        "code": "dGhpcyBpcyBub3QgYSBjb2Rl",
    }


def _own(name: str, title: Any, leaves: Any, *more: str, by_date: bool = False) -> LetterKind:
    """A letter to somebody registered, with a link to their page; `more` are its other placeholders."""
    paths = {"link": "url", "cancel_link": "cancel_url", "programme_link": "programme_url"}
    required = tuple(each for each in ("link", "deadline", "code") if each in more)
    return LetterKind(
        name=name,
        title=title,
        leaves=leaves,
        placeholders={each: paths.get(each, each) for each in more},
        required=required,
        sample=lambda event, language: {
            each: words for each, words in _own_place(event, language).items() if each in more
        },
        is_by_date=by_date,
    )


LETTERS = (
    _own("draft_kept", _("Form to finish"), _("when somebody asks to go on later"), "link"),
    _own("registration_submitted", _("Received"), _("when a registration waits for your answer"), "link"),
    _own("registration_accepted", _("Accepted"), _("when somebody gets a place"), "link", "cancel_link"),
    _own(
        "registration_waitlisted", _("Waiting list"), _("when somebody is put on the waiting list"), "link"
    ),
    _own(
        "registration_offered", _("Place offered"), _("when a place is offered"),
        "link", "deadline", "cancel_link",
    ),
    _own(
        "offer_reminder", _("Last reminder of a place"), _("before an offer ends without an answer"),
        "link", "deadline", "cancel_link",
    ),
    _own("registration_expired", _("Place released"), _("when the deadline of an offer has passed")),
    _own("registration_declined", _("Declined"), _("when you say no"), "reason"),
    _own(
        "registration_cancelled", _("Cancelled"), _("when a registration is cancelled"), "reason"
    ),
    _own(
        "confirm_reminder", _("Are you coming?"), _("when you ask those who have not confirmed"),
        "link", "cancel_link",
    ),
    _own(
        "registration_already", _("Registered already"), _("when somebody fills the form in twice"), "link"
    ),
    _own(
        "practical_information", _("Practical information"), _("7 days before the first day, at 9:00"),
        "link", "programme_link", "cancel_link", "starts", by_date=True,
    ),
    _own(
        "your_code", _("Code for the welcome desk"), _("the day before the first day, at 9:00"),
        "link", "code", "cancel_link", by_date=True,
    ),
    _own("attestation_ready", _("Attestation ready"), _("when you send the attestations"), "link"),
    _own("deletion_notice", _("Data soon deleted"), _("before personal data is deleted"), "link", "deadline"),
)  # fmt: skip
