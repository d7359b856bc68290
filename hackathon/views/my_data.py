"""One's own data: read, corrected, taken away as JSON or PDF, erased; consents given and taken back one by one."""

from __future__ import annotations

import json

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain import audit, consenting, correcting, privacy, privacy_lines
from ..enums import Purpose
from ..forms.own_data import OwnDataForm
from ..forms.registration import CONSENTS
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.pdf import render_pdf
from ..models import Answer, Event, Person
from .loaders import actor_of, load_event, load_own_person


@allowed("hackathon.see_own_data", load_event)
def my_data_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Everything held about each person of this account or pass, section by section, and their consents."""
    people = Person.objects.for_event(event).reachable_by(request.user)
    files: dict[int, list[Answer]] = {}
    for answer in Answer.objects.for_event(event).reachable_by(request.user).with_files().with_people():
        files.setdefault(answer.registration.person_id, []).append(answer)
    held = [
        (
            person,
            privacy_lines.sections(privacy.everything_about(person)),
            consenting.standing(person),
            files.get(person.pk, []),
        )
        for person in people
    ]
    context = {"held": held, "texts": dict(CONSENTS), "NEEDS": Purpose.NEEDS}
    return TemplateResponse(request, "hackathon/my_data_page.html", context)


@allowed("hackathon.correct_own_data", load_own_person, methods=("GET", "POST"))
def my_data_correct(request: HttpRequest, person: Person) -> HttpResponse:
    """Name, phone, organisation, language, needs; themes while registration is open."""
    form = OwnDataForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, person, form)
            messages.success(request, _("Corrected."))
            return redirect("hackathon:my_data", person.event.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "person": person}
    return TemplateResponse(
        request, "hackathon/my_data_correct_page.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def _correct(request: HttpRequest, person: Person, form: OwnDataForm) -> None:
    cleaned, actor = form.cleaned_data, actor_of(request)
    correcting.correct(person=person, fields={name: cleaned[name] for name in correcting.FIELDS}, actor=actor)
    if {"diet", "access"} & set(form.changed_data):
        correcting.correct_needs(
            person=person, diet=cleaned["diet"], access=cleaned["access"], agrees=cleaned["needs_agreed"],
            source="own page", actor=actor,
        )  # fmt: skip
    if any(name.startswith("theme_") for name in form.changed_data):
        correcting.correct_choices(person=person, themes=form.chosen_themes, actor=actor)


@allowed("hackathon.correct_own_data", load_own_person, methods=("POST",))
def consent_change(request: HttpRequest, person: Person) -> HttpResponse:
    """Give one consent, or take it back: at once, one at a time."""
    purpose = request.POST.get("purpose", "")
    if purpose not in Purpose.values or (purpose == Purpose.NEEDS and request.POST.get("given")):
        raise Http404  # needs are consented to where they are written
    try:
        if request.POST.get("given"):
            consenting.give(person=person, purposes=[purpose], source="own page", actor=actor_of(request))
            messages.success(request, _("Agreed, from now on."))
        else:
            consenting.withdraw_own(person=person, purpose=purpose, actor=actor_of(request))
            messages.success(request, _("Taken back: it stops from now on."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:my_data", person.event.slug)


@allowed("hackathon.erase_own_data", load_own_person)
def my_data_file(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything held about that person, as a file other programs can read."""
    audit.record(event=person.event, actor=actor_of(request), verb="export_own_data", about=person)
    text = json.dumps(privacy.everything_about(person), ensure_ascii=False, indent=2, default=str)
    return _attached(person, text.encode(), "application/json; charset=utf-8", "json")


@allowed("hackathon.erase_own_data", load_own_person)
def my_data_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """The same on paper, as a tagged PDF."""
    context = {
        "event": person.event,
        "person": person,
        "sections": privacy_lines.sections(privacy.everything_about(person)),
        "is_demo": person.event.is_demo,
    }
    try:
        made = render_pdf("my_data", context, language=get_language() or "fr")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("hackathon:my_data", person.event.slug)
    audit.record(event=person.event, actor=actor_of(request), verb="export_own_data", about=person)
    return _attached(person, made, "application/pdf", "pdf")


def _attached(person: Person, data: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{person.event.slug}-{person.pk}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


@allowed("hackathon.erase_own_data", load_own_person, methods=("GET", "POST"))
def my_data_erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Say what will happen, then forget: the third click from « My hackathon »."""
    if request.method == "POST":
        return _erased(request, person)
    return TemplateResponse(request, "hackathon/erase_page.html", {"person": person})


def _erased(request: HttpRequest, person: Person) -> HttpResponse:
    event = person.event
    try:
        privacy.erase_person(person=person, actor=actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("hackathon:my_data", event.slug)
    messages.success(request, _("Your data is erased. Nothing says any more who you were."))
    return redirect(
        "hackathon:event" if event.is_public else "hackathon:home", *([event.slug] if event.is_public else [])
    )
