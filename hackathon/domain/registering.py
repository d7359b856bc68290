"""Registering somebody. The later steps (accept, cancel…) are moving.py's, and reached from here too.

A place is counted and taken in one transaction, after waiting for the event's turn: exact under simultaneous
requests on SQLite and PostgreSQL. Lists go in through roster, with the same count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import letters
from ..enums import Purpose, RegistrationState, Source
from ..kit.errors import Refused
from ..models import Account, Event, InvitationCode, Needs, Person, Question, Registration, Role, Theme
from . import answering, audit, clock, consenting, inviting, places, windows
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
from .recognising import person_known_as, sent_before

__all__ = [
    "AlreadyRegistered", "NoPlaceLeft", "NotFromHere", "Outlook", "RegistrationClosed", "RoleClosed",
    "RulesNotAccepted", "accept", "cancel", "confirm", "confirm_own", "decline", "outlook", "person_known_as",
    "place_in_queue", "places_left", "register", "tell_owner", "waitlist",
]  # fmt: skip

State = RegistrationState


class RegistrationClosed(Refused):
    code = "registration_closed"


class RoleClosed(Refused):
    code = "role_closed"


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
    state: str = "",
    invitation: InvitationCode | None = None,
    party: UUID | None = None,
    actor: Account | None = None,
) -> Registration:
    """Register a person: accepted, under review (a role accepted by hand) or on the waiting list, with its letter.

    `themes` best first; `level` 1 to 5; `day_intentions` ISO date → will come; `key` makes a repeat of the same
    form harmless; `state` is the one the desk decided, having counted the places; `invitation` opens its closed role;
    `party` is shared by people registered together. Needs (diet, access) are kept only with their consent. Raises
    RegistrationClosed, RoleClosed and CodeRefused (form and API only: the desk and lists have their own rules) and
    AlreadyRegistered.
    """
    is_public = source in (Source.FORM, Source.API)
    if is_public and not windows.registration_is_open(event):
        raise RegistrationClosed(
            _("Registration is closed: write to the organisers if you think it should be open.")
        )
    Event.objects.take_turn(event)
    email = email.strip().lower()
    sent, form_key = sent_before(event, key, first_name, last_name, email)
    if sent is not None:
        return sent
    if is_public:
        _open_role(event, role, invitation)
    person = person_known_as(event, first_name, last_name, email)
    before = getattr(person, "registration", None) if person else None
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
    registration.form_key = form_key
    registration.invitation, registration.party = invitation, party
    registration.registered_by = actor if party else None
    registration.state = state or outlook(event, role).state
    registration.save()
    answering.keep_choices(registration, themes)
    answering.keep_answers(registration, answers or {})
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


def _open_role(event: Event, role: Role, invitation: InvitationCode | None) -> None:
    """That role is on the public form still, or this code opens it; its use is counted. Raises RoleClosed, CodeRefused."""
    if invitation is not None and invitation.role_id == role.pk:
        inviting.take_use(event, invitation)
    elif not Role.objects.for_event(event).open().numbered(role.pk).exists():
        raise RoleClosed(_("This role is not open any more: choose another one."))


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
