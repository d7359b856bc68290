"""Registering several people at once: the form, and what became of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from ..domain import parties
from ..enums import RegistrationState
from ..forms.parties import PartyForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event
from .loaders import actor_of, load_event


@allowed("hackathon.see_event", load_event, methods=("GET", "POST"))
def party_page(request: HttpRequest, event: Event) -> HttpResponse:
    """One page, a row per person; « Add a row » comes back with everything typed."""
    if not request.user.has_perm("hackathon.register", event):
        return redirect("hackathon:register", event.slug)
    if request.method == "GET":
        return _page(request, PartyForm(event, email=getattr(request.user, "email", "")))
    if "add" in request.POST:
        return _page(request, PartyForm(event, _with_one_row_more(request.POST)))
    form = PartyForm(event, request.POST)
    if request.POST.get("website"):  # people do not see that field
        return _done(request, event, [])
    if form.is_valid():
        try:
            outcomes = parties.register_party(**form.arguments(), actor=actor_of(request))
            return _done(request, event, outcomes)
        except Refused as refusal:
            form.refuse(refusal.details.get("row"), str(refusal))
    return _page(request, form, status=422)


def _page(request: HttpRequest, form: PartyForm, status: int = 200) -> HttpResponse:
    is_sent = status != 200
    context = {
        "form": form,
        "problems": form.problems if is_sent else [],
        "can_add": len(form.rows.forms) < parties.MOST,
        "most": parties.MOST,
    }
    response = TemplateResponse(request, "hackathon/register_party_page.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _with_one_row_more(sent: Any) -> Any:
    data = sent.copy()
    total = data.get("person-TOTAL_FORMS", "")
    number = int(total) if total.isdecimal() and len(total) < 4 else 0
    data["person-TOTAL_FORMS"] = str(min(parties.MOST, number + 1))
    return data


def _done(request: HttpRequest, event: Event, outcomes: list[parties.Outcome]) -> HttpResponse:
    request.session["party"] = {
        "event": event.slug,
        "people": [[each.name, str(each.state), each.has_address] for each in outcomes],
    }
    return redirect("hackathon:register_party_done", event.slug)


@allowed("hackathon.see_event", load_event)
def party_done_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What became of each person of the form just sent from this browser; nothing for anybody else."""
    sent = request.session.get("party") or {}
    if sent.get("event") != event.slug:
        return redirect("hackathon:register_party", event.slug)
    people = [
        {"name": name, "state": RegistrationState(state), "has_address": has_address}
        for name, state, has_address in sent["people"]
    ]
    context = {"people": people, "some_without": any(not each["has_address"] for each in people)}
    return TemplateResponse(request, "hackathon/register_party_done_page.html", context)
