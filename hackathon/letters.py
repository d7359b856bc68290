"""One function per letter about the event and its registrations. Each returns the queued row, or None if that
letter (its `key`) was queued before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_moment
from django.utils.translation import gettext, override

from .enums import RegistrationState as State
from .kit import mail
from .models import Event, OutgoingMail, Person, Registration
from .signals import letter_queued

#: States that are news to the person; a draft and one's own confirmation are not.
REGISTRATION_NEWS = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.WAITLISTED,
    State.OFFERED,
    State.EXPIRED,
    State.DECLINED,
    State.CANCELLED,
)


def post(
    *,
    template: str,
    to: str,
    language: str,
    key: str,
    context: dict[str, Any],
    event: Event | None = None,
    person: Person | None = None,
) -> OutgoingMail | None:
    """Compose a letter and put it in the outbox, in the caller's transaction. Nobody without an address is written to."""
    if not to:
        return None
    letter = mail.compose(template, language, {"event": event, "person": person, **context})
    return _queue(
        letter=template,
        to=to,
        language=language,
        key=key,
        event=event,
        person=person,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
    )


def sign_in_code(*, letter: str, to: str, language: str, subject: str, text: str) -> OutgoingMail | None:
    """A code to sign in, worded by the accounts library; emptied once it is sent."""
    return _queue(letter=letter, to=to, language=language, subject=subject, text=text, is_secret=True)


def registration_news(
    *, registration: Registration, news: str, number: int, reason: str = ""
) -> OutgoingMail | None:
    """What became of a registration: `news` is its new state. `number` (of the act) makes each one a letter.

    The role is never named: the address may be somebody else's (who paid, who registered a friend).
    """
    if news not in REGISTRATION_NEWS:
        return None
    person, event = registration.person, registration.event
    language = person.language or "fr"
    return post(
        template=f"registration_{news}",
        to=person.email,
        language=language,
        key=f"registration_{news}:{registration.pk}:{number}",
        context={
            "registration": registration,
            "reason": reason,
            "deadline": written_moment(event, registration.offer_expires_at, language),
            "url": address("hackathon:me", event.slug, language=language),
        },
        event=event,
        person=person,
    )


def already_registered(*, registration: Registration, on: str) -> OutgoingMail | None:
    """To the owner of a registration, when somebody fills the form in their name; once per day (`on`)."""
    person, event = registration.person, registration.event
    return post(
        template="registration_already",
        to=person.email,
        language=person.language or "fr",
        key=f"registration_already:{registration.pk}:{on}",
        context={
            "registration": registration,
            "url": address("hackathon:me", event.slug, language=person.language or "fr"),
        },
        event=event,
        person=person,
    )


def written_moment(event: Event, moment: datetime | None, language: str) -> str:
    """That moment on the wall of the venue, in words; empty for None."""
    if moment is None:
        return ""
    with override(language):
        return format_moment(event.local(moment), gettext("j F Y, H:i"))


def address(view: str, *args: Any, language: str) -> str:
    """The full address of a page, in the reader's language, for use in a letter."""
    with override(language):
        return settings.SITE_URL.rstrip("/") + reverse(view, args=args)


def _queue(**fields: Any) -> OutgoingMail | None:
    queued = OutgoingMail.objects.queue(**fields)
    if queued is not None:
        letter_queued.send(OutgoingMail, mail_id=queued.pk)
    return queued
