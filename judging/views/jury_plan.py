"""Planning a round: shown whole before it is drawn; and mending it when a juror is absent. No mark is read here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused

from ..domain import convening, plan_preview, repairing_jury, seating
from ..enums import RoundState
from ..forms.jury_plan import PlanForm, RoomForm, SubstituteForm
from ..models import Panel, PanelMember, Round
from .loaders import load_member, load_panel, load_round


@allowed("judging.change_jury", load_round, methods=("GET", "POST"))
def plan_page(request: HttpRequest, round: Round) -> HttpResponse:
    """GET shows the plan that is asked for; POST draws that one."""
    usual = {"per_project": None, "minutes": round.minutes_per_project, "seed": 1}
    sent = request.POST if request.method == "POST" else request.GET
    form = PlanForm({**usual, **sent.dict()})
    problem = ""
    if form.is_valid() and request.method == "POST":
        try:
            convening.draw_round(round=round, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(
                request, _("The running order is drawn. Nobody marks before the round is opened.")
            )
            return redirect("judging:round", round.event.slug, round.key)
    status = 422 if not form.is_valid() else 409 if problem else 200
    return show(request, round, form, problem, status)


def show(request: HttpRequest, round: Round, form: PlanForm, problem: str, status: int) -> HttpResponse:
    """The page, with the plan of that form if there can be one: a final's projects may not be known yet."""
    preview = None
    if form.is_valid():
        try:
            preview = plan_preview.preview(round, **form.cleaned_data)
        except Refused as refusal:
            problem = problem or str(refusal)
    context = {
        "round": round,
        "form": form,
        "preview": preview,
        "problem": problem,
        "is_planned": round.state == RoundState.PLANNED,
    }
    return TemplateResponse(request, "judging/plan_page.html", context, status=status)


@allowed("judging.repair_round", load_member, methods=("GET", "POST"))
def repair_page(request: HttpRequest, member: PanelMember) -> HttpResponse:
    """What would pass to whom while a juror is absent; POST does what was shown."""
    form = SubstituteForm(request.POST if request.method == "POST" else request.GET, panel=member.panel)
    substitute = form.cleaned_data["substitute"] if form.is_valid() else None
    problem = ""
    if request.method == "POST" and form.is_valid():
        shown = request.POST.get("shown", "")
        try:
            repairing_jury.repair(member=member, substitute=substitute, shown=shown, actor=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(
                request, _("The projects of %(juror)s are given to others.") % {"juror": member.juror}
            )
            return redirect("judging:round", member.event.slug, member.panel.round.key)
    context: dict[str, Any] = {
        "member": member,
        "round": member.panel.round,
        "form": form,
        "substitute": substitute,
        "repair": repairing_jury.propose(member=member, substitute=substitute),
        "problem": problem,
    }
    return TemplateResponse(request, "judging/repair_page.html", context, status=409 if problem else 200)


@allowed("judging.change_jury", load_panel, methods=("POST",))
def set_room(request: HttpRequest, panel: Panel) -> HttpResponse:
    """Where a panel sits."""
    form = RoomForm(request.POST)
    if form.is_valid():
        seating.set_room(panel=panel, room=form.cleaned_data["room"], actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The room is saved."))
    else:
        messages.error(request, " ".join(map(str, form.errors["room"])))
    return redirect("judging:panel", panel.event.slug, panel.pk)
