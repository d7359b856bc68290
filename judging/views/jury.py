"""The jury's two lists: a juror's own projects, and the tower's page of who sits where and how far they are."""

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

from ..domain import convening, progress, scoring
from ..forms.jury_plan import RoomForm
from ..forms.rounds import JurorForm, SeatForm
from ..models import Juror, Panel, PanelMember, Round
from . import project_list
from .loaders import load_member, load_panel


@allowed("judging.see_my_projects", load_event)
def my_projects_page(request: HttpRequest, event: Event) -> HttpResponse:
    """A juror’s own list."""
    context = project_list.of_juror(event, request.user)
    return TemplateResponse(request, "judging/jury_projects_page.html", context)


@allowed("judging.see_my_projects", load_event, methods=("GET", "POST"))
def hand_in_all(request: HttpRequest, event: Event) -> HttpResponse:
    """Every complete ballot at once: what goes and what does not, then the button."""
    context = project_list.of_juror(event, request.user)
    if request.method == "POST":
        done = scoring.hand_in_all(ballots=context["complete"], actor=request.user)  # type: ignore[arg-type]
        messages.success(
            request,
            ngettext("%(count)s ballot is handed in.", "%(count)s ballots are handed in.", len(done))
            % {"count": len(done)},
        )
        return redirect("judging:my_projects", event.slug)
    return TemplateResponse(request, "judging/jury_hand_in_page.html", context)


@allowed("judging.see_coverage", load_event)
def jury_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Rounds, seats and jurors."""
    return show(request, event)


def show(request: HttpRequest, event: Event, *, status: int = 200, **context: Any) -> HttpResponse:
    """The tower's page of the jury; `context` carries a form that was refused."""
    rounds = list(Round.objects.for_event(event).with_panels().in_order())
    found = {
        "progress": progress.of_event(event),
        "rounds": rounds,
        "jurors": progress.with_seats(Juror.objects.for_event(event).sitting().with_people(), rounds),
        **context,
    }
    return TemplateResponse(request, "judging/jury_page.html", found, status=status)


@allowed("judging.change_jury", load_event, methods=("GET", "POST"))
def add_juror(request: HttpRequest, event: Event) -> HttpResponse:
    """One more juror, written to at once."""
    form = JurorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            juror = convening.add_juror(event=event, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is in the jury and has been written to.") % {"name": juror})
            return redirect("judging:jury", event.slug)
    status = 422 if form.errors else 200
    return TemplateResponse(request, "judging/jury_juror_page.html", {"form": form}, status=status)


@allowed("judging.change_jury", load_panel, methods=("GET", "POST"))
def panel_page(request: HttpRequest, panel: Panel) -> HttpResponse:
    """Who sits in one panel; give a seat."""
    form = SeatForm(request.POST or None, panel=panel)
    if request.method == "POST" and form.is_valid():
        try:
            convening.seat(panel=panel, juror=form.cleaned_data["juror"], actor=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s has a seat.") % {"name": form.cleaned_data["juror"]})
            return redirect("judging:panel", panel.event.slug, panel.pk)
    context = {"panel": panel, "form": form, "members": PanelMember.objects.seated_in(panel)}
    context["room_form"] = RoomForm(instance=panel)
    status = 422 if form.errors else 200
    return TemplateResponse(request, "judging/jury_panel_page.html", context, status=status)


@allowed("judging.change_jury", load_member, methods=("POST",))
def unseat(request: HttpRequest, member: PanelMember) -> HttpResponse:
    """Take a juror off a panel, before its round opens."""
    try:
        convening.unseat(panel=member.panel, juror=member.juror, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(name)s no longer sits in this panel.") % {"name": member.juror})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("judging:panel", member.event.slug, member.panel_id)
