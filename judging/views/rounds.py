"""A round seen by those who look after it: its running order, who has which ballot, opening, closing, finalists.

No mark and no total is read here.
"""

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

from ..domain import convening, progress, reminding, scoring
from ..enums import RoundKind, RoundState
from ..forms.ballots import ReasonForm
from ..forms.rounds import DrawForm, FinalistForm
from ..models import Ballot, PanelMember, Round
from .loaders import load_jury_ballot, load_member, load_round


@allowed("judging.see_coverage", load_round)
def round_page(request: HttpRequest, round: Round) -> HttpResponse:
    """The round as it stands."""
    return show(request, round)


def show(request: HttpRequest, round: Round, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The round's page; `forms` carries one that was refused."""
    mine = next(one for one in progress.of_event(round.event) if one.round.pk == round.pk)
    context = {
        "round": round,
        "progress": mine,
        "coverage": progress.coverage(round),
        "is_planned": round.state == RoundState.PLANNED,
        "is_open": round.state == RoundState.OPEN,
        "is_final": round.kind == RoundKind.FINAL,
        "draw_form": DrawForm(),
        "finalist_form": FinalistForm(event=round.event) if round.kind == RoundKind.FINAL else None,
        **forms,
    }
    return TemplateResponse(request, "judging/round_page.html", context, status=status)


@allowed("judging.change_jury", load_round, methods=("POST",))
def draw(request: HttpRequest, round: Round) -> HttpResponse:
    """Draw the running order by lot and lay out the ballots, before the opening."""
    form = DrawForm(request.POST)
    if form.is_valid():
        try:
            convening.draw_round(round=round, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The running order is drawn. Nobody marks before the round is opened.")
            )
            return back(round)
    return show(request, round, draw_form=form, status=422)


@allowed("judging.open_round", load_round, methods=("GET", "POST"))
def open_round(request: HttpRequest, round: Round) -> HttpResponse:
    """Ask, then open."""
    return act(
        request, round, "open", lambda: convening.open_round(round=round, actor=request.user),  # type: ignore[arg-type]
        said=_("The round “%(round)s” is open: the jury can mark."),
    )  # fmt: skip


@allowed("judging.close_round", load_round, methods=("GET", "POST"))
def close_round(request: HttpRequest, round: Round) -> HttpResponse:
    """Ask, naming what is missing, then close."""
    return act(
        request, round, "close", lambda: convening.close_round(round=round, actor=request.user),  # type: ignore[arg-type]
        said=_("The round “%(round)s” is closed."),
    )  # fmt: skip


def act(request: HttpRequest, round: Round, what: str, verb: Any, *, said: str) -> HttpResponse:
    """Ask, then do: a page that says what will happen, and what is in the way."""
    problem = ""
    if request.method == "POST":
        try:
            verb()
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, said % {"round": round})
            return back(round)
    context = {
        "round": round,
        "what": what,
        "problem": problem,
        "missing": convening.missing_cells(round) if what == "close" else [],
    }
    return TemplateResponse(
        request, "judging/round_confirm_page.html", context, status=409 if problem else 200
    )


@allowed("judging.change_jury", load_round, methods=("POST",))
def remind(request: HttpRequest, round: Round) -> HttpResponse:
    """Write to the jurors whose ballots are still expected."""
    sent = reminding.remind_jurors(round=round, actor=request.user)  # type: ignore[arg-type]
    messages.success(
        request,
        ngettext("%(count)s juror is being written to.", "%(count)s jurors are being written to.", sent)
        % {"count": sent},
    )
    return back(round)


@allowed("judging.excuse_juror", load_member, methods=("GET", "POST"))
def excuse_juror(request: HttpRequest, member: PanelMember) -> HttpResponse:
    """The president excuses an absent juror, for a reason."""
    round = member.panel.round
    form = ReasonForm(
        request.POST or None, ask=_("Why is this juror excused?"), example=_("It is printed in the minutes.")
    )
    if request.method == "POST" and form.is_valid():
        try:
            convening.excuse_juror(round=round, juror=member.juror, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is excused from this round.") % {"name": member.juror})
            return back(round)
    context = {"form": form, "member": member, "round": round}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "judging/jury_excuse_page.html", context, status=status)


@allowed("judging.reopen_ballot", load_jury_ballot, methods=("GET", "POST"))
def reopen_ballot(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """The president gives a ballot back to its juror, for a reason."""
    form = ReasonForm(
        request.POST or None, ask=_("Why is this ballot reopened?"), example=_("It is kept in the record.")
    )
    if request.method == "POST" and form.is_valid():
        try:
            scoring.reopen(ballot=ballot, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The ballot is open again: its juror can change it."))
            return back(ballot.round)
    status = 422 if form.errors else 200
    return TemplateResponse(
        request, "judging/ballot_reopen_page.html", {"form": form, "ballot": ballot}, status=status
    )


@allowed("judging.choose_finalists", load_round, methods=("POST",))
def change_finalists(request: HttpRequest, round: Round) -> HttpResponse:
    """Add a finalist by hand, or take one out; either with a reason."""
    form = FinalistForm(request.POST, event=round.event)
    if form.is_valid():
        verb = convening.remove_finalist if "remove" in request.POST else convening.add_finalist
        try:
            verb(final=round, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The finalists are changed. Draw the running order again before the opening.")
            )
            return back(round)
    return show(request, round, finalist_form=form, status=422)


def back(round: Round) -> HttpResponse:
    """To the round’s page, after an act."""
    return redirect("judging:round", round.event.slug, round.key)
