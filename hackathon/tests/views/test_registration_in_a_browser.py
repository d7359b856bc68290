"""Registering and ordering questions by the keyboard alone, in a real browser; axe finds nothing to say."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hackathon.enums import Override, QuestionKind
from hackathon.models import Event, Question, Registration, RegistrationDraft
from hackathon.tests.factories import make_event, make_role, make_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event(db: Any) -> Event:
    event = make_event()
    event.windows.filter(kind="registration").update(override=Override.OPEN, override_reason="essai")
    make_role(event, "designer", name_fr="Designer")
    for position, label in enumerate(("Un", "Deux", "Trois"), start=1):
        Question.objects.create(event=event, kind=QuestionKind.SHORT_TEXT, label_fr=label, position=position)
    return event


def quiet(page: Any) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def write(page: Any, field: str, text: str) -> None:
    page.locator(f"#id_{field}").focus()
    page.keyboard.type(text)


@pytest.mark.parametrize("width", [375, 1280])
def test_a_form_half_filled_in_is_there_after_a_reload_and_is_sent_by_keyboard(
    event: Event, live_server: Any, new_context: Any, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}{reverse('hackathon:register', args=[event.slug])}?role=designer")
    quiet(page)
    write(page, "first_name", "Luce")
    write(page, "email", "luce@example.org")
    write(page, "diet", "végétarien")
    page.wait_for_selector('[data-save-state="saved"]')
    assert "végétarien" not in str(RegistrationDraft.objects.get().data)
    page.reload()
    assert page.locator("#id_first_name").input_value() == "Luce"
    assert page.locator("#id_diet").input_value() == ""
    quiet(page)
    write(page, "last_name", "Lopes")
    page.locator("#id_rules_agreed").focus()
    page.keyboard.press("Space")
    page.locator("#id_last_name").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/done/")
    quiet(page)
    assert Registration.objects.get().person.full_name == "Luce Lopes"
    assert RegistrationDraft.objects.get().data == {}
    assert heard == []


def test_questions_are_put_in_order_by_keyboard_and_by_drag(
    event: Event, live_server: Any, new_context: Any
) -> None:
    client = Client()
    client.force_login(make_staff(event), backend="django.contrib.auth.backends.ModelBackend")
    context = new_context(viewport={"width": 1280, "height": 900})
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("hackathon:shelf", args=[event.slug, "questions"]))
    quiet(page)
    page.locator(".reorder-handle").first.focus()
    with page.expect_response("**/order/"):
        for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
            page.keyboard.press(key)
    assert labels(event) == ["Deux", "Trois", "Un"]
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.locator("[data-row] strong").all_inner_texts() == ["Deux", "Trois", "Un"]
    handle, target = page.locator(".reorder-handle").nth(2), page.locator("[data-row]").first
    with page.expect_response("**/order/"):
        handle.hover()
        page.mouse.down()
        top = target.bounding_box()
        page.mouse.move(top["x"] + 20, top["y"] + 2, steps=5)
        page.mouse.up()
    assert labels(event) == ["Un", "Deux", "Trois"]


def labels(event: Event) -> list[str]:
    return [str(question) for question in Question.objects.for_event(event).in_order()]
