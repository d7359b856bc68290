"""How many places there are, held and waited for, per role and for the whole event.

Counting is exact only under the event's turn (`Event.objects.take_turn`), which the verbs take first. This file
counts; it refuses to change anything. The arithmetic of over-booking is overbooking.py's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q

from ..enums import HOLDING, RegistrationState
from ..models import Event, Registration, Role
from . import overbooking


@dataclass
class Places:
    """One count of an event's places; `take` and `queue` keep it true while a list goes in.

    `capacity` and `limits` are what organisers wrote; when the event `overbooks`, `rates` (role pk → percent
    expected to come) make more of them.
    """

    capacity: int | None
    limits: dict[int, int | None]  # role pk → places, None for no limit
    held: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)
    rates: dict[int, int] = field(default_factory=dict)
    overbooks: bool = False

    def rate(self, role_id: int) -> int:
        """The percentage that a place held in that role counts for."""
        return self.rates.get(role_id, overbooking.ALL) if self.overbooks else overbooking.ALL

    def most(self, role_id: int) -> int | None:
        """How many may hold a place in that role; None for no limit."""
        return overbooking.most_held(self.limits.get(role_id), self.rate(role_id))

    def left_in_role(self, role_id: int) -> int | None:
        most = self.most(role_id)
        return None if most is None else max(0, most - self.held[role_id])

    def left_in_event(self, role_id: int | None = None) -> int | None:
        """Places the event has left for people of that role; without one, for people who are there already."""
        rates = {role: self.rate(role) for role in self.held}
        rate = overbooking.ALL if role_id is None else self.rate(role_id)
        return overbooking.room_for(self.capacity, self.held, rates, rate)

    def left(self, role_id: int) -> int | None:
        """Places left for that role, whichever limit is the nearer; None when nothing limits it."""
        both = (self.left_in_role(role_id), self.left_in_event(role_id))
        lefts = [left for left in both if left is not None]
        return min(lefts) if lefts else None

    def admits(self, role_id: int) -> bool:
        """Whether a newcomer gets a place at once: one is left, and nobody waits for it already."""
        if self.left(role_id) == 0 or self.waiting[role_id]:
            return False
        return self.capacity is None or not any(
            self.left_in_role(other) != 0 for other, number in self.waiting.items() if number
        )

    def serve(self, line: Iterable[tuple[int, int]]) -> Iterator[int]:
        """Of a line of (person, role) those whom a free place reaches, in order; each takes it from this count.

        Somebody whose role is full is passed over; when the event has no room for the first of the others, nobody
        behind them is served.
        """
        for person, role_id in line:
            if self.left_in_role(role_id) == 0:
                continue
            if self.left_in_event(role_id) == 0:
                return
            self.take(role_id)
            yield person

    def take(self, role_id: int) -> None:
        self.held[role_id] += 1

    def give_back(self, role_id: int) -> None:
        self.held[role_id] -= 1

    def queue(self, role_id: int) -> None:
        self.waiting[role_id] += 1


def count(event: Event) -> Places:
    """The event's places now: three queries, whatever the number of people."""
    rows = (
        Registration.objects.for_event(event)
        .values("role")
        .annotate(
            held=Count("pk", filter=Q(state__in=HOLDING)),
            waiting=Count("pk", filter=Q(state=RegistrationState.WAITLISTED)),
        )
        .order_by()
    )
    capacity, overbooks = Event.objects.filter(pk=event.pk).values_list("capacity", "overbooks").get()
    roles = Role.objects.for_event(event).values_list("pk", "capacity", "attendance_rate")
    places = Places(capacity=capacity, limits={}, overbooks=overbooks)
    for pk, limit, rate in roles:
        places.limits[pk], places.rates[pk] = limit, rate
    for row in rows:
        places.held[row["role"]] = row["held"]
        places.waiting[row["role"]] = row["waiting"]
    return places
