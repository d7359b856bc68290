"""Who may do what with the event and its registrations; each line should read as a sentence."""

from __future__ import annotations

from typing import Any

from rules import add_perm, predicate

from .domain import windows
from .enums import DutyKind
from .kit.registry import registry
from .models import Registration


def has_duty(kind: str) -> Any:
    @predicate(f"has_duty_{kind}")
    def held(user: Any, subject: Any) -> bool:
        return bool(user.is_authenticated and subject is not None and kind in user.duties_in(subject.event))

    return held


@predicate
def is_organiser(user: Any, subject: Any) -> bool:
    """Holds the duty and, where the event asks for it, signs in with a second factor."""
    if not has_duty(DutyKind.ORGANISER)(user, subject):
        return False
    return not subject.event.requires_second_factor or user.has_second_factor


is_at_the_desk = has_duty(DutyKind.DESK)
is_mentor = has_duty(DutyKind.MENTOR)
is_secretary = has_duty(DutyKind.SECRETARY)
knows_needs = has_duty(DutyKind.CARE)


@predicate
def is_signed_in(user: Any, subject: Any) -> bool:
    return bool(user.is_authenticated)


@predicate
def is_that_account(user: Any, account: Any) -> bool:
    return bool(user.is_authenticated and account is not None and user.pk == account.pk)


@predicate
def has_opened_a_pass(user: Any, subject: Any) -> bool:
    """Typed the code printed for somebody without e-mail, on this browser."""
    return bool(getattr(user, "passes", ()))


@predicate
def is_registered(user: Any, event: Any) -> bool:
    """Reaches somebody who is registered in that event, by account or by pass; asked once per request."""
    if not (user.is_authenticated or has_opened_a_pass(user, event)):
        return False
    cache = user.__dict__.setdefault("_takes_part", {})
    if event.pk not in cache:
        cache[event.pk] = Registration.objects.for_event(event).reachable_by(user).exists()
    return cache[event.pk]


@predicate
def takes_part(user: Any, event: Any) -> bool:
    """The same with an account, as everything that people do together asks for."""
    return bool(user.is_authenticated and is_registered(user, event))


@predicate
def may_read_that_document(user: Any, subject: Any) -> bool:
    """A document asks for the same permission as the page that says the same."""
    return bool(user.has_perm(subject.document.permission, subject.event))


@predicate
def asked_for_it_and_still_may(user: Any, job: Any) -> bool:
    """A long piece of work is followed by whoever asked for it, while its permission holds."""
    kind = registry.jobs.get(job.kind)
    return bool(kind and job.requested_by_id == user.pk and user.has_perm(kind.permission, job.event))


@predicate
def is_own_person(user: Any, person: Any) -> bool:
    if user.is_authenticated and person.account_id == user.pk:
        return True
    passes = getattr(user, "passes", ())
    return bool(passes) and hasattr(person, "registration") and person.registration.pk in passes


@predicate
def is_own_registration(user: Any, registration: Any) -> bool:
    if user.is_authenticated and registration.person.account_id == user.pk:
        return True
    return registration.pk in getattr(user, "passes", ())


@predicate
def is_own_answer(user: Any, answer: Any) -> bool:
    return is_own_registration(user, answer.registration)


@predicate
def is_visible(user: Any, event: Any) -> bool:
    return bool(event.event.is_public)


@predicate
def registration_is_open(user: Any, event: Any) -> bool:
    return windows.registration_is_open(event.event)


add_perm("hackathon.see_event", is_visible | is_organiser)
add_perm("hackathon.register", is_visible & registration_is_open)
add_perm("hackathon.see_account", is_that_account)
add_perm("hackathon.see_own_space", is_signed_in | has_opened_a_pass)
add_perm("hackathon.take_part", is_registered)
add_perm("hackathon.see_own_data", is_signed_in | has_opened_a_pass)
add_perm("hackathon.correct_own_data", is_own_person)
add_perm("hackathon.erase_own_data", is_own_person)
add_perm("hackathon.see_registration", is_own_registration | is_organiser)
add_perm("hackathon.answer_for_registration", is_own_registration)
add_perm("hackathon.read_answer", is_own_answer | is_organiser)
add_perm("hackathon.see_tower", is_organiser)
add_perm("hackathon.change_event", is_organiser)
add_perm("hackathon.see_registrations", is_organiser)
add_perm("hackathon.change_registration", is_organiser)
add_perm("hackathon.see_needs", knows_needs)
add_perm("hackathon.see_catering", is_organiser | knows_needs)
add_perm("hackathon.make_passes", is_organiser)
add_perm("hackathon.print_badges", is_at_the_desk | is_organiser)
add_perm("hackathon.print_sign_in_sheets", is_at_the_desk | is_organiser)
add_perm("hackathon.issue_attestations", is_organiser)
add_perm("hackathon.import_registrations", is_organiser)
add_perm("hackathon.export_registrations", is_organiser)
add_perm("hackathon.see_audit", is_organiser)
add_perm("hackathon.see_mail", is_organiser)
add_perm("hackathon.send_mail_again", is_organiser)
add_perm("hackathon.change_letters", is_organiser)
add_perm("hackathon.see_documents", is_organiser | is_secretary)
add_perm("hackathon.read_document", may_read_that_document)
add_perm("hackathon.follow_job", asked_for_it_and_still_may)
add_perm("hackathon.change_windows", is_organiser)
add_perm("hackathon.change_staff", is_organiser)
add_perm("hackathon.work_at_desk", is_at_the_desk | is_organiser)
