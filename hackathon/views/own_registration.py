"""What a participant answers about their own registration: I come, I take the place, I cannot come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import registering, waiting, windows
from ..domain.own_registration import is_cancellable
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Registration
from .loaders import actor_of, load_own_registration


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


@allowed("hackathon.answer_for_registration", load_own_registration, methods=("GET", "POST"))
def own_cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say that I do not come: the page, one click away from every letter, asks once and says what follows."""
    if request.method == "POST":
        return _answer(
            request,
            registration,
            registering.cancel,
            _("Your registration is cancelled. Thank you for telling us."),
        )
    if not is_cancellable(registration):
        messages.info(
            request,
            _("There is nothing to cancel: this registration is in the state “%(state)s”.")
            % {"state": registration.get_state_display()},
        )
        return redirect("hackathon:me", registration.event.slug)
    context = {
        "registration": registration,
        "can_register": windows.registration_is_open(registration.event),
    }
    return TemplateResponse(request, "hackathon/own_cancel_page.html", context)


def _answer(
    request: HttpRequest, registration: Registration, verb: Any, thanks: str, **more: Any
) -> HttpResponse:
    try:
        verb(registration=registration, actor=actor_of(request), **more)
        messages.success(request, thanks)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:me", registration.event.slug)
