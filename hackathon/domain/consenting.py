"""Consents: given one by one, each with its version and its date; taken back by a date, never by a deletion.

It refuses to infer one consent from another, or any from silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import Purpose
from ..kit.errors import Refused
from ..models import Account, Consent, Needs, Person
from . import audit, clock


class ConsentRefused(Refused):
    code = "consent_refused"


#: Without these nobody takes part.
REQUIRED = (Purpose.RULES,)


@transaction.atomic
def give(*, person: Person, purposes: Iterable[str], source: str, actor: Account | None) -> list[Consent]:
    """Record those consents that are not in force yet, or only for an older text; returns the new ones."""
    purposes = list(dict.fromkeys(purposes))
    event = person.event
    given = dict(Consent.objects.of(person).in_force().values_list("purpose", "version"))
    known = {purpose for purpose, version in given.items() if version == version_of(person, purpose)}
    older = [purpose for purpose in purposes if purpose in given and purpose not in known]
    Consent.objects.of(person).in_force().about(*older).update(withdrawn_at=clock.now(event))
    fresh = [
        Consent(
            person=person,
            purpose=purpose,
            version=version_of(person, purpose),
            given_at=clock.now(event),
            source=source,
        )
        for purpose in purposes
        if purpose not in known
    ]
    Consent.objects.bulk_create(fresh)
    if fresh:
        agreed = [consent.purpose for consent in fresh]
        audit.record(
            event=event, actor=actor, verb="give_consent", about=person, purposes=agreed, source=source
        )
    return fresh


@transaction.atomic
def withdraw(*, person: Person, purpose: str, actor: Account | None, at: datetime | None = None) -> bool:
    """Take a consent back; True when there was one. What it allowed stops from now on: needs are deleted at once."""
    in_force = Consent.objects.of(person).in_force().about(purpose)
    was_given = bool(in_force.update(withdrawn_at=at or clock.now(person.event)))
    if was_given and purpose == Purpose.NEEDS:
        Needs.objects.of(person).delete()  # nothing allows to keep them any more
    if was_given:
        audit.record(event=person.event, actor=actor, verb="withdraw_consent", about=person, purpose=purpose)
    return was_given


@transaction.atomic
def withdraw_own(*, person: Person, purpose: str, actor: Account | None) -> bool:
    """The same, by the person: the required ones cannot be taken back alone. Raises ConsentRefused, saying why."""
    if purpose in REQUIRED:
        raise ConsentRefused(
            _(
                "Nobody takes part without accepting the rules: to take this consent back, cancel your registration "
                "under “My hackathon”, or erase your data below."
            )
        )
    return withdraw(person=person, purpose=purpose, actor=actor)


@dataclass(frozen=True)
class Standing:
    """One purpose for one person: whether it is in force, for which version, and its whole history."""

    purpose: str
    label: str
    in_force: Consent | None
    is_outdated: bool
    is_required: bool
    history: list[Consent]


def standing(person: Person) -> list[Standing]:
    """Every purpose, in the order of the form, with what the person said about it and when; one query."""
    given = list(Consent.objects.of(person).in_order())
    return [
        _standing(person, purpose, [each for each in given if each.purpose == purpose]) for purpose in Purpose
    ]


def _standing(person: Person, purpose: Purpose, history: list[Consent]) -> Standing:
    now = next((each for each in history if each.withdrawn_at is None), None)
    return Standing(
        purpose=purpose.value,
        label=str(purpose.label),
        in_force=now,
        is_outdated=now is not None and now.version != version_of(person, purpose),
        is_required=purpose in REQUIRED,
        history=history,
    )


def version_of(person: Person, purpose: str) -> str:
    """The version of the text agreed to: the rules have the event's, the other texts are ours."""
    return person.event.rules_version if purpose == Purpose.RULES else "1"


def lacking(people: Iterable[Person]) -> set[int]:
    """Those of them (pk) for whom `missing` finds something; one query for all."""
    everybody = list(people)
    rows = (
        Consent.objects.in_force()
        .about(*REQUIRED)
        .of_people(everybody)
        .values_list("person", "purpose", "version")
    )
    given = {(person, purpose): version for person, purpose, version in rows}
    return {
        person.pk
        for person in everybody
        if any(given.get((person.pk, purpose)) != version_of(person, purpose) for purpose in REQUIRED)
    }


def missing(person: Person) -> list[str]:
    """Required consents not in force for this person, or given to an older version of the rules."""
    given = dict(Consent.objects.of(person).in_force().values_list("purpose", "version"))
    return [purpose for purpose in REQUIRED if given.get(purpose) != version_of(person, purpose)]
