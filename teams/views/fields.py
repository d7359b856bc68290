"""The fields that an event adds to the project page: listed, added, changed, put in order, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event

from ..domain import project_fields
from ..forms.projects import ExtraFieldForm
from ..models import ExtraField
from .loaders import load_field


@allowed("teams.change_fields", load_event)
def fields_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The list, with how many teams filled each in."""
    fields = list(ExtraField.objects.for_event(event).with_themes().in_order())
    filled = project_fields.answers(event)
    for field in fields:
        field.filled = filled.get(field.pk, 0)
    return TemplateResponse(request, "teams/fields_page.html", {"fields": fields})


@allowed("teams.change_fields", load_event, methods=("GET", "POST"))
def add(request: HttpRequest, event: Event) -> HttpResponse:
    """A new field."""
    return _form(request, event, None)


@allowed("teams.change_fields", load_field, methods=("GET", "POST"))
def change(request: HttpRequest, field: ExtraField) -> HttpResponse:
    """One of the fields."""
    return _form(request, field.event, field)


def _form(request: HttpRequest, event: Event, field: ExtraField | None) -> HttpResponse:
    form = ExtraFieldForm(event, request.POST if request.method == "POST" else None, instance=field)
    if request.method == "POST" and form.is_valid():
        try:
            saved = project_fields.save_field(
                event=event,
                field=field,
                actor=request.user,  # type: ignore[arg-type]
                **form.changes(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(thing)s” is saved.") % {"thing": saved})
            return redirect("teams:fields", event.slug)
    context = {"field": field, "form": form}
    return TemplateResponse(request, "teams/field_page.html", context, status=422 if form.errors else 200)


@allowed("teams.change_fields", load_field, methods=("POST",))
def move(request: HttpRequest, field: ExtraField) -> HttpResponse:
    """A field goes up or down by one."""
    is_up = request.POST.get("direction") == "up"
    project_fields.move_field(field=field, up=is_up, actor=request.user)  # type: ignore[arg-type]
    return redirect("teams:fields", field.event.slug)


@allowed("teams.change_fields", load_event, methods=("POST",))
def arrange(request: HttpRequest, event: Event) -> HttpResponse:
    """The whole list in another order: `order`, the numbers of its rows. Sent by static/palmares/js/reorder.js."""
    order = [int(each) for each in request.POST.getlist("order") if each.isdecimal() and len(each) < 18]
    try:
        project_fields.arrange_fields(event=event, order=order, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({})


@allowed("teams.change_fields", load_field, methods=("POST",))
def remove(request: HttpRequest, field: ExtraField) -> HttpResponse:
    """A field goes, unless a team filled it in."""
    event, said = field.event, {"thing": str(field)}
    try:
        project_fields.remove_field(field=field, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(thing)s” is removed.") % said)
    return redirect("teams:fields", event.slug)
