"""At the desk: pictures read by the server, lost badges, people who arrive together, one letter to a walk-in."""

from __future__ import annotations

import html
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hackathon.enums import DutyKind, RegistrationState
from hackathon.models import Event, OutgoingMail, Presence, Registration, ReplacedCode
from hackathon.tests.factories import (
    DURING_WORK,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)
from hackathon.tests.kit.test_camera import TEXT, badge, png_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_WORK)
    event = make_event()
    make_role(event)
    return event


@pytest.fixture
def desk(event: Event, browse: Any) -> Client:
    return browse(make_staff(event, DutyKind.DESK, "ana@example.org"))


def url(event: Event, name: str = "desk", *more: Any) -> str:
    return reverse(f"hackathon:{name}", args=[event.slug, *more])


def read(client: Client, event: Event, data: bytes, kind: str = "image/jpeg") -> Any:
    return client.post(url(event, "desk_read"), data, content_type=kind, headers=JSON)


def test_a_picture_of_a_badge_is_read_and_one_without_is_empty(event: Event, desk: Client) -> None:
    assert read(desk, event, badge()).json() == {"text": TEXT}
    assert read(desk, event, badge()[: len(badge()) // 3]).json() == {"text": ""}  # cut on its way
    # what it is, is told by its content
    assert read(desk, event, badge(), "application/octet-stream").json() == {"text": TEXT}


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "not_a_picture"),
        (b"<html>", 422, "not_a_picture"),
        (png_of(50_000, 50_000), 413, "picture_too_large"),
        (b"\xff\xd8" + b"\0" * 70_000, 413, "picture_too_large"),
    ],
    ids=["empty", "page", "bomb", "heavy"],
)
def test_what_cannot_be_read_is_answered_clearly(
    event: Event, desk: Client, data: bytes, status: int, code: str
) -> None:
    answer = read(desk, event, data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]


def test_pictures_are_read_for_the_desk_only_and_with_its_token(
    event: Event, desk: Client, browse: Any
) -> None:
    assert read(browse(None), event, badge()).status_code == 401
    assert read(browse(make_staff(event, DutyKind.MENTOR)), event, badge()).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    assert read(strict, event, badge()).status_code == 403


def test_a_lost_badge_gets_another_code_once_and_the_old_one_is_told(event: Event, desk: Client) -> None:
    luce = make_registration(event, person=make_person(event, "Luce", "Lopes"))
    old = luce.code
    page = url(event, "desk_badge", luce.pk)
    assert page in desk.get(url(event), {"q": old}).content.decode()
    assert old not in desk.get(page).content.decode().replace(f'value="{old}"', "")
    refused = desk.post(page, {"reason": " ", "expected": old})
    assert refused.status_code == 422
    for _ in range(2):
        assert desk.post(page, {"reason": "Perdu", "expected": old}).status_code == 302
    assert ReplacedCode.objects.get().code == old
    shown = desk.get(url(event), {"q": old}).content.decode()
    assert "ana@example.org" in shown
    assert "10:00" in shown
    assert "Luce" not in shown.partition("data-desk-view")[2]
    answer = desk.post(url(event, "desk_scan"), {"act": "check_in", "q": old}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (404, "replaced")
    assert not Presence.objects.exists()


def test_a_found_badge_is_made_good_by_one_click(event: Event, desk: Client) -> None:
    luce = make_registration(event)
    old = luce.code
    restore = url(event, "desk_restore", luce.pk)
    assert restore not in desk.get(url(event, "desk_badge", luce.pk)).content.decode()
    desk.post(url(event, "desk_badge", luce.pk), {"reason": "Perdu"})
    assert restore in desk.get(url(event, "desk_badge", luce.pk)).content.decode()
    desk.post(restore)
    luce.refresh_from_db()
    assert luce.code == old
    assert "notice-bad" in desk.post(restore, follow=True).content.decode()


def test_a_badge_of_another_event_does_not_exist(event: Event, desk: Client) -> None:
    foreign = make_registration(make_event())
    assert desk.get(url(event, "desk_badge", foreign.pk)).status_code == 404
    assert desk.post(url(event, "desk_restore", foreign.pk)).status_code == 404


def test_people_who_come_together_come_in_together(event: Event, desk: Client) -> None:
    party = uuid.uuid4()
    first = make_registration(event, person=make_person(event, "Luce", "Lopes"), party=party)
    make_registration(event, person=make_person(event, "Ana", "Lopes"), party=party)
    page = desk.get(url(event), {"q": first.code}).content.decode()
    assert "Ana Lopes" in page
    assert url(event, "desk_party") in page
    answer = desk.post(url(event, "desk_party"), {"registration": first.pk, "key": "k"}, headers=JSON)
    assert (answer.status_code, answer.json()["is_repeat"]) == (200, False)
    assert Presence.objects.count() == 2
    again = desk.post(url(event, "desk_party"), {"registration": first.pk, "key": "other"}, headers=JSON)
    assert again.json()["is_repeat"] is True
    for broken in ({}, {"registration": "x"}, {"registration": make_registration(make_event()).pk}):
        assert desk.post(url(event, "desk_party"), broken, headers=JSON).status_code == 404


@pytest.mark.parametrize("people", [2, 4, 12])
def test_a_party_costs_one_query_more_however_many_they_are(
    event: Event, desk: Client, people: int, django_assert_num_queries: Any
) -> None:
    party = uuid.uuid4()
    one, *_others = (make_registration(event, party=party) for _ in range(people))
    with django_assert_num_queries(9):
        desk.get(url(event), {"q": one.code})


@pytest.mark.parametrize(
    "state", ["offered", "waitlisted", "submitted", "cancelled", "expired", "declined", "draft"]
)
def test_somebody_without_a_place_is_told_what_to_do(event: Event, desk: Client, state: str) -> None:
    gone = make_registration(event, state=state, offer_expires_at=DURING_WORK)
    page = desk.get(url(event), {"q": gone.code}).content.decode()
    assert "desk-state-bad" in page
    assert 'value="check_in"' not in page
    assert str(RegistrationState(state).label) in html.unescape(page)


def test_a_walk_in_of_a_reviewed_role_gets_one_letter_and_six_fields(event: Event, desk: Client) -> None:
    role = make_role(event, "start-up", is_reviewed=True)
    page = (
        desk.get(url(event, "desk_walk_in")).content.decode().partition('<form method="post" class="card"')[2]
    )
    assert 4 <= page.count("<input") - page.count('type="hidden"') + page.count("<select") <= 6
    data = {"first_name": "Nour", "last_name": "Haddad", "role": role.pk, "rules_agreed": "on"}
    answer = desk.post(url(event, "desk_walk_in"), {**data, "email": "nour@example.org", "key": "k"})
    assert answer.status_code == 302
    assert Registration.objects.get().state == RegistrationState.ACCEPTED
    assert OutgoingMail.objects.count() == 1


def test_the_desk_shows_its_own_way_out_only(event: Event, desk: Client, browse: Any) -> None:
    tower = reverse("hackathon:tower", args=[event.slug])
    assert f'href="{tower}"' not in desk.get(url(event)).content.decode()
    assert f'href="{tower}"' in browse(make_staff(event)).get(url(event)).content.decode()
