"""What organisers do with the tables and with a team too small: numbers, its people moved, a merge taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import actor_of, load_event

from ..domain import dispersing, tables, unmerging
from ..forms.dispersing import DisperseForm
from ..forms.tables import TablesForm
from ..models import Team
from .loaders import load_team


@allowed("teams.form_teams", load_event, methods=("GET", "POST"))
def tables_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Every team with its table, all changed at once; a number given twice is said at both teams."""
    teams = list(Team.objects.for_event(event).active().with_themes().in_order())
    form = TablesForm(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        try:
            changed = tables.set_tables(event=event, numbers=form.numbers(), actor=actor_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(count)s team changes table.", "%(count)s teams change table.", changed)
            messages.success(request, words % {"count": changed})
            return redirect("teams:tables", event.slug)
    return TemplateResponse(
        request, "teams/tables_page.html", {"form": form}, status=422 if form.errors else 200
    )


@allowed("teams.form_teams", load_team, methods=("GET", "POST"))
def disperse(request: HttpRequest, team: Team) -> HttpResponse:
    """Where each person of the team would go, changed where one knows better; one press moves them all."""
    offers = dispersing.offers_for(team)
    form = DisperseForm(request.POST or None, offers=offers)
    if request.method == "POST" and form.is_valid():
        places, reason = form.places(), form.cleaned_data["reason"]
        try:
            dispersing.disperse_team(team=team, places=places, reason=reason, actor=actor_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = ngettext(
                "%(count)s person has another team now.",
                "%(count)s people have another team now.",
                len(places),
            )
            messages.success(request, told % {"count": len(places)})
            return redirect("teams:morning", team.event.slug)
    context = {
        "team": team,
        "form": form,
        "absent": [offer.registration for offer in offers if offer.is_absent],
        "stuck": [offer.registration for offer in offers if not offer.is_absent and not offer.teams],
    }
    return TemplateResponse(request, "teams/disperse_page.html", context, status=422 if form.errors else 200)


@allowed("teams.form_teams", load_team, methods=("POST",))
def undo_merge(request: HttpRequest, team: Team) -> HttpResponse:
    """The people who came with the last merge go back to their team."""
    try:
        other = unmerging.undo_merge(team=team, actor=actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:team", team.event.slug, team.number)
    words = _("The merge is taken back: %(team)s is at table %(number)s.")
    messages.success(request, words % {"team": other, "number": other.number})
    return redirect("teams:team", team.event.slug, team.number)
