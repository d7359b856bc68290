"""The sheets that people sign when they come in, half-day by half-day."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from .. import documents
from ..domain import sign_in
from ..domain.sign_in import HalfSheet
from ..enums import Half
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event
from .badges import language_of
from .loaders import load_event
from .printing import as_pdf, refused


@allowed("hackathon.print_sign_in_sheets", load_event)
def sign_in_sheets_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Each half-day with its sheets, once they can be printed."""
    sheets = sign_in.sheets_of(event, language=language_of(request))
    context = {"sheets": sheets, "is_time": sign_in.is_time(event), "ahead": sign_in.AHEAD.days}
    return TemplateResponse(request, "hackathon/sign_in_sheets_page.html", context)


def load_half(request: HttpRequest, event: str, day: int, half: str, **others: Any) -> HalfSheet:
    """The sheets of one half-day of that event."""
    subject = load_event(request, event)
    if half not in Half.values or day not in {one.pk for one in subject.whole_days}:
        raise Http404
    found = sign_in.sheets_of(subject, language=language_of(request), only=(day, half))
    return found[0]


@allowed("hackathon.print_sign_in_sheets", load_half)
def sign_in_sheet(request: HttpRequest, sheet: HalfSheet) -> HttpResponse:
    """One half-day's, to print."""
    event = sheet.event
    try:
        content = documents.sign_in_pdf(event, language_of(request), [sheet])
    except Refused as refusal:
        return refused(request, refusal, "hackathon:sign_in_sheets", event.slug)
    return as_pdf(content, f"sign-in-{sheet.day}-{sheet.half}.pdf", inline=True)
