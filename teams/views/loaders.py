"""Finding what a URL names, for this user: what is not theirs to know of does not exist (404)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from hackathon.models import Event, Registration
from hackathon.views.loaders import is_somebody, load_event

from ..domain import submitting
from ..models import (
    Ask,
    ExtraField,
    Idea,
    Membership,
    Project,
    ProjectFile,
    ProjectVersion,
    Proposal,
    Team,
    Wish,
)


def load_proposal(request: HttpRequest, event: str, proposal: int) -> Proposal:
    """A proposal of that event, for its organisers; the newest are never those of another event."""
    found_event = load_event(request, event)
    found = Proposal.objects.for_event(found_event).numbered(proposal)
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_proposal_state(request: HttpRequest, event: str, proposal: int) -> Proposal:
    """The same without its large files, for what is asked every few seconds."""
    found_event = load_event(request, event)
    found = Proposal.objects.for_event(found_event).without_files().numbered(proposal)
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_team(request: HttpRequest, event: str, number: int) -> Team:
    """The team at that table, for organisers and, once announced, its members."""
    found_event = load_event(request, event)
    known = Team.objects.for_event(found_event).active().with_themes().with_members()
    found = known.at_table(number).first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_own_team(request: HttpRequest, event: str, number: int) -> Team:
    """The viewer's own team at that table, once announced; another's does not exist."""
    team = load_team(request, event, number)
    if not request.user.has_perm("teams.see_team", team):
        if not is_somebody(request):
            return team  # the guard sends a stranger to sign in, whichever table it is
        raise Http404
    return team


def load_own_project(request: HttpRequest, event: str, number: int) -> Project:
    """The project of the viewer's own team, made when it is missing."""
    team = load_own_team(request, event, number)
    if not is_somebody(request):
        return Project(team=team)
    return submitting.project_of(team)


def load_read_project(request: HttpRequest, event: str, number: int) -> Project:
    """The project at that table, for its members and for organisers; for others it does not exist."""
    team = load_team(request, event, number)
    if not is_somebody(request):
        return Project(team=team)
    if not request.user.has_perm("teams.see_project", team):
        raise Http404
    return submitting.project_of(team)


@dataclass(frozen=True)
class LoadedVersion:
    """A saved version with its project, as permissions ask for it: through its team."""

    project: Project
    kept: ProjectVersion | None

    @property
    def team(self) -> Team:
        return self.project.team

    @property
    def event(self) -> Event:
        return self.project.event


def load_version(request: HttpRequest, event: str, number: int, version: int) -> LoadedVersion:
    """One of the project's saved versions."""
    project = load_read_project(request, event, number)
    if not is_somebody(request):
        return LoadedVersion(project, None)
    kept = ProjectVersion.objects.of_project(project).numbered(version)
    if kept is None:
        raise Http404
    return LoadedVersion(project, kept)


def load_field(request: HttpRequest, event: str, field: int) -> ExtraField:
    """A field that this event adds to the project page."""
    found_event = load_event(request, event)
    found = ExtraField.objects.for_event(found_event).with_themes().numbered([field]).first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_file(request: HttpRequest, event: str, file: uuid.UUID, **others: Any) -> ProjectFile:
    """A file of a project that the viewer may read; any other does not exist."""
    found = _file(request, event, file)
    if request.user.is_authenticated and not request.user.has_perm("teams.read_file", found):
        raise Http404
    return found


def load_own_file(request: HttpRequest, event: str, file: uuid.UUID) -> ProjectFile:
    """A file of the viewer's own project, arriving or not; any other does not exist."""
    found = _file(request, event, file)
    if request.user.is_authenticated and not request.user.has_perm("teams.write_project", found):
        raise Http404
    return found


def load_picture(request: HttpRequest, event: str, file: uuid.UUID, width: int) -> ProjectFile:
    """An image that the viewer may see; any other does not exist."""
    found = _file(request, event, file)
    if not request.user.has_perm("teams.see_picture", found):
        if not request.user.is_authenticated:
            return found  # the guard sends a stranger to sign in
        raise Http404
    return found


