"""Finding what an address of the API names, for this caller: another team's table or project does not exist (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.request import Request

from hackathon.api.loaders import load_own_event
from hackathon.models import Event

from ..models import Project, Team


def load_team(request: Request, event: str, number: int) -> Team:
    """The team at that table: for organisers and, once announced, its members."""
    found_event = load_own_event(request, event)
    teams = Team.objects.for_event(found_event).active().with_themes().with_projects().with_members()
    found = teams.at_table(number).first()
    if found is None:
        raise Http404
    found.event = found_event
    if not request.user.has_perm("teams.read_team", found):
        raise Http404
    return found


def load_project(request: Request, event: str, project: int) -> Project:
    """That project: for organisers and, once announced, the members of its team."""
    found_event = load_own_event(request, event)
    found = Project.objects.for_event(found_event).of_active_teams().with_teams().numbered(project).first()
    if found is None:
        raise Http404
    found.team.event = found_event
    if not request.user.has_perm("teams.see_project", found):
        raise Http404
    return found


def load_team_of_project(request: Request, event: str) -> Team:
    """The team that the body names by its table: whose project is asked for."""
    number = request.data.get("team") if isinstance(request.data, dict) else None
    if not isinstance(number, int):
        load_own_event(request, event)
        raise Http404
    return load_team(request, event, number)


def teams_of(request: Request, event: Event) -> Any:
    """Every team for organisers, their own for members."""
    teams = Team.objects.for_event(event).active()
    return teams if _sees_all(request, event) else teams.of(request.user)  # type: ignore[arg-type]


def projects_of(request: Request, event: Event) -> Any:
    """Every project for organisers, their own for members."""
    projects = Project.objects.for_event(event).of_active_teams()
    return projects if _sees_all(request, event) else projects.of(request.user)  # type: ignore[arg-type]


def _sees_all(request: Request, event: Event) -> bool:
    return request.user.has_perm("teams.see_teams", event)
