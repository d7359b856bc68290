"""The organisers' list of people and how registrations came in. One person's page is person.py's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import bulk, places, trend, waiting
from ..enums import RegistrationState
from ..forms.people import ACTS_ON_MANY, OfferForm
from ..forms.people_filter import PeopleFilter
from ..kit.access import allowed
from ..models import Event, Registration, Role
from .loaders import actor_of, load_event
from .people_words import batch_words, state_kind

PER_PAGE = 50


class Counted(Paginator):
    """A paginator told how many there are: the tabs counted them already."""

    def __init__(self, found: Any, total: int) -> None:
        super().__init__(found, PER_PAGE)
        self.total = total

    @property
    def count(self) -> int:
        return self.total


@allowed("hackathon.see_registrations", load_event)
def people_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The list, searched, filtered, sorted and paged in a fixed number of queries."""
    asked = PeopleFilter(event, request.GET)
    by_state = asked.people().count_by_state()
    state = asked.value("state")
    total = by_state.get(state, 0) if state else sum(by_state.values())
    found = asked.in_state().with_person().with_first_choice()
    page = Counted(found, total).get_page(request.GET.get("page"))
    for registration in page:
        registration.role = asked.roles[registration.role_id]
        registration.event = event
        registration.first_theme = asked.themes.get(registration.first_theme_id)
        registration.state_kind = state_kind(registration.state)
    context = {
        "asked": asked,
        "page_obj": page,
        "tabs": _tabs(asked, state, by_state),
        "heads": _heads(asked),
        "state": state,
        "query": asked.query(),
        "is_waiting_list": state == RegistrationState.WAITLISTED,
        "offer": OfferForm(),
        "acts": [(act, words) for act, (words, _kind, _why) in ACTS_ON_MANY.items()],
        "may_see_needs": request.user.has_perm("hackathon.see_needs", event),
        "batches": [batch_words(entry) for entry in bulk.latest(event)],
    }
    return TemplateResponse(request, "hackathon/people_page.html", context)


def _heads(asked: PeopleFilter) -> dict[str, dict[str, str]]:
    """For each column that sorts: its address, the other way round from now, and what `aria-sort` says."""
    now = asked.value("sort") or "name"
    heads = {}
    for name in ("name", "role", "state", "date"):
        is_sorted = now.removeprefix("-") == name
        turned = f"-{name}" if now == name else name
        way = "descending" if now.startswith("-") else "ascending"
        heads[name] = {"url": f"?{asked.query(sort=turned)}", "way": way if is_sorted else ""}
    return heads


def _tabs(asked: PeopleFilter, current: str, by_state: dict[str, int]) -> list[dict[str, Any]]:
    tabs: list[tuple[str, Any, int]] = [("", _("All"), sum(by_state.values()))]
    tabs += [
        (value, label, by_state[value]) for value, label in RegistrationState.choices if by_state.get(value)
    ]
    if current and current not in by_state:
        tabs.append((current, RegistrationState(current).label, 0))
    return [
        {
            "label": label,
            "count": count,
            "url": f"?{asked.query(state=value)}",
            "is_current": value == current,
        }
        for value, label, count in tabs
    ]


@allowed("hackathon.see_registrations", load_event)
def trend_page(request: HttpRequest, event: Event) -> HttpResponse:
    """How registrations came in, role by role, and how full each role is."""
    roles = {role.pk: role for role in Role.objects.for_event(event).in_order()}
    arrivals = Registration.objects.for_event(event).arrivals()
    found = trend.series([(role, event.local(at).date()) for role, at in arrivals], list(roles))
    now = places.count(event)
    rows = [
        {"role": role, "held": now.held[pk], "most": now.most(pk), "waiting": now.waiting[pk]}
        for pk, role in roles.items()
    ]
    context = {
        "drawings": list(filter(None, (trend.draw(found, frame) for frame in (trend.WIDE, trend.NARROW)))),
        "roles": roles,
        "series": found,
        "table": list(zip(found.days, zip(*found.rows.values(), strict=True), found.totals, strict=True)),
        "columns": [roles.get(key) for key in found.rows],
        "rows": rows,
        "held": now.held.total(),
        "total": len(arrivals),
    }
    return TemplateResponse(request, "hackathon/trend_page.html", context)


@allowed("hackathon.change_registration", load_event, methods=("POST",))
def offer_places(request: HttpRequest, event: Event) -> HttpResponse:
    """Offer free places to those who have waited longest."""
    form = OfferForm(request.POST)
    if form.is_valid():
        offered = waiting.offer_places(event=event, actor=actor_of(request), **form.cleaned_data)
        told = ngettext("%(count)s place offered.", "%(count)s places offered.", len(offered)) % {
            "count": len(offered)
        }
        if offered:
            messages.success(request, told)
        else:
            messages.warning(
                request,
                _("No place is free for anybody on the waiting list: raise the number of places first."),
            )
    else:
        messages.error(
            request, _("Say how many places to offer, from 1 to 500, and for how many hours, from 1 to 240.")
        )
    return redirect(f"{reverse('hackathon:people', args=[event.slug])}?state={RegistrationState.WAITLISTED}")
