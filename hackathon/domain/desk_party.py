"""People registered together and arriving together: checked in by one act, each as if alone.

It refuses to let anybody in whom the desk would refuse alone: those are named, and the others come in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ..models import Account, Event, Registration
from . import desk


@dataclass(frozen=True)
class PartyScan:
    """What became of each: `arrived` now, `already` in before, `refused` with the reason in words."""

    arrived: list[Registration] = field(default_factory=list)
    already: list[Registration] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def check_in_party(
    *, registration: Registration, actor: Account | None, at: datetime | None = None, key: str = ""
) -> PartyScan:
    """Check in somebody and all those who registered with them and have a place. Raises NotToday.

    `at`: when, for a request kept on a device; `key` makes its repeat harmless. Somebody who left comes back.
    """
    event = registration.event
    Event.objects.take_turn(event)
    done = PartyScan()
    for each in [registration, *companions(event, registration)]:
        try:
            scan = desk.scan(
                registration=each, act="check_in", actor=actor, at=at, key=key and f"{key}:{each.pk}"
            )
        except (desk.NotExpected, desk.VenueFull) as refusal:
            done.refused.append(str(refusal))
        else:
            (done.already if scan.is_repeat else done.arrived).append(each)
    return done


def companions(event: Event, registration: Registration) -> list[Registration]:
    """The others of the same party who are expected, by name; no query for somebody registered alone."""
    if registration.party is None:
        return []
    others = Registration.objects.for_event(event).coming().with_people().by_name()
    found = list(others.filter(party=registration.party).exclude(pk=registration.pk))
    for other in found:
        other.event = other.person.event = event
    return found
