"""One function per letter about the event and its registrations. Each returns the queued row, or None if that
letter (its `key`) was queued before, or when the person has no address.

A letter that is registered (domain/letter_kinds.py) takes the organisers' words where they wrote some.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as format_moment
from django.utils.dateformat import time_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, override

from .enums import RegistrationState as State
from .kit import mail
from .kit.registry import registry
from .models import Account, Event, LetterText, OutgoingMail, Person, Registration

#: What every letter may say, and what that is in its template.
USUAL = {
    "first_name": "person.first_name",
    "event": "event",
    "dates": "dates",
    "venue": "venue",
    "contact": "event.contact_email",
}
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
    code: str = "",
    is_secret: bool = False,
) -> OutgoingMail | None:
    """Compose a letter and put it in the outbox, in the caller's transaction. Nobody without an address is written to.

    `context` is what its template speaks of. `code`: what the QR picture attached to it holds. `is_secret`: its link
    opens something by itself, so that nobody else reads it and it is emptied once it left.
    """
    if not to:
        return None
    letter = composed(template, language, {**usual(event, language), "person": person, **context})
    return OutgoingMail.objects.queue(
        letter=template,
        to=to,
        language=language,
        key=key,
        event=event,
        person=person,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        code=code,
        is_secret=is_secret,
    )


def usual(event: Event | None, language: str) -> dict[str, Any]:
    """What every letter of an event may speak of; the dates are asked of the database only by one that does."""
    if event is None:
        return {"event": None}
    return {
        "event": event,
        "venue": ", ".join(part for part in (event.venue, event.city) if part),
        "dates": SimpleLazyObject(lambda: written_dates(event, language)),
    }


def composed(template: str, language: str, context: dict[str, Any]) -> mail.Letter:
    """That letter about those things, in the organisers' words if they have some, else in ours."""
    kind, event = registry.letters.get(template), context.get("event")
    own = LetterText.objects.words(event, template, language) if kind and event else None
    if own is None or kind is None:
        return mail.compose(template, language, context)
    known = mail.values({**USUAL, **kind.placeholders}, context, language)
    return mail.fill(own.subject, own.text, known, language, event=event)


def sign_in_code(*, letter: str, to: str, language: str, subject: str, text: str) -> OutgoingMail | None:
    """A code to sign in, worded by the accounts library; emptied once it is sent."""
    return OutgoingMail.objects.queue(
        letter=letter, to=to, language=language, subject=subject, text=text, is_secret=True
    )


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
            "cancel_url": address("hackathon:own_cancel", event.slug, registration.pk, language=language),
        },
        event=event,
        person=person,
    )


def offer_reminder(*, registration: Registration) -> OutgoingMail | None:
    """The place offered is still kept, and not for long; once per offer."""
    until = registration.offer_expires_at
    return _to_registered(
        registration,
        "offer_reminder",
        key=until.isoformat() if until else "",
        deadline=written_moment(registration.event, until, registration.person.language or "fr"),
    )


def confirm_reminder(*, registration: Registration, on: str) -> OutgoingMail | None:
    """Somebody accepted has not said that they come; once per day (`on`, an ISO date)."""
    return _to_registered(registration, "confirm_reminder", key=on)


def second_factor_removed(*, event: Event, account: Account, by: str, number: int) -> OutgoingMail | None:
    """To an organiser whose second factor another one removed; `number` is the act's."""
    return post(
        template="second_factor_removed",
        to=account.email,
        language=account.language or "fr",
        key=f"second_factor_removed:{account.pk}:{number}",
        context={"by": by, "url": address("mfa_index", language=account.language or "fr")},
        event=event,
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


def draft_kept(
    *, event: Event, to: str, language: str, link: str, key: str, first_name: str = ""
) -> OutgoingMail | None:
    """The address that opens a form as far as it was filled in. Whoever holds it reads what was typed."""
    return post(
        template="draft_kept",
        to=to,
        language=language,
        key=f"draft_kept:{key}",
        context={"person": {"first_name": first_name}, "url": link},
        event=event,
        is_secret=True,
    )


def practical_information(*, registration: Registration) -> OutgoingMail | None:
    """Where, when and how, a week before; once per person."""
    event, language = registration.event, registration.person.language or "fr"
    first = event.days.first()
    return _to_registered(
        registration,
        "practical_information",
        starts=written_time(first.morning_starts, language) if first else "",
        programme_url=address("hackathon:programme", event.slug, language=language),
    )


def your_code(*, registration: Registration) -> OutgoingMail | None:
    """The code to show at the welcome desk, the day before: as a link, as text and as a picture; once per person."""
    with override(
        settings.LANGUAGE_CODE
    ):  # as on a badge: short, and the desk answers in its reader's language
        desk = f"{settings.SITE_URL.rstrip('/')}{reverse('hackathon:desk', args=[registration.event.slug])}"
    return _to_registered(
        registration, "your_code", code=registration.code, picture=f"{desk}?q={registration.code}"
    )


def attestation_ready(*, registration: Registration, link: str, number: str) -> OutgoingMail | None:
    """The attestation of presence can be downloaded at `link`; `number` tells one version from the next."""
    return _to_registered(registration, "attestation_ready", key=number, url=link)


def deletion_notice(*, person: Person, on: str, deadline: str) -> OutgoingMail | None:
    """What is known about somebody will be deleted on `deadline` (in words, in their language); `on` tells one notice
    from the next."""
    event, language = person.event, person.language or "fr"
    return post(
        template="deletion_notice",
        to=person.email,
        language=language,
        key=f"deletion_notice:{person.pk}:{on}",
        context={
            "deadline": deadline,
            "url": address("hackathon:my_data", event.slug, language=language),
        },
        event=event,
        person=person,
    )


def _to_registered(
    registration: Registration, letter: str, *, key: str = "", picture: str = "", **context: Any
) -> OutgoingMail | None:
    """A letter to somebody registered, one of each `key`."""
    person, event = registration.person, registration.event
    language = person.language or "fr"
    return post(
        template=letter,
        to=person.email,
        language=language,
        key=f"{letter}:{registration.pk}{key and ':'}{key}",
        context={
            "registration": registration,
            "url": address("hackathon:me", event.slug, language=language),
            "cancel_url": address("hackathon:own_cancel", event.slug, registration.pk, language=language),
            **context,
        },
        event=event,
        person=person,
        code=picture,
    )


def written_dates(event: Event, language: str) -> str:
    """The days of the event in words, as in “18 and 19 November 2016”; empty for none."""
    days = [day.on for day in event.days.all()]
    with override(language):
        if not days:
            return ""
        first, last = days[0], days[-1]
        end = format_moment(last, "j F Y")
        if first == last:
            return format_moment(last, "l j F Y")
        same = (first.month, first.year) == (last.month, last.year)
        start = format_moment(first, "j" if same else "j F" if first.year == last.year else "j F Y")
        if len(days) == 2:
            return gettext("%(first)s and %(last)s") % {"first": start, "last": end}
        return gettext("%(first)s to %(last)s") % {"first": start, "last": end}


def written_time(at: time, language: str) -> str:
    """An hour of the day, in words."""
    with override(language):
        return time_format(at, gettext("H:i"))


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
