"""Teams that people make by themselves: found one, join by code, ask, invite, answer, leave."""

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
from hackathon.rules import is_own_registration
from hackathon.views.loaders import actor_of, load_event

from ..domain import joining, recruiting
from ..forms.joining import AskForm, CodeForm, FoundForm, LeaveForm, SearchForm
from ..models import Ask, Search, Team
from .loaders import load_ask, load_open_team, load_own_team, own_registrations


def finding_page(
    request: HttpRequest, event: Event, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Everything for somebody without a team; `forms`: the one that was sent and refused, by its name."""
    own = own_registrations(request, event)
    roles = set().union(*map(recruiting.shown_roles, own))
    context: dict[str, Any] = {"own": own, "is_open": joining.windows.rosters_are_open(event)}
    if own:
        looking = Team.objects.for_event(event).looking_for_people().with_room(event.team_size_max)
        context |= {
            "asks": Ask.objects.for_event(event).waiting().of_registrations(own).with_people(),
            "looking": recruiting.matching_first(list(looking.with_wishes()), roles, of="wanted"),
            "search": Search.objects.of_registrations(own).first(),
            "found_form": FoundForm(own=own, event=event),
            "code_form": CodeForm(own=own, initial={"code": request.GET.get("code", "")[:40]}),
            "search_form": SearchForm(own=own),
            **(forms or {}),
        }
    return TemplateResponse(request, "teams/find_team_page.html", context, status=status)


@allowed("teams.find_team", load_event, methods=("POST",))
def found(request: HttpRequest, event: Event) -> HttpResponse:
    """Found a team."""
    form = FoundForm(request.POST, own=own_registrations(request, event), event=event)
    if form.is_valid():
        try:
            team = joining.found_team(
                registration=form.who,
                theme=form.cleaned_data["theme"],
                name=form.cleaned_data["name"],
                actor=actor_of(request),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your team is founded: invite people with its code."))
            return redirect("teams:people", event.slug, team.number)
    return finding_page(request, event, {"found_form": form}, status=409)


@allowed("teams.find_team", load_event, methods=("POST",))
def join(request: HttpRequest, event: Event) -> HttpResponse:
    """Join by a code."""
    form = CodeForm(request.POST, own=own_registrations(request, event))
    if form.is_valid():
        try:
            team = joining.join_by_code(
                event=event, code=form.cleaned_data["code"], registration=form.who, actor=actor_of(request)
            )
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("You are in the team %(team)s.") % {"team": team})
            return redirect("teams:own_team", event.slug, team.number)
    return finding_page(request, event, {"code_form": form}, status=409)


@allowed("teams.find_team", load_event, methods=("POST",))
def search(request: HttpRequest, event: Event) -> HttpResponse:
    """Say that one looks for a team, or no longer."""
    form = SearchForm(request.POST, own=own_registrations(request, event))
    if not form.is_valid():
        return finding_page(request, event, {"search_form": form}, status=422)
    try:
        if "stop" in request.POST:
            recruiting.stop_looking(registration=form.who, actor=actor_of(request))
        else:
            text = form.cleaned_data["text"]
            recruiting.look_for_team(registration=form.who, text=text, actor=actor_of(request))
            messages.success(request, _("Teams that look for people can see you now."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:my_team", event.slug)


@allowed("teams.ask_team", load_open_team, methods=("POST",))
def ask(request: HttpRequest, team: Team) -> HttpResponse:
    """Ask a team that looks for people."""
    form = AskForm(request.POST, own=own_registrations(request, team.event))
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.non_field_errors())) or _("Choose for whom you ask."))
    else:
        try:
            recruiting.ask_to_join(
                team=team,
                registration=form.who,
                message=form.cleaned_data["message"],
                actor=actor_of(request),
            )
            messages.success(request, _("%(team)s was asked: you get a letter.") % {"team": team})
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("teams:my_team", team.event.slug)


@allowed("teams.answer_ask", load_ask, methods=("POST",))
def answer(request: HttpRequest, ask: Ask) -> HttpResponse:
    """Say yes or no to a request or an invitation."""
    is_yes = request.POST.get("answer") == "yes"
    try:
        recruiting.answer(ask=ask, is_yes=is_yes, actor=actor_of(request))
        told = _("%(person)s is in the team %(team)s.") if is_yes else _("Answered: no.")
        messages.success(request, told % {"person": ask.registration.person, "team": ask.team})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _after(ask)


@allowed("teams.take_ask_back", load_ask, methods=("POST",))
def take_back(request: HttpRequest, ask: Ask) -> HttpResponse:
    """No longer ask."""
    recruiting.take_back(ask=ask, actor=actor_of(request))
    messages.success(request, _("Taken back."))
    return _after(ask)


@allowed("teams.leave_team", load_own_team, methods=("GET", "POST"))
def leave(request: HttpRequest, team: Team) -> HttpResponse:
    """Say why, and leave."""
    own = [
        member.registration
        for member in team.current_members  # type: ignore[attr-defined]
        if is_own_registration(request.user, member.registration)
    ]
    form = LeaveForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        form.who.event = team.event
        try:
            joining.leave_own_team(
                registration=form.who, reason=form.cleaned_data["reason"], actor=actor_of(request)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You left the team %(team)s.") % {"team": team})
            return redirect("teams:my_team", team.event.slug)
    context = {"team": team, "form": form, "is_last": len(team.current_members) == len(own)}  # type: ignore[attr-defined]
    return TemplateResponse(request, "teams/leave_page.html", context, status=422 if form.errors else 200)


def _after(ask: Ask) -> HttpResponse:
    """The captain goes back to the team's people, the person to their own page."""
    if ask.is_invitation:
        return redirect("teams:my_team", ask.team.event.slug)
    return redirect("teams:people", ask.team.event.slug, ask.team.number)
