"""Asking who came and who is expected: present and absent are read from what the desk recorded, never stored.

A half-day, or the event, must be over before anybody is called absent: whoever asks about a half-day sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from ..enums import COMING
from .badge import PrintingQuerySet
from .presence import Presence, PresenceQuerySet

if TYPE_CHECKING:
    from .event import Event, EventDay
    from .registration import Registration  # noqa: F401 (what the QuerySet holds)


@dataclass(frozen=True)
class Tally:
    """People of one state and role, all seen at the desk or none.

    `rate`: how many of a hundred of that role are expected to come; `limit`: its places, None for no limit;
    `skipping`: how many of these people said that they skip each day asked about.
    """

    state: str
    role: int
    is_seen: bool
    people: int
    rate: int = 100
    limit: int | None = None
    skipping: tuple[int, ...] = ()


def seen_at_the_desk() -> PresenceQuerySet:
    """What the desk recorded of the registration in hand, for `Exists`."""
    return Presence.objects.recorded().filter(registration=models.OuterRef("pk"))


class AttendanceQuerySet(PrintingQuerySet):
    def present_on(self, day: EventDay, half: str) -> Self:
        """People whom the desk saw in that half-day."""
        return self.filter(models.Exists(seen_at_the_desk().filter(day=day, half=half)))

    def unseen_on(self, day: EventDay, half: str) -> Self:
        """People expected whom the desk did not see in that half-day: absent, once it is over."""
        return self.filter(~models.Exists(seen_at_the_desk().filter(day=day, half=half)), state__in=COMING)

    def absent_on(self, day: EventDay, half: str) -> Self:
        """People expected and not seen in that half-day; nobody before it is over."""
        return self.unseen_on(day, half) if day.is_over(half) else self.none()

    def absent_so_far(self, event: Event) -> Self:
        """People expected whom the desk never saw, once the last day of the event is over; nobody before."""
        if not event.is_over:
            return self.none()
        return self.filter(~models.Exists(seen_at_the_desk()), state__in=COMING)

    def with_sightings(self) -> Self:
        """`is_seen`: whether the desk has seen them at all."""
        return self.annotate(is_seen=models.Exists(seen_at_the_desk()))

    def seen(self) -> Self:
        """People whom the desk saw at least once, each once."""
        return self.filter(models.Exists(seen_at_the_desk()))

    def tally(self, dates: Iterable[date] = ()) -> list[Tally]:
        """One query: people by state and role, those the desk has seen, those who said that they skip a day."""
        skips = {
            f"skips_{number}": models.Count(
                "pk", filter=models.Q(**{f"day_intentions__{on.isoformat()}": False})
            )
            for number, on in enumerate(dates)
        }
        rows = (
            self.order_by()
            .with_sightings()  # type: ignore[misc]
            .values("state", "role", "is_seen", "role__attendance_rate", "role__capacity")
            .annotate(people=models.Count("pk"), **skips)
        )
        return [
            Tally(
                state=row["state"],
                role=row["role"],
                is_seen=row["is_seen"],
                people=row["people"],
                rate=row["role__attendance_rate"],
                limit=row["role__capacity"],
                skipping=tuple(row[name] for name in skips),
            )
            for row in rows
        ]
