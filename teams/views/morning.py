"""The morning: who is missing, who came, which teams are too small; repair, merge, split, place, number the tables."""

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
from hackathon.models import Event, Registration
from hackathon.views.loaders import actor_of, load_event

from .. import panels, tasks
from ..domain import merging, placing, repairing, tables
from ..domain.board import Board
from ..domain.problem_file import counts_presence
from ..enums import ProposalState
from ..forms.morning import MergeForm, SplitForm
from ..models import Proposal, Team
from .loaders import load_placeable, load_proposal, load_team

#: Seconds that a repair searches: the search starts from the teams there are.
SECONDS = 5


@allowed("teams.form_teams", load_event)
def morning_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Absences and walk-ins in numbers, the people without a team, the teams too small; each with its one action."""
    context = {
        "counts_presence": counts_presence(event),
        "absent": repairing.absent_members(event),
        "waiting": repairing.without_team(event),
        "small": [team for team in panels.teams_of(event) if team.size < event.team_size_min],  # type: ignore[attr-defined]
        "counts": panels.counts(event),
    }
    return TemplateResponse(request, "teams/morning_page.html", context)


@allowed("teams.form_teams", load_event, methods=("POST",))
def repair(request: HttpRequest, event: Event) -> HttpResponse:
    """Have the smallest repair computed, and go and watch."""
    try:
        proposal = repairing.propose_repair(event=event, seconds=SECONDS, actor=actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:morning", event.slug)
    tasks.compute_proposal.enqueue(proposal.pk)
    return redirect("teams:repair_summary", event.slug, proposal.pk)


@allowed("teams.form_teams", load_proposal)
def repair_page(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """What the repair changes, in short: who moves and why, who is placed, what becomes of small teams."""
    if proposal.state == ProposalState.RUNNING:
        return TemplateResponse(request, "teams/progress_page.html", {"proposal": proposal})
    if proposal.state != ProposalState.READY:
        return redirect("teams:formation", proposal.event.slug)
    board, found = Board(proposal), repairing.summary(proposal)
    context = {
        "proposal": proposal,
        "repair": found,
        "moves": _worded(board, found.moves),
        "placed": _worded(board, found.placed),
        "ended": [board.team_name(key) for key in found.ended],
        "begun": [board.team_name(key) for key in found.begun],
        "thinned": [(board.team_name(key), left, after) for key, left, after in found.thinned],
    }
    return TemplateResponse(request, "teams/repair_page.html", context)


def _worded(board: Board, moves: list[repairing.Move]) -> list[dict[str, Any]]:
    return [
        {
            "person": move.person.person.full_name,
            "before": board.team_name(move.before) if move.before else "",
            "after": board.team_name(move.after),
            "why": board.reasons_for(str(move.person.pk)),
        }
        for move in moves
    ]


@allowed("teams.form_teams", load_proposal, methods=("POST",))
def stop(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """End the computation with the best teams it has."""
    placing.stop(proposal=proposal, actor=actor_of(request))
    messages.success(request, _("The search ends now, with the best teams it has."))
    return redirect("teams:proposal", proposal.event.slug, proposal.pk)


@allowed("teams.form_teams", load_placeable, methods=("GET", "POST"))
def place(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The teams where somebody fits best, each with what it would change; one press puts them there."""
    event = registration.event
    try:
        if request.method == "POST":
            team = _chosen(request, event)
            merging.place_person(registration=registration, team=team, actor=actor_of(request))
            words = _("%(person)s is in %(team)s now.") % {"person": registration.person, "team": team}
            messages.success(request, words)
            return redirect("teams:morning", event.slug)
        places = repairing.places_for(registration)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:morning", event.slug)
    context = {"registration": registration, "places": places[:12], "more": len(places[12:])}
    return TemplateResponse(request, "teams/place_page.html", context)


@allowed("teams.form_teams", load_team)
def mend_page(request: HttpRequest, team: Team) -> HttpResponse:
    """What can be done with a team: another joins it, part of it leaves, somebody is added."""
    return _mend(request, team)


def _mend(
    request: HttpRequest, team: Team, merge: MergeForm | None = None, split: SplitForm | None = None
) -> HttpResponse:
    mates = repairing.mates_for(team)
    context = {
        "team": team,
        "members": team.current_members,  # type: ignore[attr-defined]
        "merge": merge or MergeForm(mates=mates),
        "mates": mates,
        "split": split or SplitForm(team=team),
        "can_split": len(team.current_members) >= 2 * team.event.team_size_min,  # type: ignore[attr-defined]
        "waiting": repairing.without_team(team.event)[:20],
    }
    status = 400 if merge or split else 200
    return TemplateResponse(request, "teams/mend_page.html", context, status=status)


@allowed("teams.form_teams", load_team, methods=("POST",))
def merge(request: HttpRequest, team: Team) -> HttpResponse:
    """The chosen team joins this one."""
    mates = repairing.mates_for(team)
    form = MergeForm(request.POST, mates=mates)
    if not form.is_valid():
        return _mend(request, team, merge=form)
    other = form.cleaned_data["other"]
    try:
        merging.merge_teams(
            into=team, other=other, reason=form.cleaned_data["reason"], actor=actor_of(request)
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _mend(request, team, merge=form)
    messages.success(request, _("%(other)s has joined %(team)s.") % {"other": other, "team": team})
    return redirect("teams:team", team.event.slug, team.number)


@allowed("teams.form_teams", load_team, methods=("POST",))
def split(request: HttpRequest, team: Team) -> HttpResponse:
    """The chosen people make another team."""
    form = SplitForm(request.POST, team=team)
    if not form.is_valid():
        return _mend(request, team, split=form)
    people = [member.registration for member in form.cleaned_data["people"]]
    theme, reason = form.cleaned_data["theme"], form.cleaned_data["reason"]
    try:
        new = merging.split_team(
            team=team, people=people, theme=theme, reason=reason, actor=actor_of(request)
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _mend(request, team, split=form)
    messages.success(request, _("The new team sits at table %(number)s.") % {"number": new.number})
    return redirect("teams:team", team.event.slug, new.number)


@allowed("teams.form_teams", load_event, methods=("POST",))
def renumber(request: HttpRequest, event: Event) -> HttpResponse:
    """Number all tables again, theme by theme."""
    changed = tables.renumber(event=event, actor=actor_of(request))
    words = ngettext("%(count)s team changes table.", "%(count)s teams change table.", changed)
    messages.success(request, words % {"count": changed})
    return redirect("teams:team_list", event.slug)


def _chosen(request: HttpRequest, event: Event) -> Team:
    """The team at the table that was chosen. Raises SeatRefused when nobody sits there (any more)."""
    sent = request.POST.get("team", "")
    number = int(sent) if sent.isdecimal() and len(sent) < 6 else 0
    team = Team.objects.for_event(event).active().at_table(number).first()
    if team is None:
        raise merging.SeatRefused(_("There is no team at this table (any more): choose another one."))
    team.event = event
    return team
