"""Registering in public, and what a participant does with their own registration afterwards.

A stranger learns nothing about who is registered: the page that follows is the same, the letter goes to the owner.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import clock, registering, waiting, windows
from ..enums import WindowKind
from ..forms.registration import RegistrationForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, Registration, Role
from .loaders import actor_of, load_event, load_own_registration


@allowed("hackathon.see_event", load_event, methods=("GET", "POST"))
def register_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Choose a role, then fill its form: one address, with or without JavaScript."""
    if not request.user.has_perm("hackathon.register", event):
        window = windows.window_of(event, WindowKind.REGISTRATION)
        is_ahead = window is not None and not windows.has_opened(window, clock.now(event))
        closed = {"window": window, "is_ahead": is_ahead}
        return TemplateResponse(request, "hackathon/register_closed_page.html", closed)
    roles = Role.objects.for_event(event).open().in_order()
    role = roles.named(request.POST.get("role") or request.GET.get("role") or "")
    if role is None:
        outlooks = [(each, registering.outlook(event, each)) for each in roles]
        return TemplateResponse(request, "hackathon/register_role_page.html", {"outlooks": outlooks})
    form = RegistrationForm(event, role, request.POST or None)
    if request.method == "POST" and form.is_a_machine:
        return _done(request, event, registering.outlook(event, role), form)
    if request.method == "POST" and form.is_valid():
        outcome = _register(request, form)
        return _done(request, event, outcome, form)
    context = {"form": form, "role": role, "outlook": registering.outlook(event, role)}
    return TemplateResponse(
        request, "hackathon/register_page.html", context, status=422 if form.errors else 200
    )


def _register(request: HttpRequest, form: RegistrationForm) -> registering.Outlook:
    """What to tell whoever sent the form; for somebody registered already, what a newcomer would be told."""
    before = registering.outlook(form.event, form.role)

    try:
        registration = registering.register(**form.arguments(), actor=actor_of(request))
    except registering.AlreadyRegistered as refusal:
        registering.tell_owner(registration=refusal.details["registration"])
        return before
    return registering.Outlook(registration.state, registering.place_in_queue(registration))


def _done(
    request: HttpRequest, event: Event, outcome: registering.Outlook, form: RegistrationForm
) -> HttpResponse:
    request.session["registered"] = {
        "event": event.slug,
        "state": str(outcome.state),
        "place": outcome.place,
        "email": form.data.get("email", ""),
    }
    return redirect("hackathon:register_done", event.slug)


@allowed("hackathon.see_event", load_event)
def register_done_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What became of the form just sent from this browser; nothing for anybody else."""
    outcome: dict[str, Any] = request.session.get("registered") or {}
    if outcome.get("event") != event.slug:
        return redirect("hackathon:register", event.slug)
    return TemplateResponse(request, "hackathon/register_done_page.html", {"outcome": outcome})


@allowed("hackathon.answer_for_registration", load_own_registration, methods=("POST",))
def own_confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say that I come; the rules are accepted here by those whose list could not say it."""
    return _answer(
        request, registration, registering.confirm_own, _("See you there: your place is confirmed."),
        accepts_rules=bool(request.POST.get("rules_agreed")),
    )  # fmt: skip


@allowed("hackathon.answer_for_registration", load_own_registration, methods=("POST",))
def own_take_offer(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say yes to an offered place."""
    return _answer(request, registration, waiting.take_offer, _("The place is yours."))


@allowed("hackathon.answer_for_registration", load_own_registration, methods=("POST",))
def own_cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say that I do not come."""
    return _answer(
        request,
        registration,
        registering.cancel,
        _("Your registration is cancelled. Thank you for telling us."),
    )


def _answer(
    request: HttpRequest, registration: Registration, verb: Any, thanks: str, **more: Any
) -> HttpResponse:
    try:
        verb(registration=registration, actor=request.user, **more)
        messages.success(request, thanks)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:me", registration.event.slug)
