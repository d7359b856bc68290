"""Attestations of presence as they are printed, in one language; and a specimen. Issuing them is attesting.py's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..enums import Half
from ..models import Attestation, Event, Registration
from . import event_words, verifying_codes
from .presence_hours import Counted


@dataclass(frozen=True)
class HalfDay:
    """A half-day as printed: its date and half, from when to when, how long."""

    on: date
    half: str
    since: str
    until: str
    minutes: int

    @property
    def half_name(self) -> str:
        return str(Half(self.half).label)

    @property
    def length(self) -> str:
        return hours(self.minutes)


@dataclass(frozen=True)
class Paper:
    """An attestation as it is printed, in one language."""

    language: str
    name: str
    event: str
    place: str
    dates: str
    halves: list[HalfDay]
    minutes: int
    issuer: str
    signatory: str
    signatory_title: str
    capacity: str
    code: str
    digest: str
    issued_at: Any
    is_demo: bool

    @property
    def total(self) -> str:
        with translation.override(self.language):
            return hours(self.minutes)

    @property
    def days(self) -> int:
        return len({half.on for half in self.halves})

    @property
    def check_address(self) -> str:
        return verifying_codes.address(self.code, self.language)

    @property
    def qr(self) -> SafeString:
        """The square that opens that page."""
        return verifying_codes.qr(self.code, self.language)

    @property
    def written_code(self) -> str:
        return verifying_codes.grouped(self.code)


def hours(minutes: int) -> str:
    """« 7 h 05 »."""
    return _("%(hours)s h %(minutes)s") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02d}"}


def issuer_of(event: Event) -> str:
    """Who issues them: as set, else the organisers, else the event's name in the site's first language."""
    return event.issuer or ", ".join(event.organisers) or getattr(event, "name_fr", "") or event.name


def half_days(content: dict[str, Any]) -> list[HalfDay]:
    """Those an attestation lists."""
    return [
        HalfDay(date.fromisoformat(half["on"]), half["half"], half["since"], half["until"], half["minutes"])
        for half in content.get("halves", [])
    ]


def as_printed(halves: Sequence[Counted]) -> list[HalfDay]:
    """Half-days that were counted, with their words."""
    return [HalfDay(half.on, half.half, half.since, half.until, half.minutes) for half in halves]


def paper(
    made: Attestation, registration: Registration, *, language: str, says_capacity: bool = False
) -> Paper:
    """That attestation as printed in that language.

    `says_capacity`: the person asks that their role be named; the organiser's wording, else the role's name.
    """
    event = registration.event
    with translation.override(language):
        role = registration.role
        capacity = (role.attestation_wording or role.name) if says_capacity else ""
        content = made.content
        return Paper(
            language=language,
            name=content["name"],
            event=event.name,
            place=event_words.place(event),
            dates=event_words.dates(event),
            halves=half_days(content),
            minutes=content["minutes"],
            issuer=content["issuer"],
            signatory=content["signatory"],
            signatory_title=content["signatory_title"],
            capacity=capacity,
            code=made.code,
            digest=made.digest,
            issued_at=event.local(made.issued_at),
            is_demo=event.is_demo,
        )


def sample(event: Event, *, language: str) -> Paper:
    """One of nobody, for whoever sets up the wording: every half-day of the event, under no valid code."""
    halves = [
        HalfDay(day.on, half, f"{start:%H:%M}", f"{end:%H:%M}", _minutes(start, end))
        for day in event.whole_days
        for half, start, end in (
            (Half.MORNING.value, day.morning_starts, day.morning_ends),
            (Half.AFTERNOON.value, day.afternoon_starts, day.afternoon_ends),
        )
    ]
    with translation.override(language):
        return Paper(
            language=language, name=_("First name and last name"), event=event.name,
            place=event_words.place(event), dates=event_words.dates(event), halves=halves,
            minutes=sum(half.minutes for half in halves), issuer=issuer_of(event), signatory=event.signatory,
            signatory_title=event.signatory_title, capacity="", code=verifying_codes.SPECIMEN, digest="",
            issued_at=event.local(event.now), is_demo=event.is_demo,
        )  # fmt: skip


def _minutes(start: Any, end: Any) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute
