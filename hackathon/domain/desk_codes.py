"""A lost badge: its code opens nothing any more, and a new one is printed. And the way back when it is found again.

It changes codes and says what became of them; it refuses to print, and to change anything else about the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ..kit.errors import Refused
from ..models import Account, AuditEntry, Event, Registration, ReplacedCode
from ..models.registration import new_code
from . import audit, clock, desk


class ReasonMissing(Refused):
    code = "reason_missing"


class NotRestorable(Refused):
    """The new badge may be round a neck already."""

    code = "not_restorable"


@dataclass(frozen=True)
class Replacement:
    """A code that opens nothing any more: when (the event's clock), by whom and why."""

    row: ReplacedCode
    at: datetime
    by: str


@transaction.atomic
def replace_code(
    *, registration: Registration, reason: str, actor: Account | None, expected: str = ""
) -> Registration:
    """A new code; the old one is kept to be told apart from a stranger's. Raises ReasonMissing.

    `expected`: the code as the page showed it, so that the same form sent twice replaces once.
    """
    event = registration.event
    if not reason.strip():
        raise ReasonMissing(_("Say what became of the badge: it goes into the record."))
    Event.objects.take_turn(event)
    registration.refresh_from_db(fields=["code"])
    if expected and expected != registration.code:
        return registration
    _give(registration, new_code(), reason.strip(), actor, "replace_code")
    return registration


@transaction.atomic
def restore_code(*, registration: Registration, actor: Account | None) -> Registration:
    """The badge was found before the new one served: its code opens again, the new one nothing. Raises NotRestorable."""
    Event.objects.take_turn(registration.event)
    registration.refresh_from_db(fields=["code"])
    if not may_restore(registration):
        raise NotRestorable(
            _("%(name)s was scanned since, or the code was not replaced: the new badge is the good one.")
            % {"name": registration.person}
        )
    found = registration.replaced_codes.latest("replaced_at", "pk")
    back = found.code
    found.delete()
    _give(registration, back, _("The earlier badge was found"), actor, "restore_code")
    return registration


def may_restore(registration: Registration) -> bool:
    """Whether the last act about the badge is its replacement, and nobody was scanned with the new one; one query."""
    verbs = ("replace_code", "restore_code", *desk.ACTS)
    last = AuditEntry.objects.about(registration).filter(verb__in=verbs).order_by("-pk").first()
    return last is not None and last.verb == "replace_code"


def replacement(event: Event, code: str) -> Replacement | None:
    """What became of that code in this event; None when it was never replaced. Two queries at most."""
    rows = ReplacedCode.objects.for_event(event).filter(code__istartswith=code).select_related("registration")
    row = next(iter(sorted(rows[:9], key=lambda each: each.code != code)), None)
    if row is None:
        return None
    about = AuditEntry.objects.about(row.registration).filter(data__replaced=row.pk)
    return Replacement(row, row.replaced_at, about.values_list("actor_label", flat=True).first() or "")


def _give(registration: Registration, code: str, reason: str, actor: Account | None, verb: str) -> None:
    row = ReplacedCode.objects.create(
        registration=registration,
        code=registration.code,
        reason=reason[:250],
        replaced_at=clock.now(registration.event),
    )
    registration.code = code
    registration.save(update_fields=["code"])
    # The record names the row, never a code: whoever reads the record does not hold the badge
    audit.record(
        event=registration.event,
        actor=actor,
        verb=verb,
        about=registration,
        reason=reason,
        replaced=row.pk,
    )
