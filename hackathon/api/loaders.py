"""Finding what an address of the API names, for this caller: what is not theirs to know of does not exist (404).

A stranger to something that asks to be somebody is answered 401, whatever the address.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.request import Request

from ..domain import finding
from ..kit.access import may
from ..kit.api import signed_in
from ..models import Event, Registration, Role, Theme


def load_event(request: Request, event: str, **others: Any) -> Event:
    """The event of that address, as far as the caller knows of it."""
    found = finding.event_at(event, request.user)
    if found is None:
        raise Http404
    return found


def load_own_event(request: Request, event: str, **others: Any) -> Event:
    """The same, for somebody: a stranger is answered 401."""
    signed_in(request)
    return load_event(request, event)


def load_theme(request: Request, event: str, theme: int) -> Theme:
    """A theme of that event."""
    found_event = load_event(request, event)
    found = Theme.objects.for_event(found_event).numbered(theme).first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


def roles_for(request: Request, event: Event) -> Any:
    """Those that the registration form offers; all of them for organisers."""
    roles = Role.objects.for_event(event).in_order()
    return roles if may(request, "hackathon.change_registration", event) else roles.open()


def load_role(request: Request, event: str, role: str) -> Role:
    """A role of that event that the caller may read."""
    found_event = load_event(request, event)
    found = roles_for(request, found_event).named(role)
    if found is None:
        raise Http404
    found.event = found_event
    return found


def load_registration(request: Request, event: str, registration: int) -> Registration:
    """Any registration of that event: the permission decides, and only organisers hold it."""
    found_event = load_own_event(request, event)
    known = Registration.objects.for_event(found_event).with_people().with_choices()
    found = known.numbered(registration).first()
    if found is None:
        raise Http404
    found.event = found.person.event = found_event
    return found
