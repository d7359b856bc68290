"""Who of a list is known to the event already, and what the list would change about them. Reads, writes nothing.

Matching is by ticket number, else by e-mail and folded name; somebody without an address, by name and phone. What
is known is read at once: the number of queries does not depend on the number of people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from ...enums import DutyKind, Purpose
from ...models import Consent, Duty, Event, Needs, Person, Registration, Role, Theme, ThemeChoice
from ..roster_rows import Choice, CleanRow
from ..roster_rows.cells import fold, name_key, phone_key

_ADDRESS = re.compile(r"<([^<>]+)>$")


@dataclass(frozen=True)
class Difference:
    """One field that a list changes; `before` and `after` are plain values (roles and themes by pk)."""

    field: str
    before: Any
    after: Any


@dataclass
class Known:
    """The event's people, roles and themes as they are now."""

    event: Event
    roles: dict[str, Role]
    themes: dict[str, Theme]
    registrations: dict[int, Registration] = field(default_factory=dict)  # by person
    choices: dict[int, list[int]] = field(default_factory=dict)  # registration → themes in order
    needs: dict[int, tuple[str, str]] = field(default_factory=dict)  # person → (diet, access)
    image: dict[int, bool] = field(default_factory=dict)  # person → image consent in force
    withdrawn: dict[int, datetime] = field(default_factory=dict)  # person → when it was last taken back
    with_needs_consent: set[int] = field(default_factory=set)
    keeps_needs: bool = False  # the list comes with the people's consent for diet and access
    staff: set[str] = field(default_factory=set)  # addresses of organisers
    by_ticket: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, Person] = field(default_factory=dict)
    names: Counter[str] = field(
        default_factory=Counter
    )  # how many people of each name, whatever their address

    def role_choices(self) -> list[Choice]:
        return [Choice(role.key, names_of(role, "name")) for role in self.roles.values()]

    def theme_choices(self) -> list[Choice]:
        return [
            Choice(key, names_of(theme, "title") + names_of(theme, "short_title"))
            for key, theme in self.themes.items()
        ]

    def forget_agreements(self, person: Person) -> None:
        """As if that person had agreed to nothing and needed nothing: somebody else takes their place."""
        for kept in (self.needs, self.image, self.withdrawn):
            kept.pop(person.pk, None)
        self.with_needs_consent.discard(person.pk)

    def match(self, row: CleanRow) -> tuple[Person | None, Person | None]:
        """(who has that ticket, who has that address and name)."""
        by_ticket = self.by_ticket.get(row.ticket_number.casefold()) if row.ticket_number else None
        return by_ticket, self.by_name.get(identity_of_row(row))


def read_choices(event: Event) -> Known:
    """What cleaning a list needs: roles and themes."""
    return Known(
        event=event,
        roles={role.key: role for role in Role.objects.for_event(event).in_order()},
        themes={str(theme.pk): theme for theme in Theme.objects.for_event(event).in_order()},
    )


def read_people(known: Known, rows: Sequence[CleanRow] | None = None) -> Known:
    """Everybody the event knows, indexed for `match`; with `rows`, only those whom these lines may be."""
    event = known.event
    roles = {role.pk: role for role in known.roles.values()}
    people = Person.objects.for_event(event)
    of_them, needs = Q(), Needs.objects.filter(person__event=event)
    consents = Consent.objects.for_event(event).about(Purpose.IMAGE, Purpose.NEEDS)
    choices = ThemeChoice.objects.for_event(event).in_order()
    if rows is not None:
        pks = _may_be(known, rows)
        people, of_them = people.filter(pk__in=pks), Q(person__in=pks)
        needs, consents = needs.filter(of_them), consents.filter(of_them)
        choices = choices.filter(registration__person__in=pks)
    known.registrations = {r.person_id: r for r in Registration.objects.for_event(event).filter(of_them)}
    for person in people:
        registration = known.registrations.get(person.pk)
        payer = registration.payer if registration is not None else ""
        known.by_name.setdefault(identity_of_person(person, payer), person)
        known.names[name_key(person.folded_name)] += 1
        if registration is not None:
            registration.person, registration.event = person, event
            registration.role = roles[registration.role_id]
            if registration.ticket_number:
                known.by_ticket[registration.ticket_number.casefold()] = person
    for choice in choices:
        known.choices.setdefault(choice.registration_id, []).append(choice.theme_id)
    known.needs = {each.person_id: (each.diet, each.access) for each in needs}
    for consent in consents:
        _note_consent(known, consent)
    duties = Duty.objects.for_event(event).of_kind(DutyKind.ORGANISER)
    known.staff = set(duties.values_list("account__email", flat=True))
    return known


def _may_be(known: Known, rows: Sequence[CleanRow]) -> set[int]:
    """Who has an address, a ticket or (without an address) a name of these lines: three queries."""
    people = Person.objects.for_event(known.event)
    addresses = {row.email.lower() for row in rows if row.email}
    tickets = {row.ticket_number.lower() for row in rows if row.ticket_number}
    found = set(people.alias(at=Lower("email")).filter(at__in=addresses).values_list("pk", flat=True))
    holding = Registration.objects.for_event(known.event).alias(ticket=Lower("ticket_number"))
    found.update(holding.filter(ticket__in=tickets).values_list("person", flat=True))
    nameless = {row.name_key for row in rows if not row.email}
    if nameless:
        without = people.filter(email="").values_list("pk", "folded_name")
        found.update(pk for pk, name in without if name_key(name) in nameless)
    return found


