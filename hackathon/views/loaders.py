"""Finding what a URL names, for this user: what is not theirs to know of does not exist (404)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from ..domain import desk, finding, windows
from ..kit.registry import Document, registry
from ..models import Account, AuditEntry, Duty, Event, EventDay, Person, Registration, Window


def load_event(request: HttpRequest, event: str, **others: Any) -> Event:
    """The event of that address, whatever its state: for pages that a duty opens.

    An event that is not public does not exist for those who hold no duty in it.
    """
    found = finding.event_at(event, request.user)
    if found is None:
        raise Http404
    request.event = found  # type: ignore[attr-defined]
    timezone.activate(found.zone)  # views/zone.py gives it up with the request
    return found


def load_own_registration(request: HttpRequest, event: str, registration: int, **others: Any) -> Registration:
    """A registration of this viewer's own; anybody else's does not exist. A stranger is asked to sign in first."""
    subject = load_event(request, event)
    known = Registration.objects.for_event(subject).with_people()
    if is_somebody(request):
        known = known.reachable_by(request.user)
    return _one(known.numbered(registration).first(), subject)


def load_registration(request: HttpRequest, event: str, registration: int, **others: Any) -> Registration:
    """Any registration of that event: for organisers, whose permission decides."""
    subject = load_event(request, event)
    found = Registration.objects.for_event(subject).with_people().numbered(registration).first()
    return _one(found, subject)


def _one(registration: Registration | None, event: Event) -> Registration:
    if registration is None:
        raise Http404
    registration.event = registration.person.event = event
    return registration


def load_account(request: HttpRequest, **others: Any) -> Account | None:
    """Whoever is signed in; nobody for a stranger, whom the guard sends to sign in."""
    return request.user if request.user.is_authenticated else None


def load_own_person(request: HttpRequest, event: str, person: int, **others: Any) -> Person:
    """Somebody reached through this account; anybody else does not exist. A stranger is asked to sign in first."""
    subject = load_event(request, event)
    known = Person.objects.for_event(subject)
    if is_somebody(request):
        known = known.reachable_by(request.user)
    found = known.numbered(person).first()
    if found is None:
        raise Http404
    found.event = subject
    return found


def load_window(request: HttpRequest, event: str, window: int, **others: Any) -> Window:
    """A window of that event."""
    subject = load_event(request, event)
    found = next((each for each in windows.windows_of(subject) if each.pk == window), None)
    if found is None:
        raise Http404
    return found


def load_duty(request: HttpRequest, event: str, duty: int, **others: Any) -> Duty:
    """A duty given in that event."""
    subject = load_event(request, event)
    found = Duty.objects.for_event(subject).numbered(duty).first()
    if found is None:
        raise Http404
    found.event = subject
    return found


def load_day(request: HttpRequest, event: str, day: int, **others: Any) -> EventDay:
    """A day of that event."""
    subject = load_event(request, event)
    found = next((each for each in subject.days.all() if each.pk == day), None)
    if found is None:
        raise Http404
    found.event = subject
    return found


@dataclass(frozen=True)
class AskedDocument:
    """A registered document of one event, in one language."""

    event: Event
    document: Document
    language: str


def load_document(request: HttpRequest, event: str, name: str, language: str, **others: Any) -> AskedDocument:
    """A registered document, in a language it is printed in."""
    subject = load_event(request, event)
    document = registry.document(name)
    if document is None or language not in ("fr", "en"):
        raise Http404
    return AskedDocument(subject, document, language)


def load_desk_act(request: HttpRequest, event: str, entry: int, **others: Any) -> AuditEntry:
    """An arrival or a departure that the desk of that event recorded."""
    subject = load_event(request, event)
    found = AuditEntry.objects.for_event(subject).doing(*desk.ACTS).numbered(entry).first()
    if found is None:
        raise Http404
    found.event = subject
    return found


def is_somebody(request: HttpRequest) -> bool:
    """Signed in, or holding an open pass: others are asked who they are before they are told what is not there."""
    return request.user.is_authenticated or bool(getattr(request.user, "passes", ()))


def actor_of(request: HttpRequest) -> Account | None:
    """Who acts, for a verb's record: the account signed in, None for a stranger."""
    return request.user if isinstance(request.user, Account) else None
