"""Signing in: a code by e-mail through allauth, whose letters leave by our outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy

from .. import letters
from ..kit.access import public


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by hand: an account appears when somebody whom an event knows asks for a code."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """As written: the sender's name says already which site it is."""
        return subject

    #: Ours say when to try again.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong codes. Wait 5 minutes, then type the code that is shown at that moment."
        ),
        "rate_limited": gettext_lazy("Too many tries from this address. Wait a minute, then try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        letters.sign_in_code(
            letter=template_prefix.rsplit("/", 1)[-1],
            to=email,
            language=get_language() or "fr",
            subject=message.subject,
            text=str(message.body),
        )


@public(methods=("GET", "POST"))
def admin_login(request: HttpRequest) -> HttpResponse:
    """The back office has no way in of its own: one signs in by code and comes back; others have no business there."""
    if request.user.is_authenticated:
        raise PermissionDenied
    back = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': back})}")
