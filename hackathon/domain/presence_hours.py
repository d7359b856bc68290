"""How long somebody was present: what the desk recorded, within the announced hours of each half-day. Pure.

A half-day counts from the recorded arrival, or its announced start if that is later, until the recorded departure,
or its announced end if that is earlier or no departure was recorded. A half-day under way whose departure is not
recorded does not count yet; one of which nothing remains (somebody came in at lunch) is no presence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Recorded:
    """A half-day as announced (`starts`, `ends`) and as recorded; every moment aware."""

    on: date
    half: str
    starts: datetime
    ends: datetime
    came: datetime
    left: datetime | None


@dataclass(frozen=True)
class Counted:
    """What is attested of a half-day. `since`, `until`: on the wall of the venue, « 09:00 »; whole minutes."""

    on: date
    half: str
    since: str
    until: str
    minutes: int


def counted(recorded: Iterable[Recorded], *, now: datetime) -> list[Counted]:
    """The half-days to attest, in order."""
    found = []
    for each in sorted(recorded, key=lambda one: (one.on, one.starts)):
        if each.left is None and now < each.ends:
            continue
        since = max(each.came, each.starts)
        until = min(each.left or each.ends, each.ends)
        minutes = int((until - since).total_seconds() // 60)
        if minutes > 0:
            zone = each.starts.tzinfo
            written = f"{since.astimezone(zone):%H:%M}", f"{until.astimezone(zone):%H:%M}"
            found.append(Counted(each.on, each.half, written[0], written[1], minutes))
    return found
