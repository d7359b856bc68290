"""The welcome desk on a phone: find somebody, check them in or out, undo, register who came without a place.

Every act works by a plain form and answers JSON to a script that asks for it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..domain import clock, consenting, desk, desk_pace, desk_search
from ..domain import desk_party as party
from ..domain.walk_in import walk_in
from ..enums import Source
from ..forms.desk import ScanForm, WalkInForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.htmx import wants_json
from ..models import AuditEntry, Event
from .desk_words import answer, party_words, problem_words, refuse, replacement_words, scan_words
from .loaders import actor_of, load_desk_act, load_event
from .people_words import state_kind


@allowed("hackathon.work_at_desk", load_event)
def desk_page(request: HttpRequest, event: Event) -> HttpResponse:
    """One box; whom it stands for; the last scans and the counts. The same number of queries for everybody."""
    here = desk.half_day(event)
    asked, number = request.GET.get("q", "").strip()[:300], request.GET.get("registration", "")
    found = desk_search.by_number(event, number, here) if number else desk_search.find(event, asked, here)
    is_alone = len(found.people) == 1
    cards = [desk_search.card(registration, here, is_alone=is_alone) for registration in found.people]
    for card in cards:
        card.registration.state_kind = state_kind(card.registration.state)  # type: ignore[attr-defined]
    context = {
        "here": here,
        "now": clock.now(event),
        "asked": asked,
        "found": found,
        "replaced": replacement_words(event, found) if found.replacement else "",
        "card": cards[0] if is_alone else None,
        "cards": cards,
        "scans": desk_search.last_scans(event),
        "counts": desk_pace.counts(event, here),
        "may_change": request.user.has_perm("hackathon.change_registration", event),
        "navigation": ways_out(request, event),
    }
    return TemplateResponse(request, "hackathon/desk_page.html", context)


def ways_out(request: HttpRequest, event: Event) -> list[dict[str, object]]:
    """A phone at the door shows the desk and, to organisers, the tower: no other section, and no question about one."""
    links = [("hackathon.work_at_desk", _("Welcome desk"), "desk"), ("hackathon.see_tower", _("Control tower"), "tower")]  # fmt: skip
    return [
        {"label": label, "url": reverse(f"hackathon:{name}", args=[event.slug]), "is_current": name == "desk"}
        for permission, label, name in links
        if request.user.has_perm(permission, event)
    ]


@allowed("hackathon.work_at_desk", load_event)
def desk_now(request: HttpRequest, event: Event) -> HttpResponse:
    """The counts of the half-day under way, for a page that stays open."""
    return JsonResponse(desk_pace.counts(event, desk.half_day(event)).as_json())


@allowed("hackathon.work_at_desk", load_event, methods=("POST",))
def desk_scan(request: HttpRequest, event: Event) -> HttpResponse:
    """Check somebody in or out."""
    form = ScanForm(request.POST)
    if not form.is_valid():
        words = _("This scan cannot be read: scan the badge again.")
        return refuse(request, event, 422, "not_understood", words)
    asked = form.cleaned_data
    found = desk_search.named(event, asked["registration"], asked["q"])
    if found.problem:
        return refuse(request, event, 404, found.problem, problem_words(event, found), q=asked["q"])
    [registration] = found.people
    try:
        scan = desk.scan(
            registration=registration,
            act=asked["act"],
            actor=actor_of(request),
            at=asked["at"],
            key=asked["key"],
        )
    except Refused as refusal:
        return refuse(request, event, 409, refusal.code, str(refusal), registration=registration.pk)
    return answer(request, registration, scan_words(event, scan, asked["act"]), is_repeat=scan.is_repeat)


@allowed("hackathon.work_at_desk", load_event, methods=("POST",))
def desk_party(request: HttpRequest, event: Event) -> HttpResponse:
    """Check in somebody and those registered with them."""
    form = ScanForm({**request.POST.dict(), "act": "check_in"})
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"registration": "0"}
    found = desk_search.named(event, asked["registration"] or "0", "")
    if found.problem:
        return refuse(request, event, 404, found.problem, problem_words(event, found))
    [registration] = found.people
    try:
        done = party.check_in_party(
            registration=registration, actor=actor_of(request), at=asked["at"], key=asked["key"]
        )
    except Refused as refusal:
        return refuse(request, event, 409, refusal.code, str(refusal), registration=registration.pk)
    return answer(request, registration, party_words(done), is_repeat=bool(done.refused or not done.arrived))


@allowed("hackathon.work_at_desk", load_desk_act, methods=("POST",))
def desk_undo(request: HttpRequest, entry: AuditEntry) -> HttpResponse:
    """Take one arrival or departure back."""
    event: Event = request.event  # type: ignore[attr-defined]
    try:
        registration = desk.undo(entry=entry, actor=actor_of(request))
    except Refused as refusal:
        return refuse(request, event, 409, refusal.code, str(refusal))
    return answer(request, registration, _("%(name)s: undone.") % {"name": registration})


@allowed("hackathon.work_at_desk", load_event, methods=("POST",))
def desk_rules(request: HttpRequest, event: Event) -> HttpResponse:
    """Record that somebody accepts the rules, said at the desk."""
    found = desk_search.named(event, request.POST.get("registration") or "0", "")
    if found.problem:
        return refuse(request, event, 404, found.problem, problem_words(event, found))
    [registration] = found.people
    consenting.give(
        person=registration.person, purposes=consenting.REQUIRED, source=Source.DESK, actor=actor_of(request)
    )
    return answer(request, registration, _("%(name)s accepts the rules.") % {"name": registration})


@allowed("hackathon.work_at_desk", load_event, methods=("GET", "POST"))
def desk_walk_in(request: HttpRequest, event: Event) -> HttpResponse:
    """Register somebody who is at the door, and check them in."""
    form = WalkInForm(event, request.POST or None, name=request.GET.get("name", "")[:160])
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            scan = walk_in(**form.arguments(), actor=actor_of(request))
            return answer(request, scan.registration, scan_words(event, scan, "check_in"))
        except Refused as refused:
            refusal = refused
    status = 409 if refusal else 422 if form.errors else 200
    if wants_json(request) and request.method == "POST":
        code = refusal.code if refusal else "not_understood"
        message = str(refusal) if refusal else _("Please check the following")
        return JsonResponse({"code": code, "message": message, "errors": form.errors}, status=status)
    known = refusal.details.get("registration") if refusal else None
    context = {"form": form, "refusal": refusal, "known": known, "here": desk.half_day(event)}
    return TemplateResponse(request, "hackathon/desk_walk_in_page.html", context, status=status)
