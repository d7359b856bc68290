"""Conflicts of interest: a juror declares theirs; organisers answer what is suggested."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event

from ..domain import conflicts
from ..forms.jury_conflicts import ConflictForm, DeclareForm
from ..models import Conflict, Juror


@allowed("judging.see_my_projects", load_event, methods=("GET", "POST"))
def my_conflicts(request: HttpRequest, event: Event) -> HttpResponse:
    """A juror's own: what stands, and one more."""
    jurors = list(Juror.objects.for_event(event).of(request.user).sitting().with_people())  # type: ignore[arg-type]
    form = DeclareForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            for juror in jurors:  # an address may stand for several
                conflicts.declare(juror=juror, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Thank you. You will not mark %(team)s.") % {"team": form.cleaned_data["team"]}
            )
            return redirect("judging:my_conflicts", event.slug)
    known = Conflict.objects.of_jurors(jurors).in_force().with_names()
    context = {"form": form, "conflicts": known}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "judging/my_conflicts_page.html", context, status=status)


@allowed("judging.change_jury", load_event)
def conflicts_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What is suggested, what stands, and what was set aside."""
    return show(request, event)


def show(request: HttpRequest, event: Event, form: Any = None) -> HttpResponse:
    """The page; `form` is one that was refused."""
    known = list(Conflict.objects.for_event(event).with_names())
    context = {
        "suggestions": conflicts.suggestions(event),
        "in_force": [one for one in known if one.is_in_force],
        "set_aside": [one for one in known if not one.is_in_force],
        "form": form or ConflictForm(event=event),
    }
    return TemplateResponse(request, "judging/conflicts_page.html", context, status=422 if form else 200)


@allowed("judging.change_jury", load_event, methods=("POST",))
def decide_conflict(request: HttpRequest, event: Event) -> HttpResponse:
    """Confirm a conflict, or set it aside."""
    form = ConflictForm(request.POST, event=event)
    if not form.is_valid():
        return show(request, event, form)
    verb = conflicts.dismiss if "dismiss" in request.POST else conflicts.confirm
    try:
        conflict = verb(actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            _("%(juror)s does not mark %(team)s.")
            if conflict.is_in_force
            else _("%(juror)s may mark %(team)s.")
        )
        messages.success(request, said % {"juror": conflict.juror, "team": conflict.team})
    return redirect("judging:conflicts", event.slug)
