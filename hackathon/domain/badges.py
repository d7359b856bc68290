"""Badges: what each says, how an event prints them, and whose are printed.

Nothing on a badge tells a private role: everybody who does not show theirs reads the same word under the same
neutral colour. Drawing is documents.py's; where labels stand is label_sheets.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..enums import COMING
from ..kit.errors import Refused
from ..models import Account, BadgeLayout, BadgePrint, Event, Registration
from . import audit, clock, event_words, fitting, label_sheets
from .furnishing import keep
from .label_sheets import SHEETS, Sheet

NEUTRAL = "other"
LAYOUT = (
    "stock",
    "shows_last_name",
    "shows_organisation",
    "shows_event",
    "shows_days",
    "marks_no_photo",
    "footer",
)


class NoBadge(Refused):
    """Nobody to print a badge for."""

    code = "no_badge"


@dataclass(frozen=True)
class Wanted:
    """Which badges, in what order ("name" or "role"), from which place of the first sheet (1 is its first)."""

    states: Sequence[str] = COMING
    role: int | None = None
    numbers: Sequence[int] = ()
    only_unprinted: bool = False
    order: str = "name"
    start: int = 1


@dataclass(frozen=True)
class Badge:
    """What is printed, in the sheet's language. Sizes in millimetres; `bans_photos`: no consent to be in pictures."""

    lines: list[str]
    size: float
    last_name: str
    last_size: float
    organisation: str
    role: str
    role_size: float
    colour: str
    event: str
    days: str
    footer: str
    bans_photos: bool
    qr: SafeString
    is_demo: bool = False

    @property
    def size_class(self) -> int:
        """Tenths of a millimetre, by halves: a class of css/badge.css, never larger than what fits."""
        return _tenths(self.size)

    @property
    def last_class(self) -> int:
        return _tenths(self.last_size)

    @property
    def role_class(self) -> int:
        return _tenths(self.role_size)


@dataclass(frozen=True)
class Room:
    """What the texts may take on a label, in millimetres: width and height of the first name and its largest letters,
    those of the last name; the width of the role and its largest letters; the last name's width beside a code."""

    width: float
    height: float
    largest: float
    largest_last: float
    role: float
    largest_role: float
    narrow: float = 0


#: As css/badge.css lays the labels out.
ROOMS = {
    "l4785": Room(73, 17, 14, 5.5, 49, 3.5),
    "l7163": Room(67, 15, 13, 5, 63, 3),
    "l7160": Room(58, 11, 9.5, 3.5, 37, 2.5, narrow=42),
    "a4": Room(82, 22, 17, 6.5, 55, 4),
    "a6": Room(93, 48, 24, 9.5, 53, 5),
    "butterfly": Room(97, 28, 20, 7.5, 65, 4.5),
}


def layout_of(event: Event) -> BadgeLayout:
    """How this event prints its badges; the usual way until somebody chose."""
    return BadgeLayout.objects.filter(event=event).first() or BadgeLayout(event=event)


@transaction.atomic
def change_layout(*, event: Event, actor: Account | None, **choices: Any) -> BadgeLayout:
    """Set what is printed; `choices` among LAYOUT. Raises SetupRefused."""
    unknown = set(choices) - set(LAYOUT)
    if unknown:
        raise TypeError(f"not of a badge: {', '.join(sorted(unknown))}")
    Event.objects.take_turn(event)
    layout, _is_new = BadgeLayout.objects.get_or_create(event=event)
    return keep(layout, verb="change_badges", actor=actor, fields=choices)


def wanted_people(event: Event, wanted: Wanted) -> list[Registration]:
    """Those whose badges are wanted, in order, with what a badge needs; one query."""
    found = Registration.objects.for_event(event).in_state(*(wanted.states or COMING))
    if wanted.role:
        found = found.filter(role_id=wanted.role)
    if wanted.numbers:
        found = found.chosen(wanted.numbers)
    if wanted.only_unprinted:
        found = found.without_badge()
    found = found.by_role() if wanted.order == "role" else found.by_name()
    return list(found.with_people().with_image_consent())