def _note_consent(known: Known, consent: Consent) -> None:
    who = consent.person_id
    if consent.purpose == Purpose.NEEDS:
        if consent.withdrawn_at is None:
            known.with_needs_consent.add(who)
    elif consent.withdrawn_at is None:
        known.image[who] = True
    else:
        known.withdrawn[who] = max(consent.withdrawn_at, known.withdrawn.get(who, consent.withdrawn_at))


def names_of(thing: Any, name: str) -> tuple[str, ...]:
    """Every language's text of a translated field, the page's own first."""
    texts = [getattr(thing, name), *(getattr(thing, f"{name}_{code}", "") for code in ("fr", "en"))]
    return tuple(dict.fromkeys(text for text in texts if text))


def identity_of_person(person: Person, payer: str = "") -> str:
    """What tells somebody here from everybody else: address and name; without one, name, phone and who paid."""
    found = _ADDRESS.search(payer)
    return _identity(person.email, name_key(person.folded_name), person.phone, found[1] if found else "")


def identity_of_row(row: CleanRow) -> str:
    """The same of a line."""
    return _identity(row.email, row.name_key, row.phone, row.payer_email)


def _identity(email: str, name: str, phone: str, payer: str) -> str:
    return f"{email.lower()}|{name}" if email else f"|{name}|{phone_key(phone)}|{payer.lower()}"


def new_values(row: CleanRow, known: Known, person: Person | None) -> dict[str, Any]:
    """What the list says about that person, by field; what it does not say is left out."""
    said: dict[str, Any] = {
        "email": row.email.lower(),
        "phone": row.phone,
        "organisation": row.organisation,
        "language": row.language,
        "ticket_number": row.ticket_number,
        "payer": row.payer,
        "skills": list(row.skills),
        "level": row.level,
        "themes": [known.themes[key].pk for key in row.themes],
        "day_intentions": {day.isoformat(): comes for day, comes in row.days.items() if comes is not None},
        "extra": {**row.extra, **({"notes": row.notes} if row.notes else {})},
    }
    if known.keeps_needs:
        said["diet"], said["access"] = row.diet, row.access
    said = {name: value for name, value in said.items() if value not in ("", None, [], {})}
    said["role"] = known.roles[row.role or ""].pk
    if person is None or not _is_same_name(person, row):
        said["first_name"], said["last_name"] = row.first_name, row.last_name
    if row.image_consent is not None:
        said["image_consent"] = row.image_consent
    return said


def _is_same_name(person: Person, row: CleanRow) -> bool:
    """A name cut elsewhere (« Anne Marie / Le Goff ») is no news; another spelling of the same parts is."""
    if person.first_name == row.first_name and person.last_name == row.last_name:
        return True
    same_words = name_key(person.folded_name) == row.name_key
    return same_words and fold(person.first_name) != fold(row.first_name)


def current_values(known: Known, registration: Registration) -> dict[str, Any]:
    """What is here about that person, by the same names as `new_values`."""
    person = registration.person
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "phone": person.phone,
        "organisation": person.organisation,
        "language": person.language,
        "role": registration.role_id,
        "ticket_number": registration.ticket_number,
        "payer": registration.payer,
        "skills": registration.skills,
        "level": registration.level,
        "themes": known.choices.get(registration.pk, []),
        "day_intentions": registration.day_intentions,
        "extra": registration.extra,
        "image_consent": known.image.get(person.pk, False),
        "diet": known.needs.get(person.pk, ("", ""))[0],
        "access": known.needs.get(person.pk, ("", ""))[1],
    }


def differences(known: Known, registration: Registration, row: CleanRow) -> list[Difference]:
    """What the list says otherwise than the event knows; a blank cell says nothing."""
    before = current_values(known, registration)
    found = []
    for name, value in new_values(row, known, registration.person).items():
        if isinstance(value, dict):
            value = {**before[name], **value}
        if value == before[name] or (name == "image_consent" and _was_taken_back(known, registration, row)):
            continue
        if name == "phone" and phone_key(value) == phone_key(before[name]):
            continue  # the same number in another spelling, as our own exports group its digits
        if name == "email" and keeps_address(registration.person, row):
            continue
        if name == "themes" and before[name][: len(value)] == value:
            continue  # the list has fewer columns for them: it says nothing about the later choices
        found.append(Difference(name, before[name], value))
    return found


def keeps_address(person: Person, row: CleanRow) -> bool:
    """Whether the list gives another address to somebody who signs in: theirs is proven, a list's is not."""
    return bool(person.account_id and row.email and row.email.lower() != person.email.lower())


def is_somebody_else(person: Person, row: CleanRow) -> bool:
    """Whether a ticket names another human than before: neither the name nor the address is the same."""
    if not row.email or not person.email or row.email.lower() == person.email.lower():
        return False
    return name_key(person.folded_name) != row.name_key


def _was_taken_back(known: Known, registration: Registration, row: CleanRow) -> bool:
    """A consent that the person withdrew does not come back by an older list, nor by one without dates."""
    withdrawn_at = known.withdrawn.get(registration.person_id)
    if not row.image_consent or withdrawn_at is None:
        return False
    return row.registered_at is None or row.registered_at <= withdrawn_at
