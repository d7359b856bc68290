"""Passes: a printed code that opens the page of somebody without e-mail, and nothing else.

The code is shown once, when it is made; only its digest is kept. It refuses to know of sessions: what a browser
keeps is plain data that `still_open` reads again at each request, so that a pass taken back stops at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ..kit.errors import Refused
from ..models import Account, Event, Pass, Registration
from ..models.invitation import digest_of, new_written_code
from . import audit, privacy

#: How long a browser stays in after the code was typed.
LASTS = timedelta(hours=12)


class PassRefused(Refused):
    code = "pass_refused"


@transaction.atomic
def make_pass(*, registration: Registration, actor: Account | None) -> str:
    """A new code for that registration, written XXXX-XXXX-XXXX-XXXX (80 bits); the one before stops working.

    Raises PassRefused for somebody whose data is erased.
    """
    event = registration.event
    Event.objects.take_turn(event)  # two at once: the second takes the first one's pass back
    if privacy.is_erased(registration.person):
        raise PassRefused(_("This person’s data has been erased: there is nothing left to open."))
    Pass.objects.of(registration).in_force().update(revoked_at=timezone.now())
    code = new_written_code()
    try:
        with transaction.atomic():
            Pass.objects.create(registration=registration, digest=digest_of(code), made_by=actor)
    except IntegrityError as error:
        raise PassRefused(
            _("Somebody else has just made a code for this person: use theirs, or try again.")
        ) from error
    audit.record(event=event, actor=actor, verb="make_pass", about=registration)
    return written(code)


@transaction.atomic
def open_pass(*, event: Event, code: str) -> Pass:
    """The pass of that code, in that event, marked as used now; the code may be typed as people type.

    Raises PassRefused for any other code, always in the same words: it says nothing about who is registered.
    """
    known = Pass.objects.for_event(event).in_force().opened_by(read(code))
    if not read(code) or not known.update(used_at=timezone.now()):
        raise PassRefused(
            _(
                "No page opens with this code. Check each letter on your slip: it has 16 letters and digits, in four "
                "groups. If a newer slip was printed for you, only that one works."
            )
        )
    return known.with_people().get()


@transaction.atomic
def revoke_pass(*, registration: Registration, actor: Account | None) -> bool:
    """Take the code back; True when there was one. Pages that it opened close at their next request."""
    was_there = bool(Pass.objects.of(registration).in_force().update(revoked_at=timezone.now()))
    if was_there:
        audit.record(event=registration.event, actor=actor, verb="revoke_pass", about=registration)
    return was_there


def kept(opened: Pass, before: dict[str, Any] | None = None) -> dict[str, str]:
    """What the browser's session keeps: pass → when it was opened, with those opened before on the same browser."""
    return {**(before or {}), str(opened.pk): timezone.now().isoformat()}


def still_open(session: dict[str, Any]) -> frozenset[int]:
    """The registrations that a session may reach: passes opened less than 12 hours ago and not taken back since."""
    opened = {int(pk): parse_datetime(at) for pk, at in session.items() if pk.isdecimal()}
    recent = [pk for pk, at in opened.items() if at is not None and _lasts(at)]
    return frozenset(Pass.objects.in_force().numbered(recent).registrations()) if recent else frozenset()


def _lasts(opened_at: datetime) -> bool:
    return timezone.now() - opened_at < LASTS


def read(text: str) -> str:
    """The code as it is kept, from what somebody typed: small letters, spaces, hyphens or none."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def written(code: str) -> str:
    """By four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
