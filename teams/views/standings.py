"""What happens to one project outside the rule: withdrawn, put out, disqualified, open again, taken over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused

from ..domain import recovering, reopening, standing, submitting
from ..forms.projects import ReasonForm, ReopeningForm, StandingForm, TakeOverForm
from ..models import Project, Reopening, Team
from .loaders import load_own_project, load_team
from .rosters import team_context


@allowed("teams.withdraw_project", load_own_project, methods=("GET", "POST"))
def withdraw(request: HttpRequest, project: Project) -> HttpResponse:
    """The captain takes the project out, for a reason."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            standing.withdraw_project(
                project=project,
                reason=form.cleaned_data["reason"],
                actor=request.user,  # type: ignore[arg-type]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your project is withdrawn. Its text is kept."))
            return redirect("teams:project", project.event.slug, project.team.number)
    context = {"project": project, "team": project.team, "form": form}
    return TemplateResponse(request, "teams/withdraw_page.html", context, status=422 if form.errors else 200)


@allowed("teams.change_standing", load_team, methods=("POST",))
def change(request: HttpRequest, team: Team) -> HttpResponse:
    """An organiser says where the project stands, and why."""
    form = StandingForm(request.POST)
    if form.is_valid():
        project = submitting.project_of(team)
        try:
            standing.change_standing(project=project, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The captain is told by letter, with the reason."))
            return redirect("teams:team", team.event.slug, team.number)
    return _again(request, team, standing_form=form)


@allowed("teams.reopen_team", load_team, methods=("POST",))
def reopen(request: HttpRequest, team: Team) -> HttpResponse:
    """An organiser opens submission again for that team alone."""
    form = ReopeningForm(team.event, request.POST)
    if form.is_valid():
        try:
            reopening.reopen_team(team=team, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("This team may write; the others stay closed. Its captain is told by letter.")
            )
            return redirect("teams:team", team.event.slug, team.number)
    return _again(request, team, reopening_form=form)


@allowed("teams.reopen_team", load_team, methods=("POST",))
def close(request: HttpRequest, team: Team) -> HttpResponse:
    """An organiser ends what keeps that team open."""
    for open_still in Reopening.objects.of_team(team).not_ended(team.event.now):
        reopening.close_reopening(reopening=open_still, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Submission is closed for this team."))
    return redirect("teams:team", team.event.slug, team.number)


@allowed("teams.take_over_project", load_team, methods=("POST",))
def take_over(request: HttpRequest, team: Team) -> HttpResponse:
    """An organiser gives that team the text of a dissolved one."""
    form = TakeOverForm(team.event, request.POST)
    if form.is_valid():
        try:
            recovering.take_over(team=team, old=form.cleaned_data["old"], actor=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The text is taken over; what stood before is among the versions."))
            return redirect("teams:team", team.event.slug, team.number)
    return _again(request, team, take_over_form=form)


def _again(request: HttpRequest, team: Team, **forms: object) -> HttpResponse:
    """The organiser's page of the team, with what was typed and why it was refused."""
    return TemplateResponse(request, "teams/team_page.html", team_context(team) | forms, status=422)
