"""The welcome desk: who came in and out, per half-day. The same scan twice is harmless.

It records what happened; it refuses to change whether somebody has a place.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import COMING
from ..kit.errors import Refused
from ..models import Account, EventDay, Presence, Registration
from . import audit, clock


class NotExpected(Refused):
    """The person has no place: the desk says so and calls an organiser."""

    code = "not_expected"


class NotPresent(Refused):
    code = "not_present"


@transaction.atomic
def check_in(
    *, registration: Registration, day: EventDay, half: str, actor: Account | None, at: datetime | None = None
) -> Presence:
    """Somebody arrives, or comes back; the first arrival of the half-day is kept. Raises NotExpected."""
    if registration.state not in COMING:
        raise NotExpected(
            _("%(name)s has no confirmed place (%(state)s). Ask an organiser before letting them in.")
            % {"name": registration.person, "state": registration.get_state_display()},
            state=registration.state,
        )
    moment = at or clock.now(registration.event)
    presence, is_new = Presence.objects.get_or_create(
        registration=registration, day=day, half=half, defaults={"in_at": moment}
    )
    came_back = presence.out_at is not None
    if not is_new and presence.in_at is not None and not came_back:
        return presence
    presence.in_at = presence.in_at or moment
    presence.out_at = None
    presence.save(update_fields=["in_at", "out_at"])
    _record(presence, "check_in", moment, actor)
    return presence


@transaction.atomic
def check_out(
    *, registration: Registration, day: EventDay, half: str, actor: Account | None, at: datetime | None = None
) -> Presence:
    """Somebody leaves; the first departure since they came in is kept. Raises NotPresent."""
    presence = Presence.objects.filter(registration=registration, day=day, half=half).recorded().first()
    if presence is None:
        raise NotPresent(
            _("%(name)s was not checked in this half-day: check them in first.")
            % {"name": registration.person}
        )
    if presence.out_at is None:
        presence.out_at = at or clock.now(registration.event)
        presence.save(update_fields=["out_at"])
        _record(presence, "check_out", presence.out_at, actor)
    return presence


@transaction.atomic
def undo_check_in(*, registration: Registration, day: EventDay, half: str, actor: Account | None) -> bool:
    """Take a mistaken arrival back; True when there was one."""
    presence = Presence.objects.filter(registration=registration, day=day, half=half).recorded().first()
    if presence is None:
        return False
    _record(presence, "undo_check_in", clock.now(registration.event), actor)
    presence.delete()
    return True


def _record(presence: Presence, verb: str, moment: datetime, actor: Account | None) -> None:
    registration = presence.registration
    audit.record(
        event=registration.event,
        actor=actor,
        verb=verb,
        about=registration,
        day=str(presence.day.on),
        half=presence.half,
        at=moment.isoformat(),
    )
