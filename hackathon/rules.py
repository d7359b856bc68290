"""Who may do what with the event and its registrations; each line should read as a sentence."""

from __future__ import annotations

from typing import Any

from rules import add_perm, predicate

from .domain import windows
from .enums import DutyKind
from .models import Registration


def has_duty(kind: str) -> Any:
    @predicate(f"has_duty_{kind}")
    def held(user: Any, subject: Any) -> bool:
        return bool(user.is_authenticated and subject is not None and kind in user.duties_in(subject.event))

    return held


is_organiser = has_duty(DutyKind.ORGANISER)
is_at_the_desk = has_duty(DutyKind.DESK)
is_mentor = has_duty(DutyKind.MENTOR)
is_secretary = has_duty(DutyKind.SECRETARY)


@predicate
def is_signed_in(user: Any, subject: Any) -> bool:
    return bool(user.is_authenticated)


@predicate
def is_that_account(user: Any, account: Any) -> bool:
    return bool(user.is_authenticated and account is not None and user.pk == account.pk)


@predicate
def takes_part(user: Any, event: Any) -> bool:
    """Reaches somebody who is registered in that event; asked of the database once per request."""
    if not user.is_authenticated:
        return False
    cache = user.__dict__.setdefault("_takes_part", {})
    if event.pk not in cache:
        cache[event.pk] = Registration.objects.for_event(event).of(user).exists()
    return cache[event.pk]


@predicate
def may_read_that_document(user: Any, subject: Any) -> bool:
    """A document asks for the same permission as the page that says the same."""
    return bool(user.has_perm(subject.document.permission, subject.event))


@predicate
def is_own_person(user: Any, person: Any) -> bool:
    return bool(user.is_authenticated and person.account_id == user.pk)


@predicate
def is_own_registration(user: Any, registration: Any) -> bool:
    return bool(user.is_authenticated and registration.person.account_id == user.pk)


@predicate
def is_visible(user: Any, event: Any) -> bool:
    return bool(event.event.is_public)


@predicate
def registration_is_open(user: Any, event: Any) -> bool:
    return windows.registration_is_open(event.event)


add_perm("hackathon.see_event", is_visible | is_organiser)
add_perm("hackathon.register", is_visible & registration_is_open)
add_perm("hackathon.see_account", is_that_account)
add_perm("hackathon.see_own_space", is_signed_in)
add_perm("hackathon.take_part", takes_part)
add_perm("hackathon.see_own_data", is_signed_in)
add_perm("hackathon.erase_own_data", is_own_person)
add_perm("hackathon.see_registration", is_own_registration | is_organiser)
add_perm("hackathon.answer_for_registration", is_own_registration)
add_perm("hackathon.see_tower", is_organiser)
add_perm("hackathon.change_event", is_organiser)
add_perm("hackathon.see_registrations", is_organiser)
add_perm("hackathon.change_registration", is_organiser)
add_perm("hackathon.import_registrations", is_organiser)
add_perm("hackathon.export_registrations", is_organiser)
add_perm("hackathon.see_audit", is_organiser)
add_perm("hackathon.see_mail", is_organiser)
add_perm("hackathon.see_documents", is_organiser | is_secretary)
add_perm("hackathon.read_document", may_read_that_document)
add_perm("hackathon.change_windows", is_organiser)
add_perm("hackathon.change_staff", is_organiser)
add_perm("hackathon.work_at_desk", is_at_the_desk | is_organiser)
