"""The demonstration's pages: there while DEMO is on, signing in by POST, as a persona of the demo alone."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from hackathon.models import Account, Event
from hackathon.tests.factories import make_account
from judging.domain import moving

Browse = Callable[[Account | None], Client]


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


def test_the_page_lists_stages_and_people(judging_demo: Event, browse: Browse) -> None:
    text = browse(None).get("/demo/").content.decode()
    assert "Odile Organisatrice" in text
    assert "Les jurys de thématique notent".casefold() in text.casefold()
    assert text.count("Se connecter comme") > 20


def test_without_an_event_the_page_says_how_to_make_one(db: None, browse: Browse) -> None:
    assert "Choose a point of the event above" in browse(None).get("/en/demo/").content.decode()


@pytest.mark.parametrize("path", ["/demo/", "/demo/mail/", "/demo/stage/progress/", "/en/demo/"])
def test_without_demo_none_of_it_exists(
    judging_demo: Event, browse: Browse, settings: Any, path: str
) -> None:
    settings.DEMO = False
    assert browse(None).get(path).status_code == 404


def test_without_demo_nobody_signs_in_or_moves(judging_demo: Event, browse: Browse, settings: Any) -> None:
    settings.DEMO = False
    client = browse(None)
    account = Account.objects.filter(is_persona=True).first()
    assert account is not None
    assert client.post("/demo/sign-in/", {"account": account.pk}).status_code == 404
    assert client.post("/demo/stage/", {"stage": "setup"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_signing_in_as_a_persona_lands_on_their_screen(judging_demo: Event, browse: Browse) -> None:
    client = browse(None)
    organiser = Account.objects.get(email="organisatrice@demo.example")
    assert client.get("/demo/sign-in/").status_code == 405
    answer = client.post("/demo/sign-in/", {"account": organiser.pk})
    assert (answer.status_code, answer["Location"]) == (302, f"/{judging_demo.slug}/tower/")
    assert client.session["_auth_user_id"] == str(organiser.pk)


@pytest.mark.parametrize("account", ["", "0", "abc", "-1", "99999999999999999999"])
def test_signing_in_as_nobody_is_404(judging_demo: Event, browse: Browse, account: str) -> None:
    assert browse(None).post("/demo/sign-in/", {"account": account}).status_code == 404


def test_nobody_signs_in_as_a_real_account(judging_demo: Event, browse: Browse) -> None:
    real = make_account("real@example.org")
    juror = judging_demo.jurors.filter(is_president=False).first()
    assert juror is not None
    juror.person.account = real
    juror.person.save()
    client = browse(None)
    assert client.post("/demo/sign-in/", {"account": real.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_moving_is_claimed_once(judging_demo: Event, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    job = SimpleNamespace(enqueue=lambda stage: asked.append(stage))
    monkeypatch.setattr("judging.views.demo.move_stage", job)
    client = browse(None)
    for _press in range(2):
        assert client.post("/demo/stage/", {"stage": "results"}).status_code == 302
    assert asked == ["results"]
    assert moving.moving() == "results"
    assert not client.get("/demo/stage/progress/").json()["done"]
    assert client.post("/demo/stage/", {"stage": "paradise"}).status_code == 404


def test_the_mailbox_shows_the_letters(judging_demo: Event, browse: Browse) -> None:
    text = browse(None).get("/demo/mail/").content.decode()
    assert text.count("<details") > 20
