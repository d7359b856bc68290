"""Importing a list on screen: send it, read what it would do, confirm, see what it did.

Between two pages the file waits in a private place, for its sender only (domain/sent_lists.py); what is long is done
by a job, whose page shows how far it is.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import roster, sent_lists
from ..domain.roster.refused_lines import refused_lines
from ..domain.roster_rows.profiles import TEMPLATE_HEADER
from ..domain.sent_lists import Sent
from ..forms.imports import ColumnsForm, ListForm, SearchForm
from ..kit import kept_files, sheets
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, ImportProfile, Job
from .import_lines import shown, source_words, steps
from .loaders import actor_of, load_event

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def load_sent(request: HttpRequest, event: str, token: str) -> Sent:
    """A list that this viewer sent for this event and that still waits; anybody else's does not exist."""
    return _own(request, sent_lists.found(load_event(request, event), token))


def load_imported(request: HttpRequest, event: str, token: str) -> Sent:
    """The same after its import: what is left is the report on the refused lines."""
    return _own(request, sent_lists.found(load_event(request, event), token, state=kept_files.SETTLED))


def load_either(request: HttpRequest, event: str, token: str) -> Sent:
    """The same, before or after."""
    waiting = load_sent(request, event, token)
    return waiting if waiting.note else load_imported(request, event, token)


def _own(request: HttpRequest, sent: Sent) -> Sent:
    note = sent.note or sent_lists.noted(sent.token)
    if note and (note["event"] != sent.event.pk or note["account"] != request.user.pk):
        raise Http404
    return sent


@allowed("hackathon.import_registrations", load_event, methods=("GET", "POST"))
def import_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Send a list; one that cannot be read is refused here, one whose columns are unknown goes on to say them."""
    form = ListForm(event, *([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["list"]
        note = {"event": event.pk, "account": request.user.pk, "name": file.name, **form.options}
        sent = sent_lists.keep(event, file.read(), note)
        if sent.is_long:
            return follow(event, sent_lists.rehearse_later(sent=sent, actor=actor_of(request)))
        try:
            sent.rehearse()
        except roster.UnreadableList as refusal:
            if refusal.code != "columns_unknown":
                kept_files.forget(sent_lists.KIND, sent.token)
                form.add_error("list", str(refusal))
        if form.is_valid():
            return redirect("hackathon:import_rehearsal", event.slug, sent.token)
    profiles = ImportProfile.objects.for_event(event).by_name()
    context = {"form": form, "steps": steps(1), "profiles": profiles}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "hackathon/import_page.html", context, status=status)


def follow(event: Event, job: Job) -> HttpResponse:
    """To the page that shows how far a job is."""
    return redirect("hackathon:job", event.slug, job.pk)


@allowed("hackathon.import_registrations", load_sent, methods=("GET", "POST"))
def import_rehearsal_page(request: HttpRequest, sent: Sent) -> HttpResponse:
    """What the list would do, line by line; POST says what its columns hold, and may save that under a name."""
    if not sent.note:
        return redirect("hackathon:import_done", sent.event.slug, sent.token)
    problem = report = None
    try:
        report = sent.report()
    except roster.UnreadableList as refusal:
        problem = refusal
    columns = columns_form(sent, report, request.POST or None)
    if request.method == "POST" and columns.is_valid() and change_columns(request, sent, columns):
        if sent.is_long:
            return follow(sent.event, sent_lists.rehearse_later(sent=sent, actor=actor_of(request)))
        return redirect(request.path)
    context: dict[str, Any] = {"sent": sent, "report": report, "problem": problem}
    context |= {"columns": columns, "steps": steps(2)}
    if report is not None:
        asked = SearchForm(request.GET)
        sought = asked.cleaned_data["q"] if asked.is_valid() else ""
        context |= {"asked": asked, "sought": sought, "source": source_words(report)}
        context |= shown(report, sent.event, request.GET.get("kind", ""), request.GET.get("page"), sought)
    status = 422 if columns.errors else 200
    return TemplateResponse(request, "hackathon/import_rehearsal_page.html", context, status=status)


def change_columns(request: HttpRequest, sent: Sent, columns: ColumnsForm) -> bool:
    """Note what each column holds, and save it if a name was given; False when that name is refused."""
    name = columns.cleaned_data["save_as"]
    if name:
        try:
            roster.save_profile(
                event=sent.event,
                name=name,
                header=columns.header,
                mapping=columns.mapping,
                actor=actor_of(request),
            )
        except roster.ProfileRefused as refusal:
            columns.add_error("save_as", str(refusal))
            return False
        messages.success(request, _("These columns are saved as “%(name)s”.") % {"name": name})
    sent_lists.change(sent, mapping=columns.mapping, profile=None)
    return True


@allowed("hackathon.import_registrations", load_sent, methods=("POST",))
def import_confirm(request: HttpRequest, sent: Sent) -> HttpResponse:
    """Import it: the file is taken first, so that the second of two clicks finds nothing to do."""
    try:
        job = sent_lists.confirm(
            sent=sent,
            actor=actor_of(request),
            all_or_nothing=bool(request.POST.get("all_or_nothing")),
            writes_letters=bool(request.POST.get("writes_letters")),
        )
    except sent_lists.ListGone:
        job = None
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("hackathon:import_rehearsal", sent.event.slug, sent.token)
    if job is not None:
        return follow(sent.event, job)
    return redirect("hackathon:import_done", sent.event.slug, sent.token)


@allowed("hackathon.import_registrations", load_imported)
def import_done_page(request: HttpRequest, sent: Sent) -> HttpResponse:
    """What the import did, how far it is, or where its list went."""
    if not sent.note and (job := sent_lists.noted(sent.token).get("job")):
        return redirect("hackathon:job", sent.event.slug, job)
    report = roster.Report.from_bytes(sent.data) if sent.note else None
    context = {"sent": sent, "report": report, "steps": steps(4)}
    return TemplateResponse(request, "hackathon/import_done_page.html", context)


@allowed("hackathon.import_registrations", load_event)
def import_template(request: HttpRequest, event: Event) -> HttpResponse:
    """An empty list with our columns, to fill in."""
    return attachment(sheets.write_csv(TEMPLATE_HEADER, []), "inscriptions.csv")


@allowed("hackathon.import_registrations", load_either)
def import_refused(request: HttpRequest, sent: Sent) -> HttpResponse:
    """The refused lines as they were, with their reasons, as CSV."""
    return _refused(sent, "csv")


@allowed("hackathon.import_registrations", load_either)
def import_refused_xlsx(request: HttpRequest, sent: Sent) -> HttpResponse:
    """The same as a workbook."""
    return _refused(sent, "xlsx")


def _refused(sent: Sent, kind: str) -> HttpResponse:
    """At the rehearsal they are those it would refuse; after the import, those it did."""
    if not sent.note:
        raise Http404
    if sent.is_settled:
        report = roster.Report.from_bytes(sent.data)
    else:
        try:
            report = sent.report()
        except roster.UnreadableList as refusal:
            raise Http404 from refusal
    return attachment(refused_lines(report, kind=kind), f"refused.{kind}")


def attachment(data: bytes, name: str) -> HttpResponse:
    """A file to save, never shown in the page."""
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else XLSX
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


def columns_form(sent: Sent, report: roster.Report | None, data: Any) -> ColumnsForm:
    """The columns as they were understood, or as they stand in a list that was not."""
    days = sent.event.days.count()
    if report is not None:
        return ColumnsForm(report.header, report.source["examples"], report.mapping, days, data)
    header, examples = roster.columns_of(sent.data, sent.name)
    return ColumnsForm(header, examples, {}, days, data)
