"""The public form and what a participant does with their registration, through HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hackathon.domain import windows
from hackathon.enums import QuestionKind, RegistrationState
from hackathon.models import Answer, Consent, Event, Needs, OutgoingMail, Person, Question, Registration
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
GOOD = {
    "first_name": "Luce",
    "last_name": "Lopes",
    "email": "luce@example.org",
    "rules_agreed": "on",
    "key": "abc",
}


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event(contact_email="contact@example.org")
    make_role(event, "developpeur", name_fr="Développeur", name_en="Developer")
    make_theme(event, "Local")
    make_theme(event, "Emploi")
    return event


def address(event: Event, name: str = "register", language: str = "fr", **more: Any) -> str:
    with override(language):
        return reverse(f"hackathon:{name}", kwargs={"event": event.slug, **more})


def send(event: Event, client: Client | None = None, language: str = "fr", **fields: Any) -> Any:
    data = {**GOOD, "role": event.roles.first().pk, **fields}
    return (client or Client()).post(address(event, language=language), data, follow=True)


def test_registering_by_the_form_keeps_each_answer(event: Event) -> None:
    role = event.roles.get()
    question = Question.objects.create(
        event=event,
        role=role,
        kind=QuestionKind.SHORT_TEXT,
        label_fr="Quel langage ?",
        label_en="Which language?",
    )
    first, second = event.themes.order_by("position")
    response = send(
        event,
        **{
            f"question_{question.pk}": "Python",
            "theme_1": second.pk,
            "theme_2": first.pk,
            "skills": "Python, C",
        },
        level="4",
        consent_image="on",
        diet="vegan",
        needs_agreed="on",
    )
    assert "Vous avez une place" in response.text
    registration = Registration.objects.get()
    assert [choice.theme for choice in registration.choices.all()] == [second, first]
    assert (registration.skills, registration.level) == (["Python", "C"], 4)
    assert Answer.objects.get().value == "Python"
    assert Needs.objects.get().diet == "vegan"
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"rules", "image", "needs"}
    assert f"/{event.slug}/me/" in OutgoingMail.objects.get().text


def test_no_consent_is_ticked_beforehand(event: Event) -> None:
    page = Client().get(address(event), {"role": "developpeur"}).text
    boxes = [line for line in page.split("<input") if "checkbox" in line and 'name="day_' not in line]
    assert len(boxes) >= 6
    assert not [box for box in boxes if " checked" in box.split(">")[0]]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Personne ne participe sans accepter"), ("en", "Nobody takes part without accepting")],
)
def test_the_rules_are_required_and_nothing_is_half_written(event: Event, language: str, words: str) -> None:
    response = send(event, language=language, rules_agreed="")
    assert response.status_code == 422
    assert words in response.text
    assert Person.objects.count() == Consent.objects.count() == OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "qu’avec votre accord"), ("en", "keep your needs only if you agree")]
)
def test_needs_ask_for_their_own_consent(event: Event, language: str, words: str) -> None:
    assert words in send(event, language=language, diet="vegan").text
    assert not Person.objects.exists()


def test_the_same_theme_twice_is_refused(event: Event) -> None:
    theme = event.themes.first()
    assert "déjà choisi" in send(event, theme_1=theme.pk, theme_2=theme.pk).text


def test_sending_twice_registers_once_and_writes_once(event: Event) -> None:
    client = Client()
    first, second = send(event, client), send(event, client)
    assert (first.status_code, second.status_code) == (200, 200)
    assert Registration.objects.count() == OutgoingMail.objects.count() == 1
    assert "Vous avez une place" in second.text


def test_a_stranger_does_not_learn_who_is_registered(event: Event) -> None:
    new = send(event, email="new@example.org", key="1")
    send(event)
    known = send(event, key="2")
    assert known.status_code == new.status_code
    assert known.text.replace("luce@example.org", "x") == new.text.replace("new@example.org", "x")
    assert Registration.objects.count() == 2
    letter = OutgoingMail.objects.filter(letter="registration_already").get()
    assert letter.to == "luce@example.org"
    send(event, key="3")
    assert OutgoingMail.objects.filter(letter="registration_already").count() == 1


def test_a_full_role_says_so_beforehand_and_gives_the_place(event: Event) -> None:
    role = event.roles.get()
    role.capacity = 1
    role.save()
    make_registration(event, role)
    make_registration(event, role, state=State.WAITLISTED)
    assert "rang 2" in Client().get(address(event)).text
    assert "rang 2" in Client().get(address(event), {"role": "developpeur"}).text
    assert "liste d’attente, au rang 2" in send(event).text


def test_a_machine_that_fills_every_field_is_thanked_and_forgotten(event: Event) -> None:
    assert "Vous avez une place" in send(event, website="http://spam.example").text
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Les inscriptions sont closes"), ("en", "Registration is closed")]
)
def test_a_closed_window_says_so_and_takes_nothing(event: Event, at: Any, language: str, words: str) -> None:
    at(DEADLINE)
    assert words in Client().get(address(event, language=language)).text
    assert words in send(event, language=language).text
    assert not Person.objects.exists()


def test_the_window_opens_later(event: Event) -> None:
    window = windows.window_of(event, "registration")
    assert window is not None
    window.opens_at = DURING_REGISTRATION.replace(month=11)
    window.save()
    assert "pas encore ouvertes" in Client().get(address(event)).text


def test_an_event_that_is_not_public_does_not_exist(event: Event) -> None:
    event.is_public = False
    event.save()
    assert Client().get(address(event)).status_code == 404
    assert send(event).status_code == 404
    assert not Person.objects.exists()


def test_a_role_closed_to_the_public_form_cannot_be_taken(event: Event) -> None:
    secret = make_role(event, "secret", is_open=False)
    response = send(event, role=secret.pk)
    assert "Vous participez comme" in response.text
    assert not Person.objects.exists()


@pytest.fixture
def mine(event: Event) -> Registration:
    account = make_account("luce@example.org")
    person = make_person(event, "Luce", "Lopes", email="luce@example.org", account=account)
    return make_registration(event, state=State.ACCEPTED, person=person)


def test_confirming_asks_for_the_rules_first(event: Event, mine: Registration, browse: Any) -> None:
    client = browse(mine.person.account)
    url = address(event, "own_confirm", registration=mine.pk)
    client.post(url)
    mine.refresh_from_db()
    assert mine.state == State.ACCEPTED
    for _ in range(2):
        assert client.post(url, {"rules_agreed": "1"}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == State.CONFIRMED
    assert Consent.objects.count() == 1


def test_the_card_shows_the_state_and_the_next_step(event: Event, mine: Registration, browse: Any) -> None:
    page = browse(mine.person.account).get(address(event, "me")).text
    assert "Confirmer ma place" in page
    assert address(event, "own_confirm", registration=mine.pk) in page


def test_only_its_owner_acts_on_a_registration(event: Event, mine: Registration, browse: Any) -> None:
    url = address(event, "own_cancel", registration=mine.pk)
    assert browse(make_account()).post(url).status_code == 404
    assert browse(None).post(url).status_code == 302
    mine.refresh_from_db()
    assert mine.state == State.ACCEPTED
    assert browse(mine.person.account).post(url).status_code == 302
    mine.refresh_from_db()
    assert mine.state == State.CANCELLED
    assert browse(make_account()).get(url).status_code == 404
    assert browse(mine.person.account).get(url).url == address(event, "me")  # nothing is left to cancel
