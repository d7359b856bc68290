"""The legal notice, the privacy notice (article 13 of the GDPR) and the accessibility statement."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ..kit.access import allowed, public
from ..models import Event
from .loaders import load_event


def _page(request: HttpRequest, name: str) -> HttpResponse:
    context = {
        "events": Event.objects.public().latest_first(),
        "publisher": getattr(settings, "SITE_PUBLISHER", ""),
        "host": getattr(settings, "SITE_HOST", ""),
        "site": settings.SITE_URL,
    }
    return TemplateResponse(request, f"hackathon/{name}_page.html", context)


@public()
def legal_page(request: HttpRequest) -> HttpResponse:
    """Who publishes this site and who keeps it."""
    return _page(request, "legal")


@public()
def privacy_page(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, and one’s rights."""
    return _page(request, "privacy")


@public()
def accessibility_page(request: HttpRequest) -> HttpResponse:
    """What the pages aim at, and what is known to be wanting."""
    return _page(request, "accessibility")


@allowed("hackathon.see_event", load_event)
def rules_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The rules and the code of conduct that everybody who takes part accepts: the event’s own, or the usual ones."""
    return TemplateResponse(request, "hackathon/rules_page.html", {"event": event})