def badges_of(people: Iterable[Registration], layout: BadgeLayout, *, language: str) -> list[Badge]:
    """What each of those people's badge says. `people` come from `wanted_people`."""
    event = layout.event
    room = ROOMS[layout.stock]
    with translation.override(language):
        name = str(event) if layout.shows_event else ""
        days = event_words.dates(event) if layout.shows_days else ""
        return [_badge(one, layout, room, name, days) for one in people]


def sample(layout: BadgeLayout, *, language: str, first_name: str = "", last_name: str = "") -> Badge:
    """A badge of nobody, to see the layout: a long name, a role that is shown, and the mark."""
    with translation.override(language):
        first_name = first_name or _("Camille")
        room = ROOMS[layout.stock]
        return _drawn(
            layout, room, first=first_name[:80], last=last_name[:80] or _("Martin-Delacroix"),
            organisation=_("An organisation"), role=_("Participant"), colour=NEUTRAL, code="x" * 22,
            name=str(layout.event) if layout.shows_event else "",
            days=event_words.dates(layout.event) if layout.shows_days else "", bans_photos=True,
        )  # fmt: skip


def _badge(one: Registration, layout: BadgeLayout, room: Room, name: str, days: str) -> Badge:
    return _drawn(
        layout, room, first=one.person.first_name, last=one.person.last_name,
        organisation=one.person.organisation, role=one.shown_role,
        colour=one.role.colour if one.shows_role else NEUTRAL, code=one.code, name=name, days=days,
        bans_photos=not one.agrees_to_image,  # type: ignore[attr-defined]
    )  # fmt: skip


def _tenths(size: float) -> int:
    return max(10, int(size * 2) * 5)


def _drawn(
    layout: BadgeLayout, room: Room, *, first: str, last: str, organisation: str, role: str, colour: str,
    code: str, name: str, days: str, bans_photos: bool,
) -> Badge:  # fmt: skip
    size, lines = fitting.fit(first, width=room.width, height=room.height, largest=room.largest)
    last = last if layout.shows_last_name else ""
    organisation = organisation if layout.shows_organisation else ""
    width = room.narrow or room.width
    last_size, _lines = fitting.fit(last, width=width, height=99, largest=room.largest_last, wraps=False)
    role_size, _lines = fitting.fit(role, width=room.role, height=99, largest=room.largest_role, wraps=False)
    return Badge(
        lines=lines,
        size=round(size, 2),
        last_name=last,
        last_size=round(min(last_size, size), 2),
        organisation=organisation,
        role=role,
        role_size=role_size,
        colour=colour,
        event=name,
        days=days,
        footer=layout.footer,
        bans_photos=bans_photos and layout.marks_no_photo,
        qr=qr(code, layout.event),
        is_demo=layout.event.is_demo,
    )


def desk_address(code: str, event: Event) -> str:
    """What a badge's QR holds: any phone's camera opens the desk on this person, for those who work there only.

    In the language of nobody, so that it is short: the desk answers in its reader's.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL.rstrip('/')}{reverse('hackathon:desk', args=[event.slug])}?q={code}"


def qr(code: str, event: Event) -> SafeString:
    """That address as inline SVG. One mask for all: trying the eight takes longer than the rest (any of them reads)."""
    drawn = segno.make(desk_address(code, event), error="m", micro=False, mask=3, boost_error=False)
    svg = drawn.svg_inline(
        scale=1, border=2, omitsize=True, dark="#000", light="#fff", title=_("QR code of the badge")
    )
    return mark_safe(svg)  # drawn by the library from the address alone


def sheet_of(layout: BadgeLayout) -> Sheet:
    """The paper it is printed on."""
    return SHEETS[layout.stock]


def sheets_needed(layout: BadgeLayout, count: int, start: int) -> int:
    """Sheets of that paper that as many badges take."""
    return label_sheets.sheets_needed(sheet_of(layout), count, start)


@transaction.atomic
def record_printed(*, event: Event, people: Sequence[Registration], actor: Account | None) -> None:
    """Remember whose badges were printed, each with its code at that moment."""
    now = clock.now(event)
    BadgePrint.objects.bulk_create(
        [BadgePrint(registration=one, code=one.code, printed_at=now) for one in people],
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["code", "printed_at"],
    )
    about = people[0] if len(people) == 1 else None
    audit.record(event=event, actor=actor, verb="print_badges", about=about, count=len(people))
