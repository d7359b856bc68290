"""The declaration of the first evening: the team's page, the organisers' list and their reminder."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event

from ..domain import declaring, submitting
from ..forms.projects import DeclarationForm
from ..models import Declaration, Team
from .loaders import load_own_team


@allowed("teams.declare", load_own_team, methods=("GET", "POST"))
def declaration_page(request: HttpRequest, team: Team) -> HttpResponse:
    """The form while projects may be written, what was declared otherwise; a refusal loses nothing typed."""
    said = Declaration.objects.of_team(team)
    blank = Declaration(team=team, version=0, title=submitting.project_of(team).title[:80])
    if request.method != "POST":
        return _page(request, team, said, DeclarationForm(instance=said or blank))
    form = DeclarationForm(request.POST, instance=Declaration(team=team))
    if form.is_valid():
        sent = request.POST.get("version", "")
        try:
            declaring.declare(
                team=team,
                content=form.cleaned_data,
                version=int(sent) if sent.isdecimal() and len(sent) < 10 else -1,
                actor=request.user,  # type: ignore[arg-type]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you: the organisers know where you stand."))
            return redirect("teams:own_team", team.event.slug, team.number)
    return _page(request, team, Declaration.objects.of_team(team), form)


def _page(request: HttpRequest, team: Team, said: Declaration | None, form: DeclarationForm) -> HttpResponse:
    context: dict[str, Any] = {
        "team": team,
        "said": said,
        "form": form,
        "version": said.version if said else 0,
        "is_open": submitting.writing(team).is_open,
    }
    return TemplateResponse(
        request, "teams/declaration_page.html", context, status=422 if form.is_bound else 200
    )


@allowed("teams.see_declarations", load_event)
def declarations_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Every team and what it declared, those that have not first."""
    lines = declaring.declarations(event)
    context = {"lines": lines, "silent": sum(line.declaration is None for line in lines)}
    return TemplateResponse(request, "teams/declarations_page.html", context)


@allowed("teams.see_declarations", load_event, methods=("POST",))
def remind(request: HttpRequest, event: Event) -> HttpResponse:
    """A letter to the captains of the teams that have not declared, once."""
    sent = declaring.remind(event=event, actor=request.user)  # type: ignore[arg-type]
    if sent:
        messages.success(
            request, ngettext("%(count)s letter leaves.", "%(count)s letters leave.", sent) % {"count": sent}
        )
    else:
        messages.info(
            request, _("No letter leaves: those teams have been written to already, or have no address.")
        )
    return redirect("teams:declarations", event.slug)
