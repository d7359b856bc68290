"""The board: a proposal under review. Somebody is moved in two steps: see the effect, then keep it.

Every act is a plain form that answers JSON to board.js; what the script asks besides is in `board_live`.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused, Stale
from hackathon.kit.htmx import wants_json
from hackathon.views.loaders import actor_of

from ..domain import placing, reviewing
from ..domain.board import Board
from ..domain.board_pictures import wishes_bar
from ..enums import ProposalState
from ..forms.formation import MoveForm
from ..models import Proposal
from .loaders import load_proposal


@allowed("teams.form_teams", load_proposal)
def board_page(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The proposal: being computed, to review, or as it was when it was applied or set aside."""
    if proposal.state == ProposalState.RUNNING:
        return TemplateResponse(request, "teams/progress_page.html", {"proposal": proposal})
    if not proposal.plan.get("teams"):
        return redirect("teams:formation", proposal.event.slug)
    board = Board(proposal)
    initial = {"person": request.GET.get("person", ""), "to": request.GET.get("to", "")}
    return _page(request, board, MoveForm(board=board, initial=initial), chosen=initial["person"])


@allowed("teams.form_teams", load_proposal, methods=("GET", "POST"))
def move(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """GET shows what the move would change; POST keeps it."""
    if not proposal.is_open:
        return _refused(
            request, proposal, placing.ProposalRefused(_("This proposal can no longer be changed."))
        )
    board = Board(proposal)
    form = MoveForm(request.POST if request.method == "POST" else request.GET, board=board)
    if not form.is_valid():
        if wants_json(request) or getattr(request, "htmx", False):
            return _refused(request, proposal, placing.MoveRefused(_("This move is not possible: look at the board again.")))  # fmt: skip
        return _page(request, board, form, status=400)
    if request.method == "GET":
        return _effect(request, board, form)
    person = form.cleaned_data["person"]
    try:
        placing.move_person(
            proposal=proposal, person=person, to_team=form.destination, version=_version(request), actor=actor_of(request)
        )  # fmt: skip
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    return _done(
        request, proposal, _("Moved: %(person)s.") % {"person": board.people[person].person.full_name}
    )


def _effect(request: HttpRequest, board: Board, form: MoveForm) -> HttpResponse:
    """What the move would change: the panel for board.js, the whole page without it."""
    person, to_team = form.cleaned_data["person"], form.destination
    try:
        effect = board.effect_of(person, to_team)
    except Refused as refusal:
        return _refused(request, board.proposal, refusal)
    shown: dict[str, Any] = {
        "effect": effect,
        "who": board.people[person],
        "there": board.team_name(to_team) if to_team else "",
    }
    if getattr(request, "htmx", False):
        context = {"board": board, "proposal": board.proposal, "event": board.event, "form": form, **shown}
        return TemplateResponse(request, "teams/_move_effect.html", context)
    return _page(request, board, form, **shown)


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def undo(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Take back the last move made by hand."""
    try:
        placing.undo_move(proposal=proposal, version=_version(request), actor=actor_of(request))
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    return _done(request, proposal, _("The last move was undone."))


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def redo(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Make the move undone last again."""
    try:
        reviewing.redo_move(proposal=proposal, version=_version(request), actor=actor_of(request))
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    return _done(request, proposal, _("The move was made again."))


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def lock(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Lock or release somebody (`lock`, `release`) or a team (`lock_team`, `release_team`): the name says which."""
    version, actor = _version(request), actor_of(request)
    for name in ("lock", "release", "lock_team", "release_team"):
        if name in request.POST:
            is_locked, subject = name.startswith("lock"), request.POST[name]
            break
    else:
        return _refused(request, proposal, placing.MoveRefused(_("Choose whom or which team to lock.")))
    common: dict[str, Any] = {
        "proposal": proposal,
        "is_locked": is_locked,
        "version": version,
        "actor": actor,
    }
    try:
        if name.endswith("team"):
            reviewing.lock_team(team=subject, **common)
        else:
            reviewing.lock_person(person=subject, **common)
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    words = _("Locked: the next computation keeps it so.") if is_locked else _("Released.")
    return _done(request, proposal, words)


@allowed("teams.form_teams", load_proposal, methods=("GET", "POST"))
def apply(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Say what will change, then make the teams real. Nobody is told yet."""
    if request.method == "GET":
        if not proposal.is_open:
            return redirect("teams:proposal", proposal.event.slug, proposal.pk)
        return TemplateResponse(
            request, "teams/apply_page.html", {"board": Board(proposal), "proposal": proposal}
        )
    try:
        teams = placing.apply(proposal=proposal, actor=actor_of(request), version=_version(request))
    except Refused as refusal:
        return _refused(request, proposal, refusal)
    words = ngettext("%(count)s team is set. Nobody has been told yet.", "%(count)s teams are set. Nobody has been told yet.", len(teams))  # fmt: skip
    messages.success(request, words % {"count": len(teams)})
    return redirect("teams:team_list", proposal.event.slug)


def _page(
    request: HttpRequest, board: Board, form: MoveForm, status: int = 200, chosen: str = "", **more: Any
) -> HttpResponse:
    context = {
        "board": board,
        "proposal": board.proposal,
        "form": form,
        "chosen": board.people.get(chosen),
        "why": board.reasons_for(chosen),
        "wishes": wishes_bar(board),
        **more,
    }
    return TemplateResponse(request, "teams/board_page.html", context, status=status)


def _done(request: HttpRequest, proposal: Proposal, words: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"said": words, "version": proposal.version})
    messages.success(request, words)
    return redirect("teams:proposal", proposal.event.slug, proposal.pk)


def _refused(request: HttpRequest, proposal: Proposal, refusal: Refused) -> HttpResponse:
    """The board as it is now, with the reason; 409 when somebody else was first."""
    if wants_json(request):
        return JsonResponse({"message": str(refusal), "is_stale": isinstance(refusal, Stale)}, status=409)
    if getattr(request, "htmx", False):
        return TemplateResponse(request, "teams/_move_refused.html", {"refusal": refusal}, status=409)
    event, proposal = proposal.event, Proposal.objects.get(pk=proposal.pk)
    proposal.event = event
    messages.error(request, str(refusal))
    if not proposal.is_open:
        return redirect("teams:proposal", event.slug, proposal.pk)
    board = Board(proposal)
    return _page(request, board, MoveForm(board=board), status=409)


def _version(request: HttpRequest) -> int:
    """The version of the board that was acted on; 0, which is never current, when none was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0
