"""Finding what a URL names, for this user: what is not theirs to know of does not exist (404)."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from hackathon.models import Event
from hackathon.views.loaders import load_event

from ..domain import submitting
from ..models import Project, Proposal, Team


def load_proposal(request: HttpRequest, event: str, proposal: int) -> Proposal:
    """A proposal of that event, for its organisers; the newest are never those of another event."""
    found_event = load_event(request, event)
    found = Proposal.objects.for_event(found_event).filter(pk=proposal).first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_team(request: HttpRequest, event: str, number: int) -> Team:
    """The team at that table, for organisers and, once announced, its members."""
    found_event = load_event(request, event)
    found = (
        Team.objects.for_event(found_event)
        .active()
        .with_themes()
        .with_members()
        .filter(number=number)
        .first()
    )
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_own_team(request: HttpRequest, event: str, number: int) -> Team:
    """The viewer's own team at that table, once announced; another's does not exist."""
    team = load_team(request, event, number)
    if not request.user.has_perm("teams.see_team", team):
        if not request.user.is_authenticated:
            return team  # the guard sends a stranger to sign in, whichever table it is
        raise Http404
    return team


def load_own_project(request: HttpRequest, event: str, number: int) -> Project:
    """The project of the viewer's own team, made when it is missing."""
    team = load_own_team(request, event, number)
    if not request.user.is_authenticated:
        return Project(team=team)
    return submitting.project_of(team)


def own_teams(request: HttpRequest, event: Event) -> list[Team]:
    """The viewer's teams in that event, once announced."""
    if event.teams_announced_at is None or not request.user.is_authenticated:
        return []
    return list(
        Team.objects.for_event(event).active().of(request.user).with_themes().with_members().in_order()
    )
