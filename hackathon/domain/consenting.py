"""Consents: given one by one, each with its version and its date; taken back by a date, never by a deletion.

It refuses to infer one consent from another, or any from silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ..enums import Purpose
from ..models import Account, Consent, Person
from . import audit, clock

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
    """Take a consent back; True when there was one. What it allowed stops from now on."""
    in_force = Consent.objects.of(person).in_force().filter(purpose=purpose)
    was_given = bool(in_force.update(withdrawn_at=at or clock.now(person.event)))
    if was_given:
        audit.record(event=person.event, actor=actor, verb="withdraw_consent", about=person, purpose=purpose)
    return was_given


def version_of(person: Person, purpose: str) -> str:
    """The version of the text agreed to: the rules have the event's, the other texts are ours."""
    return person.event.rules_version if purpose == Purpose.RULES else "1"


def missing(person: Person) -> list[str]:
    """Required consents not in force for this person, or given to an older version of the rules."""
    given = dict(Consent.objects.of(person).in_force().values_list("purpose", "version"))
    return [purpose for purpose in REQUIRED if given.get(purpose) != version_of(person, purpose)]
