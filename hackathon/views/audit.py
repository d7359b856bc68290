"""What happened (the record) and the documents: the tower's back rooms."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from ..domain import acts
from ..forms.staff import RecordSearch
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.registry import registry
from ..models import AuditEntry, Event
from .loaders import AskedDocument, load_document, load_event

PER_PAGE = 50


@allowed("hackathon.see_audit", load_event)
def record_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Every act, newest first, searched by who, what and why, in the words the page shows."""
    form = RecordSearch(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = (
        AuditEntry.objects.for_event(event)
        .matching(text, verbs=acts.spelled(text) if text else [])
        .latest_first()
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(entry, acts.in_words(entry.verb)) for entry in page]
    return TemplateResponse(
        request, "hackathon/record_page.html", {"form": form, "page_obj": page, "rows": rows, "q": text}
    )


@allowed("hackathon.see_documents", load_event)
def documents_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What the apps can print, for those who may read it; what cannot be made yet says so."""
    rows = [
        {"document": document, "is_available": document.is_available(event)}
        for document in registry.documents
        if request.user.has_perm(document.permission, event) or not document.is_available(event)
    ]
    return TemplateResponse(request, "hackathon/documents_page.html", {"rows": rows})


@allowed("hackathon.read_document", load_document)
def document(request: HttpRequest, asked: AskedDocument) -> HttpResponse:
    """One PDF; what cannot be made (no Pango, nothing to print yet) is said on the page one came from.

    What takes choices, or longer than a request has, is asked for on its own page.
    """
    if asked.document.page:
        return redirect(asked.document.page, asked.event.slug)
    try:
        content = asked.document.render(asked.event, asked.language)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("hackathon:documents", asked.event.slug)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{asked.document.name}-{asked.event.slug}-{asked.language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
