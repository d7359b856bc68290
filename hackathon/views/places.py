"""The page of the places: what each role holds, waits for and is expected to bring; its settings and its two acts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import contingents, overbooking, reminding, waiting
from ..forms.places import PlacesForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event
from .loaders import actor_of, load_event
from .places_picture import draw


@allowed("hackathon.change_event", load_event, methods=("GET", "POST"))
def places_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The table, the picture and the settings; POST with `act=preview` says what they would do, and writes nothing."""
    rows = contingents.contingents(event)
    roles = [row.role for row in rows]
    form = PlacesForm(event, roles, request.POST if request.method == "POST" else None)
    effect = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") != "preview":
            return _save(request, event, form, rows)
        effect = contingents.effect_of(event, form.changes(), form.role_changes())
    return _page(request, event, form, rows, effect)


def _save(
    request: HttpRequest, event: Event, form: PlacesForm, rows: list[contingents.Contingent]
) -> HttpResponse:
    try:
        offered = contingents.change_places(
            event=event, changes=form.changes(), roles=form.role_changes(), actor=actor_of(request)
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, event, form, rows, None)
    messages.success(request, _("The places are saved."))
    if offered:
        messages.success(request, offered_words(len(offered)))
    return redirect("hackathon:places", event.slug)


@allowed("hackathon.change_registration", load_event, methods=("POST",))
def places_offer(request: HttpRequest, event: Event) -> HttpResponse:
    """Offer every free place to those who have waited longest, for the event's usual time."""
    count = len(waiting.could_get_a_place(event))
    offered = waiting.offer_places(event=event, count=count, hours=event.offer_hours, actor=actor_of(request))
    if offered:
        messages.success(request, offered_words(len(offered)))
    else:
        messages.warning(request, _("No place is free for anybody on the waiting list."))
    return redirect("hackathon:places", event.slug)


@allowed("hackathon.change_registration", load_event, methods=("POST",))
def places_remind(request: HttpRequest, event: Event) -> HttpResponse:
    """Ask those who were accepted to confirm; once a day each."""
    if reminding.to_remind(event).count() > reminding.AT_ONCE:
        job = reminding.start(event=event, actor=actor_of(request))
        return redirect("hackathon:job", event.slug, job.pk)
    asked = reminding.remind_unconfirmed(event=event, actor=actor_of(request))
    if asked:
        written = ngettext("%(count)s person was written to.", "%(count)s people were written to.", asked)
        messages.success(request, written % {"count": asked})
    else:
        messages.warning(request, _("Nobody is left to remind today: each is written to once a day."))
    return redirect("hackathon:places", event.slug)


def offered_words(count: int) -> str:
    """« 3 places offered. »"""
    return ngettext("%(count)s place offered.", "%(count)s places offered.", count) % {"count": count}


def _page(
    request: HttpRequest,
    event: Event,
    form: PlacesForm,
    rows: list[contingents.Contingent],
    effect: contingents.Effect | None,
) -> HttpResponse:
    names = {row.role.pk: row.role for row in rows}
    context: dict[str, Any] = {
        "rows": [(row, _whole(row.expected), form.of_role(row.role)) for row in rows],
        "total": _total(rows),
        "days": [(on, overbooking.plates(people)) for on, people in contingents.expected_by_day(event)],
        "picture": draw(rows),
        "form": form,
        "effect": effect,
        "reached": [(names[pk], number) for pk, number in effect.reached.items()] if effect else [],
        "excess": [(names[pk], number) for pk, number in effect.excess.items()] if effect else [],
        "served_now": len(waiting.could_get_a_place(event)),
        "is_automatic": waiting.offers_by_itself(event),
        "to_remind": reminding.to_remind(event).count(),
    }
    return TemplateResponse(
        request, "hackathon/places_page.html", context, status=422 if form.errors else 200
    )


def _total(rows: list[contingents.Contingent]) -> dict[str, Any]:
    names = ("held", "offered", "confirmed", "waiting", "to_review")
    total: dict[str, Any] = {name: sum(getattr(row, name) for row in rows) for name in names}
    return total | {"expected": _whole(sum((row.expected for row in rows), Fraction()))}


def _whole(people: Fraction) -> int:
    return int(people + Fraction(1, 2))
