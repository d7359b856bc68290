"""Invitation codes through HTTP: the organiser's page, the form that a code opens, and codes that open nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hackathon.domain import inviting
from hackathon.models import Account, Event, InvitationCode, Registration, RegistrationDraft, Role
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_role, make_staff
from hackathon.views import doors

from .test_registration import GOOD, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(at: Any) -> Role:
    at(DURING_REGISTRATION)
    cache.clear()
    event = make_event()
    make_role(event, "developpeur", name_fr="Développeur", name_en="Developer")
    return make_role(event, "presse", name_fr="Presse", name_en="Press", is_open=False)


@pytest.fixture
def organiser(press: Role) -> Account:
    return make_staff(press.event)


def code_for(role: Role, **fields: Any) -> InvitationCode:
    return inviting.make_invitation(event=role.event, role=role, actor=None, **fields)


def page_of(event: Event, code: str, client: Client | None = None) -> Any:
    return (client or Client()).get(address(event, language="en"), {"code": code})


def test_an_organiser_makes_a_code_and_takes_it_back(press: Role, organiser: Account, browse: Any) -> None:
    client = browse(organiser)
    url = address(press.event, "invitations")
    client.post(url, {"role": press.pk, "label": "Journal", "max_uses": "3", "expires_at": ""})
    made = InvitationCode.objects.get()
    assert (made.label, made.max_uses, made.created_by) == ("Journal", 3, organiser)
    page = client.get(url).text
    assert f"?code={made.code}" in page
    assert "data:image/svg+xml" in page
    for _ in range(2):
        client.post(address(press.event, "invitation_revoke", invitation=made.pk))
    assert "data:image/svg+xml" not in client.get(url).text


@pytest.mark.parametrize("wrong", [{"max_uses": "0"}, {"role": ""}, {"expires_at": "2001-01-01T00:00"}])
def test_a_wrong_code_form_comes_back_as_typed(
    press: Role, organiser: Account, browse: Any, wrong: Any
) -> None:
    sent = {"role": press.pk, "label": "Journal", "max_uses": "", "expires_at": "", **wrong}
    page = browse(organiser).post(address(press.event, "invitations"), sent)
    assert page.status_code == 422
    assert 'value="Journal"' in page.text
    assert not InvitationCode.objects.exists()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_asks_the_same_number_of_questions(
    press: Role, organiser: Account, browse: Any, django_assert_max_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        code_for(press)
    client = browse(organiser)
    with django_assert_max_num_queries(12):
        client.get(address(press.event, "invitations"))


def test_a_code_opens_its_role_and_registers(press: Role) -> None:
    invitation = code_for(press, max_uses=1)
    page = page_of(press.event, invitation.code.lower())
    assert page.status_code == 200
    assert "Press" in page.text
    sent = {**GOOD, "role": press.pk, "code": invitation.code}
    for _ in range(2):  # the same form twice is once
        done = Client().post(address(press.event, language="en"), sent, follow=True)
        assert "You have a place" in done.text
    assert Registration.objects.get().invitation == invitation


@pytest.mark.parametrize(
    ("what", "words"),
    [("revoked", "taken back"), ("used", "as often as it could"), ("late", "could be used until")],
)
def test_a_code_spent_while_typing_loses_nothing(press: Role, what: str, words: str) -> None:
    invitation = code_for(press, max_uses=1)
    changed = {
        "revoked": {"revoked_at": DURING_REGISTRATION},
        "used": {"uses": 1},
        "late": {"expires_at": DURING_REGISTRATION},
    }[what]
    InvitationCode.objects.update(**changed)
    assert words in page_of(press.event, invitation.code).text
    sent = {**GOOD, "role": press.pk, "code": invitation.code}
    page = Client().post(address(press.event, language="en"), sent)
    assert page.status_code == 422
    assert words in page.text
    assert 'value="luce@example.org"' in page.text
    assert not Registration.objects.exists()


def test_an_unknown_code_says_so_and_keeps_what_was_typed(press: Role) -> None:
    sent = {**GOOD, "role": press.pk, "code": "NOSUCHCODE"}
    page = Client().post(address(press.event, language="en"), sent)
    assert page.status_code == 422
    assert "not known" in page.text
    assert RegistrationDraft.objects.get().email == "luce@example.org"


def test_a_browser_that_guesses_has_to_wait_and_its_neighbours_have_not(press: Role) -> None:
    invitation = code_for(press)
    guesser, neighbour = Client(), Client()
    for client in (guesser, neighbour):
        client.post(
            address(press.event, "register_draft"), {"first_name": "Luce"}
        )  # so that it has a session
    for _ in range(doors.BY_SESSION.times):
        assert "not known" in page_of(press.event, "NOSUCHCODE", guesser).text
    assert "Too many tries" in page_of(press.event, invitation.code, guesser).text
    assert "Too many tries" not in page_of(press.event, invitation.code, neighbour).text
