"""The welcome desk on a phone: find somebody, check them in or out, undo, register who came without a place.

Every act works by a plain form and answers JSON to a script that asks for it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..domain import clock, consenting, desk, desk_search
from ..domain.walk_in import walk_in
from ..enums import Source
from ..forms.desk import ScanForm, WalkInForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.htmx import wants_json
from ..models import AuditEntry, Event, Registration
from .loaders import actor_of, load_desk_act, load_event
from .people_words import state_kind


@allowed("hackathon.work_at_desk", load_event)
def desk_page(request: HttpRequest, event: Event) -> HttpResponse:
    """One box; whom it stands for; the last scans and the counts. The same number of queries for everybody."""
    here = desk.half_day(event)
    asked, number = request.GET.get("q", "").strip()[:300], request.GET.get("registration", "")
    found = desk_search.by_number(event, number, here) if number else desk_search.find(event, asked, here)
    cards = [desk_search.card(registration, here) for registration in found.people]
    for card in cards:
        card.registration.state_kind = state_kind(card.registration.state)  # type: ignore[attr-defined]
    context = {
        "here": here,
        "now": clock.now(event),
        "asked": asked,
        "found": found,
        "card": cards[0] if len(cards) == 1 else None,
        "cards": cards,
        "scans": desk_search.last_scans(event),
        "counts": desk_search.counts(event, here),
        "may_change": request.user.has_perm("hackathon.change_registration", event),
    }
    return TemplateResponse(request, "hackathon/desk_page.html", context)


@allowed("hackathon.work_at_desk", load_event)
def desk_now(request: HttpRequest, event: Event) -> HttpResponse:
    """The counts of the half-day under way, for a page that stays open."""
    return JsonResponse(vars(desk_search.counts(event, desk.half_day(event))))


@allowed("hackathon.work_at_desk", load_event, methods=("POST",))
def desk_scan(request: HttpRequest, event: Event) -> HttpResponse:
    """Check somebody in or out."""
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _refused(
            request, event, 422, "not_understood", _("This scan cannot be read: scan the badge again.")
        )
    asked = form.cleaned_data
    registration, problem = _named(event, asked["registration"], asked["q"])
    if registration is None:
        return _refused(request, event, 404, problem, _problem_words(problem), q=asked["q"])
    try:
        scan = desk.scan(
            registration=registration,
            act=asked["act"],
            actor=actor_of(request),
            at=asked["at"],
            key=asked["key"],
        )
    except Refused as refusal:
        return _refused(request, event, 409, refusal.code, str(refusal), registration=registration.pk)
    return _done(request, registration, _scan_words(event, scan, asked["act"]), is_repeat=scan.is_repeat)


@allowed("hackathon.work_at_desk", load_desk_act, methods=("POST",))
def desk_undo(request: HttpRequest, entry: AuditEntry) -> HttpResponse:
    """Take one arrival or departure back."""
    event: Event = request.event  # type: ignore[attr-defined]
    try:
        registration = desk.undo(entry=entry, actor=actor_of(request))
    except Refused as refusal:
        return _refused(request, event, 409, refusal.code, str(refusal))
    return _done(request, registration, _("%(name)s: undone.") % {"name": registration})


@allowed("hackathon.work_at_desk", load_event, methods=("POST",))
def desk_rules(request: HttpRequest, event: Event) -> HttpResponse:
    """Record that somebody accepts the rules, said at the desk."""
    registration, problem = _named(event, request.POST.get("registration") or "0", "")
    if registration is None:
        return _refused(request, event, 404, problem, _problem_words(problem))
    consenting.give(
        person=registration.person, purposes=consenting.REQUIRED, source=Source.DESK, actor=actor_of(request)
    )
    return _done(request, registration, _("%(name)s accepts the rules.") % {"name": registration})


@allowed("hackathon.work_at_desk", load_event, methods=("GET", "POST"))
def desk_walk_in(request: HttpRequest, event: Event) -> HttpResponse:
    """Register somebody who is at the door, and check them in."""
    form = WalkInForm(event, request.POST or None, name=request.GET.get("name", "")[:160])
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            scan = walk_in(**form.arguments(), actor=actor_of(request))
            return _done(request, scan.registration, _scan_words(event, scan, "check_in"))
        except Refused as refused:
            refusal = refused
    status = 409 if refusal else 422 if form.errors else 200
    if wants_json(request) and request.method == "POST":
        code, message = (
            (refusal.code, str(refusal)) if refusal else ("not_understood", _("Please check the following"))
        )
        return JsonResponse({"code": code, "message": message, "errors": form.errors}, status=status)
    known = refusal.details.get("registration") if refusal else None
    context = {"form": form, "refusal": refusal, "known": known, "here": desk.half_day(event)}
    return TemplateResponse(request, "hackathon/desk_walk_in_page.html", context, status=status)


def _named(event: Event, number: str, text: str) -> tuple[Registration | None, str]:
    """The one registration that a scan names, by its number or its whole code, or what is wrong."""
    found = desk_search.by_number(event, number, None) if number else desk_search.find(event, text, None)
    people = [each for each in found.people if number or each.code == desk_search.code_in(text)]
    if len(people) == 1:
        return people[0], ""
    return None, found.problem or "several"


def _problem_words(problem: str) -> str:
    return {
        "other_event": _("This badge is for another event: it opens nothing here. Search by name."),
        "unknown_code": _(
            "This code belongs to nobody: it was mistyped, or is not one of our badges. Search by name."
        ),
        "several": _("Several people match: choose one in the list."),
    }.get(problem) or _("Nobody is registered under that name or code.")


def _scan_words(event: Event, scan: desk.Scan, act: str) -> str:
    """What happened, with the hour on the wall of the venue and, for what held before, who did it."""
    presence = scan.presence
    moment = presence.in_at if act == "check_in" else presence.out_at
    words = {
        "name": scan.registration.person,
        "time": date_format(event.local(moment), _("H:i")) if moment else "–",
        "by": scan.entry.actor_label if scan.entry else "",
    }
    if scan.is_repeat:
        again = _("%(name)s: already checked in at %(time)s by %(by)s.")
        return (
            again if act == "check_in" else _("%(name)s: already checked out at %(time)s by %(by)s.")
        ) % words
    done = _("%(name)s is checked in: %(time)s.")
    return (done if act == "check_in" else _("%(name)s is checked out: %(time)s.")) % words


def _done(
    request: HttpRequest, registration: Registration, message: str, is_repeat: bool = False
) -> HttpResponse:
    """To the person's card; as JSON, what it says and where it is."""
    url = _address(registration.event, registration=registration.pk)
    if wants_json(request):
        role = registration.shown_role
        answer = {
            "message": message,
            "name": str(registration),
            "role": role,
            "is_repeat": is_repeat,
            "url": url,
        }
        return JsonResponse(answer)
    (messages.warning if is_repeat else messages.success)(request, message)
    return redirect(url)


def _refused(
    request: HttpRequest, event: Event, status: int, code: str, message: str, **where: Any
) -> HttpResponse:
    url = _address(event, **where)
    if wants_json(request):
        return JsonResponse({"code": code, "message": message, "url": url}, status=status)
    messages.error(request, message)
    return redirect(url)


def _address(event: Event, **where: Any) -> str:
    """The desk, on that person's card or with that search."""
    asked = urlencode({name: value for name, value in where.items() if value})
    return reverse("hackathon:desk", args=[event.slug]) + (f"?{asked}" if asked else "")
