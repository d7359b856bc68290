"""The set-up of an event: what is still missing, its facts, its days, and whether the public sees it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import facts, readiness, windows
from ..forms.setup import DayForm, EventForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.problems import blockers
from ..models import Event, EventDay
from .loaders import load_day, load_event


@allowed("hackathon.change_event", load_event)
def setup_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Every part of the set-up with what it holds, and what is still missing, each with its page."""
    missing = readiness.missing(event)
    pages = _pages(event)
    places = {page["key"]: page["url"] for page in pages}
    context = {
        "pages": pages,
        "missing": [(problem, places[problem.where]) for problem in missing],
        "can_open": not blockers(missing),
    }
    return TemplateResponse(request, "hackathon/setup_page.html", context)


def _pages(event: Event) -> list[dict[str, Any]]:
    days, roles, themes = event.days.count(), event.roles.count(), event.themes.count()
    questions, items, staff = event.questions.count(), event.programme.count(), event.duties.count()
    opened = len(windows.windows_of(event))
    shelves = {
        "roles": (_("Roles"), ngettext("%(count)s role", "%(count)s roles", roles), roles),
        "themes": (_("Themes"), ngettext("%(count)s theme", "%(count)s themes", themes), themes),
        "questions": (
            _("Questions"),
            ngettext("%(count)s question", "%(count)s questions", questions),
            questions,
        ),
        "programme": (_("Programme"), ngettext("%(count)s line", "%(count)s lines", items), items),
    }
    pages = [
        ("facts", _("Facts and days"), ngettext("%(count)s day", "%(count)s days", days), days, "setup_facts")
    ]
    pages += [
        (
            "windows",
            _("Windows"),
            ngettext("%(count)s window", "%(count)s windows", opened),
            opened,
            "windows",
        )
    ]
    pages += [
        (
            "staff",
            _("Staff"),
            ngettext("%(count)s duty given", "%(count)s duties given", staff),
            staff,
            "staff",
        )
    ]
    found = [
        {
            "key": key,
            "title": title,
            "text": text % {"count": count},
            "url": reverse(f"hackathon:{view}", args=[event.slug]),
        }
        for key, title, text, count, view in pages
    ]
    found[1:1] = [
        {
            "key": key,
            "title": title,
            "text": text % {"count": count},
            "url": reverse("hackathon:shelf", args=[event.slug, key]),
        }
        for key, (title, text, count) in shelves.items()
    ]
    return found


@allowed("hackathon.change_event", load_event, methods=("GET", "POST"))
def setup_facts_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The facts, and the days beside them."""
    form = EventForm(
        event, request.POST if request.method == "POST" else None, instance=Event.objects.get(pk=event.pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            facts.change_event(event=form.instance, actor=request.user, **form.changes())  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The facts are saved."))
            return redirect("hackathon:setup", event.slug)
    return _facts(request, event, form=form, day_form=DayForm())


def _facts(request: HttpRequest, event: Event, *, form: EventForm, day_form: DayForm) -> HttpResponse:
    context = {"form": form, "day_form": day_form, "days": event.days.all()}
    is_wrong = form.errors or day_form.errors
    return TemplateResponse(
        request, "hackathon/setup_facts_page.html", context, status=422 if is_wrong else 200
    )


@allowed("hackathon.change_event", load_event, methods=("POST",))
def day_add(request: HttpRequest, event: Event) -> HttpResponse:
    """One more day."""
    day_form = DayForm(request.POST)
    if not day_form.is_valid():
        return _facts(request, event, form=EventForm(event, instance=event), day_form=day_form)
    facts.add_day(event=event, on=day_form.cleaned_data["on"], actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The day is added."))
    return redirect("hackathon:setup_facts", event.slug)


@allowed("hackathon.change_event", load_day, methods=("POST",))
def day_remove(request: HttpRequest, day: EventDay) -> HttpResponse:
    """One day less, unless somebody was checked in on it."""
    try:
        facts.remove_day(day=day, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The day is removed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:setup_facts", day.event.slug)


@allowed("hackathon.change_event", load_event, methods=("POST",))
def visibility(request: HttpRequest, event: Event) -> HttpResponse:
    """Open the event to the public, or hide it again."""
    is_wanted = request.POST.get("public") == "yes"
    verb = facts.open_to_public if is_wanted else facts.hide_from_public
    try:
        verb(event=event, actor=request.user)  # type: ignore[arg-type]
        messages.success(
            request, _("Everybody sees the event.") if is_wanted else _("Only its people see the event.")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:setup", event.slug)
