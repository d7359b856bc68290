"""Badges: the layout with its preview, printing all or some of them, one badge at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .. import documents
from ..domain import badges, jobs
from ..domain.badges import LAYOUT, Wanted
from ..forms.badges import LayoutForm, PrintForm, SampleForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import BadgeLayout, Event, Registration
from .loaders import actor_of, load_event, load_registration
from .printing import as_pdf, refused


def language_of(request: HttpRequest) -> str:
    """Of a document: as asked, else the page's."""
    asked = request.GET.get("language", "") or request.POST.get("language", "")
    return asked if asked in ("fr", "en") else get_language() or "fr"


@allowed("hackathon.print_badges", load_event)
def badges_page(request: HttpRequest, event: Event) -> HttpResponse:
    """How badges look, and printing them. What the address asks for (`?stock=…`) is tried, not kept."""
    layout = badges.layout_of(event)
    is_trying = "stock" in request.GET
    form = LayoutForm(request.GET if is_trying else None, instance=BadgeLayout(**_kept(layout)))
    tried = form.preview() if is_trying else layout
    asked = PrintForm(event, layout, request.GET if request.GET.keys() & set(PrintForm.base_fields) else None)
    return _page(request, event, layout=tried, form=form, asked=asked)


def _kept(layout: BadgeLayout) -> dict[str, Any]:
    return {"event": layout.event} | {name: getattr(layout, name) for name in LAYOUT}


def _page(
    request: HttpRequest, event: Event, *, layout: BadgeLayout, form: LayoutForm, asked: PrintForm
) -> HttpResponse:
    wanted = asked.wanted()
    count = len(badges.wanted_people(event, wanted))
    context = {
        "form": form,
        "asked": asked,
        "sample": SampleForm(request.GET if request.GET else None),
        **_sample(request, layout),
        "count": count,
        "sheets": badges.sheets_needed(layout, count, wanted.start),
        "labels": badges.sheet_of(layout).count,
        "may_change": request.user.has_perm("hackathon.change_event", event),
    }
    status = 422 if asked.errors else 200
    return TemplateResponse(request, "hackathon/badges_page.html", context, status=status)


def _sample(request: HttpRequest, layout: BadgeLayout) -> dict[str, Any]:
    first = request.GET.get("first_name", "").strip()
    badge = badges.sample(layout, language=get_language() or "fr", first_name=first)
    return {"badge": badge, "stock": layout.stock}


@allowed("hackathon.print_badges", load_event)
def badge_preview(request: HttpRequest, event: Event) -> HttpResponse:
    """The badge of nobody under what the form says now, for preview.js."""
    form = LayoutForm(request.GET, instance=BadgeLayout(**_kept(badges.layout_of(event))))
    return TemplateResponse(request, "pdf/_badge.html", _sample(request, form.preview()))


@allowed("hackathon.change_event", load_event, methods=("POST",))
def badges_layout(request: HttpRequest, event: Event) -> HttpResponse:
    """Keep the layout."""
    form = LayoutForm(request.POST, instance=BadgeLayout(**_kept(badges.layout_of(event))))
    if form.is_valid():
        badges.change_layout(event=event, actor=actor_of(request), **form.cleaned_data)
        messages.success(request, _("The layout of the badges is saved."))
        return redirect("hackathon:badges", event.slug)
    layout = badges.layout_of(event)
    response = _page(request, event, layout=form.preview(), form=form, asked=PrintForm(event, layout))
    response.status_code = 422
    return response


@allowed("hackathon.print_badges", load_event, methods=("POST",))
def badges_print(request: HttpRequest, event: Event) -> HttpResponse:
    """Ask for the file; its page says how far it is."""
    layout = badges.layout_of(event)
    asked = PrintForm(event, layout, request.POST)
    if not asked.is_valid():
        return _page(request, event, layout=layout, form=LayoutForm(instance=layout), asked=asked)
    wanted = asked.wanted()
    count = len(badges.wanted_people(event, wanted))
    if not count:
        messages.error(request, _("Nobody is left with these choices: there is no badge to print."))
        return redirect("hackathon:badges", event.slug)
    title = ngettext("%(count)s badge", "%(count)s badges", count) % {"count": count}
    options = {**vars(wanted), "states": list(wanted.states), "numbers": list(wanted.numbers)}
    options["language"] = language_of(request)
    job = jobs.start(event=event, kind="badges", options=options, actor=actor_of(request), title=title)
    return redirect("hackathon:job", event.slug, job.pk)


@allowed("hackathon.print_badges", load_event)
def badges_sample(request: HttpRequest, event: Event) -> HttpResponse:
    """A sheet of one badge of nobody, to hold against the labels."""
    layout = badges.layout_of(event)
    try:
        content = documents.sample_badges_pdf(layout, language=language_of(request))
    except Refused as refusal:
        return refused(request, refusal, "hackathon:badges", event.slug)
    return as_pdf(content, f"badges-{layout.stock}.pdf", inline=True)


@allowed("hackathon.print_badges", load_registration)
def badge(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One person's badge; `?at=`: the label of the sheet it goes on, from 1."""
    event = registration.event
    at = request.GET.get("at", "")
    layout = badges.layout_of(event)
    people = badges.wanted_people(event, Wanted(numbers=[registration.pk]))
    try:
        start = int(at) if at.isdecimal() and len(at) < 4 else 1
        content = documents.badges_pdf(layout, people, language=language_of(request), start=start)
    except Refused as refusal:
        return refused(request, refusal, "hackathon:badges", event.slug)
    badges.record_printed(event=event, people=people, actor=actor_of(request))
    return as_pdf(content, f"badge-{registration.pk}.pdf", inline=True)
