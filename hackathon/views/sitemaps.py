"""The map for search engines: what everybody may read now, in each language; each app says its own pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ..kit.access import public
from ..kit.registry import PublicPage, registry
from ..models import Event


class PublicPages(Sitemap[PublicPage]):
    """Every page of every public event, as the apps tell."""

    i18n = True
    alternates = True

    def items(self) -> list[PublicPage]:
        events = list(Event.objects.public().latest_first())
        home = PublicPage("hackathon:home", ())
        return [home, *(page for tell in registry.public_pages for page in tell(events))]

    def location(self, item: PublicPage) -> str:
        return reverse(item.view, args=item.arguments)

    def lastmod(self, item: PublicPage) -> Any:
        return item.changed_at

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.partition("://")[2].rstrip("/")


@public()
def sitemap_file(request: HttpRequest) -> HttpResponse:
    """sitemap.xml: only what a stranger may read."""
    answer: HttpResponse = sitemap(request, {"pages": PublicPages()})
    return answer
