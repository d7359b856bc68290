"""The final report of an event, for its organisers: the page, and its figures as open data. The PDF is a document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from hackathon.kit.access import allowed
from hackathon.models import Event
from hackathon.views.loaders import load_event
from judging.domain import open_data, reporting


@allowed("judging.see_report", load_event)
def report_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What is known by now: a first version as soon as there is something to count."""
    context = {"report": reporting.report(event, get_language() or "fr")}
    return TemplateResponse(request, "judging/report_page.html", context)


@allowed("judging.see_report", load_event)
def report_data(request: HttpRequest, event: Event) -> HttpResponse:
    """The same figures in a zip of CSV files that describes itself."""
    report = reporting.report(event, get_language() or "fr")
    response = HttpResponse(open_data.package(report, slug=event.slug), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-data.zip"'
    return response
