"""Correcting what is written about somebody: recorded with what was there, refused where it would be somebody else."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.domain import people
from hackathon.domain.transitions import NoPlaceLeft
from hackathon.enums import RegistrationState
from hackathon.kit.errors import Stale
from hackathon.models import AuditEntry, Event, Registration
from hackathon.tests.factories import (
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_theme,
)


@pytest.fixture
def event(db: Any) -> Event:
    event = make_event()
    make_role(event, "developpeur")
    return event


def test_a_correction_keeps_what_was_there(event: Event) -> None:
    theme = make_theme(event, "Local")
    registration = make_registration(event, person=make_person(event, "Noemi", "Lecoq", phone="1"))
    changed = people.correct(
        registration=registration, actor=None, first_name=" Noémi ", phone="06 12", themes=[theme]
    )
    assert changed == ["first_name", "phone", "themes"]
    entry = AuditEntry.objects.get(verb="correct_person")
    assert entry.data["before"] == {"first_name": "Noemi", "phone": "1", "themes": []}
    assert entry.data["after"] == {"first_name": "Noémi", "phone": "06 12", "themes": ["Local"]}
    found = Registration.objects.with_people().get()
    assert (found.person.folded_name, found.choices.count()) == ("noemi lecoq", 1)
    assert people.correct(registration=found, actor=None, first_name="Noémi") == []
    assert AuditEntry.objects.count() == 1


def test_nobody_becomes_somebody_known_already(event: Event) -> None:
    make_registration(event, person=make_person(event, "Ana", "Sol", email="ana@example.org"))
    other = make_registration(event, person=make_person(event, "Sol", "Ana", email="autre@example.org"))
    with pytest.raises(people.KnownAlready):
        people.correct(registration=other, actor=None, email="ANA@example.org")
    other.person.refresh_from_db()
    assert other.person.email == "autre@example.org"


def test_what_somebody_changed_meanwhile_is_not_overwritten(event: Event) -> None:
    registration = make_registration(event)
    seen = people.mark(registration)
    people.correct(registration=registration, actor=None, seen=seen, phone="1")
    with pytest.raises(Stale):
        people.correct(registration=registration, actor=None, seen=seen, phone="2")


def test_a_role_that_is_full_is_refused_to_whoever_holds_a_place(event: Event) -> None:
    full = make_role(event, "designer", capacity=1)
    make_registration(event, full)
    holder = make_registration(event)
    waits = make_registration(event, state=RegistrationState.WAITLISTED)
    with pytest.raises(NoPlaceLeft):
        people.correct(registration=holder, actor=None, role=full)
    assert people.correct(registration=waits, actor=None, role=full) == ["role"]


def test_a_new_address_takes_the_page_from_whoever_reads_the_old_one(event: Event) -> None:
    reader = make_account("vieux@example.org")
    registration = make_registration(
        event, person=make_person(event, "Ana", "Sol", email="vieux@example.org", account=reader)
    )
    people.correct(registration=registration, actor=None, email="neuf@example.org")
    registration.person.refresh_from_db()
    assert registration.person.account is None


def test_a_first_name_is_needed(event: Event) -> None:
    with pytest.raises(people.NameMissing):
        people.correct(registration=make_registration(event), actor=None, first_name=" ")
