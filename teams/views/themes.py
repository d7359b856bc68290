"""A theme's own page: what it asks, what helps, the ideas on it, the teams that look for people."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from hackathon.domain import windows
from hackathon.kit.access import allowed
from hackathon.models import Event, Theme
from hackathon.views.loaders import load_event

from ..domain import ideas
from ..models import Idea, Team
from .loaders import registered

#: Ideas shown here; the wall has them all.
MOST = 12


def load_theme(request: HttpRequest, event: str, number: int) -> Theme:
    """The theme at that place of the event's list."""
    found_event = load_event(request, event)
    found = Theme.objects.for_event(found_event).at_position(number)
    if found is None:
        raise Http404
    found.event = found_event
    return found


@allowed("teams.see_theme", load_theme)
def theme_page(request: HttpRequest, theme: Theme) -> HttpResponse:
    """Everybody reads what the theme is; its ideas and teams are for the people of the event."""
    event, user = theme.event, request.user
    own = registered(request, event)
    context: dict[str, Any] = {
        "theme": theme,
        "themes": Theme.objects.for_event(event).in_order(),
        "own": own,
        "is_open": ideas.wall_is_open(event),
    }
    if user.has_perm("teams.see_ideas", event):
        shown = Idea.objects.for_event(event).shown().on_theme(theme)
        found = list(shown.with_people().with_roles().with_likes().latest_first()[: MOST + 1])
        context |= {"ideas": found[:MOST], "has_more": len(found) > MOST, "sees_ideas": True}
        context["looking"] = _looking(event, theme)
        context["own_pks"] = {one.pk for one in own}
    return TemplateResponse(request, "teams/theme_page.html", context)


def _looking(event: Event, theme: Theme) -> list[Team]:
    """Its teams that look for people and have room; nobody while teams cannot change."""
    if not windows.rosters_are_open(event):
        return []
    teams = Team.objects.for_event(event).on_theme(theme).looking_for_people()
    return list(teams.with_room(event.team_size_max).with_wishes())