def load_event_file(request: HttpRequest, event: str, file: uuid.UUID) -> ProjectFile:
    """Any file of the event: for organisers, whose permission decides."""
    return _file(request, event, file)


def _file(request: HttpRequest, event: str, file: uuid.UUID) -> ProjectFile:
    found_event = load_event(request, event)
    found = ProjectFile.objects.numbered(file)
    if found is None or found.team.event_id != found_event.pk or found.team.dissolved_at or found.removed_at:
        raise Http404
    found.team.event = found_event
    return found


def own_teams(request: HttpRequest, event: Event) -> list[Team]:
    """The viewer's teams in that event, those they know of."""
    if not is_somebody(request):
        return []
    known = Team.objects.for_event(event).active().known_to(request.user)
    return list(known.with_themes().with_members().in_order())


def load_open_team(request: HttpRequest, event: str, number: int) -> Team:
    """A team that looks for people; any other does not exist for whoever is not in it."""
    team = load_team(request, event, number)
    if not team.is_recruiting:
        raise Http404
    return team


def load_ask(request: HttpRequest, event: str, ask: int) -> Ask:
    """A question between a person and a team, for the two sides of it; for others it does not exist."""
    found_event = load_event(request, event)
    found = Ask.objects.for_event(found_event).numbered(ask)
    if found is None:
        raise Http404
    found.team.event = found.registration.event = found_event
    sides = ("teams.answer_ask", "teams.take_ask_back")
    if is_somebody(request) and not any(request.user.has_perm(side, found) for side in sides):
        raise Http404
    return found


def own_registrations(request: HttpRequest, event: Event) -> list[Registration]:
    """The viewer's people in that event who have a place and no team that they know of."""
    if not is_somebody(request):
        return []
    own = list(
        Registration.objects.for_event(event).reachable_by(request.user).coming().with_people().in_order()
    )
    seats = Membership.objects.for_event(event).current().reachable_by(request.user).known_to_members()
    seated = set(seats.registration_ids())
    for registration in own:
        registration.event = event
    return [registration for registration in own if registration.pk not in seated]


def registered(request: HttpRequest, event: Event) -> list[Registration]:
    """The viewer's people in that event, whether or not they have a place yet, who did not give up."""
    if not is_somebody(request):
        return []
    own = Registration.objects.for_event(event).reachable_by(request.user).not_gone()
    found = list(own.with_people().in_order())
    for registration in found:
        registration.event = event
    return found


def load_idea(request: HttpRequest, event: str, idea: int) -> Idea:
    """An idea of that event's wall; a hidden one exists for its author and the organisers only."""
    found_event = load_event(request, event)
    found = Idea.objects.for_event(found_event).with_likes().numbered(idea)
    if found is None:
        raise Http404
    found.event = found_event
    if found.author is not None:
        found.author.event = found_event
    if is_somebody(request) and found.hidden_at and not request.user.has_perm("teams.see_idea", found):
        raise Http404
    return found


def load_own_idea(request: HttpRequest, event: str, idea: int) -> Idea:
    """One's own idea; for others it cannot be changed, so its address does not exist."""
    found = load_idea(request, event, idea)
    if is_somebody(request) and not request.user.has_perm("teams.change_idea", found):
        raise Http404
    return found


def load_wish(request: HttpRequest, event: str, wish: int) -> Wish:
    """A wish of that event, for its organisers."""
    found_event = load_event(request, event)
    found = Wish.objects.for_event(found_event).numbered(wish)
    if found is None:
        raise Http404
    found.registration.event = found_event
    return found


def load_placeable(request: HttpRequest, event: str, registration: int) -> Registration:
    """Somebody who is coming to that event."""
    found_event = load_event(request, event)
    coming = Registration.objects.for_event(found_event).coming().with_people()
    found = coming.numbered(registration).first()
    if found is None:
        raise Http404
    found.event = found_event
    return found
