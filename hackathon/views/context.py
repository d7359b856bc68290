"""What every page needs around its content: the event, the viewer's navigation, the other languages, the demo."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject

from ..kit.registry import registry
from ..models import Event


def page(request: HttpRequest) -> dict[str, Any]:
    """`event` (or None), `navigation`, `page.alternates`, `demo_mode`; evaluated only where a template uses them."""
    return {
        "event": getattr(request, "event", None),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "page": {
            "alternates": SimpleLazyObject(lambda: alternates(request)),
            "site": settings.SITE_URL.rstrip("/"),
        },
        "demo_mode": settings.DEMO,
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The links of the current event that this viewer may follow, the one being read marked.

    On the organisers' pages theirs; elsewhere the others, and the first of theirs as the way in: a short list,
    and no question to the database about links that are not shown.
    """
    event = getattr(request, "event", None)
    if event is None:
        return []
    staff = open_links(request, event, "staff")
    if request.path.startswith(reverse("hackathon:tower", args=[event.slug])):
        links = list(staff)
    else:
        links = [*open_links(request, event, "public"), *open_links(request, event, "own"), *islice(staff, 1)]
    mark_current(links, request.path)
    return links


def open_links(request: HttpRequest, event: Event, section: str) -> Iterator[dict[str, Any]]:
    """The links of that section that this viewer may follow, one at a time."""
    for link in registry.links:
        if link.section != section or not link.is_shown(event):
            continue
        if not link.permission or request.user.has_perm(link.permission, event):
            yield {"label": link.label, "url": reverse(link.view, args=[event.slug]), "is_current": False}


def mark_current(links: list[dict[str, Any]], path: str) -> None:
    """The link whose address is the longest beginning of this page's: a page below it belongs to it."""
    within = [link for link in links if path.startswith(link["url"])]
    if within:
        max(within, key=lambda link: len(link["url"]))["is_current"] = True


def alternates(request: HttpRequest) -> list[tuple[str, str, str]]:
    """This page in each language: (code, name, address)."""
    here = request.get_full_path()
    return [(code, name, translate_url(here, code)) for code, name in settings.LANGUAGES]
