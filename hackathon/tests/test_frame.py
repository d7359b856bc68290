"""The frame around every page: base.html and the error pages, for a visitor and for somebody signed in."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import RequestContext
from django.template.engine import Engine
from django.test import RequestFactory
from django.utils import translation

SIGNED_IN = SimpleNamespace(pk=7, is_authenticated=True)
EVENT = SimpleNamespace(get_absolute_url="/rennes-2026/")
SECTIONS = [
    {"label": "Teams", "url": "/rennes-2026/teams/", "is_current": True},
    {"label": "Jury", "url": "/rennes-2026/jury/", "is_current": False},
]


def frame(name: str = "base.html", *, language: str = "en", user: object = None, **context: object) -> str:
    """A page as a view would render it: the context processors below, the view's values above."""
    request = RequestFactory().get("/en/rennes-2026/?page=2" if language == "en" else "/rennes-2026/?page=2")
    request.user = user or AnonymousUser()
    request._messages = context.pop("messages", [])
    with translation.override(language):
        values = RequestContext(request)
        values.push(**{"navigation": [], "event": None, "demo_mode": False, **context})
        return Engine.get_default().get_template(name).render(values)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_frame_says_its_language_and_leads_to_the_other(language):
    html = frame(language=language)
    other, address = ("en", "/en/rennes-2026/?page=2") if language == "fr" else ("fr", "/rennes-2026/?page=2")
    assert f'<html lang="{language}"' in html
    link = re.search(r'<a class="tool"[^>]*hreflang[^>]*>', html).group()
    assert f'hreflang="{other}"' in link
    assert f'href="{address}"' in link


def test_frame_begins_with_the_way_to_the_content():
    html = frame()
    first_link = re.search(r"<a [^>]*>", html[html.index("<body") :]).group()
    assert 'href="#main"' in first_link
    assert '<main id="main"' in html


def test_frame_lists_the_sections_and_marks_the_current_one():
    html = frame(event=EVENT, navigation=SECTIONS)
    assert '<a href="/rennes-2026/teams/" aria-current="page">Teams</a>' in html
    assert '<a href="/rennes-2026/jury/">Jury</a>' in html
    assert 'class="sections' not in frame()


def test_frame_offers_a_visitor_to_sign_in_and_come_back():
    html = frame()
    assert "next=%2Fen%2Frennes-2026%2F%3Fpage%3D2" in html
    assert "Sign out" not in html


def test_frame_signs_out_by_a_form():
    html = frame(user=SIGNED_IN)
    form = re.search(r'<form method="post"[^>]*>.*?</form>', html, re.DOTALL).group()
    assert "csrfmiddlewaretoken" in form
    assert "Sign out" in form
    assert 'data-account="7"' in html


def test_frame_says_that_it_is_a_demonstration_only_then():
    assert "made-up data" in frame(demo_mode=True)
    assert "made-up data" not in frame(demo_mode=False)


def test_frame_shows_each_message_once_by_its_kind():
    html = frame(messages=[SimpleNamespace(level_tag="error"), SimpleNamespace(level_tag="success")])
    assert html.count("notice-bad") == 1
    assert html.count("notice-ok") == 1


def test_frame_asks_nothing_of_another_site():
    addresses = re.findall(r'(?:src|href)="(https?://[^"]*)"', frame(event=EVENT, demo_mode=True))
    assert [address for address in addresses if not address.startswith(settings.SITE_URL)] == []


@pytest.mark.parametrize("code", [400, 403, 404])
def test_error_page_says_what_to_do_and_where_to_go(code):
    html = frame(f"{code}.html")
    assert f"Error {code}" in html
    assert html.count("<h1") == 1
    assert 'class="btn btn-go"' in html


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_error_page_stands_without_any_context(name):
    with translation.override("en"):
        html = Engine.get_default().get_template(name).render(RequestContext(None))
    assert '<html lang="en">' in html
    assert html.count("<h1") == 1
