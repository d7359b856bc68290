"""The matrix of permission_matrix.py, asked of every address: role × address × method × status.

An address without a row fails; so does a row without an address. What a page does with an empty form is its own
test's business: in is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from hackathon.kit.access import Guard
from hackathon.models import Event
from hackathon.views.passes import KEPT
from judging.domain import publishing
from judging.tests.permission_matrix import EXCEPTIONS, MATRIX, Who
from judging.tests.permission_world import ROLES, World, make_worlds

pytestmark = pytest.mark.django_db

#: Other people's pages, each guarded by its library (hackathon/tests/test_guards.py names them).
OF_LIBRARIES = ("account_", "mfa_", "admin", "set_language", "api:")


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Name → pattern of every page of ours."""

    def walk(patterns: list[Any], spaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, (*spaces, *filter(None, [pattern.namespace])))
            else:
                yield ":".join((*spaces, pattern.name or str(pattern.pattern))), pattern

    for name, pattern in walk(get_resolver().url_patterns, ()):
        if not name.startswith(OF_LIBRARIES):
            yield name, pattern


@pytest.fixture(scope="module")
def worlds(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[World, World]]:
    """Made once for the whole matrix, in a transaction that is never kept; each request is undone as well.

    What pages look like is not asked here: they stay blank, which makes thousands of requests a matter of seconds.
    """
    travellers: list[Any] = []
    blank = pytest.MonkeyPatch()
    blank.setattr("django.template.backends.django.Template.render", lambda *_args, **_kwargs: "")
    for paper in ("results", "report", "running_order"):
        blank.setattr(f"judging.documents.{paper}.render_pdf", lambda *_args, **_kwargs: b"%PDF")
    blank.setattr("hackathon.kit.uploads.serve", lambda *_args, **_kwargs: HttpResponse())
    blank.setattr("hackathon.kit.uploads.serve_from", lambda *_args, **_kwargs: HttpResponse())

    def at(moment: Any) -> None:
        travellers.append(time_machine.travel(moment, tick=False))
        travellers[-1].start()

    with django_db_blocker.unblock(), transaction.atomic():
        yield make_worlds(at)
        transaction.set_rollback(True)
    blank.undo()
    for traveller in reversed(travellers):
        traveller.stop()


@pytest.fixture(scope="module")
def cookies(worlds: tuple[World, World]) -> dict[str, Any]:
    """Each role, signed in once."""
    signed_in = {}
    for role in ROLES:
        client = Client()
        if account := worlds[0].accounts[role]:
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        signed_in[role] = client.cookies
    return signed_in


def address_of(name: str, world: World, *, objects: World | None = None) -> str:
    row = MATRIX[name]
    named = {part: (objects or world).names.get(value, value) for part, value in row.parts.items()}
    return reverse(name, kwargs={"event": world.event.slug, **named} if row.is_of_event else named)


def answer(cookies: Any, method: str, address: str) -> int | str:
    """The status of a refusal, « sign in », or « in »."""
    client = Client()
    client.cookies = cookies
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    if response.status_code in (403, 404, 405):
        return response.status_code
    assert response.status_code < 500, response
    if response.status_code == 302 and response["Location"].startswith(reverse(settings.LOGIN_URL)):
        return "sign in"
    return "in"


def expected(name: str, method: str, role: str) -> int | str:
    row = MATRIX[name]
    who: Who = getattr(row, method)
    if who is None:
        return 405
    if role in EXCEPTIONS.get((name, method), {}):
        return EXCEPTIONS[name, method][role]
    if role in who:
        return "in"
    return "sign in" if role in ("stranger", "pass_holder") else row.otherwise


@pytest.fixture(autouse=True)
def opened_pass(worlds: tuple[World, World], cookies: dict[str, Any]) -> None:
    """The pass, opened anew for each test: a page that forgets the browser empties the shared cache as well."""
    client = Client()
    session = client.session
    session[KEPT] = worlds[0].passes
    session.save()
    cookies["pass_holder"] = client.cookies


