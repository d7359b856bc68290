"""What the welcome desk reads: somebody found by code or name, their card, the last scans, the counts.

A card says that there is something to know (no pictures, somebody to call), never why. It changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ..enums import COMING, Purpose, RegistrationState, Source
from ..kit.folding import fold
from ..models import AuditEntry, Consent, Event, Needs, Presence, Registration, ReplacedCode
from . import desk
from .desk_codes import Replacement, replacement
from .desk_pace import Counts, counts
from .desk_party import companions

__all__ = [
    "Card", "Counts", "Found", "Row", "by_number", "card", "code_in", "counts", "find", "last_scans", "named",
]  # fmt: skip

State = RegistrationState

#: How many people a search shows: more than that is a question to ask better.
MOST_FOUND = 8
SCANS_SHOWN = 6
#: From how many letters on the beginning of a code is taken for one.
SHORTEST_CODE = 6
WHOLE_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Found:
    """`problem`: "", or "nobody", "unknown_code", "other_event", "replaced" (by `replacement`) with nobody to show."""

    people: list[Registration] = field(default_factory=list)
    has_more: bool = False
    problem: str = ""
    replacement: Replacement | None = None


@dataclass(frozen=True)
class Card:
    """One person as the desk sees them. `here`: their presence in the half-day under way, checked in by `by`."""

    registration: Registration
    is_expected: bool
    lacks_rules: bool
    alerts: list[str]
    here: Presence | None
    by: str
    earlier: list[Presence]
    advice: str
    companions: list[Registration]


@dataclass(frozen=True)
class Row:
    """One of the last scans; `at` is on the event's clock."""

    entry: AuditEntry
    at: datetime | None
    is_undone: bool
    is_undoable: bool

    @property
    def is_arrival(self) -> bool:
        return self.entry.verb == "check_in"


def code_in(text: str) -> str:
    """The code in what was scanned or typed: alone, by groups, or in an address (`…?q=CODE`, `…/CODE/`)."""
    text = text.strip()
    if "://" in text:
        parts = urlsplit(text)
        text = parse_qs(parts.query).get("q", [""])[0] or parts.path.rstrip("/").rpartition("/")[2]
    return "".join(text.split())


def find(event: Event, text: str, here: desk.HalfDay | None) -> Found:
    """Whom a code, or words of a name in any order, accented or not, whole or not, stand for; two queries."""
    code, words = code_in(text), fold(text).split()
    if not code:
        return Found()
    wanted = Q(code=code) | Q(ticket_number__iexact=text.strip())
    if len(code) >= SHORTEST_CODE:
        wanted |= Q(code__istartswith=code)
    if words:
        wanted |= Q(pk__in=Registration.objects.for_event(event).matching(words).values("pk"))
    people = list(_for_desk(event, here).filter(wanted).by_name()[: MOST_FOUND + 1])
    exact = [registration for registration in people if registration.code == code]
    if exact or people:
        return Found(_at_home(event, exact or people[:MOST_FOUND]), not exact and len(people) > MOST_FOUND)
    gone = replacement(event, code) if len(code) >= SHORTEST_CODE else None
    if gone is not None:
        return Found(problem="replaced", replacement=gone)
    if not WHOLE_CODE.fullmatch(code):
        return Found(problem="nobody")
    is_elsewhere = (
        Registration.objects.filter(code=code).exists() or ReplacedCode.objects.written(code).exists()
    )
    return Found(problem="other_event" if is_elsewhere else "unknown_code")


def by_number(event: Event, number: str, here: desk.HalfDay | None) -> Found:
    """The registration of that number in this event, or nobody."""
    pk = int(number) if number.isdecimal() and len(number) < 19 else 0
    people = list(_for_desk(event, here).numbered(pk))
    return Found(_at_home(event, people), problem="" if people else "nobody")


def named(event: Event, number: str, text: str) -> Found:
    """The one person that a scan names, by number or by whole code, without what a card needs; one query.

    Anything else says what is wrong: "several" when words were sent for a code.
    """
    pk = int(number) if number.isdecimal() and len(number) < 19 else 0
    wanted = Q(pk=pk) if number else Q(code=code_in(text))
    people = list(Registration.objects.for_event(event).with_people().filter(wanted))
    if people:
        return Found(_at_home(event, people))
    found = Found(problem="nobody") if number else find(event, text, None)
    return replace(found, people=[], problem=found.problem or "several")


