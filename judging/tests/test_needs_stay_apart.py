"""Diet and access needs, looked for everywhere: every page, file, list and API answer, as every role of the matrix.

Somebody's needs hold two words that stand nowhere else. Only the duty « Diet and access needs » and the person may
read them; the kitchen's sheet counts diets, without a name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from hackathon.kit.registry import registry
from hackathon.models import Needs, Registration
from hackathon.views.passes import KEPT
from judging.tests.permission_matrix import MATRIX
from judging.tests.permission_world import ROLES, World, make_worlds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DIET, ACCESS = "zzregimequenulnelit", "zzaccesquenulnelit"
THEMSELF = {"member", "pass_holder"}  # the pass holder typed the member's printed code


@pytest.fixture
def world(at: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """A sealed event and its neighbour. PDFs stay the HTML they are made of, so that they can be searched."""
    monkeypatch.setattr("hackathon.kit.pdf.html_to_pdf", lambda html: html.encode())
    monkeypatch.setattr(
        "hackathon.documents.parts_to_pdf",
        lambda parts, tell=None: "".join(part() for part in parts).encode(),
    )
    for serve in ("serve", "serve_from"):
        monkeypatch.setattr(f"hackathon.kit.uploads.{serve}", lambda *_args, **_kwargs: HttpResponse())
    here, _there = make_worlds(at)
    own = Registration.objects.get(pk=here.names["own_registration"])
    Needs.objects.update_or_create(person=own.person, defaults={"diet": DIET, "access": ACCESS})
    return here


def browser(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if account := world.accounts[role]:
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    if role == "pass_holder":
        session = client.session
        session[KEPT] = world.passes
        session.save()
        client.cookies["sessionid"] = session.session_key
    return client


def text_of(response: Any) -> str:
    """All that an answer says, unpacked if it is a workbook."""
    said = b"".join(response.streaming_content) if response.streaming else response.content
    if said.startswith(b"PK\x03\x04"):
        book = zipfile.ZipFile(io.BytesIO(said))
        said = b"".join(book.read(name) for name in book.namelist())
    return said.decode("utf-8", "replace") + str(dict(response.headers))


def told(client: Client, address: str, data: dict[str, Any] | None = None) -> set[str]:
    """Which of the two words that answer holds; what the request changed is undone."""
    with transaction.atomic():
        response = client.get(address) if data is None else client.post(address, data)
        text = text_of(response)
        transaction.set_rollback(True)
    return {word for word in (DIET, ACCESS) if word in text}


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Name and address of everything in the matrix that is read, and each document in both languages."""
    for name, row in MATRIX.items():
        if row.get is not None and not name.endswith(("pass_end", "logout")):
            parts = {part: world.names.get(value, value) for part, value in row.parts.items()}
            yield (
                name,
                reverse(name, kwargs={"event": world.event.slug, **parts} if row.is_of_event else parts),
            )
    for document in registry.documents:
        for language in ("fr", "en"):
            yield "document", reverse("hackathon:document", args=[world.event.slug, document.name, language])
    for kind in ("csv", "xlsx", "txt"):
        for name in ("catering", "sms"):
            yield name, f"{reverse(f'hackathon:{name}', args=[world.event.slug])}?format={kind}"


def of_the_api(world: World) -> list[str]:
    """Every address of the API that the names of this world fill."""
    named = {**world.names, "event": world.event.slug, "slug": world.event.slug}
    found = []
    for name in api_names():
        for part in ("", *named):
            parts = [named["slug"], named[part]] if part else [named["slug"]]
            try:
                found.append(reverse(f"api:{name}", args=parts))
            except NoReverseMatch:
                continue
    return sorted({*found, reverse("api:events")})


def api_names() -> set[str]:
    spaces = get_resolver().namespace_dict
    _prefix, resolver = spaces["api"]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def may_read(name: str, role: str, words: set[str]) -> bool:
    if role in THEMSELF:
        return True
    if name == "hackathon:needs_sheet":
        return role == "care"
    return name in ("hackathon:catering", "catering") and role in ("care", "organiser") and words == {DIET}


def test_needs_are_read_by_care_and_by_the_person_and_by_nobody_else(world: World) -> None:
    wrong, right = [], set()
    for role in ROLES:
        client = browser(world, role)
        for name, address in pages(world):
            words = told(client, address)
            if words and not may_read(name, role, words):
                wrong.append(f"{role} reads {words} at {address}")
            elif words:
                right.add((name, role))
    assert not wrong, "\n".join(wrong)
    assert {("hackathon:needs_sheet", "care"), ("hackathon:catering", "organiser")} <= right
    assert {role for _name, role in right} >= {"care", "member", "pass_holder"}


def test_no_list_that_leaves_holds_needs(world: World) -> None:
    client = browser(world, "organiser")
    address = reverse("hackathon:people_export", args=[world.event.slug])
    every = re.findall(r'name="columns" value="([^"]+)"', client.get(address).text)
    assert len(every) > 10
    for kind in ("csv", "xlsx"):
        assert not told(client, address, {"columns": every, "format": kind})


def test_api_says_nothing_of_needs_to_any_role(world: World) -> None:
    addresses = of_the_api(world)
    assert len(addresses) > 10
    wrong = []
    for role in ROLES:
        client = browser(world, role)
        wrong += [f"{role}: {one}" for one in addresses if told(client, one)]
    assert not wrong


def test_back_office_holds_no_needs(world: World) -> None:
    client = browser(world, "superuser")
    assert Needs not in admin.site._registry
    seen = 0
    for model in admin.site._registry:
        place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{place}_changelist")]
        addresses += [reverse(f"{place}_change", args=[row.pk]) for row in model._default_manager.all()[:50]]
        for address in addresses:
            assert not told(client, address), address
            seen += 1
    assert seen > 30
