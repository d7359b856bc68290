"""An organiser who lacks but the second step of signing in: sent to set it up, instead of a bare refusal."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ..enums import DutyKind
from ..models import Event


def just_proved(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **_more: Any) -> None:
    """Receives allauth's `authenticator_added`: whoever set it up has just used it, and is not asked again at once.

    Without it, the recovery codes that follow would ask for a code that was typed a second ago and is spent.
    """
    record_authentication(
        request, user, method="mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def set_it_up_first(request: HttpRequest, subject: Any) -> HttpResponse | None:
    """To the set-up page, saying why; None for anybody whom a second factor would not let in either."""
    event = getattr(subject, "event", None)
    if not isinstance(event, Event) or not event.requires_second_factor:
        return None
    user: Any = request.user
    if DutyKind.ORGANISER not in user.duties_in(event) or user.has_second_factor:
        return None
    if "application/json" in request.headers.get("Accept", ""):
        return None
    messages.warning(
        request,
        _("%(event)s asks its organisers for a second step: set it up here, and its pages open again.")
        % {"event": event},
    )
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
    return redirect("mfa_index")
