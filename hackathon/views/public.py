"""Pages for everybody: the front page, an event's page, its programme and its calendar file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain import clock, programme, schedule_file, windows
from ..enums import WindowKind
from ..kit.access import allowed, public
from ..kit.calendar import Entry, calendar_file
from ..kit.registry import Step
from ..models import Event, ProgrammeItem, Role, Theme
from .loaders import load_event


@public()
def home_page(request: HttpRequest) -> HttpResponse:
    """The events that are public; said so when there is none."""
    events = Event.objects.public().latest_first().with_days()
    context = {"rows": [(event, list(event.days.all())) for event in events]}
    return TemplateResponse(request, "hackathon/home_page.html", context)


@allowed("hackathon.see_event", load_event)
def event_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What the event is, and the one thing to do now."""
    days = programme.run_sheet(event, public_only=True)
    context = {
        "days": list(event.days.all()),
        "themes": Theme.objects.for_event(event).in_order(),
        "roles": Role.objects.for_event(event).open().in_order(),
        "today": programme.today(event, public_only=True),
        "has_programme": bool(days),
        "phases": phase_rows(event),
        "step": _next_step(request, event),
        "now": clock.now(event),
    }
    return TemplateResponse(request, "hackathon/event_page.html", context)


def phase_rows(event: Event) -> list[dict[str, Any]]:
    """The phases as the component reads them, each with the time its window closes while it is here."""
    closing = {
        "registration": windows.window_of(event, WindowKind.REGISTRATION),
        "teams": windows.window_of(event, WindowKind.ROSTER),
        "submission": windows.window_of(event, WindowKind.SUBMISSION),
    }
    rows = []
    for phase in windows.phases(event):
        window = closing.get(phase.key)
        is_told = phase.state == "here" and window is not None and not window.override
        detail = windows.written_short(event, window.closes_at) if is_told and window else ""
        rows.append({"label": phase.label, "state": phase.state, "detail": detail})
    return rows


def _next_step(request: HttpRequest, event: Event) -> dict[str, Any]:
    """The one thing a visitor can do now; `deadline` when it will end."""
    window = windows.window_of(event, WindowKind.REGISTRATION)
    phase = windows.current_phase(event)
    if event.published_at:
        results = (
            reverse("judging:results", args=[event.slug]) if "judging" in settings.INSTALLED_APPS else ""
        )
        return {"step": Step(0, _("The results are published."), _("See the winners"), results), "kind": "go"}
    if request.user.has_perm("hackathon.take_part", event):
        url = reverse("hackathon:me", args=[event.slug])
        return {"step": Step(0, _("You take part in this event."), _("My hackathon"), url), "kind": "go"}
    if windows.is_open(window):
        url = reverse("hackathon:register", args=[event.slug])
        deadline = window.closes_at if window and not window.override else None
        step = Step(0, _("Registration is open."), _("Register"), url)
        return {"step": step, "kind": "go", "deadline": deadline}
    if window and not windows.has_opened(window, clock.now(event)) and not window.override:
        opens = windows.written(event, window.opens_at)
        return {
            "step": Step(0, _("Registration opens on %(opens)s.") % {"opens": opens}, "", ""),
            "kind": "done",
        }
    said = {
        "registration": _("Registration is closed."),
        "teams": _("The event is under way: the teams are coming together."),
        "submission": _("The event is under way: the teams are at work."),
        "judging": _("The projects are in: the jury is hearing the teams."),
        "deliberation": _("The jury is deliberating: the results come soon."),
    }
    return {"step": Step(0, said[phase], "", ""), "kind": "done"}


@allowed("hackathon.see_event", load_event)
def programme_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The public run sheet, day by day."""
    context = {"days": programme.run_sheet(event, public_only=True)}
    return TemplateResponse(request, "hackathon/programme_page.html", context)


@allowed("hackathon.see_event", load_event)
def programme_json(request: HttpRequest, event: Event) -> HttpResponse:
    """The same for schedule apps."""
    url = settings.SITE_URL.rstrip("/") + reverse("hackathon:programme", args=[event.slug])
    answer = JsonResponse(schedule_file.schedule(event, url=url, language=get_language() or "fr"))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@allowed("hackathon.see_event", load_event)
def programme_ics(request: HttpRequest, event: Event) -> HttpResponse:
    """The same as a calendar file."""
    url = settings.SITE_URL.rstrip("/") + reverse("hackathon:programme", args=[event.slug])
    entries = [
        Entry(
            uid=f"{event.slug}-{item.pk}@palmares",
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            title=f"{item.title} · {event.name}",
            place=", ".join(filter(None, [item.room, event.venue, event.city])),
            url=url,
        )
        for item in ProgrammeItem.objects.for_event(event).on_the_public_one()
    ]
    text = calendar_file(entries, name=event.name, now=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response
