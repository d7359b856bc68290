"""The form of a group through HTTP: rows added without losing any, errors on their row, what is said afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hackathon.models import Event, Registration
from hackathon.tests.factories import DEADLINE, DURING_REGISTRATION, make_event, make_role

from .test_registration import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event)
    return event


def rows(event: Event, *people: tuple[str, str], **more: Any) -> dict[str, Any]:
    sent = {"contact": "odile@example.org", "key": "k", "person-INITIAL_FORMS": "0", **more}
    sent.setdefault("person-TOTAL_FORMS", str(len(people) + 1))
    for number, (first, email) in enumerate(people):
        row = {"first_name": first, "last_name": "Lopes", "email": email, "role": event.roles.get().pk}
        sent.update({f"person-{number}-{name}": value for name, value in row.items()})
    return sent


def send(event: Event, *people: tuple[str, str], **more: Any) -> Any:
    return Client().post(address(event, "register_party", "en"), rows(event, *people, **more), follow=True)


def test_a_group_is_registered_and_told_who_needs_a_printed_code(event: Event) -> None:
    page = send(event, ("Ana", ""), ("Luce", "luce@example.org"))
    assert page.status_code == 200
    assert "no e-mail: a printed code" in page.text
    assert Registration.objects.count() == 2


def test_a_row_more_loses_nothing(event: Event) -> None:
    page = send(event, ("Ana", ""), ("Luce", ""), add="1")
    assert 'value="Ana"' in page.text
    assert 'name="person-3-first_name"' in page.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize("total", ["11", "9999999", "", "x"])
def test_more_rows_than_a_group_has_are_refused(event: Event, total: str) -> None:
    page = send(event, *[(f"P{number}", "") for number in range(11)], **{"person-TOTAL_FORMS": total})
    assert page.status_code == 422
    assert not Registration.objects.exists()


def test_the_same_name_twice_is_said_on_its_row(event: Event) -> None:
    page = send(event, ("Ana", ""), ("Ana", ""))
    assert page.status_code == 422
    assert "Row 2" in page.text
    assert "on row 1 already" in page.text


def test_half_a_row_and_a_missing_contact_are_named(event: Event) -> None:
    page = send(event, ("", ""), contact="")
    assert page.status_code == 422
    assert "Row 1, First name" in page.text
    assert "Your e-mail address" in page.text


def test_an_empty_form_registers_nobody(event: Event) -> None:
    assert send(event).status_code == 422


def test_a_closed_window_leads_to_the_page_that_says_so(event: Event, at: Any) -> None:
    at(DEADLINE)
    assert "Registration is closed" in send(event, ("Ana", "")).text
    assert not Registration.objects.exists()