def _for_desk(event: Event, here: desk.HalfDay | None) -> Any:
    """Registrations with all that a card needs, in two queries whatever their number."""
    person = {"person": OuterRef("person")}
    image = Consent.objects.about(Purpose.IMAGE).filter(**person)
    rules = Consent.objects.in_force().about(Purpose.RULES).filter(version=event.rules_version, **person)
    presences = Presence.objects.recorded().select_related("day").order_by("day__on", "half")
    return (
        Registration.objects.for_event(event)
        .with_people()
        .annotate(
            has_access=Exists(Needs.objects.filter(**person).exclude(access="")),
            has_rules=Exists(rules),
            has_image=Exists(image.in_force()),
            was_asked_image=Exists(image),
            checked_in_by=Subquery(_last_arrival(event, here)),
        )
        .prefetch_related(Prefetch("presences", presences, to_attr="recorded"))
    )


def _last_arrival(event: Event, here: desk.HalfDay | None) -> QuerySet:
    """Who checked the person in, this half-day."""
    when = {"data__day": str(here.day.on), "data__half": here.half} if here else {}
    entries = AuditEntry.objects.for_event(event).filter(
        object_type=Registration._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        verb="check_in",
        **when,
    )
    return entries.latest_first().values("actor_label")[:1]


def _at_home(event: Event, people: list[Registration]) -> list[Registration]:
    for registration in people:
        registration.event = registration.person.event = event
    return people


def card(registration: Any, here: desk.HalfDay | None, *, is_alone: bool = False) -> Card:
    """The card of somebody found above; one query when `is_alone` on the screen and registered with others."""
    now = [
        presence
        for presence in registration.recorded
        if here and (presence.day_id, presence.half) == (here.day.pk, here.half)
    ]
    return Card(
        registration=registration,
        is_expected=registration.state in COMING,
        lacks_rules=not registration.has_rules,
        alerts=_alerts(registration),
        here=now[0] if now else None,
        by="" if registration.checked_in_by in (None, "system") else registration.checked_in_by,
        earlier=[presence for presence in registration.recorded if presence not in now],
        advice=_advice(registration.state),
        companions=companions(registration.event, registration) if is_alone else [],
    )


def _alerts(registration: Any) -> list[str]:
    alerts = []
    if registration.has_access:
        # Neither what nor why: the phone is read by whoever stands near
        alerts.append(_("To be met by the named staff"))
    if not registration.has_image:
        # A list or the desk never asked: silence is no refusal, though nobody may publish the picture either
        asked = registration.was_asked_image or registration.source in (Source.FORM, Source.API)
        alerts.append(_("No photo") if asked else _("No photo (never asked)"))
    return alerts


def _advice(state: str) -> str:
    """What to do with somebody who is at the door without a place."""
    if state in COMING:
        return ""
    return {
        State.OFFERED: _(
            "A place is offered to them and not taken yet: they take it on their page, then come in."
        ),
        State.WAITLISTED: _("They wait for a place: an organiser says whether one is free."),
        State.SUBMITTED: _("Nobody answered their registration yet: call an organiser."),
        State.CANCELLED: _("They gave their place up: an organiser says whether one is free."),
        State.EXPIRED: _("Their offer has expired: an organiser says whether a place is free."),
    }.get(State(state)) or _("No confirmed place: ask an organiser before letting them in.")


def last_scans(event: Event) -> list[Row]:
    """The latest arrivals and departures at every desk; those taken back stay, marked. One query."""
    verbs = [*desk.ACTS, *desk.UNDONE.values()]
    entries = list(
        AuditEntry.objects.for_event(event).filter(verb__in=verbs).latest_first()[: 4 * SCANS_SHOWN]
    )
    held = {entry.pk for entry in desk.in_force(entries)}
    rows: list[Row] = []
    seen: set[str] = set()
    for entry in entries:
        if entry.verb not in desk.ACTS:
            continue
        is_held = entry.pk in held
        rows.append(
            Row(
                entry,
                parse_datetime(entry.data.get("at", "")),
                is_undone=not is_held,
                is_undoable=is_held and entry.object_id not in seen,
            )
        )
        if is_held:
            seen.add(entry.object_id)
    return rows[:SCANS_SHOWN]