@pytest.mark.parametrize("name", MATRIX)
def test_each_role_gets_what_its_row_says(name: str, worlds: Any, cookies: Any) -> None:
    address = address_of(name, worlds[0])
    wrong = {}
    for method in ("get", "post"):
        for role in ROLES if getattr(MATRIX[name], method) is not None else ("stranger", "organiser"):
            given = answer(cookies[role], method, address)
            if given != expected(name, method, role):
                wrong[f"{role} {method.upper()}"] = f"{given}, not {expected(name, method, role)}"
    assert not wrong, address


def test_every_address_has_its_row() -> None:
    assert {name for name, _pattern in routes()} - {"admin/login/"} == set(MATRIX)


def test_rows_say_which_methods_are_served() -> None:
    """So that a row cannot pass by saying that nobody may do what nobody can do."""
    for name, pattern in routes():
        if name in MATRIX:
            guard: Guard = pattern.callback.guard  # type: ignore[attr-defined]
            served = {method for method in ("get", "post") if getattr(MATRIX[name], method) is not None}
            assert served == {method.lower() for method in guard.methods}, name


@pytest.mark.parametrize(
    "name", ["judging:results", "judging:results_pdf", "teams:gallery", "teams:public_project"]
)
def test_results_and_projects_are_everybodys_once_published(name: str, worlds: Any, cookies: Any) -> None:
    here, _there = worlds
    with transaction.atomic():
        publishing.publish(event=Event.objects.get(pk=here.event.pk), actor=here.accounts["organiser"])
        assert {
            role: answer(cookies[role], "get", address_of(name, here)) for role in ROLES
        } == dict.fromkeys(ROLES, "in")
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if set(row.parts.values()) & {
    "ballot", "panel", "seat", "rule", "person", "registration", "own_registration", "window", "duty", "day", "row",
    "proposal", "desk_act", "project", "batch",
}])  # fmt: skip
def test_things_of_another_event_do_not_exist(name: str, worlds: Any, cookies: Any) -> None:
    """Named under one's own event, where one may do everything, they are 404."""
    here, there = worlds
    row = MATRIX[name]
    method = "get" if row.get is not None else "post"
    for role in ((row.get or frozenset()) | (row.post or frozenset())) & {
        "organiser",
        "president",
        "member",
        "juror",
    }:
        assert answer(cookies[role], method, address_of(name, here, objects=there)) == 404, role


def test_an_event_that_is_not_public_does_not_exist_for_strangers_and_foreigners(
    worlds: Any, cookies: Any
) -> None:
    here, _there = worlds
    asked = [name for name, row in MATRIX.items() if row.is_of_event and row.get is not None]
    with transaction.atomic():
        type(here.event).objects.filter(pk=here.event.pk).update(is_public=False)
        for name in asked:
            for role in ("foreign_organiser", "foreign_member", "superuser"):
                assert answer(cookies[role], "get", address_of(name, here)) == 404, (name, role)
            given = answer(cookies["stranger"], "get", address_of(name, here))
            # a ballot's own address asks to sign in before it looks for anything
            assert (
                given == 404 or resolve(address_of(name, here)).func.guard.load.__name__ == "load_ballot"
            ), name
        transaction.set_rollback(True)


def test_the_back_office_is_for_those_who_keep_the_machine(worlds: Any, cookies: Any) -> None:
    from django.contrib import admin

    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    addresses = [reverse("admin:index"), *(reverse(f"admin:{name}_changelist") for name in names)]
    for address in addresses:
        for role in ROLES if address == addresses[0] else ("stranger", "organiser", "superuser"):
            client = Client()
            client.cookies = cookies[role]
            response = client.get(address)
            if role == "superuser":
                assert response.status_code in (200, 302, 404), address
                assert not response.get("Location", "").startswith(reverse("admin:login")), address
            else:
                assert response.status_code == 302, (role, address)
                assert response["Location"].startswith(reverse("admin:login")), (role, address)
