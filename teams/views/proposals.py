"""The proposals of an event: all of them, two side by side, one in pictures; naming one and taking one again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import actor_of, load_event

from ..domain import reviewing
from ..domain.board import Board
from ..domain.board_pictures import pictures
from ..domain.comparing import Comparison, wishes_met
from ..models import Proposal
from .loaders import load_proposal

#: Proposals listed: the older ones stay in the record of acts.
MOST = 30


@allowed("teams.form_teams", load_event)
def proposals_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Every proposal that came to teams, the newest first; two are chosen to be compared."""
    known = Proposal.objects.for_event(event).readable().with_authors().latest_first()[:MOST]
    rows = [(proposal, wishes_met(proposal)) for proposal in known]
    return TemplateResponse(request, "teams/proposals_page.html", {"event": event, "rows": rows})


@allowed("teams.form_teams", load_event)
def compare_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Two proposals, `?a=` and `?b=`; without two, back to the list with the word to choose."""
    numbers = [request.GET.get(name, "") for name in ("a", "b")]
    if not all(number.isdecimal() for number in numbers) or numbers[0] == numbers[1]:
        messages.error(request, _("Choose two different proposals to compare."))
        return redirect("teams:proposals", event.slug)
    found = [Proposal.objects.for_event(event).readable().numbered(int(number[:18])) for number in numbers]
    if None in found:
        raise Http404
    for proposal in found:
        proposal.event = event  # type: ignore[union-attr]
    comparison = Comparison(*found)  # type: ignore[arg-type]
    return TemplateResponse(request, "teams/compare_page.html", {"event": event, "comparison": comparison})


@allowed("teams.form_teams", load_proposal)
def pictures_page(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Who got which wish, roles per team, levels per team: pictures, each with its table."""
    if not proposal.plan.get("teams"):
        return redirect("teams:proposal", proposal.event.slug, proposal.pk)
    board = Board(proposal)
    context = {"board": board, "proposal": proposal, **pictures(board)}
    return TemplateResponse(request, "teams/pictures_page.html", context)


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def label(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Give the proposal a name."""
    reviewing.label_proposal(proposal=proposal, label=request.POST.get("label", ""), actor=actor_of(request))
    messages.success(request, _("This proposal is now called: %(name)s.") % {"name": proposal.title})
    return redirect("teams:proposal", proposal.event.slug, proposal.pk)


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def bring_back(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Review this older proposal again."""
    try:
        reviewing.bring_back(proposal=proposal, actor=actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:proposals", proposal.event.slug)
    messages.success(request, _("This proposal is under review again; the other one was set aside."))
    return redirect("teams:proposal", proposal.event.slug, proposal.pk)
