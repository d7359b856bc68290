"""Importing an unknown list by the keyboard alone, in a real browser, at two sizes; axe finds nothing to say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hackathon.models import Event, Person
from hackathon.tests.factories import make_event, make_role, make_staff

pytestmark = pytest.mark.django_db(transaction=True)

ODD = "Civil;Celui-ci;Fait quoi\nLuce;Lopes;Designer\nAna;Sol;Astronaute\n"


@pytest.fixture
def event(db: Any) -> Event:
    event = make_event()
    make_role(event, "designer", name_fr="Designer")
    return event


@pytest.mark.parametrize("width", [375, 1280])
def test_an_unknown_list_is_mapped_and_imported_by_keyboard(
    event: Event, live_server: Any, new_context: Any, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(ODD, encoding="utf-8")
    client = Client()
    client.force_login(make_staff(event), backend="django.contrib.auth.backends.ModelBackend")
    context = new_context(viewport={"width": width, "height": 800})
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("hackathon:import", args=[event.slug]))
    look_at(page)
    page.locator("input[type=file]").set_input_files(str(file))
    press_on(page, "main form[enctype] button[type=submit]")
    page.wait_for_url("**/tower/import/*/")
    look_at(page)
    for number, letters in enumerate(("Prénom", "Nom", "Profil")):
        page.locator(f"#id_column_{number}").focus()
        page.keyboard.type(letters, delay=20)
    page.locator("#id_save_as").focus()
    page.keyboard.type("Cité")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action$='/confirm/']")
    look_at(page)
    assert event.import_profiles.get().columns == {
        "Civil": "first_name",
        "Celui-ci": "last_name",
        "Fait quoi": "role",
    }
    press_on(page, "form[action$='/confirm/'] button[type=submit]")
    page.wait_for_url("**/done/")
    look_at(page)
    assert Person.objects.get().full_name == "Luce Lopes"


def press_on(page: Any, selector: str) -> None:
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def look_at(page: Any) -> None:
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
