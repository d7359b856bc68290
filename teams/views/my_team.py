"""« My team »: who we are, why I am here, which roles nobody has shown, what we are called."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.domain import clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Role
from hackathon.rules import is_own_registration
from hackathon.views.loaders import actor_of, load_event

from ..domain import declaring, joining, submitting, wording
from ..domain.problem_file import role_names
from ..forms.formation import NameForm
from ..models import Declaration, Project, Team
from .joining import finding_page
from .loaders import load_own_team, own_teams


@allowed("hackathon.see_own_space", load_event)
def my_team(request: HttpRequest, event: Event) -> HttpResponse:
    """The viewer's team; the choice between several; or how to find one."""
    teams = own_teams(request, event)
    if len(teams) == 1:
        teams[0].event = event
        return TemplateResponse(request, "teams/my_team_page.html", team_context(request.user, teams[0]))  # type: ignore[arg-type]
    if teams:
        return TemplateResponse(request, "teams/own_teams_page.html", {"teams": teams})
    return finding_page(request, event)


@allowed("teams.see_team", load_own_team)
def own_team(request: HttpRequest, team: Team) -> HttpResponse:
    """One of the viewer’s teams, by its table."""
    return TemplateResponse(request, "teams/my_team_page.html", team_context(request.user, team))  # type: ignore[arg-type]


def team_context(account: Account, team: Team, form: NameForm | None = None) -> dict[str, Any]:
    """What the page shows; nothing in it tells a role that its holder does not show."""
    members = team.current_members  # type: ignore[attr-defined]
    mine = [member for member in members if is_own_registration(account, member.registration)]
    project = Project.objects.of_team(team)
    roles = role_names(team.event)
    return {
        "team": team,
        "members": members,
        "mine": [(member, wording.sentences(member.reasons, roles=roles)) for member in mine],
        "own": {member.pk for member in mine},
        "is_captain": any(member.is_captain for member in mine),
        "can_leave": windows.rosters_are_open(team.event),
        "unshown": roles_nobody_shows(team),
        "project": project,
        "filled": submitting.completeness(project) if project else None,
        "asks_declaration": declaring.is_asked_now(team.event)
        and submitting.writing(team).is_open
        and Declaration.objects.of_team(team) is None,
        "window": windows.window_of(team.event, WindowKind.SUBMISSION),
        "now": clock.now(team.event),
        "form": form or NameForm(instance=team),
    }


def roles_nobody_shows(team: Team) -> list[Role]:
    """Wanted roles that no member shows. From what is shown only: what is lacking must tell nobody's hidden role,
    and a private role is never named."""
    shown = {
        member.registration.role_id
        for member in team.current_members  # type: ignore[attr-defined]
        if member.registration.shows_role and not member.registration.role.is_private
    }
    wanted = [role for role in Role.objects.for_event(team.event).in_order() if role.is_wanted_in_teams]
    return [role for role in wanted if not role.is_private and role.pk not in shown]


@allowed("teams.name_team", load_own_team, methods=("POST",))
def name_team(request: HttpRequest, team: Team) -> HttpResponse:
    """Any member names the team; the page comes back with the reason if that is refused."""
    form = NameForm(request.POST, instance=Team(pk=team.pk, event=team.event, theme=team.theme))
    if form.is_valid():
        try:
            joining.name_team(team=team, name=form.cleaned_data["name"], actor=actor_of(request))
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The name of your team is saved."))
            return redirect("teams:own_team", team.event.slug, team.number)
    context = team_context(request.user, team, form)  # type: ignore[arg-type]
    return TemplateResponse(request, "teams/my_team_page.html", context, status=400)
