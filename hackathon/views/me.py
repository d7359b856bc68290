"""« My hackathon »: the next step, one's own cards, badge and agenda; and one's own data, to read, take or erase."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..domain import audit, privacy, privacy_words, programme, windows
from ..enums import COMING
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.registry import registry
from ..models import Event, Person, Registration
from .loaders import load_event, load_own_person
from .public import phase_rows


@allowed("hackathon.see_own_space", load_event)
def me_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The next step, the cards that the apps bring, one’s badges, the day."""
    cards, step = [], None
    for card in sorted(registry.cards, key=lambda card: card.order):
        context = card.context(event, request.user)
        if context is None:
            continue
        step = step or context.get("next_step")
        cards.append(render_to_string(card.template, {**context, "event": event}, request))
    own = Registration.objects.for_event(event).of(request.user).with_people().in_state(*COMING)  # type: ignore[arg-type]
    context = {
        "cards": cards,
        "step": step,
        "badges": [(one, qr(desk_address(request, one)), _groups(one.code)) for one in own],
        "day": programme.today(event),
        "phases": phase_rows(event),
        "can_register": windows.registration_is_open(event) and event.is_public,
    }
    return TemplateResponse(request, "hackathon/me_page.html", context)


def _groups(code: str) -> list[str]:
    """By four, for whoever reads the code aloud."""
    return [code[start : start + 4] for start in range(0, len(code), 4)]


def desk_address(request: HttpRequest, registration: Registration) -> str:
    """Where any phone's camera takes a welcome volunteer: this person's card, for those who work at the desk only."""
    desk = reverse("hackathon:desk", args=[registration.event.slug])
    return request.build_absolute_uri(f"{desk}?q={registration.code}")


def qr(address: str) -> SafeString:
    """That address as inline SVG, sized by the page."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(
        scale=1, border=4, omitsize=True, dark="#000", light="#fff", title=_("QR code of the badge")
    )
    return mark_safe(svg)  # drawn by the library from the address alone


@allowed("hackathon.see_own_data", load_event)
def my_data_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Everything held about each person of this account, section by section."""
    people = Person.objects.for_event(event).of(request.user)  # type: ignore[arg-type]
    held = [(person, _sections(privacy.everything_about(person))) for person in people]
    return TemplateResponse(request, "hackathon/my_data_page.html", {"held": held})


def _sections(parts: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Plain data as titles and lines that can be read on a page."""
    sections = []
    for part in parts.values():
        for title, value in part.items():
            lines = list(_lines([], value))
            if lines:
                sections.append((privacy_words.in_words(title), lines))
    return sections


def _lines(path: list[str], value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lines([*path, privacy_words.in_words(name)], inner)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value, start=1):
            yield from _lines([*path, str(number)], each)
    elif isinstance(value, bool):
        yield " · ".join(path), _("Yes") if value else _("No")
    elif isinstance(value, str) and (moment := _moment(value)):
        yield " · ".join(path), date_format(localtime(moment), _("j F Y, H:i"))
    elif value not in (None, "", [], {}):
        yield " · ".join(path), ", ".join(map(str, value)) if isinstance(value, list) else value


def _moment(text: str) -> datetime | None:
    """What `isoformat` wrote, read again; None for any other text."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


@allowed("hackathon.erase_own_data", load_own_person)
def my_data_file(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything held about that person, as a file other programs can read."""
    audit.record(event=person.event, actor=request.user, verb="export_own_data", about=person)  # type: ignore[arg-type]
    text = json.dumps(privacy.everything_about(person), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{person.event.slug}-{person.pk}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@allowed("hackathon.erase_own_data", load_own_person, methods=("GET", "POST"))
def my_data_erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask, say what will happen, then forget."""
    phrase = _("erase")
    error = ""
    if request.method == "POST":
        if request.POST.get("confirmation", "").strip().casefold() == phrase.casefold():
            return _erased(request, person)
        error = _("Type the word as it is written above.")
    context = {"person": person, "phrase": phrase, "error": error}
    return TemplateResponse(request, "hackathon/erase_page.html", context, status=422 if error else 200)


def _erased(request: HttpRequest, person: Person) -> HttpResponse:
    event = person.event
    try:
        privacy.erase_person(person=person, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("hackathon:my_data", event.slug)
    messages.success(request, _("Your data is erased. Nothing says any more who you were."))
    return redirect(
        "hackathon:event" if event.is_public else "hackathon:home", *([event.slug] if event.is_public else [])
    )
