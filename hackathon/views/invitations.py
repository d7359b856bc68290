"""Invitation codes, for organisers: those there are, with their link and QR; a new one; one taken back."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..domain import clock, inviting
from ..forms.invitations import InvitationForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, InvitationCode
from .loaders import load_event


@dataclass(frozen=True)
class Shown:
    """A code as its page shows it. `qr`: a picture as data:, "" for a code that opens nothing any more."""

    invitation: InvitationCode
    link: str
    qr: str
    ended: str

    @property
    def left(self) -> int | None:
        """Uses left; None for no limit."""
        most = self.invitation.max_uses
        return None if most is None else max(0, most - self.invitation.uses)


@allowed("hackathon.change_event", load_event, methods=("GET", "POST"))
def invitations_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The list, and the form of a new code under it."""
    form = InvitationForm(event, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = inviting.make_invitation(event=event, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The code %(code)s is ready to be given.") % {"code": made.code})
            return redirect("hackathon:invitations", event.slug)
    found = InvitationCode.objects.for_event(event).with_roles()
    context = {"form": form, "shown": [_shown(event, each) for each in found]}
    return TemplateResponse(
        request, "hackathon/invitations_page.html", context, status=422 if form.errors else 200
    )


def _shown(event: Event, invitation: InvitationCode) -> Shown:
    path = reverse("hackathon:register", args=[event.slug])
    link = f"{settings.SITE_URL.rstrip('/')}{path}?code={invitation.code}"
    ended = _ended(event, invitation)
    drawn = (
        ""
        if ended
        else segno.make(link, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff")
    )
    return Shown(invitation, link, drawn, ended)


def _ended(event: Event, invitation: InvitationCode) -> str:
    """Why it opens nothing any more; "" while it does."""
    if invitation.revoked_at is not None:
        return _("taken back")
    if invitation.expires_at is not None and invitation.expires_at <= clock.now(event):
        return _("its time is over")
    if invitation.max_uses is not None and invitation.uses >= invitation.max_uses:
        return _("used up")
    return ""


def load_invitation(request: HttpRequest, event: str, invitation: int) -> InvitationCode:
    """A code of that event."""
    subject = load_event(request, event)
    found = InvitationCode.objects.for_event(subject).numbered(invitation).first()
    if found is None:
        raise Http404
    found.event = subject
    return found


@allowed("hackathon.change_event", load_invitation, methods=("POST",))
def invitation_revoke(request: HttpRequest, invitation: InvitationCode) -> HttpResponse:
    """It opens nothing from now on."""
    inviting.revoke_invitation(invitation=invitation, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The code %(code)s opens nothing any more.") % {"code": invitation.code})
    return redirect("hackathon:invitations", invitation.event.slug)
