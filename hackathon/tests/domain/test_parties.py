"""Several people in one form: each their own state, all or none, and nobody agrees for another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from hackathon.domain import consenting, parties
from hackathon.domain.parties import Member, PartyRefused
from hackathon.enums import RegistrationState
from hackathon.models import Consent, Event, OutgoingMail, Registration
from hackathon.tests.factories import DURING_REGISTRATION, make_account, make_event, make_role


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are told apart by their words: those of the code."""
    with override("en"):
        yield


pytestmark = pytest.mark.django_db
State = RegistrationState


@pytest.fixture
def event(at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, capacity=2)
    return event


def member(event: Event, first: str, email: str = "") -> Member:
    return Member(role=event.roles.get(), first_name=first, last_name="Lopes", email=email)


def send(event: Event, *members: Member, **more: Any) -> list[parties.Outcome]:
    more = {"contact": "odile@example.org", "key": "k", "actor": None, **more}
    return parties.register_party(event=event, members=members, **more)


def test_each_has_a_state_of_their_own_and_the_places_are_exact(event: Event) -> None:
    adviser = make_account("odile@example.org")
    outcomes = send(
        event,
        member(event, "Ana"),
        member(event, "Luce", "f@example.org"),
        member(event, "Max"),
        actor=adviser,
    )
    assert [each.state for each in outcomes] == [State.ACCEPTED, State.ACCEPTED, State.WAITLISTED]
    assert [each.has_address for each in outcomes] == [False, True, False]
    found = Registration.objects.all()
    assert len({each.party for each in found}) == 1
    assert {each.registered_by for each in found} == {adviser}


def test_nobody_agrees_for_somebody_else(event: Event) -> None:
    send(event, member(event, "Ana", "ana@example.org"))
    assert not Consent.objects.exists()
    assert consenting.missing(Registration.objects.get().person) == ["rules"]


def test_a_family_shares_one_address(event: Event) -> None:
    send(event, member(event, "Ana", "f@example.org"), member(event, "Luce", "f@example.org"))
    assert {each.person.email for each in Registration.objects.with_people()} == {"f@example.org"}
    assert OutgoingMail.objects.filter(to="f@example.org").count() == 2
    contact = OutgoingMail.objects.get(to="odile@example.org")
    assert "Ana Lopes" in contact.text
    assert "Luce Lopes" in contact.text


@pytest.mark.parametrize("email", ["", "ana@example.org"])
def test_the_same_name_twice_is_refused_on_its_row_and_nothing_is_written(event: Event, email: str) -> None:
    with pytest.raises(PartyRefused) as refusal:
        send(event, member(event, "Ana"), member(event, "Max"), member(event, "ANA", email))
    assert refusal.value.details["row"] == 2
    assert "row 1" in str(refusal.value)
    assert not Registration.objects.exists()


def test_namesakes_with_an_address_each_are_two_people(event: Event) -> None:
    send(event, member(event, "Ana", "a@example.org"), member(event, "Ana", "b@example.org"))
    assert Registration.objects.count() == 2


def test_sent_twice_registers_once_and_writes_once(event: Event) -> None:
    for _ in range(2):
        outcomes = send(event, member(event, "Ana"), member(event, "Max", "max@example.org"))
        assert [each.state for each in outcomes] == [State.ACCEPTED] * 2
    assert Registration.objects.count() == 2
    assert OutgoingMail.objects.filter(to="odile@example.org").count() == 1


def test_somebody_registered_already_stays_as_they_are_and_the_others_go_in(event: Event) -> None:
    send(event, member(event, "Ana", "ana@example.org"), key="1")
    before = Registration.objects.get()
    outcomes = send(event, member(event, "Ana", "ana@example.org"), member(event, "Max"), key="2")
    assert len(outcomes) == 2
    assert Registration.objects.count() == 2
    before.refresh_from_db()
    assert before.party != Registration.objects.latest("pk").party
    assert OutgoingMail.objects.filter(letter="registration_already").count() == 1


def test_a_closed_role_is_refused_on_its_row(event: Event) -> None:
    first = member(event, "Ana")
    closed = make_role(event, "presse", is_open=False)
    with pytest.raises(PartyRefused) as refusal:
        send(event, first, Member(role=closed, first_name="Max", last_name="Lopes"))
    assert refusal.value.details["row"] == 1
    assert not Registration.objects.exists()


@pytest.mark.parametrize("number", [0, parties.MOST + 1])
def test_a_group_is_neither_empty_nor_a_crowd(event: Event, number: int) -> None:
    with pytest.raises(PartyRefused):
        send(event, *(member(event, f"P{each}") for each in range(number)))
