"""For machines: is the process up, is it ready to serve, and what a search engine may read. No secrets."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from ..kit.access import public

#: Pages that are nobody's business but their users'; the guard of each is what keeps them so.
ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /admin/
Disallow: /api/
Disallow: /demo/
Disallow: /*/tower/
Disallow: /*/me/
Disallow: /*/team/
Disallow: /*/jury/
Disallow: /*/desk/
"""


@public()
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@public()
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and every migration is applied; 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"status": "unready", "database": "unreachable"}, status=503)
    if is_behind:
        return JsonResponse({"status": "unready", "database": "migrations are waiting"}, status=503)
    return JsonResponse({"status": "ready"})


@public()
def robots(request: HttpRequest) -> HttpResponse:
    """What a search engine had better not read."""
    there = settings.SITE_URL.rstrip("/") + reverse("sitemap")
    return HttpResponse(f"{ROBOTS}\nSitemap: {there}\n", content_type="text/plain; charset=utf-8")
