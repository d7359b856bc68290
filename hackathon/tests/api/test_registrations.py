"""Registrations, themes and roles over the API: the same rules as the form, nothing shown that is not due."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.enums import RegistrationState, Source
from hackathon.models import Consent, Needs, Registration, Window
from hackathon.tests.calling import address, caller, queries_by_rows
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
    make_theme,
)

PERSON = {"role": "developpeur", "first_name": "Luce", "last_name": "Lopes", "email": "luce@example.org"}


@pytest.fixture
def event(db: Any, at: Any) -> Any:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event)
    return event


@pytest.fixture
def organiser(event: Any) -> Any:
    return make_staff(event)


def test_register_is_the_verb(event: Any, organiser: Any) -> None:
    themes = [make_theme(event, "Un"), make_theme(event, "Deux")]
    sent = {
        **PERSON,
        "themes": [themes[1].pk, themes[0].pk],
        "consents": ["rules", "needs"],
        "diet": "vegan",
        "level": 3,
    }
    response = caller(organiser).post(address(event, "registrations"), sent)
    assert response.status_code == 201
    answer = response.json()
    registration = Registration.objects.get()
    assert (registration.source, registration.state) == (Source.API, RegistrationState.ACCEPTED)
    assert answer["themes"] == [themes[1].pk, themes[0].pk]
    assert Needs.objects.get().diet == "vegan"
    assert "vegan" not in response.content.decode()
    assert registration.code not in response.content.decode()
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"rules", "needs"}


def test_register_twice_with_one_key_is_once(event: Any, organiser: Any) -> None:
    client = caller(organiser)
    answers = [
        client.post(address(event, "registrations"), PERSON, headers={"Idempotency-Key": "abc"})
        for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    again = client.post(address(event, "registrations"), PERSON)
    assert (again.status_code, again.json()["code"]) == (409, "already_registered")
    assert again.json()["details"] == {"registration": answers[0].json()["id"]}
    assert Registration.objects.count() == 1


def test_register_when_closed_is_refused_in_both_languages(event: Any, organiser: Any) -> None:
    Window.objects.for_event(event).filter(kind="registration").update(closes_at=DURING_REGISTRATION)
    said = {}
    for language in ("fr", "en"):
        headers = {"Accept-Language": language}
        response = caller(organiser).post(address(event, "registrations"), PERSON, headers=headers)
        assert (response.status_code, response.json()["code"]) == (409, "registration_closed")
        said[language] = response.json()["message"]
        assert response["Content-Language"] == language
    assert said["en"].startswith("Registration is closed")
    assert said["fr"] != said["en"]
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"role": "nobody"}, "role"),
        ({"themes": [0]}, "themes"),
        ({"email": "luce"}, "email"),
        ({"level": 6}, "level"),
        ({"diet": "vegan"}, "consents"),
        ({"consents": ["everything"]}, "consents"),
        ({"day_intentions": {"2016-12-25": True}}, "day_intentions"),
        ({"answers": {"0": "yes"}}, "answers"),
    ],
)
def test_register_says_which_field_is_wrong(
    event: Any, organiser: Any, wrong: dict[str, Any], where: str
) -> None:
    response = caller(organiser).post(address(event, "registrations"), {**PERSON, **wrong})
    assert response.status_code == 400
    assert list(response.json()["details"]) == [where]
    assert not Registration.objects.exists()


def test_roles_and_themes_of_another_event_are_not_taken(event: Any, organiser: Any) -> None:
    other = make_event()
    theme, role = make_theme(other), make_role(other, "ailleurs")
    for wrong in ({"themes": [theme.pk]}, {"role": role.key}, {"role": str(role.pk)}):
        assert caller(organiser).post(address(event, "registrations"), {**PERSON, **wrong}).status_code == 400


def test_body_that_is_no_object_is_refused(event: Any, organiser: Any) -> None:
    client = caller(organiser)
    for body in ("[]", "{", "3", '"x"'):
        response = client.post(address(event, "registrations"), body, content_type="application/json")
        assert response.status_code == 400, body
        assert set(response.json()) == {"code", "message", "details"}


def test_steps_are_the_verbs_and_a_repeat_is_harmless(event: Any, organiser: Any) -> None:
    registration = make_registration(event, state=RegistrationState.WAITLISTED)
    client = caller(organiser)
    for act, state in (("accept", "accepted"), ("accept", "accepted"), ("confirm", "confirmed")):
        response = client.post(address(event, "registrations", registration.pk, act))
        assert (response.status_code, response.json()["state"]) == (200, state)
    refused = client.post(address(event, "registrations", registration.pk, "waitlist"))
    assert (refused.status_code, refused.json()["code"]) == (409, "not_from_here")
    silent = client.post(address(event, "registrations", registration.pk, "cancel"), {})
    assert (silent.status_code, list(silent.json()["details"])) == (400, ["reason"])
    cancelled = client.post(address(event, "registrations", registration.pk, "cancel"), {"reason": "Ill."})
    assert cancelled.json()["state"] == "cancelled"


def test_list_is_filtered_and_an_unknown_filter_is_refused(event: Any, organiser: Any) -> None:
    theme = make_theme(event)
    wanted = make_registration(event, person=make_person(event, "Élodie", "Été"), themes=[theme])
    make_registration(event, state=RegistrationState.CANCELLED)
    client = caller(organiser)
    for query in ({"q": "elodie ete"}, {"state": "confirmed"}, {"theme": theme.pk}):
        found = client.get(address(event, "registrations"), query).json()
        assert [one["id"] for one in found["results"]] == [wanted.pk], query
    assert client.get(address(event, "registrations"), {"role": "developpeur"}).json()["count"] == 2
    for query in ({"state": "gone"}, {"role": "nobody"}, {"theme": "0"}):
        assert client.get(address(event, "registrations"), query).status_code == 400


def test_foreign_registration_does_not_exist(event: Any, organiser: Any) -> None:
    foreign = make_registration(make_event())
    response = caller(organiser).get(address(event, "registrations", foreign.pk))
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_hidden_event_exists_for_its_people_only(event: Any, organiser: Any) -> None:
    event.is_public = False
    event.save()
    assert caller(organiser).get(address(event, "themes")).status_code == 200
    assert caller(make_account()).get(address(event, "themes")).status_code == 404
    assert caller().get(address(event)).status_code == 404
    assert caller().get("/api/v1/events/").json()["results"] == []


def test_roles_say_whether_places_are_left_and_closed_ones_stay_inside(event: Any, organiser: Any) -> None:
    make_role(event, "full", capacity=0)
    make_role(event, "staff", is_open=False)
    public = caller().get(address(event, "roles")).json()["results"]
    assert {one["key"]: one["has_places"] for one in public} == {"developpeur": True, "full": False}
    assert not {"capacity", "is_private", "held"} & set(public[0])
    assert caller().get(address(event, "roles", "staff")).status_code == 404
    assert caller(organiser).get(address(event, "roles", "staff")).status_code == 200


def test_lists_ask_the_same_queries_whatever_the_rows(event: Any, organiser: Any) -> None:
    client = caller(organiser)
    theme = make_theme(event)

    def people(count: int) -> None:
        for _ in range(count):
            make_registration(event, themes=[theme])

    assert len(set(queries_by_rows(people, lambda: client.get(address(event, "registrations"))))) == 1
    other = make_event()
    themes = queries_by_rows(
        lambda count: [make_theme(other) for _ in range(count)],
        lambda: caller().get(address(other, "themes")),
    )
    numbered = iter(range(100))
    roles = queries_by_rows(
        lambda count: [make_role(other, f"r{next(numbered)}") for _ in range(count)],
        lambda: caller().get(address(other, "roles")),
    )
    assert len(set(themes)) == len(set(roles)) == 1


def test_pages_are_bounded(event: Any, organiser: Any) -> None:
    for _ in range(3):
        make_registration(event)
    client = caller(organiser)
    first = client.get(address(event, "registrations"), {"limit": 2}).json()
    assert (first["count"], len(first["results"])) == (3, 2)
    assert len(client.get(first["next"]).json()["results"]) == 1
    from hackathon.kit.api import Pages

    assert Pages.max_limit == 500


def test_session_needs_its_csrf_token(event: Any, organiser: Any) -> None:
    client = caller(organiser)
    client.handler.enforce_csrf_checks = True
    response = client.post(address(event, "registrations"), PERSON)
    assert response.status_code == 403
    assert not Registration.objects.exists()


def test_too_many_requests_are_answered_429(event: Any, monkeypatch: Any) -> None:
    from rest_framework.throttling import UserRateThrottle

    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    answers = [caller().get(address(event, "themes")).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_answers_are_private_and_vary(event: Any, organiser: Any) -> None:
    response = caller(organiser).get(address(event, "registrations"))
    assert response["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Cookie", "Accept-Language"} <= {
        one.strip() for one in response["Vary"].split(",")
    }


def test_method_that_is_not_served_is_405(event: Any, organiser: Any) -> None:
    response = caller(organiser).delete(address(event, "registrations"))
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
