"""Making an event from a template: its days, windows, roles, themes, questions and run sheet.

What the jury needs (grid, rounds, award rules) is added by those who receive `event_created`.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import timezone
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from ..enums import DutyKind
from ..kit.errors import Refused
from ..models import Account, Duty, Event, EventDay, ProgrammeItem, Question, Role, Theme, Window
from ..signals import event_created
from . import audit

TEMPLATES = Path(settings.BASE_DIR) / "fixtures" / "events"
SLUG_LENGTH = 60
DEFAULT_TEMPLATE = "hackathon-emploi-2016"


class EventRefused(Refused):
    code = "event_refused"


def template_names() -> list[str]:
    """The names of the templates there are."""
    return sorted(path.stem for path in TEMPLATES.glob("*.json"))


def read_template(name: str) -> dict[str, Any]:
    """The template of that name; raises EventRefused with the names there are."""
    if name not in template_names():
        raise EventRefused(
            _("There is no template “%(name)s”. Choose one of: %(names)s.")
            % {"name": name, "names": ", ".join(template_names())}
        )
    return json.loads((TEMPLATES / f"{name}.json").read_text(encoding="utf-8"))


def reserved_slugs() -> set[str]:
    """The first part of every address of this site, read from the URL resolver: an event cannot live there."""
    languages = {code for code, _name in settings.LANGUAGES}
    return languages | {settings.STATIC_URL.strip("/"), "media"} | _first_parts(get_resolver().url_patterns)


def _first_parts(patterns: list[Any]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        first = str(pattern.pattern).lstrip("^").partition("/")[0]
        if isinstance(pattern, URLResolver) and (
            not first or isinstance(pattern.pattern, LocalePrefixPattern)
        ):
            found |= _first_parts(pattern.url_patterns)
        elif re.fullmatch(r"[\w-]+\$?", first):
            found.add(first.rstrip("$"))
    return found


@transaction.atomic
def create_event(
    *,
    slug: str,
    organiser_email: str,
    actor: Account | None,
    template: str = DEFAULT_TEMPLATE,
    first_day: date | None = None,
    is_demo: bool = False,
) -> Event:
    """A new event and its first organiser; not public until the organiser says so.

    `first_day` defaults to the template's own (the demo) or else the Friday eight weeks from now. Raises
    EventRefused for an address that is taken, reserved or malformed, an unknown template, a bad e-mail address.
    """
    shape = read_template(template)
    check_slug(slug)
    try:
        validate_email(organiser_email)
    except ValidationError as error:
        raise EventRefused(
            _("“%(email)s” is not an e-mail address: write it as in name@example.org.")
            % {"email": organiser_email}
        ) from error
    if first_day is None:
        first_day = date.fromisoformat(shape["first_day"]) if is_demo else friday_in_eight_weeks()
    event = _make(shape, slug, first_day, is_demo)
    Duty.objects.create(event=event, account=Account.objects.ensure(organiser_email), kind=DutyKind.ORGANISER)
    audit.record(event=event, actor=actor, verb="create_event", about=event, template=template)
    event_created.send(Event, event=event, actor=actor, shape=shape)
    return event


def check_slug(slug: str) -> None:
    """Raise EventRefused unless an event may live at that address."""
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise EventRefused(
            _("“%(slug)s” cannot be an address: use letters without accents, digits and hyphens.")
            % {"slug": slug}
        ) from error
    if slug != slug.lower() or len(slug) > SLUG_LENGTH:
        raise EventRefused(
            _("An address is in small letters, 60 at most: “%(slug)s” is not.") % {"slug": slug}
        )
    # « en-route » would be read as an English page: the language is taken from the first part of an address
    if slug in reserved_slugs() or get_language_from_path(f"/{slug}/"):
        raise EventRefused(
            _("“%(slug)s” is the address of a page of this site: choose another.") % {"slug": slug}
        )
    if Event.objects.filter(slug=slug).exists():
        raise EventRefused(
            _("An event already lives at “%(slug)s”: choose another address.") % {"slug": slug}
        )


def friday_in_eight_weeks() -> date:
    """Where a new event is put until its organiser says when."""
    day = timezone.localdate() + timedelta(weeks=8)
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _make(shape: dict[str, Any], slug: str, first_day: date, is_demo: bool) -> Event:
    sizes = shape["team_size"]
    with override(None):  # texts are set per language, whatever language the caller reads
        event = Event.objects.create(
            slug=slug,
            is_demo=is_demo,
            is_public=is_demo,
            edition=shape.get("edition", 1),
            timezone=shape["timezone"],
            city=shape.get("city", "") if is_demo else "",
            venue=shape.get("venue", "") if is_demo else "",
            organisers=shape.get("organisers", []) if is_demo else [],
            contact_email=shape.get("contact_email", "") if is_demo else "",
            declared_attendance=shape.get("declared_attendance"),
            capacity=shape.get("capacity"),
            team_size_min=sizes["min"],
            team_size_wanted=sizes["wanted"],
            team_size_max=sizes["max"],
            **_texts("name", shape["name"]),
            **_texts("description", shape.get("description", {})),
        )
        days = [first_day + timedelta(days=number) for number in range(shape["days"])]
        EventDay.objects.bulk_create(EventDay(event=event, on=day) for day in days)
        for position, role in enumerate(shape["roles"], start=1):
            names = _texts("name", role["name"])
            others = {key: value for key, value in role.items() if key != "name"}
            Role.objects.create(event=event, position=position, **others, **names)
        roles = {role.key: role for role in event.roles.all()}
        for position, theme in enumerate(shape["themes"], start=1):
            texts = {key: value for name in theme for key, value in _texts(name, theme[name]).items()}
            Theme.objects.create(event=event, position=position, **texts)
        for position, question in enumerate(shape.get("questions", []), start=1):
            texts = {
                key: value
                for name in ("label", "help", "choices")
                if name in question
                for key, value in _texts(name, question[name]).items()
            }
            Question.objects.create(
                event=event,
                role=roles.get(question.get("role", "")),
                kind=question["kind"],
                position=position,
                **texts,
            )
        for window in shape["windows"]:
            Window.objects.create(
                event=event,
                kind=window["kind"],
                key=window.get("key", ""),
                opens_at=moment(first_day, window["opens"], event.zone),
                closes_at=moment(first_day, window["closes"], event.zone),
            )
        for item in shape["programme"]:
            ProgrammeItem.objects.create(
                event=event,
                room=item.get("room", "") if is_demo else "",
                starts_at=moment(first_day, [item["day"], item["starts"]], event.zone),
                ends_at=moment(first_day, [item["day"], item["ends"]], event.zone) if item["ends"] else None,
                **_texts("title", item["title"]),
            )
    return event


def _texts(field: str, by_language: dict[str, Any]) -> dict[str, Any]:
    return {f"{field}_{language}": text for language, text in by_language.items()}


def moment(first_day: date, when: list[Any], zone: ZoneInfo) -> datetime:
    """[days after the first, "HH:MM" on the venue's wall] as an aware moment."""
    days, clock = when
    return datetime.combine(first_day + timedelta(days=days), time.fromisoformat(clock), tzinfo=zone)
