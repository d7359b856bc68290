"""Registering in public. What a participant does with their own registration afterwards is own_registration.py's.

A stranger learns nothing about who is registered: the page that follows is the same, the letter goes to the owner.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from ..domain import clock, drafting, registering, windows
from ..enums import WindowKind
from ..forms.registration import RegistrationForm
from ..kit import uploads
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, RegistrationDraft, Role
from . import doors, drafts
from .loaders import actor_of, load_event


@allowed("hackathon.see_event", load_event, methods=("GET", "POST"))
def register_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Choose a role, then fill its form: one address, with or without JavaScript."""
    draft = drafts.own_draft(request, event)
    door = doors.door_of(request, event)
    if request.method == "POST":
        return _send(request, event, door, draft)
    if not request.user.has_perm("hackathon.register", event):
        return _closed(request, event, draft)
    if door.role is None:
        return _choose_role(request, event, door, draft)
    form = RegistrationForm(event, door.role, draft=draft, code=door.code)
    return _form(request, form, draft)


def _form(request: HttpRequest, form: RegistrationForm, draft: RegistrationDraft | None) -> HttpResponse:
    context = {
        "form": form,
        "role": form.role,
        "draft": draft,
        "outlook": registering.outlook(form.event, form.role),
    }
    status = 422 if form.errors else 200
    return _private(TemplateResponse(request, "hackathon/register_page.html", context, status=status))


def _private(response: TemplateResponse) -> TemplateResponse:
    """What is typed stays in this browser: no shared cache, and no index for what a link opened."""
    response["Cache-Control"] = "no-store"
    return response


def _choose_role(
    request: HttpRequest, event: Event, door: doors.Door, draft: RegistrationDraft | None
) -> HttpResponse:
    outlooks = [
        (each, registering.outlook(event, each)) for each in Role.objects.for_event(event).open().in_order()
    ]
    context = {
        "outlooks": outlooks,
        "door": door,
        "draft": draft,
        "draft_url": drafts.address_of(draft, event) if draft and draft.role_id else "",
    }
    status = 422 if door.refusal else 200
    return _private(TemplateResponse(request, "hackathon/register_role_page.html", context, status=status))


def _closed(request: HttpRequest, event: Event, draft: RegistrationDraft | None) -> HttpResponse:
    window = windows.window_of(event, WindowKind.REGISTRATION)
    is_ahead = window is not None and not windows.has_opened(window, clock.now(event))
    context = {"window": window, "is_ahead": is_ahead, "draft": draft}
    return TemplateResponse(request, "hackathon/register_closed_page.html", context)


def _send(
    request: HttpRequest, event: Event, door: doors.Door, draft: RegistrationDraft | None
) -> HttpResponse:
    """The form comes in. Whatever stands in the way, what was typed is kept."""
    if request.POST.get("website"):  # people do not see that field
        role = door.role or Role.objects.for_event(event).open().in_order().first()
        state = registering.outlook(event, role) if role else registering.Outlook("submitted")
        return _done(request, event, state)
    if door.role is None:
        return _choose_role(request, event, door, _kept(request, event, None, {}))
    form = RegistrationForm(event, door.role, request.POST, request.FILES, draft=draft, code=door.code)
    is_right = form.is_valid()
    files = drafts.keep_files(form)
    if not request.user.has_perm("hackathon.register", event):
        return _closed(request, event, _kept(request, event, form, files))
    if is_right:
        outcome = _register(request, form, door, draft, files)
        if outcome is not None:
            return _done(request, event, outcome)
    return _form(request, form, _kept(request, event, form, files))


def _kept(
    request: HttpRequest, event: Event, form: RegistrationForm | None, files: dict[str, dict[str, Any]]
) -> RegistrationDraft | None:
    """The draft of what was just sent; None when it is too long to be one, which the form says field by field."""
    try:
        return drafts.keep(request, event, form, files)
    except drafting.DraftTooLong:
        return None


def _register(
    request: HttpRequest,
    form: RegistrationForm,
    door: doors.Door,
    draft: RegistrationDraft | None,
    files: dict[str, dict[str, Any]],
) -> registering.Outlook | None:
    """What to tell whoever sent the form; for somebody registered already, what a newcomer would be told.

    None when it is refused: the form says why.
    """
    before = registering.outlook(form.event, form.role)
    try:
        registration = drafting.submit_draft(
            draft=draft, **form.arguments(files), invitation=door.invitation, actor=actor_of(request)
        )
    except registering.AlreadyRegistered as refusal:
        registering.tell_owner(registration=refusal.details["registration"])
        for sent in files.values():
            uploads.forget(sent["file"])
        return before
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return registering.Outlook(registration.state, registering.place_in_queue(registration))


def _done(request: HttpRequest, event: Event, outcome: registering.Outlook) -> HttpResponse:
    drafts.let_go(request, event)
    request.session["registered"] = {
        "event": event.slug,
        "state": str(outcome.state),
        "place": outcome.place,
        "email": request.POST.get("email", "")[:254],
    }
    return redirect("hackathon:register_done", event.slug)


@allowed("hackathon.see_event", load_event)
def register_done_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What became of the form just sent from this browser; nothing for anybody else."""
    outcome: dict[str, Any] = request.session.get("registered") or {}
    if outcome.get("event") != event.slug:
        return redirect("hackathon:register", event.slug)
    return TemplateResponse(request, "hackathon/register_done_page.html", {"outcome": outcome})
