"""Made-up events and people for the tests: plain functions, each with the least it needs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from hackathon.enums import DutyKind, RegistrationState, WindowKind
from hackathon.models import (
    Account,
    Duty,
    Event,
    EventDay,
    Person,
    Registration,
    Role,
    Theme,
    ThemeChoice,
    Window,
)

_number = count(1)

#: Moments of the test event (Paris is one hour ahead of UTC in November).
REGISTRATION_OPENS = datetime(2016, 9, 20, 6, 0, tzinfo=UTC)
DAY_1 = date(2016, 11, 18)
DAY_2 = date(2016, 11, 19)
DEADLINE = datetime(2016, 11, 19, 12, 30, tzinfo=UTC)
DURING_REGISTRATION = datetime(2016, 10, 1, 10, 0, tzinfo=UTC)
DURING_WORK = datetime(2016, 11, 19, 9, 0, tzinfo=UTC)
DURING_PANELS = datetime(2016, 11, 19, 13, 0, tzinfo=UTC)


def make_event(**fields: Any) -> Event:
    """A public two-day event in Paris, with its windows, without roles and themes."""
    fields.setdefault("slug", f"event-{next(_number)}")
    fields.setdefault("name_fr", "Hackathon d’essai")
    fields.setdefault("name_en", "Test hackathon")
    fields.setdefault("is_public", True)
    event = Event.objects.create(**fields)
    EventDay.objects.bulk_create([EventDay(event=event, on=DAY_1), EventDay(event=event, on=DAY_2)])
    for kind, opens, closes in (
        (WindowKind.REGISTRATION, REGISTRATION_OPENS, datetime(2016, 11, 17, 23, 0, tzinfo=UTC)),
        (
            WindowKind.ROSTER,
            datetime(2016, 11, 18, 8, 0, tzinfo=UTC),
            datetime(2016, 11, 18, 17, 0, tzinfo=UTC),
        ),
        (WindowKind.SUBMISSION, datetime(2016, 11, 18, 10, 0, tzinfo=UTC), DEADLINE),
    ):
        Window.objects.create(event=event, kind=kind, opens_at=opens, closes_at=closes)
    return event


def make_role(event: Event, key: str = "developpeur", **fields: Any) -> Role:
    fields.setdefault("name_fr", key.capitalize())
    fields.setdefault("name_en", key.capitalize())
    fields.setdefault("position", event.roles.count() + 1)
    return Role.objects.create(event=event, key=key, **fields)


def make_theme(event: Event, title: str = "Je m’engage pour l’emploi", **fields: Any) -> Theme:
    fields.setdefault("position", event.themes.count() + 1)
    return Theme.objects.create(event=event, title_fr=title, short_title_fr=title[:60], **fields)


def make_account(email: str = "", **fields: Any) -> Account:
    return Account.objects.create_user(email or f"account{next(_number)}@example.org", **fields)


def make_staff(event: Event, kind: str = DutyKind.ORGANISER, email: str = "") -> Account:
    """An account that holds that duty in that event."""
    account = make_account(email)
    Duty.objects.create(event=event, account=account, kind=kind)
    return account


def make_person(event: Event, first: str = "", last: str = "", **fields: Any) -> Person:
    number = next(_number)
    first, last = first or "Camille", last or f"Morin {number}"
    fields.setdefault("email", f"person{number}@example.org")
    return Person.objects.create(event=event, first_name=first, last_name=last, **fields)


def make_registration(
    event: Event,
    role: Role | None = None,
    *,
    state: str = RegistrationState.CONFIRMED,
    themes: list[Theme] | None = None,
    person: Person | None = None,
    **fields: Any,
) -> Registration:
    fields.setdefault("submitted_at", DURING_REGISTRATION)
    registration = Registration.objects.create(
        event=event,
        person=person or make_person(event),
        role=role or event.roles.first() or make_role(event),
        state=state,
        **fields,
    )
    for rank, theme in enumerate(themes or [], start=1):
        ThemeChoice.objects.create(registration=registration, theme=theme, rank=rank)
    return registration
