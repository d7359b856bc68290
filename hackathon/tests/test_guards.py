"""Every address states its guard; the few that are other people's are named here, one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from hackathon.domain import events
from hackathon.kit.access import Guard, allowed, public

#: Modules of libraries whose views guard themselves, and why each is reachable.
THIRD_PARTY = {
    "django.contrib.admin": "the back office asks for staff at each view",
    "django.contrib.contenttypes": "the back office's « view on site »",
    "django.views.generic.base": "a redirect, to a page that has its guard",
    "django.views.i18n": "set_language: a preference, nobody's data",
    "allauth.account": "signing in and out",
    "allauth.mfa": "two-step sign-in, for whoever is signed in",
    "drf_spectacular": "the schema and docs of the API",
}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    def walk(patterns: list, prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, here)
            else:
                yield here, pattern

    return walk(get_resolver().url_patterns, "/")


def guards_of(pattern: URLPattern) -> list[object]:
    """The guard of a page, or those of each method of an API view; none for an unguarded view."""
    view = pattern.callback
    if isinstance(getattr(view, "guard", None), Guard):
        return [view.guard]
    guards = getattr(getattr(view, "cls", None), "guards", None)
    return list(guards.values()) if guards else []


def is_third_party(pattern: URLPattern) -> bool:
    view = pattern.callback
    module = getattr(
        getattr(view, "view_class", None) or getattr(view, "cls", None) or view, "__module__", ""
    )
    return any(module == name or module.startswith(f"{name}.") for name in THIRD_PARTY)


def unguarded(found: Iterator[tuple[str, URLPattern]]) -> list[str]:
    return [address for address, pattern in found if not guards_of(pattern) and not is_third_party(pattern)]


def test_every_address_has_a_guard():
    found = list(addresses())
    assert len(found) > 80
    assert unguarded(iter(found)) == []


def test_the_sweep_sees_a_view_without_a_guard():
    from django.urls import path

    def bare(request):
        return None

    assert unguarded(iter([("/bare/", path("bare/", bare))])) == ["/bare/"]
    assert unguarded(iter([("/open/", path("open/", public()(bare)))])) == []
    assert unguarded(iter([("/kept/", path("kept/", allowed("a.b", bare)(bare)))])) == []


def test_permissions_that_guards_ask_for_exist():
    import rules

    asked = {
        guard.permission
        for _address, pattern in addresses()
        for guard in guards_of(pattern)
        if isinstance(guard, Guard)
    }
    assert [name for name in sorted(asked - {None}) if not rules.perm_exists(name)] == []


@pytest.mark.parametrize(
    "slug",
    [
        "account",
        "admin",
        "api",
        "demo",
        "en",
        "fr",
        "healthz",
        "i18n",
        "legal",
        "media",
        "privacy",
        "readyz",
        "static",
        "v",
    ],
)
def test_slugs_of_the_site_are_reserved(slug):
    assert slug in events.reserved_slugs()


def test_slugs_of_events_are_not_reserved():
    assert {settings.LANGUAGE_CODE, "accessibility"} <= events.reserved_slugs()
    assert not {"hackathon-emploi-2016", "tower", "me", "programme"} & events.reserved_slugs()
