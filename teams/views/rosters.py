"""The organiser's list of real teams, and one team: members, captain, lock, project."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.domain import windows
from hackathon.enums import WindowKind
from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event

from .. import panels
from ..domain import joining, recovering, unmerging
from ..domain.submitting import completeness
from ..enums import ProjectState
from ..forms.formation import CaptainForm
from ..forms.projects import ReopeningForm, StandingForm, TakeOverForm
from ..models import Declaration, Project, Reopening, Team
from .loaders import load_team


@allowed("teams.see_teams", load_event)
def team_list(request: HttpRequest, event: Event) -> HttpResponse:
    """Every team with its table, theme, people and project; `?show=idle` keeps those that have not begun."""
    teams = list(
        Team.objects.for_event(event).active().with_themes().with_members().with_projects().in_order()
    )
    groups = by_project(teams)
    show = request.GET.get("show", "")
    context = {
        "teams": groups.get(show, teams),
        "tabs": tabs_of(groups, show, request.path),
        "counts": panels.counts(event),
    }
    return TemplateResponse(request, "teams/team_list.html", context)


def by_project(teams: list[Team]) -> dict[str, list[Team]]:
    """All the teams, those whose project is not begun, those that have submitted; each gets its project or None
    as `sheet`."""
    for team in teams:
        team.sheet = getattr(team, "project", None)  # type: ignore[attr-defined]
    return {
        "": teams,
        "idle": [team for team in teams if not team.sheet or not team.sheet.version],  # type: ignore[attr-defined]
        "submitted": [team for team in teams if team.sheet and team.sheet.state == ProjectState.SUBMITTED],  # type: ignore[attr-defined]
    }


def tabs_of(groups: dict[str, list[Team]], show: str, path: str) -> list[dict[str, Any]]:
    """The tabs above the list, with how many teams each holds."""
    names = {"": _("All"), "idle": _("Project not started"), "submitted": _("Project submitted")}
    return [
        {
            "label": names[key],
            "url": f"?show={key}" if key else path,
            "is_current": key == show,
            "count": len(group),
        }
        for key, group in groups.items()
    ]


@allowed("teams.see_teams", load_team)
def team_page(request: HttpRequest, team: Team) -> HttpResponse:
    """One team: members, captain, lock, where its project stands."""
    return TemplateResponse(request, "teams/team_page.html", team_context(team))


def team_context(team: Team) -> dict[str, Any]:
    """What the page shows; the forms are empty until one is sent back."""
    project, event = Project.objects.of_team(team), team.event
    standing = {"standing": project.standing, "reason": project.standing_reason} if project else None
    return {
        "team": team,
        "members": team.current_members,  # type: ignore[attr-defined]
        "merged": unmerging.other_of(team),
        "project": project,
        "filled": completeness(project) if project else None,
        "form": CaptainForm(team=team),
        "declaration": Declaration.objects.of_team(team),
        "reopenings": list(Reopening.objects.of_team(team).latest_first()),
        "reopening": Reopening.objects.of_team(team).not_ended(event.now).last_to_end(),
        "window": windows.window_of(event, WindowKind.SUBMISSION),
        "standing_form": StandingForm(initial=standing),
        "reopening_form": ReopeningForm(event),
        "take_over_form": TakeOverForm(event) if recovering.recoverable(event) else None,
    }


@allowed("teams.change_team", load_team, methods=("POST",))
def hand_over(request: HttpRequest, team: Team) -> HttpResponse:
    """Give the team another captain."""
    form = CaptainForm(request.POST, team=team)
    if not form.is_valid():
        messages.error(request, _("Only a member of the team can lead it: choose one of its members."))
        return redirect("teams:team", team.event.slug, team.number)
    member = form.cleaned_data["captain"]
    try:
        joining.hand_over(team=team, to=member.registration, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(person)s leads the team now.") % {"person": member.registration.person}
        )
    return redirect("teams:team", team.event.slug, team.number)


@allowed("teams.change_team", load_team, methods=("POST",))
def lock(request: HttpRequest, team: Team) -> HttpResponse:
    """Keep the team as it is in new proposals, or let them change it."""
    is_locked = request.POST.get("locked") == "1"
    joining.set_lock(team=team, is_locked=is_locked, actor=request.user)  # type: ignore[arg-type]
    messages.success(
        request,
        _("New proposals will keep this team as it is.")
        if is_locked
        else _("New proposals may change this team."),
    )
    return redirect("teams:team", team.event.slug, team.number)
