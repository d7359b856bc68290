"""The welcome desk: who came in and out, per half-day. The same scan twice, or at two desks, is harmless.

Each act keeps what was recorded before it, so that undoing it restores exactly that. It records what happened;
it refuses to change whether somebody has a place. Finding people is desk_search.py's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ..enums import COMING, Half
from ..kit.errors import Refused
from ..models import Account, AuditEntry, Event, EventDay, Presence, Registration
from . import audit, clock

#: A scan kept on a device longer than this is no scan of this event.
OLDEST_SCAN = timedelta(days=30)

ACTS = ("check_in", "check_out")
UNDONE = {verb: f"undo_{verb}" for verb in ACTS}


class NotExpected(Refused):
    """The person has no place: the desk says so and calls an organiser."""

    code = "not_expected"


class NotPresent(Refused):
    code = "not_present"


class NotToday(Refused):
    """No half-day of the event is under way."""

    code = "not_today"


class VenueFull(Refused):
    """As many people as the venue holds: nobody comes in before somebody leaves."""

    code = "venue_full"


class NotUndoable(Refused):
    code = "not_undoable"


@dataclass(frozen=True)
class HalfDay:
    """A half-day of the event; `number` is the day's, from 1."""

    day: EventDay
    number: int
    half: str

    def __str__(self) -> str:
        return _("Day %(number)s, %(half)s") % {"number": self.number, "half": Half(self.half).label.lower()}


@dataclass(frozen=True)
class Scan:
    """What a scan led to. `entry` is the act that holds (who, when); `is_repeat`: it held before this scan."""

    registration: Registration
    presence: Presence
    entry: AuditEntry | None
    is_repeat: bool


def half_day(event: Event, at: datetime | None = None) -> HalfDay | None:
    """The half-day under way at that moment (now, by the event's clock); None outside the event's days."""
    local = event.local(at or clock.now(event))
    for number, day in enumerate(event.days.all(), start=1):
        if day.on == local.date():
            # Somebody who arrives during lunch comes for the nearer half of the day
            lunch = datetime.combine(day.on, day.afternoon_starts) - datetime.combine(
                day.on, day.morning_ends
            )
            noon = datetime.combine(day.on, day.morning_ends) + lunch / 2
            return HalfDay(day, number, Half.MORNING if local.time() < noon.time() else Half.AFTERNOON)
    return None


def half_days(event: Event) -> list[HalfDay]:
    """Every half-day of the event, in order; one query."""
    days = enumerate(event.days.all(), start=1)
    return [HalfDay(day, number, half) for number, day in days for half in (Half.MORNING, Half.AFTERNOON)]


@transaction.atomic
def scan(
    *,
    registration: Registration,
    act: str,
    actor: Account | None,
    at: datetime | None = None,
    key: str = "",
) -> Scan:
    """`act` ("check_in" or "check_out") for the half-day under way, or the one at `at` for a scan kept on a device.

    `key` makes a repeat of the same request harmless whatever happened since. Raises NotToday, and what
    `check_in` and `check_out` raise.
    """
    event = registration.event
    now = clock.now(event)
    moment = min(at or now, now)
    here = half_day(event, moment) if now - moment < OLDEST_SCAN else None
    if here is None:
        raise NotToday(_("No half-day of the event is under way: the desk records on the days of the event."))
    Event.objects.take_turn(event)
    before = acts_of(registration, here.day, here.half)
    sent_before = next((entry for entry in before if key and entry.data.get("key") == key), None)
    if sent_before is not None:
        presence = _presence(registration, here.day, here.half) or Presence(registration=registration)
        return Scan(registration, presence, sent_before, is_repeat=False)
    verb = check_in if act == "check_in" else check_out
    presence = verb(registration=registration, day=here.day, half=here.half, actor=actor, at=moment, key=key)
    after = acts_of(registration, here.day, here.half)
    is_repeat = len(after) == len(before)
    entry = next((each for each in in_force(after) if each.verb == act), None)
    return Scan(registration, presence, entry, is_repeat)


@transaction.atomic
def check_in(
    *,
    registration: Registration,
    day: EventDay,
    half: str,
    actor: Account | None,
    at: datetime | None = None,
    key: str = "",
) -> Presence:
    """Somebody arrives, or comes back; the first arrival of the half-day is kept. Raises NotExpected, VenueFull."""
    event = registration.event
    Event.objects.take_turn(event)
    registration.refresh_from_db(fields=["state"])
    if registration.state not in COMING:
        raise NotExpected(
            _("%(name)s has no confirmed place (%(state)s). Ask an organiser before letting them in.")
            % {"name": registration.person, "state": registration.get_state_display().lower()},
            state=registration.state,
        )
    moment = at or clock.now(event)
    presence = _presence(registration, day, half) or Presence(registration=registration, day=day, half=half)
    was = _times(presence)
    # A scan may arrive late, from a device that was cut off: an older one never undoes a newer departure
    is_first = presence.in_at is None or moment < presence.in_at
    comes_back = presence.out_at is not None and moment > presence.out_at
    if not is_first and not comes_back:
        return presence
    if presence.in_at is None or comes_back:
        _check_room(registration, day, half)
    if is_first:
        presence.in_at = moment
    if comes_back:
        presence.out_at = None
    presence.save()
    _record(presence, "check_in", moment, actor, was, key)
    return presence


