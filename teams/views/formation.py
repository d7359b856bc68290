"""The organiser's way from « nobody has a team » to a proposal: start it, watch it, see what became of it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event

from .. import panels, tasks
from ..domain import placing, wording
from ..domain.board import team_names, theme_names
from ..domain.problem_file import counts_presence
from ..enums import ProposalState
from ..forms.formation import ProposeForm
from ..models import Proposal
from .loaders import load_proposal


@allowed("teams.form_teams", load_event)
def formation_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Where the formation of teams stands, and the one thing to do next."""
    return TemplateResponse(request, "teams/formation_page.html", formation_context(event, ProposeForm()))


def formation_context(event: Event, form: ProposeForm) -> dict[str, Any]:
    """What the page shows, around the form as it was filled in."""
    latest = Proposal.objects.for_event(event).latest_first().first()
    return {
        "form": form,
        "counts": panels.counts(event),
        "proposal": latest,
        "is_under_review": latest is not None
        and latest.state in (ProposalState.RUNNING, ProposalState.READY),
        "refusals": refusals(latest),
        "counts_presence": counts_presence(event),
        "sizes": (event.team_size_min, event.team_size_wanted, event.team_size_max),
    }


def refusals(proposal: Proposal | None) -> list[str]:
    """Why the last proposal could not be made, in words."""
    if proposal is None or proposal.state != ProposalState.FAILED:
        return []
    names = {"themes": theme_names(proposal.event), "teams": team_names(proposal.event)}
    return wording.sentences(json.loads(proposal.error), **names)


@allowed("teams.form_teams", load_event, methods=("POST",))
def propose(request: HttpRequest, event: Event) -> HttpResponse:
    """Write the problem down, give it to the worker, and go and watch."""
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(
            request, "teams/formation_page.html", formation_context(event, form), status=400
        )
    try:
        proposal = placing.propose(event=event, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:formation", event.slug)
    tasks.compute_proposal.enqueue(proposal.pk)
    return redirect("teams:proposal", event.slug, proposal.pk)


@allowed("teams.form_teams", load_proposal)
def proposal_progress(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """How far the computation is, for progress.js."""
    done = proposal.state != ProposalState.RUNNING
    percent = round(100 * proposal.progress)
    words = _("Searching for good teams: %(percent)s%%") if proposal.progress else _("Waiting to start…")
    return JsonResponse(
        {
            "value": percent,
            "max": 100,
            "text": _("Done") if done else words % {"percent": percent},
            "done": done,
            "url": reverse("teams:proposal", args=[proposal.event.slug, proposal.pk]) if done else "",
        }
    )


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def discard(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Set the proposal aside; also stops one being computed."""
    placing.discard(proposal=proposal, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The proposal was set aside; teams are as they were."))
    return redirect("teams:formation", proposal.event.slug)


@allowed("teams.form_teams", load_event, methods=("GET", "POST"))
def announce(request: HttpRequest, event: Event) -> HttpResponse:
    """Say what will be sent to how many people; send it once the word is typed."""
    phrase, error = _("announce"), ""
    if request.method == "POST":
        if request.POST.get("confirmation", "").strip().casefold() == phrase.casefold():
            return _announce(request, event)
        error = _("This is not the word: type it exactly as shown.")
    context = {"phrase": phrase, "error": error, "counts": panels.counts(event)}
    status = 400 if error else 200
    return TemplateResponse(request, "teams/announce_page.html", context, status=status)


def _announce(request: HttpRequest, event: Event) -> HttpResponse:
    try:
        written = placing.announce(event=event, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:formation", event.slug)
    words = ngettext(
        "Teams are announced: %(count)s letter is on its way.",
        "Teams are announced: %(count)s letters are on their way.",
        written,
    )
    messages.success(request, words % {"count": written})
    return redirect("teams:team_list", event.slug)
