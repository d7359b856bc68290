"""The captain's page of the team's people: its code, who asks, whom it looks for, who leads it."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.views.loaders import actor_of

from ..domain import joining, recruiting
from ..forms.formation import CaptainForm
from ..forms.joining import InviteForm, RecruitForm
from ..models import Ask, Search, Team
from .loaders import load_own_team


@allowed("teams.lead_team", load_own_team)
def people_page(request: HttpRequest, team: Team) -> HttpResponse:
    """Who asks to join, how to invite, whom the team looks for."""
    return _page(request, team)


def _page(request: HttpRequest, team: Team, status: int = 200, **forms: Any) -> HttpResponse:
    members = team.current_members  # type: ignore[attr-defined]
    link = settings.SITE_URL.rstrip("/") + reverse("teams:my_team", args=[team.event.slug])
    link += f"?code={team.invitation_code}"
    asks = list(Ask.objects.to_team(team).waiting().with_people())
    asked = {each.registration_id for each in asks}
    seekers = Search.objects.for_event(team.event).with_people()
    wanted = {role.pk for role in team.wanted_roles.all()}
    context = {
        "team": team,
        "members": members,
        "has_room": len(members) < team.event.team_size_max,
        "is_open": joining.windows.rosters_are_open(team.event),
        "code": "-".join(team.invitation_code[start : start + 4] for start in range(0, 16, 4)),
        "link": link,
        "qr": segno.make(link, error="m").svg_data_uri(scale=4, border=2, dark="#1d1d1b", light="#ffffff"),
        "requests": [each for each in asks if not each.is_invitation],
        "invitations": [each for each in asks if each.is_invitation],
        "seekers": [
            each
            for each in recruiting.matching_first(seekers, wanted, of="shown")
            if each.registration_id not in asked
        ],
        "invite_form": InviteForm(),
        "recruit_form": RecruitForm(instance=team),
        "captain_form": CaptainForm(team=team),
        **forms,
    }
    return TemplateResponse(request, "teams/team_people_page.html", context, status=status)


@allowed("teams.lead_team", load_own_team, methods=("POST",))
def invite(request: HttpRequest, team: Team) -> HttpResponse:
    """Invite by address: the answer never tells who is registered."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, team, 422, invite_form=form)
    try:
        recruiting.invite(team=team, actor=actor_of(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, team, 409, invite_form=form)
    messages.success(
        request,
        _("If somebody without a team is registered at %(email)s, they have your invitation.")
        % {"email": form.cleaned_data["email"]},
    )
    return redirect("teams:people", team.event.slug, team.number)


@allowed("teams.lead_team", load_own_team, methods=("POST",))
def invite_seeker(request: HttpRequest, team: Team) -> HttpResponse:
    """Invite somebody who looks for a team."""
    number = request.POST.get("search", "")
    search = Search.objects.for_event(team.event).numbered(int(number) if number.isdecimal() else 0)
    try:
        if search is None:
            raise recruiting.RecruitingRefused(_("This person is no longer looking for a team."))
        recruiting.invite_seeker(team=team, search=search, actor=actor_of(request))
        messages.success(
            request, _("%(person)s has your invitation.") % {"person": search.registration.person}
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:people", team.event.slug, team.number)


@allowed("teams.lead_team", load_own_team, methods=("POST",))
def look_for_people(request: HttpRequest, team: Team) -> HttpResponse:
    """Say whom the team looks for."""
    form = RecruitForm(request.POST, instance=Team(pk=team.pk, event=team.event, theme=team.theme))
    if not form.is_valid():
        return _page(request, team, 422, recruit_form=form)
    recruiting.look_for_people(
        team=team,
        is_recruiting=form.cleaned_data["is_recruiting"],
        looking_for=form.cleaned_data["looking_for"],
        roles=form.cleaned_data["wanted_roles"],
        actor=actor_of(request),
    )
    messages.success(request, _("Saved."))
    return redirect("teams:people", team.event.slug, team.number)


@allowed("teams.lead_team", load_own_team, methods=("POST",))
def renew_code(request: HttpRequest, team: Team) -> HttpResponse:
    """Another code: the one given away opens nothing any more."""
    joining.renew_code(team=team, actor=actor_of(request))
    messages.success(request, _("The team has a new code; the old one opens nothing any more."))
    return redirect("teams:people", team.event.slug, team.number)


@allowed("teams.lead_team", load_own_team, methods=("POST",))
def give_lead(request: HttpRequest, team: Team) -> HttpResponse:
    """Let another member lead the team."""
    form = CaptainForm(request.POST, team=team)
    if not form.is_valid():
        return _page(request, team, 422, captain_form=form)
    member = form.cleaned_data["captain"]
    try:
        joining.hand_over(team=team, to=member.registration, actor=actor_of(request))
        messages.success(
            request, _("%(person)s leads the team now.") % {"person": member.registration.person}
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:own_team", team.event.slug, team.number)
