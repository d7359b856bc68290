"""What is known about a person: all of it to hand over, and all of it to erase on request.

Each app brings its part through the registry; this file holds the part of the event and its registrations, and the
two verbs. Erasing keeps the rows without the person, so that counts and sealed totals stay what they were.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import RegistrationState
from ..kit.errors import Refused
from ..kit.registry import registry
from ..models import (
    Account,
    AuditEntry,
    BadgePrint,
    Event,
    Needs,
    OutgoingMail,
    Pass,
    Person,
    Registration,
    RegistrationDraft,
)
from . import audit, clock, registering

#: What stands where a name stood. Not translated: it is stored, and says nothing about anybody.
NOBODY = "—"
#: States in which nobody is expected any more.
GONE = (RegistrationState.CANCELLED, RegistrationState.DECLINED, RegistrationState.EXPIRED)


class ErasureRefused(Refused):
    code = "erasure_refused"


def everything_about(person: Person) -> dict[str, Any]:
    """What every app holds about that person, as plain data: {app's part: {…}}."""
    return {part.name: part.export(person) for part in registry.personal_data}


@transaction.atomic
def erase_person(*, person: Person, actor: Account | None) -> None:
    """Forget who this was, in every app, and give the place back. What was sealed keeps its digests.

    Raises ErasureRefused for somebody who is already nobody.
    """
    if is_erased(person):
        raise ErasureRefused(_("This person’s data has been erased already."))
    event = person.event
    registration = Registration.objects.filter(person=person).first()
    if registration is not None and registration.state not in GONE and not _has_ended(event):
        registering.cancel(registration=registration, actor=actor)
    person.refresh_from_db()
    for part in reversed(registry.personal_data):  # what stands downstream first
        part.erase(person)
    audit.record(event=event, actor=None, verb="erase_person", about=person)


def _has_ended(event: Event) -> bool:
    """After the last day a registration is history: cancelling it would change the counts."""
    last = max((day.on for day in event.days.all()), default=None)
    return last is not None and event.local(clock.now(event)).date() > last


def is_erased(person: Person) -> bool:
    """Whether nothing says any more who that was."""
    return person.first_name == NOBODY and not person.email


def export(person: Person) -> dict[str, Any]:
    """This app's part."""
    return {
        "event": str(person.event),
        "person": {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": person.email,
            "phone": person.phone,
            "organisation": person.organisation,
            "language": person.language,
            "known_since": person.created_at.isoformat(),
        },
        "registration": _registration(Registration.objects.with_people().filter(person=person).first()),
        "needs": _needs(Needs.objects.filter(person=person).first()),
        "consents": [
            {
                "purpose": consent.get_purpose_display(),
                "version": consent.version,
                "given_at": consent.given_at.isoformat(),
                "withdrawn_at": consent.withdrawn_at and consent.withdrawn_at.isoformat(),
            }
            for consent in person.consents.all()
        ],
        "letters": [
            {"to": letter.to, "subject": letter.subject, "on": letter.queued_at.isoformat()}
            for letter in OutgoingMail.objects.filter(person=person).order_by("pk")
        ],
    }


def _registration(registration: Registration | None) -> dict[str, Any] | None:
    if registration is None:
        return None
    return {
        "role": registration.role.name,
        "state": registration.get_state_display(),
        "came_by": registration.get_source_display(),
        "payer": registration.payer,
        "ticket_number": registration.ticket_number,
        "skills": registration.skills,
        "level": registration.level,
        "shows_role": registration.shows_role,
        "announced_days": registration.day_intentions,
        "other_columns": registration.extra,
        "submitted_at": registration.submitted_at and registration.submitted_at.isoformat(),
        "themes": [choice.theme.title for choice in registration.choices.select_related("theme")],
        "answers": {answer.asked: answer.value for answer in registration.answers.all()},
        "presence": [
            {
                "day": str(presence.day),
                "half": presence.get_half_display(),
                "in": presence.in_at and presence.in_at.isoformat(),
                "out": presence.out_at and presence.out_at.isoformat(),
            }
            for presence in registration.presences.select_related("day").order_by("day__on", "half")
        ],
    }


def _needs(needs: Needs | None) -> dict[str, str] | None:
    return {"diet": needs.diet, "access": needs.access} if needs else None


@transaction.atomic
def erase(person: Person) -> None:
    """This app's part: the rows stay, without anything that says who it was; the role stays for the counts."""
    Needs.objects.filter(person=person).delete()
    Pass.objects.filter(registration__person=person).delete()
    person.consents.in_force().update(withdrawn_at=timezone.now())
    OutgoingMail.objects.waiting().filter(person=person).delete()
    OutgoingMail.objects.filter(person=person).update(to="", subject=NOBODY, text="", html="", person=None)
    for registration in Registration.objects.filter(person=person):
        registration.answers.all().delete()
        registration.replaced_codes.update(reason="")
        BadgePrint.objects.filter(registration=registration).delete()
        _forget_in_the_record(registration)
        registration.ticket_number, registration.skills, registration.extra = "", [], {}
        registration.day_intentions, registration.shows_role = {}, False
        registration.payer, registration.registered_by, registration.form_key = "", None, ""
        RegistrationDraft.objects.of(registration).delete()
        registration.save()
    account = person.account
    person.first_name, person.last_name, person.email = NOBODY, "", ""
    person.phone, person.organisation, person.account = "", "", None
    person.save()
    _forget_in_the_record(person)
    if account is not None and not (account.people.exists() or account.duties.exists() or account.is_staff):
        AuditEntry.objects.filter(actor=account).update(actor_label=NOBODY)
        account.delete()


def _forget_in_the_record(thing: Person | Registration) -> None:
    """The acts stay; the name they were about, and what was typed in them, do not."""
    AuditEntry.objects.about(thing).update(object_label=NOBODY, reason="", data={})
