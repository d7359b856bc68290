"""Registering somebody. The later steps (accept, cancel…) are moving.py's, and reached from here too.

A place is counted and taken in one transaction, after waiting for the event's turn: exact under simultaneous
requests on SQLite and PostgreSQL. Lists go in through roster.py, with the same count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import letters
from ..enums import Purpose, RegistrationState, Source
from ..kit.errors import Refused
from ..models import Account, Answer, Event, Needs, Person, Question, Registration, Role, Theme, ThemeChoice
from . import audit, clock, consenting, places, windows
from .moving import (
    NoPlaceLeft,
    NotFromHere,
    RulesNotAccepted,
    accept,
    cancel,
    confirm,
    confirm_own,
    decline,
    waitlist,
)
from .roster_cells import name_key

__all__ = [
    "AlreadyRegistered", "NoPlaceLeft", "NotFromHere", "Outlook", "RegistrationClosed", "RulesNotAccepted", "accept",
    "cancel", "confirm", "confirm_own", "decline", "outlook", "person_known_as", "place_in_queue", "places_left",
    "register", "tell_owner", "waitlist",
]  # fmt: skip

State = RegistrationState


class RegistrationClosed(Refused):
    code = "registration_closed"


class AlreadyRegistered(Refused):
    """`details["registration"]` is the one there is; never shown to a stranger."""

    code = "already_registered"


@dataclass(frozen=True)
class Outlook:
    """What registering now would lead to: a state and, on the waiting list, the place in it."""

    state: str
    place: int | None = None


@transaction.atomic
def register(
    *,
    event: Event,
    role: Role,
    first_name: str,
    last_name: str,
    email: str = "",
    phone: str = "",
    organisation: str = "",
    language: str = "fr",
    skills: Iterable[str] = (),
    level: int | None = None,
    themes: Iterable[Theme] = (),
    diet: str = "",
    access: str = "",
    consents: Iterable[str] = (),
    shows_role: bool = False,
    answers: Mapping[Question, Any] | None = None,
    day_intentions: Mapping[str, bool] | None = None,
    ticket_number: str = "",
    source: str = Source.FORM,
    submitted_at: datetime | None = None,
    key: str = "",
    actor: Account | None = None,
) -> Registration:
    """Register a person: accepted, under review (a role accepted by hand) or on the waiting list, with its letter.

    `themes` best first; `level` 1 to 5; `day_intentions` ISO date → will come; `key` makes a repeat of the same
    form harmless. Needs (diet, access) are kept only with their consent. Raises RegistrationClosed (form and API
    only: the desk and lists have their own rules) and AlreadyRegistered.
    """
    if source in (Source.FORM, Source.API) and not windows.registration_is_open(event):
        raise RegistrationClosed(
            _("Registration is closed: write to the organisers if you think it should be open.")
        )
    Event.objects.take_turn(event)
    email = email.strip().lower()
    person = person_known_as(event, first_name, last_name, email)
    before = getattr(person, "registration", None) if person else None
    if before is not None and key and before.extra.get("form") == key:
        return before
    if before is not None and before.state not in (State.CANCELLED, State.EXPIRED, State.DRAFT):
        raise AlreadyRegistered(_("This person is registered already."), registration=before)
    person = person or Person(event=event)
    person.first_name, person.last_name, person.email = first_name.strip(), last_name.strip(), email
    person.phone, person.organisation, person.language = phone.strip(), organisation.strip(), language
    if actor is not None and email and actor.email == email:
        person.account = actor
    person.save()
    registration = before or Registration(event=event, person=person)
    registration.role = role
    registration.source = source
    registration.skills, registration.level = list(skills), level
    registration.shows_role = shows_role and not role.is_private
    registration.day_intentions = dict(day_intentions or {})
    registration.ticket_number = ticket_number
    registration.submitted_at = submitted_at or clock.now(event)
    registration.offer_expires_at = None
    registration.extra = {**registration.extra, "form": key} if key else registration.extra
    registration.state = outlook(event, role).state
    registration.save()
    _keep_choices(registration, themes)
    _keep_answers(registration, answers or {})
    agreed = set(consents)
    consenting.give(person=person, purposes=sorted(agreed), source=source, actor=actor)
    if Purpose.NEEDS in agreed and (diet.strip() or access.strip()):
        Needs.objects.update_or_create(
            person=person, defaults={"diet": diet.strip(), "access": access.strip()}
        )
    entry = audit.record(
        event=event,
        actor=actor,
        verb="register",
        about=registration,
        role=role.key,
        state=registration.state,
        source=source,
        again=before is not None,
    )
    letters.registration_news(registration=registration, news=registration.state, number=entry.pk)
    return registration


def person_known_as(event: Event, first_name: str, last_name: str, email: str) -> Person | None:
    """Whom the event knows at that address under that name, whichever of the two names comes first."""
    if not email:
        return None
    wanted = name_key(first_name, last_name)
    at_address = Person.objects.for_event(event).reached_at(email).select_related("registration")
    return next(
        (person for person in at_address if name_key(person.first_name, person.last_name) == wanted), None
    )


def outlook(event: Event, role: Role) -> Outlook:
    """What registering in that role now leads to; exact under the event's turn, a forecast elsewhere."""
    if role.is_reviewed:
        return Outlook(State.SUBMITTED)
    now = places.count(event)
    if now.admits(role.pk):
        return Outlook(State.ACCEPTED)
    return Outlook(State.WAITLISTED, now.waiting[role.pk] + 1)


def places_left(event: Event, role: Role) -> int | None:
    """How many places that role has left, the event's own limit included; None when nothing limits it."""
    return places.count(event).left(role.pk)


def place_in_queue(registration: Registration) -> int | None:
    """1 for the next to be offered a place in that role; None for somebody who does not wait."""
    if registration.state != State.WAITLISTED:
        return None
    queue = Registration.objects.for_event(registration.event).in_role(registration.role).waiting()
    return queue.before(registration).count() + 1


@transaction.atomic
def tell_owner(*, registration: Registration) -> None:
    """Write to somebody whose name and address were sent in again; at most once a day."""
    letters.already_registered(registration=registration, on=f"{timezone.now():%Y-%m-%d}")


def _keep_choices(registration: Registration, themes: Iterable[Theme]) -> None:
    registration.choices.all().delete()
    ThemeChoice.objects.bulk_create(
        ThemeChoice(registration=registration, theme=theme, rank=rank)
        for rank, theme in enumerate(dict.fromkeys(themes), start=1)
    )


def _keep_answers(registration: Registration, answers: Mapping[Question, Any]) -> None:
    registration.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(registration=registration, question=question, asked=question.label, value=value)
        for question, value in answers.items()
        if value not in (None, "")
    )
