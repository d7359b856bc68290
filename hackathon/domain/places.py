"""How many places there are, held and waited for, per role and for the whole event.

Counting is exact only under the event's turn (`Event.objects.take_turn`), which the verbs take first. This file
counts; it refuses to change anything.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Q

from ..enums import HOLDING, RegistrationState
from ..models import Event, Registration, Role


@dataclass
class Places:
    """One count of an event's places; `take` and `queue` keep it true while a list goes in."""

    capacity: int | None
    limits: dict[int, int | None]  # role pk → places, None for no limit
    held: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)

    def left_in_role(self, role_id: int) -> int | None:
        limit = self.limits.get(role_id)
        return None if limit is None else max(0, limit - self.held[role_id])

    def left_in_event(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.held.total())

    def left(self, role_id: int) -> int | None:
        """Places left for that role, whichever limit is the nearer; None when nothing limits it."""
        lefts = [left for left in (self.left_in_role(role_id), self.left_in_event()) if left is not None]
        return min(lefts) if lefts else None

    def admits(self, role_id: int) -> bool:
        """Whether a newcomer gets a place at once: one is left, and nobody waits for it already."""
        if self.left(role_id) == 0 or self.waiting[role_id]:
            return False
        return self.capacity is None or not any(
            self.left_in_role(other) != 0 for other, number in self.waiting.items() if number
        )

    def take(self, role_id: int) -> None:
        self.held[role_id] += 1

    def give_back(self, role_id: int) -> None:
        self.held[role_id] -= 1

    def queue(self, role_id: int) -> None:
        self.waiting[role_id] += 1


def count(event: Event) -> Places:
    """The event's places now: two queries, whatever the number of people."""
    rows = (
        Registration.objects.for_event(event)
        .values("role")
        .annotate(
            held=Count("pk", filter=Q(state__in=HOLDING)),
            waiting=Count("pk", filter=Q(state=RegistrationState.WAITLISTED)),
        )
        .order_by()
    )
    places = Places(
        capacity=Event.objects.filter(pk=event.pk).values_list("capacity", flat=True).get(),
        limits=dict(Role.objects.for_event(event).values_list("pk", "capacity")),
    )
    for row in rows:
        places.held[row["role"]] = row["held"]
        places.waiting[row["role"]] = row["waiting"]
    return places
