"""Registering and what follows: states, letters, consents, and the exact count of places."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.domain import consenting, registering, windows
from hackathon.enums import Purpose, RegistrationState, Source
from hackathon.models import AuditEntry, Consent, Needs, OutgoingMail, Person, Registration
from hackathon.signals import registration_withdrawn
from hackathon.tests.factories import (
    DEADLINE,
    DURING_REGISTRATION,
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_theme,
)

State = RegistrationState


@pytest.fixture
def event(db: Any, at: Any) -> Any:
    at(DURING_REGISTRATION)
    return make_event()


def register(event: Any, role: Any, **fields: Any) -> Registration:
    fields = {
        "first_name": "Luce",
        "last_name": "Lopes",
        "email": "luce@example.org",
        "actor": None,
        **fields,
    }
    return registering.register(event=event, role=role, **fields)


def test_registering_keeps_everything_and_writes_once(event: Any) -> None:
    role = make_role(event)
    first, second = make_theme(event, "Un"), make_theme(event, "Deux")
    registration = register(
        event,
        role,
        themes=[second, first],
        skills=["Python"],
        level=4,
        consents=[Purpose.RULES],
        language="en",
    )
    assert registration.state == State.ACCEPTED
    assert [choice.theme for choice in registration.choices.all()] == [second, first]
    assert list(Consent.objects.values_list("purpose", "version", "source")) == [("rules", "1", "form")]
    letter = OutgoingMail.objects.get()
    assert letter.language == "en"
    assert letter.to == "luce@example.org"
    assert f"/en/{event.slug}/me/" in letter.text
    assert AuditEntry.objects.filter(verb="register").count() == 1


def test_registering_in_a_reviewed_role_waits_for_an_answer(event: Any) -> None:
    assert register(event, make_role(event, is_reviewed=True)).state == State.SUBMITTED


def test_registering_past_the_role_or_the_event_waits(event: Any) -> None:
    role, other = make_role(event, capacity=1), make_role(event, "designer")
    states = [register(event, role, first_name=name, email=f"{name}@example.org").state for name in "abc"]
    assert states == [State.ACCEPTED, State.WAITLISTED, State.WAITLISTED]
    assert registering.place_in_queue(Registration.objects.get(person__first_name="c")) == 2
    event.capacity = 2
    event.save()
    assert register(event, other, first_name="d", email="d@example.org").state == State.ACCEPTED
    assert register(event, other, first_name="e", email="e@example.org").state == State.WAITLISTED


def test_a_newcomer_never_passes_those_who_wait(event: Any) -> None:
    role = make_role(event, capacity=1)
    event.offers_by_itself = False
    first = register(event, role)
    register(event, role, first_name="Ana", email="ana@example.org")
    registering.cancel(registration=first, actor=None)
    assert registering.places_left(event, role) == 1
    assert register(event, role, first_name="Zoe", email="zoe@example.org").state == State.WAITLISTED


def test_registering_is_closed_outside_its_window_but_not_at_the_desk(event: Any, at: Any) -> None:
    role = make_role(event)
    at(DEADLINE)
    windows.forget(event)
    with pytest.raises(registering.RegistrationClosed):
        register(event, role)
    assert not Person.objects.exists()
    assert register(event, role, source=Source.DESK).state == State.ACCEPTED


@pytest.mark.parametrize("names", [("Luce", "Lopes"), ("LUCE", "LOPÈS"), ("Lopes", "Luce")])
def test_the_same_name_at_the_same_address_registers_once(event: Any, names: tuple[str, str]) -> None:
    role = make_role(event)
    register(event, role)
    with pytest.raises(registering.AlreadyRegistered):
        register(event, role, first_name=names[0], last_name=names[1], email="Luce@Example.org")
    assert Registration.objects.count() == 1


def test_two_people_under_one_address_stay_two(event: Any) -> None:
    role = make_role(event)
    register(event, role)
    register(event, role, first_name="Ana")
    assert Person.objects.reached_at("luce@example.org").count() == 2


def test_the_same_form_sent_twice_is_one_registration(event: Any) -> None:
    role = make_role(event)
    assert register(event, role, key="k").pk == register(event, role, key="k").pk
    assert OutgoingMail.objects.count() == 1


def test_somebody_cancelled_may_register_again_at_the_end_of_the_queue(event: Any) -> None:
    role = make_role(event)
    first = register(event, role)
    registering.cancel(registration=first, actor=None)
    again = register(event, role)
    assert (again.pk, again.state) == (first.pk, State.ACCEPTED)


def test_needs_are_kept_only_with_their_consent(event: Any) -> None:
    role = make_role(event)
    register(event, role, diet="vegan")
    assert not Needs.objects.exists()
    register(event, role, first_name="Ana", diet="vegan", consents=[Purpose.NEEDS])
    assert Needs.objects.get().diet == "vegan"


def test_a_private_role_is_never_shown_even_when_asked(event: Any) -> None:
    registration = register(event, make_role(event, "chercheur-emploi", is_private=True), shows_role=True)
    assert not registration.shows_role
    assert "chercheur" not in registration.shown_role.lower()
    assert "chercheur" not in OutgoingMail.objects.get().text.lower()


def test_an_account_is_linked_only_when_it_registers_its_own_address(event: Any) -> None:
    role, account = make_role(event), make_account("luce@example.org")
    assert register(event, role).person.account is None
    assert register(event, role, first_name="Ana", actor=account).person.account == account
    assert (
        register(event, role, first_name="Zoe", email="zoe@example.org", actor=account).person.account is None
    )


@pytest.mark.parametrize(
    ("verb", "since", "to"),
    [
        (registering.accept, State.SUBMITTED, State.ACCEPTED),
        (registering.accept, State.CANCELLED, State.ACCEPTED),
        (registering.decline, State.SUBMITTED, State.DECLINED),
        (registering.cancel, State.CONFIRMED, State.CANCELLED),
        (registering.confirm, State.ACCEPTED, State.CONFIRMED),
        (registering.waitlist, State.ACCEPTED, State.WAITLISTED),
    ],
)
def test_each_step_moves_records_and_is_harmless_twice(event: Any, verb: Any, since: str, to: str) -> None:
    registration = make_registration(event, state=since)
    for _ in range(2):
        verb(registration=registration, actor=None, reason="because")
    registration.refresh_from_db()
    assert registration.state == to
    entry = AuditEntry.objects.about(registration).get()
    assert (entry.reason, entry.data["since"], entry.data["to"]) == ("because", since, to)


def test_a_step_that_makes_no_sense_is_refused(event: Any) -> None:
    registration = make_registration(event, state=State.DECLINED)
    with pytest.raises(registering.NotFromHere, match=r"Refusé|Declined"):
        registering.confirm(registration=registration, actor=None)
    registration.refresh_from_db()
    assert registration.state == State.DECLINED


def test_accepting_past_the_last_place_is_refused(event: Any) -> None:
    role = make_role(event, capacity=1)
    make_registration(event, role)
    waiting = make_registration(event, role, state=State.WAITLISTED)
    with pytest.raises(registering.NoPlaceLeft):
        registering.accept(registration=waiting, actor=None)


def test_giving_a_place_back_is_announced_once(event: Any) -> None:
    heard: list[Any] = []

    def hear(sender: Any, registration: Any, **_: Any) -> None:
        heard.append(registration.pk)

    registration_withdrawn.connect(hear)
    try:
        event.offers_by_itself = False
        held = make_registration(event)
        waiting = make_registration(event, state=State.WAITLISTED)
        registering.cancel(registration=held, actor=None)
        registering.cancel(registration=waiting, actor=None)
    finally:
        registration_withdrawn.disconnect(hear)
    assert heard == [held.pk]


def test_a_consent_is_dated_versioned_and_taken_back_by_a_date(event: Any) -> None:
    person = make_person(event)
    assert consenting.missing(person) == [Purpose.RULES]
    consenting.give(person=person, purposes=[Purpose.RULES, Purpose.IMAGE], source="form", actor=None)
    consenting.give(person=person, purposes=[Purpose.RULES], source="form", actor=None)
    assert Consent.objects.count() == 2
    assert consenting.missing(person) == []
    assert consenting.withdraw(person=person, purpose=Purpose.IMAGE, actor=None)
    assert not consenting.withdraw(person=person, purpose=Purpose.IMAGE, actor=None)
    assert Consent.objects.count() == 2
    event.rules_version = "2"
    event.save()
    person.refresh_from_db()
    assert consenting.missing(person) == [Purpose.RULES]
