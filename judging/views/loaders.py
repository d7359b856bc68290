"""Finding what a URL of the jury names, for this viewer: another juror's ballot does not exist (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from hackathon.views.loaders import load_event

from ..domain import grids
from ..models import Ballot, Grid, Panel, PanelMember, Round


def load_ballot(request: HttpRequest, event: str, ballot: int, **others: Any) -> Ballot | None:
    """One of the viewer's own ballots, in one query; None sends a stranger to sign in, whichever ballot it is."""
    if not request.user.is_authenticated:
        return None
    found = (
        Ballot.objects.of(request.user)
        .being_judged()
        .numbered(ballot, event_slug=event)
        .with_projects()
        .first()
    )
    if found is None:
        raise Http404
    request.event = found.round.event  # type: ignore[attr-defined]
    return found


def load_round(request: HttpRequest, event: str, round: str) -> Round:
    """A round of that event."""
    found_event = load_event(request, event)
    found = Round.objects.for_event(found_event).called(round).with_window().first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_panel(request: HttpRequest, event: str, panel: int) -> Panel:
    """A panel of one of that event's rounds."""
    found_event = load_event(request, event)
    found = Panel.objects.for_event(found_event).numbered(panel).first()
    if found is None:
        raise Http404
    found.round.event = found_event
    return found


def load_member(request: HttpRequest, event: str, member: int) -> PanelMember:
    """A juror's seat in one of that event's panels."""
    found_event = load_event(request, event)
    found = PanelMember.objects.for_event(found_event).numbered(member).first()
    if found is None:
        raise Http404
    found.panel.round.event = found_event
    return found


def load_jury_ballot(request: HttpRequest, event: str, ballot: int) -> Ballot:
    """Any ballot of the event, for those who look after the jury; they are never shown its marks."""
    found_event = load_event(request, event)
    found = Ballot.objects.numbered(ballot, event_slug=found_event.slug).with_projects().first()
    if found is None:
        raise Http404
    found.round.event = found_event
    return found


def load_grid(request: HttpRequest, event: str) -> Grid:
    """The event's latest grid."""
    found_event = load_event(request, event)
    found = grids.latest_grid(found_event)
    if found is None:
        raise Http404
    found.event = found_event
    return found
