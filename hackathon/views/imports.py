"""Importing a list on screen: send it, read what it would do, confirm, see what it did.

Between two pages the file waits in a private place, for its sender only; confirming takes it, so that a double click
imports once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from ..domain import roster
from ..domain.roster_profiles import TEMPLATE_HEADER
from ..forms.imports import ColumnsForm, ListForm
from ..kit import kept_files, sheets
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event
from ..resources import refused_rows
from .import_lines import shown, steps
from .loaders import actor_of, load_event

KIND = "imports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Sent:
    """A list that waits: its event, and what was noted about it."""

    event: Event
    token: str
    data: bytes
    note: dict[str, Any]

    def rehearse(self) -> roster.Rehearsal:
        mapping = self.note.get("mapping")
        return roster.rehearse(
            event=self.event,
            data=self.data,
            name=self.note["name"],
            mapping={int(index): name for index, name in mapping.items()} if mapping is not None else None,
            default_role=self.note.get("default_role"),
            needs_agreed=self.note.get("needs_agreed", False),
        )


def load_sent(request: HttpRequest, event: str, token: str) -> Sent:
    """A list that this viewer sent for this event and that still waits; anybody else's does not exist."""
    return _load(request, event, token, settled=False)


def load_imported(request: HttpRequest, event: str, token: str) -> Sent:
    """The same after its import: what is left is the report on the refused lines."""
    return _load(request, event, token, settled=True)


def _load(request: HttpRequest, event: str, token: str, *, settled: bool) -> Sent:
    subject = load_event(request, event)
    try:
        data, note = kept_files.read(KIND, token, settled=settled)
    except kept_files.Gone:
        return Sent(subject, token, b"", {})
    if note["event"] != subject.pk or note["account"] != request.user.pk:
        raise Http404
    return Sent(subject, token, data, note)


@allowed("hackathon.import_registrations", load_event, methods=("GET", "POST"))
def import_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Send a list; one that cannot be read is refused here, one whose columns are unknown goes on to say them."""
    form = ListForm(event, *([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["list"]
        role = form.cleaned_data["default_role"]
        note = {
            "event": event.pk,
            "account": request.user.pk,
            "name": sent.name,
            "default_role": role.key if role else None,
            "needs_agreed": form.cleaned_data["needs_agreed"],
        }
        waiting = Sent(event, "", sent.read(), note)
        try:
            waiting.rehearse()
        except roster.UnreadableList as refusal:
            if refusal.code != "columns_unknown":
                form.add_error("list", str(refusal))
        if form.is_valid():
            return redirect(
                "hackathon:import_rehearsal", event.slug, kept_files.keep(KIND, waiting.data, note)
            )
    status = 422 if form.errors else 200
    return TemplateResponse(
        request, "hackathon/import_page.html", {"form": form, "steps": steps(1)}, status=status
    )


@allowed("hackathon.import_registrations", load_sent, methods=("GET", "POST"))
def import_rehearsal_page(request: HttpRequest, sent: Sent) -> HttpResponse:
    """What the list would do, line by line; POST says what its columns hold."""
    if not sent.note:
        return redirect("hackathon:import_done", sent.event.slug, sent.token)
    problem = rehearsal = None
    try:
        rehearsal = sent.rehearse()
    except roster.UnreadableList as refusal:
        problem = refusal
    columns = columns_form(sent, rehearsal, request.POST or None)
    if request.method == "POST" and columns.is_valid():
        kept_files.change_note(KIND, sent.token, {**sent.note, "mapping": columns.mapping})
        return redirect(request.path)
    context = {
        "sent": sent,
        "rehearsal": rehearsal,
        "problem": problem,
        "columns": columns,
        "steps": steps(2),
    }
    if rehearsal is not None:
        context |= shown(rehearsal, kind=request.GET.get("kind", ""), page=request.GET.get("page"))
    status = 422 if columns.errors else 200
    return TemplateResponse(request, "hackathon/import_rehearsal_page.html", context, status=status)


@allowed("hackathon.import_registrations", load_sent, methods=("POST",))
def import_confirm(request: HttpRequest, sent: Sent) -> HttpResponse:
    """Import it: the file is taken first, so that the second of two clicks finds nothing to do."""
    done = redirect("hackathon:import_done", sent.event.slug, sent.token)
    try:
        kept_files.take(KIND, sent.token)
    except kept_files.Gone:
        return done
    try:
        rehearsal = roster.import_rows(
            rehearsal=sent.rehearse(),
            actor=actor_of(request),
            all_or_nothing=bool(request.POST.get("all_or_nothing")),
        )
    except Refused as refusal:
        kept_files.put_back(KIND, sent.token)
        messages.error(request, str(refusal))
        return redirect("hackathon:import_rehearsal", sent.event.slug, sent.token)
    except BaseException:
        kept_files.put_back(KIND, sent.token)
        raise
    note = {**sent.note, "counts": rehearsal.counts, "waitlisted": rehearsal.waitlisted}
    kept_files.settle(KIND, sent.token, refused_rows(rehearsal), note)
    return done


@allowed("hackathon.import_registrations", load_imported)
def import_done_page(request: HttpRequest, sent: Sent) -> HttpResponse:
    """What the import did, or where its list went."""
    return TemplateResponse(
        request, "hackathon/import_done_page.html", {"sent": sent, "note": sent.note, "steps": steps(4)}
    )


@allowed("hackathon.import_registrations", load_event)
def import_template(request: HttpRequest, event: Event) -> HttpResponse:
    """An empty list with our columns, to fill in."""
    return attachment(sheets.write_csv(TEMPLATE_HEADER, []), "inscriptions.csv")


@allowed("hackathon.import_registrations", load_imported)
def import_refused(request: HttpRequest, sent: Sent) -> HttpResponse:
    """The refused lines of an import, as they were, with their reasons."""
    if not sent.note:
        raise Http404
    return attachment(sent.data, "refused.csv")


def attachment(data: bytes, name: str) -> HttpResponse:
    """A file to save, never shown in the page."""
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else XLSX
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


def columns_form(sent: Sent, rehearsal: roster.Rehearsal | None, data: Any) -> ColumnsForm:
    """The columns as they were understood, or as they stand in a list that was not."""
    days = sent.event.days.count()
    if rehearsal is not None:
        return ColumnsForm(rehearsal.table.header, dict(rehearsal.profile.mapping), days, data)
    return ColumnsForm(roster.header_of(sent.data, sent.note["name"]), {}, days, data)
