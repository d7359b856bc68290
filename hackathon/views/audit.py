"""What happened (the record), what was written to whom (mail), and the documents: the tower's back rooms."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import acts
from ..enums import MailState
from ..forms.staff import RecordSearch
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.registry import registry
from ..models import AuditEntry, Event, OutgoingMail
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


@allowed("hackathon.see_mail", load_event)
def mail_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The letters of the event by state; their text is not here: it may hold what is only for its reader."""
    letters = OutgoingMail.objects.for_event(event)
    counts = letters.count_by_state()
    state = request.GET.get("state", "")
    if state in MailState.values:
        letters = letters.in_state(state)
    tabs = [{"label": _("All"), "url": "?", "is_current": not state, "count": sum(counts.values())}]
    tabs += [
        {
            "label": label,
            "url": f"?state={value}",
            "is_current": state == value,
            "count": counts.get(value, 0),
        }
        for value, label in MailState.choices
    ]
    page = Paginator(letters.latest_first().without_text(), PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "hackathon/mail_page.html", {"page_obj": page, "tabs": tabs})


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
    """One PDF; what cannot be made (no Pango, nothing to print yet) is said on the page one came from."""
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
