"""Answering the same request as a whole page or as the fragment htmx asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse


def page_or_part(request: HttpRequest, page: str, part: str, context: dict[str, Any]) -> TemplateResponse:
    """The fragment for an htmx request, the page for everybody else: it works without JavaScript."""
    is_part = bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    return TemplateResponse(request, part if is_part else page, context)


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Redirect after a POST, also when htmx made it."""
    response = redirect(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller (a script of ours) asked for JSON."""
    return "application/json" in request.headers.get("Accept", "")
