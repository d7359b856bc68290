"""Invitation codes: made for a role, counted exactly, taken back. A code opens a closed role, and no place in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateformat import format as format_moment
from django.utils.translation import gettext as _

from ..kit.errors import Refused
from ..models import Account, Event, InvitationCode, Role
from . import audit, clock


class CodeRefused(Refused):
    """`details["code"]`: the InvitationCode there is, if any."""

    code = "code_refused"


@transaction.atomic
def make_invitation(
    *,
    event: Event,
    role: Role,
    label: str = "",
    max_uses: int | None = None,
    expires_at: datetime | None = None,
    actor: Account | None,
) -> InvitationCode:
    """A new code for that role. `max_uses` None: any number; `expires_at` None: as long as registration is open."""
    if max_uses is not None and max_uses < 1:
        raise CodeRefused(_("A code serves at least once: write 1 or more, or leave it empty for no limit."))
    if expires_at is not None and expires_at <= clock.now(event):
        raise CodeRefused(_("That moment has passed already: choose a later one, or leave it empty."))
    made = InvitationCode.objects.create(
        event=event, role=role, label=label.strip()[:80], max_uses=max_uses, expires_at=expires_at,
        created_by=actor,
    )  # fmt: skip
    audit.record(
        event=event, actor=actor, verb="make_invitation", about=made, role=role.key, max_uses=max_uses,
        expires_at=expires_at.isoformat() if expires_at else None,
    )  # fmt: skip
    return made


@transaction.atomic
def revoke_invitation(*, invitation: InvitationCode, actor: Account | None) -> bool:
    """It opens nothing from now on; who used it stays registered. False when it was revoked already."""
    revoked = bool(
        InvitationCode.objects.numbered(invitation.pk).in_force().update(revoked_at=timezone.now())
    )
    if revoked:
        audit.record(event=invitation.event, actor=actor, verb="revoke_invitation", about=invitation)
    return revoked


def spelled(text: str) -> str:
    """A code as it is kept, from what was typed: spaces, dashes and capitals do not matter."""
    return "".join(char for char in text.upper() if char.isalnum())[:24]


def find_invitation(event: Event, text: str) -> InvitationCode:
    """The usable code that was typed. Raises CodeRefused, saying why, when there is none."""
    found = InvitationCode.objects.for_event(event).written(spelled(text)).select_related("role").first()
    if found is None:
        raise CodeRefused(_("This code is not known: check each letter, or ask whoever gave it to you."))
    _check(event, found)
    return found


def _check(event: Event, found: InvitationCode) -> None:
    if found.revoked_at is not None:
        raise CodeRefused(_("This code was taken back by the organisers: ask them for another."), code=found)
    if found.expires_at is not None and found.expires_at <= clock.now(event):
        until = format_moment(event.local(found.expires_at), _("j F Y, H:i"))
        raise CodeRefused(
            _("This code could be used until %(until)s: ask the organisers for another.") % {"until": until},
            code=found,
        )
    if found.max_uses is not None and found.uses >= found.max_uses:
        raise CodeRefused(
            _("This code has served as often as it could: ask the organisers for another."), code=found
        )


def take_use(event: Event, invitation: InvitationCode) -> None:
    """Count one use, exactly: the update asks again whether one is left. Raises CodeRefused when none is.

    Called inside the verb that registers, so that a refusal further on gives the use back.
    """
    asked = InvitationCode.objects.numbered(invitation.pk).usable(clock.now(event))
    if not asked.update(uses=F("uses") + 1):
        invitation.refresh_from_db()
        _check(event, invitation)
        raise CodeRefused(
            _("This code has served as often as it could: ask the organisers for another."), code=invitation
        )
