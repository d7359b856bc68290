"""The results for everybody: the page, its PDF, and the check of a document's code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from hackathon.kit.access import allowed
from hackathon.models import Event
from hackathon.views.loaders import load_event
from judging.documents import results as paper
from judging.domain import publishing
from judging.domain.publishing import Announcement


def load_results(request: HttpRequest, event: str) -> Event:
    """The event, for those who may see its results: for everybody else they do not exist, whatever the address."""
    found = load_event(request, event)
    if not request.user.has_perm("judging.see_results", found):
        raise Http404
    return found


@allowed("hackathon.see_event", load_event)
def results_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Before publication nothing is found here, and the page says when to come back."""
    announcement = None
    if request.user.has_perm("judging.see_results", event):
        announcement = publishing.announcement(event, get_language() or "fr")
    return show(request, announcement)


@allowed("judging.preview_results", load_event)
def preview_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The decision that stands as it would be announced, for those who prepare it."""
    return show(request, publishing.preview(event, get_language() or "fr"))


def show(request: HttpRequest, announcement: Announcement | None) -> HttpResponse:
    """The page of an announcement, or of there being none."""
    if announcement is None:
        response = TemplateResponse(request, "judging/results_ahead_page.html", {}, status=404)
    else:
        context = {"announcement": announcement, "check_address": paper.check_address(announcement)}
        response = TemplateResponse(request, "judging/results_page.html", context)
    if announcement is None or announcement.is_preview:
        response["Cache-Control"] = "private, no-store"
    return response


@allowed("judging.see_results", load_results)
def results_pdf(request: HttpRequest, event: Event) -> HttpResponse:
    """The same words as the page, to print or to send."""
    language = get_language() or "fr"
    try:
        response = HttpResponse(paper.results(event, language), content_type="application/pdf")
    except paper.NothingToPrint as nothing:
        raise Http404 from nothing
    response["Content-Disposition"] = f'inline; filename="palmares-{event.slug}-{language}.pdf"'
    response["Cache-Control"] = "private, no-store" if event.published_at is None else "public, max-age=60"
    return response