@transaction.atomic
def check_out(
    *,
    registration: Registration,
    day: EventDay,
    half: str,
    actor: Account | None,
    at: datetime | None = None,
    key: str = "",
) -> Presence:
    """Somebody leaves; the first departure since they came in is kept. Raises NotPresent."""
    Event.objects.take_turn(registration.event)
    presence = _presence(registration, day, half)
    if presence is None or presence.in_at is None:
        raise NotPresent(
            _("%(name)s was not checked in this half-day: check them in first.")
            % {"name": registration.person}
        )
    moment = at or clock.now(registration.event)
    if presence.out_at is None and moment >= presence.in_at:
        was = _times(presence)
        presence.out_at = moment
        presence.save(update_fields=["out_at"])
        _record(presence, "check_out", moment, actor, was, key)
    return presence


@transaction.atomic
def undo(*, entry: AuditEntry, actor: Account | None) -> Registration:
    """Take one arrival or departure back, as if it had not been; only the person's latest. Raises NotUndoable."""
    event = entry.event
    found = Registration.objects.for_event(event).with_people().numbered(int(entry.object_id or 0)).first()  # type: ignore[arg-type]
    day = event.days.filter(on=entry.data.get("day")).first() if event else None
    if event is None or found is None or day is None or entry.verb not in ACTS:
        raise NotUndoable(_("There is nothing left to undo here."))
    Event.objects.take_turn(event)
    found.event = found.person.event = event
    presence = _presence(found, day, entry.data["half"])
    held = in_force(acts_of(found, day, entry.data["half"]))
    if presence is None or not held or held[0].pk != entry.pk:
        raise NotUndoable(
            _("%(name)s: this was undone already, or something was recorded since. Look at the card.")
            % {"name": found.person}
        )
    was = entry.data.get("was") or {}
    _record(presence, UNDONE[entry.verb], clock.now(event), actor, _times(presence), undoes=entry.pk)
    if entry.verb == "check_in" and not was.get("in"):
        presence.delete()
    else:
        presence.in_at = _moment(was.get("in")) or presence.in_at
        presence.out_at = _moment(was.get("out"))
        presence.save(update_fields=["in_at", "out_at"])
    return found


def acts_of(registration: Registration, day: EventDay, half: str) -> list[AuditEntry]:
    """What the desk recorded about somebody in that half-day, the latest first; one query."""
    about = AuditEntry.objects.for_event(registration.event).about(registration)
    entries = about.filter(verb__in=[*ACTS, *UNDONE.values()])
    return [
        entry
        for entry in entries.latest_first()
        if entry.data.get("day") == str(day.on) and entry.data.get("half") == half
    ]


def in_force(entries: list[AuditEntry]) -> list[AuditEntry]:
    """Arrivals and departures that nobody took back, in the order given."""
    undone = {entry.data.get("undoes") for entry in entries}
    return [entry for entry in entries if entry.verb in ACTS and entry.pk not in undone]


def _presence(registration: Registration, day: EventDay, half: str) -> Presence | None:
    return Presence.objects.filter(registration=registration, day=day, half=half).first()


def _check_room(registration: Registration, day: EventDay, half: str) -> None:
    """The venue's limit is hard at the door, whatever the registrations promised. Raises VenueFull."""
    event = registration.event
    if event.capacity is None:
        return
    inside = Presence.objects.for_event(event).recorded().filter(day=day, half=half, out_at=None).count()
    if inside >= event.capacity:
        raise VenueFull(
            _(
                "The venue is full: %(inside)s people are inside for %(capacity)s places. %(name)s can come in when somebody leaves."
            )
            % {"inside": inside, "capacity": event.capacity, "name": registration.person}
        )


def _times(presence: Presence) -> dict[str, str]:
    times = {"in": presence.in_at, "out": presence.out_at}
    return {name: moment.isoformat() for name, moment in times.items() if moment}


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _record(
    presence: Presence,
    verb: str,
    moment: datetime,
    actor: Account | None,
    was: dict[str, str],
    key: str = "",
    **more: Any,
) -> None:
    registration = presence.registration
    audit.record(
        event=registration.event,
        actor=actor,
        verb=verb,
        about=registration,
        day=str(presence.day.on),
        half=presence.half,
        at=moment.isoformat(),
        was=was,
        **({**more, "key": key} if key else more),
    )
