"""Taking people out of here: the list with the columns one wants, and the sheets of the kitchen, of text messages and
of those who look after access. Each file that leaves is recorded.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..domain import people, sheets_of_people
from ..forms.exports import ExportForm, SmsForm
from ..forms.people_filter import PeopleFilter
from ..kit.access import allowed
from ..models import Event, Registration
from ..resources import FORMATS, USUAL, RegistrationResource, catering_rows, columns_of, needs_rows, sms_rows
from .loaders import actor_of, load_event

REMEMBERED = "export_columns"  # in the session, per event


@allowed("hackathon.export_registrations", load_event)
def people_csv(request: HttpRequest, event: Event) -> HttpResponse:
    """The list under its present filter, in the usual columns, as CSV: what an import takes back."""
    return _export(request, event, PeopleFilter(event, request.GET), "csv", USUAL)


@allowed("hackathon.export_registrations", load_event)
def people_xlsx(request: HttpRequest, event: Event) -> HttpResponse:
    """The same as a workbook."""
    return _export(request, event, PeopleFilter(event, request.GET), "xlsx", USUAL)


@allowed("hackathon.export_registrations", load_event, methods=("GET", "POST"))
def people_export(request: HttpRequest, event: Event) -> HttpResponse:
    """Choose the columns and the format for the people of the present filter; a POST gives the file."""
    asked = PeopleFilter(event, request.GET)
    columns = columns_of(event)
    remembered = request.session.get(REMEMBERED, {}).get(event.slug, list(USUAL))
    form = ExportForm(columns, request.POST or None, initial={"columns": remembered, "format": "xlsx"})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["columns"]
        kept = request.session.get(REMEMBERED, {})
        request.session[REMEMBERED] = {**kept, event.slug: wanted}
        return _export(request, event, asked, form.cleaned_data["format"], wanted)
    context = {"asked": asked, "form": form, "count": asked.in_state().count()}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "hackathon/export_page.html", context, status=status)


def _export(request: HttpRequest, event: Event, asked: PeopleFilter, kind: str, columns: Any) -> HttpResponse:
    """What the list shows under its present filter, all pages; recorded."""
    found = list(asked.in_state().for_export())
    for registration in found:
        registration.event = event
    dataset = RegistrationResource([], columns_of(event, columns)).export(found)
    return _file(request, event, kind, dataset, filters=asked.as_record(), columns=columns)


def _file(request: HttpRequest, event: Event, kind: str, dataset: Any, **record: Any) -> HttpResponse:
    """The rows as a file of that kind, recorded before it leaves."""
    written, what = FORMATS[kind], record.get("what", "")
    data = written.export_data(dataset)
    people.record_export(
        event=event, count=len(dataset), kind=kind, actor=actor_of(request), **{"filters": {}, **record}
    )
    name = f"{event.slug}{f'-{what}' if what else ''}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=written.content_type, headers=headers)


def _kind(request: HttpRequest) -> str:
    """The format asked for in the address, or none: then it is the page."""
    return request.GET.get("format", "") if request.GET.get("format", "") in FORMATS else ""


@allowed("hackathon.see_catering", load_event)
def catering_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Meals per day by diet: counts, never names."""
    found = sheets_of_people.catering(event)
    if kind := _kind(request):
        return _file(request, event, kind, catering_rows(found), what="catering")
    heads = [date_format(day.on, "l j F") for day in found.days]
    may_see_people = request.user.has_perm("hackathon.see_registrations", event)
    context = {"found": found, "heads": heads, "may_see_people": may_see_people}
    return TemplateResponse(request, "hackathon/catering_page.html", context)


@allowed("hackathon.see_needs", load_event)
def needs_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What those who come eat and need, by name, for named staff; each reading is recorded."""
    found = list(Registration.objects.for_event(event).expected().with_needs())
    if kind := _kind(request):
        return _file(request, event, kind, needs_rows(found), what="needs")
    people.record_export(
        event=event, count=len(found), kind="page", filters={}, actor=actor_of(request), what="needs"
    )
    response = TemplateResponse(request, "hackathon/needs_page.html", {"rows": found})
    response["Cache-Control"] = "private, no-store"
    return response


@allowed("hackathon.export_registrations", load_event)
def sms_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Who can be written to on the phone among those who come; the file is recorded."""
    form = SmsForm(event, request.GET)
    found = sheets_of_people.sms_list(form.people())
    if request.GET.get("format") == "txt":
        people.record_export(
            event=event,
            count=len(found.numbers),
            kind="txt",
            filters=form.as_record(),
            actor=actor_of(request),
            what="sms",
        )
        headers = {"Content-Disposition": f'attachment; filename="{event.slug}-sms.txt"'}
        return HttpResponse(
            "\r\n".join(found.numbers), content_type="text/plain; charset=utf-8", headers=headers
        )
    if kind := _kind(request):
        return _file(request, event, kind, sms_rows(found), filters=form.as_record(), what="sms")
    context = {"found": found, "form": form, "query": form.query(), "title": _("Text messages")}
    return TemplateResponse(request, "hackathon/sms_page.html", context)
