"""The organisers' list of people, one person's page, and acting on a registration."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import consenting, people, registering, waiting
from ..enums import RegistrationState
from ..forms.people import ActForm, OfferForm, PeopleFilter, acts_for
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, Registration
from ..resources import FORMATS, RegistrationResource
from .loaders import actor_of, load_event, load_registration
from .people_words import act_words, consent_words, state_kind

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
    page = Counted(asked.in_state().with_person().with_first_choice(), total).get_page(
        request.GET.get("page")
    )
    for registration in page:
        registration.role = asked.roles[registration.role_id]
        registration.event = event
        registration.first_theme = asked.themes.get(registration.first_theme_id)
        registration.state_kind = state_kind(registration.state)
    context = {
        "asked": asked,
        "page_obj": page,
        "tabs": _tabs(request, state, by_state),
        "state": state,
        "query": _query(request),
        "is_waiting_list": state == RegistrationState.WAITLISTED,
        "offer": OfferForm(),
    }
    return TemplateResponse(request, "hackathon/people_page.html", context)


def _query(request: HttpRequest, **changes: str) -> str:
    kept = {**request.GET.dict(), "page": "", **changes}
    return urlencode({name: value for name, value in kept.items() if value})


def _tabs(request: HttpRequest, current: str, by_state: dict[str, int]) -> list[dict[str, Any]]:
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
            "url": f"?{_query(request, state=value)}",
            "is_current": value == current,
        }
        for value, label, count in tabs
    ]


@allowed("hackathon.export_registrations", load_event)
def people_csv(request: HttpRequest, event: Event) -> HttpResponse:
    """The list under its present filter, as CSV."""
    return _export(request, event, "csv")


@allowed("hackathon.export_registrations", load_event)
def people_xlsx(request: HttpRequest, event: Event) -> HttpResponse:
    """The same as a workbook."""
    return _export(request, event, "xlsx")


def _export(request: HttpRequest, event: Event, kind: str) -> HttpResponse:
    """What the list shows under its present filter, all pages; recorded."""
    asked = PeopleFilter(event, request.GET)
    found = list(asked.in_state().with_people().with_choices())
    for registration in found:
        registration.event = event
    written = FORMATS[kind]
    data = written.export_data(RegistrationResource(asked.themes.values()).export(found))
    people.record_export(
        event=event, count=len(found), kind=kind, filters=asked.as_record(), actor=actor_of(request)
    )
    disposition = f'attachment; filename="{event.slug}.{kind}"'
    return HttpResponse(data, content_type=written.content_type, headers={"Content-Disposition": disposition})


@allowed("hackathon.see_registrations", load_registration)
def person_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Everything about one registration, its history, and what may be done."""
    return _person(request, registration, ActForm())


@allowed("hackathon.change_registration", load_registration, methods=("POST",))
def person_act(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One act on one registration, with its reason."""
    form = ActForm(request.POST)
    if not form.is_valid():
        return _person(request, registration, form, status=422)
    verb = getattr(registering, form.cleaned_data["act"])
    try:
        verb(registration=registration, actor=actor_of(request), reason=form.cleaned_data["reason"].strip())
        messages.success(
            request,
            _("%(name)s: %(state)s.")
            % {"name": registration, "state": registration.get_state_display().lower()},
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:person", registration.event.slug, registration.pk)


def _person(
    request: HttpRequest, registration: Registration, form: ActForm, status: int = 200
) -> HttpResponse:
    person = registration.person
    context = {
        "registration": registration,
        "person": person,
        "state_kind": state_kind(registration.state),
        "place": registering.place_in_queue(registration),
        "choices": registration.choices.select_related("theme").all(),
        "answers": registration.answers.all(),
        "consents": consent_words(person.consents.all()),
        "missing": consenting.missing(person),
        "needs": getattr(person, "needs", None),
        "extra": [(key, value) for key, value in registration.extra.items() if key != "form"],
        "history": [act_words(entry) for entry in people.history_of(registration)],
        "form": form,
        "acts": acts_for(registration.state),
    }
    return TemplateResponse(request, "hackathon/person_page.html", context, status=status)


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
