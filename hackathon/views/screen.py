"""The wall: what a projector shows in the room. The page stays; its content is asked again and again, cheaply."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from ..domain import clock, wall
from ..kit.access import allowed
from ..kit.freshness import tag_of
from ..models import Event
from .loaders import load_event


@allowed("hackathon.see_event", load_event)
def screen_page(request: HttpRequest, event: Event) -> HttpResponse:
    """One message, now and next, for a room; without JavaScript it loads itself again each minute."""
    context = {"wall": wall.wall(event), "now": clock.now(event), "steps": wall.STEPS}
    return TemplateResponse(request, "hackathon/screen_page.html", context)


@allowed("hackathon.see_event", load_event)
def screen_part(request: HttpRequest, event: Event) -> HttpResponse:
    """The content alone, or 304 for a screen that shows it already. The time left is counted by the device."""
    context = {"event": event, "now": None, "wall": wall.wall(event), "steps": wall.STEPS}
    text = render_to_string("hackathon/_screen_wall.html", context, request=request)
    tag = tag_of(text)
    is_known = request.headers.get("If-None-Match") == tag
    response = HttpResponse(status=304) if is_known else HttpResponse(text)
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    response["X-Event-Now"] = clock.now(event).isoformat()
    return response
