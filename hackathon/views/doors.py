"""Which role somebody may register in: one of the public form's, or the one that an invitation code opens."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..domain import inviting
from ..kit.limits import Limit, TooMany, address_of
from ..models import Event, InvitationCode, Role

#: Wrong codes in ten minutes: a person has a few tries, a venue behind one address has many.
BY_SESSION = Limit("invitation_code_session", times=20, seconds=600)
BY_ADDRESS = Limit("invitation_code_address", times=600, seconds=600)


@dataclass(frozen=True)
class Door:
    """`role`: what is filled in, None for none yet; `refusal`: why the code or the role asked for opens nothing."""

    role: Role | None = None
    invitation: InvitationCode | None = None
    code: str = ""
    refusal: str = ""


def door_of(request: HttpRequest, event: Event) -> Door:
    """What this request asks for, by `code`, else by `role` (key or number)."""
    sent = request.POST if request.method == "POST" else request.GET
    code, role = sent.get("code", "").strip()[:40], sent.get("role", "").strip()[:60]
    if code:
        return _by_code(request, event, code)
    found = Role.objects.for_event(event).open().named(role)
    if found is None and role:
        return Door(refusal=_("This role is not open: choose another one. What you typed is kept."))
    return Door(found)


def _by_code(request: HttpRequest, event: Event, code: str) -> Door:
    """A code known but spent keeps its role, so that nothing typed is lost; the verb refuses it all the same."""
    counted = _who(request)
    try:
        for limit, who in counted:
            limit.check(who)
        found = inviting.find_invitation(event, code)
    except TooMany as refusal:
        return Door(code=code, refusal=str(refusal))
    except inviting.CodeRefused as refusal:
        spent: InvitationCode | None = refusal.details.get("code")
        if spent is None:
            for limit, who in counted:
                limit.count(who)
        is_filled_in = spent is not None and request.method == "POST"
        return Door(spent.role if spent and is_filled_in else None, spent, code, str(refusal))
    return Door(found.role, found, code)


def _who(request: HttpRequest) -> list[tuple[Limit, str]]:
    """Whose wrong codes are counted. A browser without a session has its address only."""
    found = [(BY_ADDRESS, address_of(request))]
    if request.session.session_key:
        found.append((BY_SESSION, request.session.session_key))
    return found
