"""The mentor desk, and the team's own page to ask for help."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.domain import clock
from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.kit.htmx import page_or_part
from hackathon.models import Event
from hackathon.rules import is_own_registration
from hackathon.views.loaders import actor_of, load_event

from ..domain import mentoring
from ..forms.mentoring import CloseForm, HandOverForm, HelpForm
from ..models import HelpRequest, Team
from .loaders import load_own_team

DONE_SHOWN = 20


def load_help(request: HttpRequest, event: str, help: int) -> HelpRequest:
    """A request for help of that event."""
    found_event = load_event(request, event)
    found = HelpRequest.objects.for_event(found_event).numbered(help)
    if found is None:
        raise Http404
    found.event = found.team.event = found_event
    return found


def load_own_help(request: HttpRequest, event: str, number: int, help: int) -> HelpRequest:
    """A request of the viewer's own team; another's does not exist."""
    team = load_own_team(request, event, number)
    found = HelpRequest.objects.of_team(team).numbered(help)
    if found is None:
        raise Http404
    found.event, found.team = team.event, team
    return found


@allowed("teams.work_at_mentor_desk", load_event)
def mentors_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The queue by waiting time, what I have in hand, what was done; htmx asks for the queue again by itself."""
    now = clock.now(event)
    open_ = list(HelpRequest.objects.for_event(event).open().with_teams().longest_waiting_first())
    context = {
        "now": now,
        "waiting": [each for each in open_ if each.mentor_id is None],
        "mine": [each for each in open_ if each.mentor_id == request.user.pk],
        "others": [each for each in open_ if each.mentor_id not in (None, request.user.pk)],
        "done": HelpRequest.objects.for_event(event).closed().with_teams().latest_first()[:DONE_SHOWN],
        "waits": mentoring.waits(event, now),
        "close_form": CloseForm(),
        "hand_over_form": HandOverForm(),
    }
    return page_or_part(request, "teams/mentors_page.html", "teams/_mentor_queue.html", context)


@allowed("teams.work_at_mentor_desk", load_help, methods=("POST",))
def take(request: HttpRequest, help: HelpRequest) -> HttpResponse:
    """I am coming."""
    try:
        mentoring.take_help(request=help, actor=request.user)  # type: ignore[arg-type]
        messages.success(
            request, _("%(team)s waits for you: %(place)s.") % {"team": help.team, "place": help.place}
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:mentors", help.event.slug)


@allowed("teams.work_at_mentor_desk", load_help, methods=("POST",))
def hand_over(request: HttpRequest, help: HelpRequest) -> HttpResponse:
    """Back in the queue, for somebody who knows better."""
    form = HandOverForm(request.POST)
    try:
        note = form.cleaned_data["note"] if form.is_valid() else ""
        mentoring.hand_help_over(request=help, note=note, actor=actor_of(request))
        messages.success(request, _("It is back in the queue, at its old place."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:mentors", help.event.slug)


@allowed("teams.work_at_mentor_desk", load_help, methods=("POST",))
def close(request: HttpRequest, help: HelpRequest) -> HttpResponse:
    """Done, with a word."""
    form = CloseForm(request.POST)
    try:
        tag = form.cleaned_data["tag"] if form.is_valid() else ""
        mentoring.close_help(request=help, tag=tag, actor=actor_of(request))
        messages.success(request, _("%(team)s: closed.") % {"team": help.team})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:mentors", help.event.slug)


@allowed("teams.ask_help", load_own_team, methods=("GET", "POST"))
def help_page(request: HttpRequest, team: Team) -> HttpResponse:
    """Ask for help, and see where one's requests stand."""
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        own = next(
            (
                member.registration
                for member in team.current_members  # type: ignore[attr-defined]
                if is_own_registration(request.user, member.registration)
            ),
            None,
        )
        try:
            mentoring.ask_help(team=team, registration=own, actor=actor_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("A mentor will come: stay where you are."))
            return redirect("teams:help", team.event.slug, team.number)
    return TemplateResponse(
        request, "teams/help_page.html", _help_context(team, form), status=422 if form.errors else 200
    )


def _help_context(team: Team, form: HelpForm) -> dict[str, Any]:
    now = clock.now(team.event)
    return {
        "team": team,
        "form": form,
        "now": now,
        "open": HelpRequest.objects.of_team(team).open().with_teams().longest_waiting_first(),
        "waits": mentoring.waits(team.event, now),
    }


@allowed("teams.cancel_help", load_own_help, methods=("POST",))
def cancel(request: HttpRequest, help: HelpRequest) -> HttpResponse:
    """No longer needed."""
    mentoring.cancel_help(request=help, actor=actor_of(request))
    messages.success(request, _("Taken back."))
    return redirect("teams:help", help.event.slug, help.team.number)
