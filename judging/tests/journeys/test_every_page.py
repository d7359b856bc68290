"""Every page that the permission matrix names, seen once in Chromium by one role that may open it.

On a phone in French: nothing for axe to say, nothing wider than the screen, nothing in the console (the content
security policy speaks there). On a desk in English: the width and the console again. A page gets here by its row.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from judging.tests.permission_matrix import EXCEPTIONS, MATRIX
from judging.tests.permission_world import World, make_world

from .looking import DESK, OVERFLOW, PHONE, Eyes, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

#: Who looks at a page: the first of these that its row lets in.
SIGHTED = (
    "organiser", "member", "captain", "juror", "president", "secretary", "desk", "care", "stranger",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_stored_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world's files are names only."""
    monkeypatch.setattr("hackathon.kit.uploads.serve", lambda *_args, **_kwargs: HttpResponse())


def who_sees(name: str) -> str | None:
    let_in = MATRIX[name].get or frozenset()
    refused = EXCEPTIONS.get((name, "get"), {})
    return next((role for role in SIGHTED if role in let_in and role not in refused), None)


def addresses(role: str, world: World) -> list[str]:
    """Of the pages that this role looks at."""
    found = []
    for name, row in MATRIX.items():
        if who_sees(name) == role:
            parts = {part: world.names.get(value, value) for part, value in row.parts.items()}
            of_event = {"event": world.event.slug} if row.is_of_event else {}
            found.append(reverse(name, kwargs={**of_event, **parts}))
    return found


def is_a_page(context: Any, address: str) -> bool:
    """Not a file, a fragment of a page, a letter, or the way to another one."""
    answer = context.request.get(address, max_redirects=0)
    assert answer.status not in (403, 404, 500), f"{address}: {answer.status}"
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    return answer.status == 200 and is_html and "<main" in answer.text()


def look(eyes: Eyes, address: str) -> None:
    eyes.page.set_viewport_size(PHONE)
    eyes.page.goto(eyes.site + address)
    for violation in eyes.axe.run(eyes.page).response["violations"]:
        places = [node["target"] for node in violation["nodes"][:3]]
        eyes.found.append(f"{address}: {violation['id']} {places}")
    eyes.found += [f"{address} on a phone: wider than the screen, {wide}" for wide in wider(eyes.page)]
    eyes.page.set_viewport_size(DESK)
    eyes.page.goto(f"{eyes.site}/en{address}")
    eyes.found += [f"{address} on a desk: wider than the screen, {wide}" for wide in wider(eyes.page)]


def wider(page: Any) -> list[str]:
    return list(filter(None, [page.evaluate(OVERFLOW)]))


@pytest.mark.parametrize("role", sorted({who_sees(name) for name in MATRIX} - {None}))
def test_every_page_is_accessible_quiet_and_fits(
    role: str, at: Any, new_context: Any, live_server: Any
) -> None:
    world = make_world(at)
    context = new_context(viewport=PHONE)
    if account := world.accounts[role]:
        signed_in(context, account, live_server.url)
    eyes = Eyes(context.new_page(), live_server.url)
    seen = [one for one in addresses(role, world) if is_a_page(context, live_server.url + one)]
    for address in seen:
        look(eyes, address)
    assert seen
    assert not eyes.found, "\n".join(eyes.found)
