"""Finding what an address of the API names, for this caller: another's ballot, or results to come, do not exist (404)."""

from __future__ import annotations

from django.http import Http404
from rest_framework.request import Request

from hackathon.api.loaders import load_event, load_own_event
from hackathon.kit.access import may
from hackathon.kit.api import signed_in
from hackathon.models import Event

from ..models import Ballot, Juror, Round


def load_ballot(request: Request, event: str, ballot: int, **others: str) -> Ballot:
    """One of the caller's own ballots, once its round has been opened."""
    signed_in(request)
    own = Ballot.objects.of(request.user).being_judged()  # type: ignore[arg-type]
    found = own.numbered(ballot, event_slug=event).with_projects().with_marks().first()
    if found is None:
        raise Http404
    return found


def load_jury_ballot(request: Request, event: str, ballot: int) -> Ballot:
    """Any ballot of the event, for the president to give back; its marks are never shown."""
    found_event = load_own_event(request, event)
    found = Ballot.objects.numbered(ballot, event_slug=found_event.slug).with_projects().first()
    if found is None or not request.user.has_perm("judging.see_coverage", found_event):
        raise Http404
    found.round.event = found_event
    return found


def load_round(request: Request, event: str, round: str) -> Round:
    """A round of that event, with its grid, panels and running order."""
    found_event = load_own_event(request, event)
    found = Round.objects.for_event(found_event).called(round).with_grid().with_passages().first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_juror(request: Request, event: str, juror: int) -> Juror:
    """A member of that event's jury."""
    found_event = load_own_event(request, event)
    found = Juror.objects.for_event(found_event).with_people().numbered(juror).first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_results(request: Request, event: str) -> Event:
    """The event, for those who may see its results; for everybody else they do not exist."""
    found = load_event(request, event)
    if not may(request, "judging.see_results", found):
        raise Http404
    return found
