"""The places of an event at a glance, role by role and day by day, and the one verb that changes them.

People hold their place whatever becomes of the limits: lowering one below what is held takes nothing from anybody,
it only lets nobody in until enough have left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction

from ..enums import COMING, HOLDING, RegistrationState
from ..models import Account, Event, Registration, Role
from ..models.attendance import Tally
from . import furnishing, overbooking, places, waiting

#: What `change_places` may set on the event, and on a role.
EVENT_FIELDS = frozenset({"capacity", "overbooks", "offers_by_itself", "offer_hours"})
ROLE_FIELDS = frozenset({"capacity", "attendance_rate", "is_reviewed"})


@dataclass(frozen=True)
class Contingent:
    """One role's places: `most` may be held (None: no limit); `expected` is what its people weigh at the table."""

    role: Role
    most: int | None
    held: int
    offered: int
    confirmed: int
    waiting: int
    to_review: int
    expected: Fraction

    @property
    def free(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.held)

    @property
    def excess(self) -> int:
        """How many hold a place beyond the limit: nobody is let in before they have left."""
        return 0 if self.most is None else max(0, self.held - self.most)


@dataclass(frozen=True)
class Effect:
    """What settings would lead to, written or not: who on the waiting list could get a place, by role."""

    reached: Counter[int]
    excess: dict[int, int]  # role pk → people beyond its limit
    expected: Fraction  # people, once those reached have come in
    capacity: int | None

    @property
    def total(self) -> int:
        return self.reached.total()


def tally_of(event: Event) -> list[Tally]:
    """People by state and role, read once for this event object; each `skipping` follows the event's days."""
    if "_tally" not in event.__dict__:
        days = [day.on for day in event.whole_days]
        event.__dict__["_tally"] = Registration.objects.for_event(event).tally(days)
    return event.__dict__["_tally"]


def contingents(event: Event) -> list[Contingent]:
    """Every role in order, with its people; three queries, whatever their number."""
    rows = tally_of(event)
    found = []
    for role in Role.objects.for_event(event).in_order():
        states: Counter[str] = Counter()
        for row in rows:
            if row.role == role.pk:
                states[row.state] += row.people
        rate = role.attendance_rate if event.overbooks else overbooking.ALL
        coming = sum(states[state] for state in COMING)
        found.append(
            Contingent(
                role=role,
                most=overbooking.most_held(role.capacity, rate),
                held=sum(states[state] for state in HOLDING),
                offered=states[RegistrationState.OFFERED],
                confirmed=states[RegistrationState.CONFIRMED],
                waiting=states[RegistrationState.WAITLISTED],
                to_review=states[RegistrationState.SUBMITTED],
                expected=overbooking.expected({role.pk: coming}, {role.pk: role.attendance_rate}),
            )
        )
    return found


def expected_by_day(event: Event) -> list[tuple[date, Fraction]]:
    """How many people to cater for on each day: those coming at their role's rate, save those who skip that day."""
    coming = [row for row in tally_of(event) if row.state in COMING]
    return [
        (
            day.on,
            sum(
                (Fraction((row.people - row.skipping[number]) * row.rate, overbooking.ALL) for row in coming),
                Fraction(),
            ),
        )
        for number, day in enumerate(event.whole_days)
    ]


def served_now(event: Event) -> int:
    """How many on the waiting list a free place could reach now; one query more than the tally, if any is free."""
    now = places.Places(capacity=event.capacity, limits={}, overbooks=event.overbooks)
    for row in tally_of(event):
        now.limits[row.role], now.rates[row.role] = row.limit, row.rate
        if row.state in HOLDING:
            now.held[row.role] += row.people
        elif row.state == RegistrationState.WAITLISTED:
            now.waiting[row.role] += row.people
    if not any(now.left(role) != 0 for role, number in now.waiting.items() if number):
        return 0
    return len(waiting.could_get_a_place(event, now))


def effect_of(
    event: Event,
    changes: Mapping[str, Any] | None = None,
    roles: Mapping[int, Mapping[str, Any]] | None = None,
) -> Effect:
    """What these settings would lead to, on top of the present ones; nothing is written."""
    now = places.count(event)
    changes, roles = changes or {}, roles or {}
    now.capacity = changes.get("capacity", now.capacity)
    now.overbooks = changes.get("overbooks", now.overbooks)
    for pk, fields in roles.items():
        now.limits[pk] = fields.get("capacity", now.limits[pk])
        now.rates[pk] = fields.get("attendance_rate", now.rates[pk])
    excess = {pk: now.held[pk] - most for pk in now.limits if (most := now.most(pk)) is not None}
    line = dict(waiting.line(event))
    reached = Counter(line[pk] for pk in waiting.could_get_a_place(event, now))
    return Effect(
        reached=reached,
        excess={pk: number for pk, number in excess.items() if number > 0},
        expected=overbooking.expected(now.held + reached, now.rates),
        capacity=now.capacity,
    )


@transaction.atomic
def change_places(
    *,
    event: Event,
    changes: Mapping[str, Any],
    roles: Mapping[int, Mapping[str, Any]],
    actor: Account | None,
) -> list[Registration]:
    """Set how many places there are and how they are given; returns whom the change offered a place.

    `changes` among EVENT_FIELDS; `roles`: pk → among ROLE_FIELDS. Raises SetupRefused with what is wrong.
    """
    unknown = (
        set(changes) - EVENT_FIELDS | {name for fields in roles.values() for name in fields} - ROLE_FIELDS
    )
    if unknown:
        raise TypeError(f"not settings of places: {', '.join(sorted(unknown))}")
    Event.objects.take_turn(event)
    if changes:
        event.refresh_from_db(fields=["turns"])
        furnishing.keep(event, verb="set_places", actor=actor, fields=dict(changes))
    for role in Role.objects.for_event(event).in_order():
        if roles.get(role.pk):
            role.event = event
            furnishing.keep(role, verb="change_role", actor=actor, fields=dict(roles[role.pk]))
    event.__dict__.pop("_tally", None)
    return waiting.pass_on(event=event)
