"""The board: a proposal under review. Somebody is moved in two steps: see the effect, then keep it."""

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

from ..domain import placing
from ..domain.board import Board
from ..enums import ProposalState
from ..forms.formation import MoveForm
from ..models import Proposal
from .loaders import load_proposal


@allowed("teams.form_teams", load_proposal)
def board_page(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The proposal: being computed, to review, or what became of it."""
    if proposal.state == ProposalState.RUNNING:
        return TemplateResponse(request, "teams/progress_page.html", {"proposal": proposal})
    if proposal.state != ProposalState.READY:
        return redirect("teams:formation", proposal.event.slug)
    board = Board(proposal)
    initial = {"person": request.GET.get("person", ""), "to": request.GET.get("to", "")}
    why = board.reasons_for(initial["person"])
    return _page(request, board, MoveForm(board=board, initial=initial), why=why)


@allowed("teams.form_teams", load_proposal, methods=("GET", "POST"))
def move(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """GET shows what the move would change; POST keeps it."""
    if proposal.state != ProposalState.READY:
        return redirect("teams:proposal", proposal.event.slug, proposal.pk)
    board = Board(proposal)
    form = MoveForm(request.POST if request.method == "POST" else request.GET, board=board)
    if not form.is_valid():
        return _page(request, board, form, status=400)
    person, to_team = form.cleaned_data["person"], form.destination
    try:
        if request.method == "GET":
            effect = board.effect_of(person, to_team)
            who, there = board.people[person], board.team_name(to_team) if to_team else ""
            return _page(request, board, form, effect=effect, who=who, there=there)
        version = _version(request)
        placing.move_person(
            proposal=proposal,
            person=person,
            to_team=to_team,
            version=version,
            actor=request.user,  # type: ignore[arg-type]
        )
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    messages.success(request, _("Moved: %(person)s.") % {"person": board.people[person].person.full_name})
    return redirect("teams:proposal", proposal.event.slug, proposal.pk)


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def undo(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Take back the last move made by hand."""
    try:
        placing.undo_move(proposal=proposal, version=_version(request), actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    messages.success(request, _("The last move was undone."))
    return redirect("teams:proposal", proposal.event.slug, proposal.pk)


@allowed("teams.form_teams", load_proposal, methods=("GET", "POST"))
def apply(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Say what will change, then make the teams real. Nobody is told yet."""
    if request.method == "GET":
        if proposal.state != ProposalState.READY:
            return redirect("teams:proposal", proposal.event.slug, proposal.pk)
        return TemplateResponse(
            request, "teams/apply_page.html", {"board": Board(proposal), "proposal": proposal}
        )
    try:
        teams = placing.apply(proposal=proposal, actor=request.user, version=_version(request))  # type: ignore[arg-type]
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    words = ngettext("%(count)s team is set. Nobody has been told yet.", "%(count)s teams are set. Nobody has been told yet.", len(teams))  # fmt: skip
    messages.success(request, words % {"count": len(teams)})
    return redirect("teams:team_list", proposal.event.slug)


def _page(request: HttpRequest, board: Board, form: MoveForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"board": board, "proposal": board.proposal, "form": form, **more}
    return TemplateResponse(request, "teams/board_page.html", context, status=status)


def _refused(request: HttpRequest, proposal: Proposal, refusal: Refused) -> HttpResponse:
    """The board as it is now, with the reason; 409 when somebody else was first."""
    proposal = Proposal.objects.select_related("event").get(pk=proposal.pk)
    event: Event = proposal.event
    messages.error(request, str(refusal))
    if proposal.state != ProposalState.READY:
        return redirect("teams:formation", event.slug)
    board = Board(proposal)
    return _page(request, board, MoveForm(board=board), status=409)


def _version(request: HttpRequest) -> int:
    """The version of the board that was acted on; 0, which is never current, when none was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0
