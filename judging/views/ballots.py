"""A juror's ballot: the page, each tap, the words, handing in, standing aside. Only ever the viewer's own.

The mark's route asks for the ballot alone: once it is closed, the verb's own sentence answers, never a bare refusal.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import formats
from django.utils.translation import gettext as _

from hackathon.domain import clock
from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.kit.htmx import wants_json
from hackathon.models import Event

from ..domain import scoring
from ..forms.ballots import ReasonForm, TextsForm
from ..models import Ballot
from . import ballot_sheet
from .loaders import load_ballot


@allowed("judging.see_ballot", load_ballot)
def ballot_page(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """The ballot, to fill in or, once closed, to read."""
    return TemplateResponse(request, "judging/ballot_page.html", ballot_sheet.sheet(ballot))


@allowed("judging.see_ballot", load_ballot, methods=("POST",))
def save_marks(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """One tap for the script, in JSON; the whole form for a browser without it."""
    if wants_json(request):
        return _one_mark(request, ballot)
    errors = ballot_sheet.save_form(ballot, request.POST, actor=request.user)
    if errors:
        context = ballot_sheet.sheet(ballot, errors=errors)
        return TemplateResponse(request, "judging/ballot_page.html", context, status=409)
    messages.success(request, _("Your marks are saved."))
    return redirect("judging:ballot", ballot.event.slug, ballot.pk)


def _one_mark(request: HttpRequest, ballot: Ballot) -> JsonResponse:
    try:
        mark = scoring.record_mark(
            ballot=ballot,
            criterion=request.POST.get("criterion", ""),
            value=request.POST.get("value", ""),
            version=ballot_sheet.whole(request.POST.get("version")),
            key=request.headers.get("Idempotency-Key") or request.POST.get("key", ""),
            actor=request.user,  # type: ignore[arg-type]
        )
    except Refused as refusal:
        return refused(refusal)
    done: Any = mark.ballot
    return JsonResponse(
        {
            "value": int(mark.value),
            "version": mark.version,
            "saved_at": clock_time(ballot.event, mark.saved_at),
            "done": done.marked,
            "of": done.criteria,
        }
    )


def refused(refusal: Refused) -> JsonResponse:
    """The sentence, and the mark as it is now, for the page to show."""
    answer: dict[str, Any] = {"code": refusal.code, "message": str(refusal)}
    if "version" in refusal.details:
        current = {name: refusal.details[name] for name in ("value", "version")}
        answer |= {"current": current, **current}
    off = isinstance(refusal, scoring.OutOfScale | scoring.UnknownCriterion)
    return JsonResponse(answer, status=422 if off else 409)


def clock_time(event: Event, moment: Any) -> str:
    """An hour on the wall of the venue, as in « 14:03 »."""
    return formats.time_format(event.local(moment), "H:i")


@allowed("judging.see_ballot", load_ballot, methods=("POST",))
def save_texts(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """The note and the comment, saved by the script or by the button."""
    form = TextsForm(request.POST, instance=ballot)
    if not form.is_valid():
        return JsonResponse(
            {"code": "invalid", "message": _("Not accepted"), "errors": form.errors}, status=400
        )
    try:
        scoring.save_texts(ballot=ballot, actor=request.user, **form.sent())  # type: ignore[arg-type]
    except Refused as refusal:
        if wants_json(request):
            return refused(refusal)
        messages.error(request, str(refusal))
        return redirect("judging:ballot", ballot.event.slug, ballot.pk)
    if wants_json(request):
        return JsonResponse({"saved_at": clock_time(ballot.event, clock.now(ballot.event))})
    messages.success(request, _("Your words are saved."))
    return redirect("judging:ballot", ballot.event.slug, ballot.pk)


@allowed("judging.see_ballot", load_ballot, methods=("GET", "POST"))
def hand_in(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """What is missing, or the button that hands in."""
    problem = ""
    if request.method == "POST":
        try:
            scoring.hand_in(ballot=ballot, actor=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(
                request, _("Your ballot for “%(project)s” is handed in.") % {"project": ballot.project}
            )
            return redirect("judging:my_projects", ballot.event.slug)
    context = {
        "ballot": ballot,
        "problem": problem or scoring.why_closed(ballot, ask_window=False),
        "missing": scoring.missing_criteria(ballot),
    }
    status = 409 if problem else 200
    return TemplateResponse(request, "judging/ballot_hand_in_page.html", context, status=status)


@allowed("judging.see_ballot", load_ballot, methods=("GET", "POST"))
def recuse(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """Stand aside: what it does, and why."""
    form = ReasonForm(
        request.POST or None,
        ask=_("Why do you stand aside?"),
        example=_("For instance: I advise this team, or a member is a relative."),
    )
    if request.method == "POST" and form.is_valid():
        try:
            scoring.recuse(ballot=ballot, reason=form.cleaned_data["reason"], actor=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You no longer mark “%(project)s”.") % {"project": ballot.project})
            return redirect("judging:my_projects", ballot.event.slug)
    status = 422 if form.errors else 200
    return TemplateResponse(
        request, "judging/ballot_recuse_page.html", {"ballot": ballot, "form": form}, status=status
    )
