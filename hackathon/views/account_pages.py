"""After signing in: the screen one lives in, or the list of one's events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ..kit.access import allowed
from ..kit.registry import registry
from ..models import Account, Event
from .loaders import load_account

#: A duty's own screen comes before a participant's; within a section, the order of the walk.
SECTIONS = ("staff", "own")


@allowed("hackathon.see_account", load_account)
def account_home(request: HttpRequest, account: Account) -> HttpResponse:
    """Straight to one's screen when there is one event; to the list otherwise."""
    events = list(Event.objects.around(account))
    if len(events) == 1:
        doors = doors_of(account, events[0])
        if doors:
            return redirect(doors[0]["url"])
    return redirect("hackathon:account")


@allowed("hackathon.see_account", load_account)
def account_page(request: HttpRequest, account: Account) -> HttpResponse:
    """My events, and the screens each opens to me."""
    events = Event.objects.around(account).latest_first()
    context = {"rows": [(event, doors_of(account, event)) for event in events]}
    return TemplateResponse(request, "hackathon/account_page.html", context)


def doors_of(account: Account, event: Event) -> list[dict[str, Any]]:
    """The screens of that event that this account may open, its duties first."""
    return [
        {"label": link.label, "url": reverse(link.view, args=[event.slug])}
        for section in SECTIONS
        for link in registry.links
        if link.section == section and link.is_shown(event) and account.has_perm(link.permission, event)
    ]
