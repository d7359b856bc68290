"""Times are shown on the wall of the venue: the zone of the event that a page is about, for that request only."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


def event_zone(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: whatever zone the loader of an event activates is given up with the request."""

    def answered(request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return answer(request)

    return answered
