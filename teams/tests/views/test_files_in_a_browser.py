"""A file sent while the network falls, and after the page is reloaded, in a real browser; axe finds nothing to say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from hackathon.domain import windows
from hackathon.enums import Override, WindowKind
from hackathon.tests.decks import PDF
from hackathon.tests.factories import DURING_WORK, make_event
from teams.domain import project_files
from teams.models import Project, ProjectFile
from teams.tests.factories import announce_now, make_image, make_member, make_project, make_team

pytestmark = pytest.mark.django_db(transaction=True)

#: two megabytes that end as a PDF does
DECK = PDF[:9] + b"%" * 2_000_000 + PDF[9:]


@pytest.fixture
def project(db: Any, settings: Any, tmp_path: Path) -> Project:
    settings.MEDIA_ROOT = tmp_path / "media"
    event = make_event()
    window = windows.window_of(event, WindowKind.SUBMISSION)
    assert window
    windows.override_window(window=window, override=Override.OPEN, reason="essai", actor=None)
    project = make_project(make_team(event, people=1))
    announce_now(event)
    return project


def page_of(project: Project, live_server: Any, new_context: Any, width: int = 375) -> Any:
    account, _own = make_member(project.event, project.team)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    context = new_context(viewport={"width": width, "height": 800})
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("teams:files", args=[project.event.slug, project.team.number]))
    return page


def wait_for_pause(page: Any) -> None:
    says = "document.querySelector('[data-upload-list] .small')?.textContent"
    page.wait_for_function(f"() => {says} === document.querySelector('[data-upload]').dataset.paused")


def test_an_upload_pauses_without_network_goes_on_and_survives_a_reload(
    project: Project, live_server: Any, new_context: Any, tmp_path: Path
) -> None:
    path = tmp_path / "deck.pdf"
    path.write_bytes(DECK)
    page = page_of(project, live_server, new_context)
    parts: list[int] = []

    def fall(route: Any) -> None:
        parts.append(int(route.request.headers["upload-offset"]))
        if len(parts) == 3:
            page.context.set_offline(True)
            route.abort()
        else:
            route.continue_()

    page.route("**/part/", fall)
    page.set_input_files("#upload-deck", str(path))
    wait_for_pause(page)
    cut = ProjectFile.objects.get()
    assert 0 < project_files.place(cut).stat().st_size < len(DECK)
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('#files').textContent.includes('SHA-256')")
    cut.refresh_from_db()
    assert cut.state == "kept"
    assert project_files.place(cut).read_bytes() == DECK
    assert parts.count(0) == 1


def test_the_same_file_chosen_after_a_reload_goes_on(
    project: Project, live_server: Any, new_context: Any, tmp_path: Path
) -> None:
    path = tmp_path / "deck.pdf"
    path.write_bytes(DECK)
    page = page_of(project, live_server, new_context)
    offsets: list[int] = []
    page.route(
        "**/part/",
        lambda route: route.abort() if int(route.request.headers["upload-offset"]) else route.continue_(),
    )
    page.set_input_files("#upload-deck", str(path))
    wait_for_pause(page)
    page.unroute("**/part/")
    page.on(
        "request",
        lambda request: "/part/" in request.url and offsets.append(int(request.headers["upload-offset"])),
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.set_input_files("#upload-deck", str(path))
    page.wait_for_function("() => document.querySelector('#files').textContent.includes('SHA-256')")
    file = ProjectFile.objects.get()
    assert (file.state, project_files.place(file).read_bytes() == DECK) == ("kept", True)
    assert offsets[:2] == [0, 128 * 1024]


@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_of_files_has_nothing_that_axe_minds(
    project: Project, live_server: Any, new_context: Any, width: int
) -> None:
    for position in (1, 2):
        make_image(project, position=position, description="Une carte" if position == 1 else "")
    ProjectFile.objects.create(project=project, kind="deck", name="d.pdf", size=5000, started_at=DURING_WORK)
    page = page_of(project, live_server, new_context, width)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
