"""Writing a plan of planning.py: each table at once, so that 25 people and 2,500 cost the same statements.

It refuses to decide anything, and never touches an account, a right or a way to sign in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils import timezone

from ...enums import Purpose, Source
from ...models import Account, AuditEntry, Consent, Needs, Person, Registration, ThemeChoice
from .. import clock
from .matching import Known, new_values
from .planning import CHANGED, NEW, Line

PERSON_FIELDS = ("first_name", "last_name", "email", "phone", "organisation", "language")
REGISTRATION_FIELDS = ("ticket_number", "payer", "skills", "level", "day_intentions", "extra")


def write(known: Known, lines: Iterable[Line], actor: Account | None) -> None:
    """Make and change what the plan says, inside the caller's transaction and turn."""
    writer = _Writer(known, actor)
    for line in lines:
        if line.kind in (NEW, CHANGED):
            writer.add(line)
    writer.save()


class _Writer:
    """Collects rows of each table, then saves them in the order of their keys."""

    def __init__(self, known: Known, actor: Account | None) -> None:
        self.known = known
        self.actor = actor
        self.now = clock.now(known.event)
        self.people: list[Person] = []
        self.changed_people: list[Person] = []
        self.registrations: list[Registration] = []
        self.changed: list[Registration] = []
        self.choices: list[tuple[Registration, list[int]]] = []
        self.needs: list[Needs] = []
        self.consents: list[Consent] = []
        self.withdrawals: list[int] = []
        self.handed_over: list[int] = []
        self.entries: list[tuple[str, Registration, dict[str, Any]]] = []

    def add(self, line: Line) -> None:
        row = line.row
        assert row is not None
        if line.registration is not None:
            values = {change.field: change.after for change in line.differences}
            registration = line.registration
            self.changed.append(registration)
            self.entries.append(("change_registration", registration, {"fields": sorted(values)}))
        else:
            values = new_values(row, self.known, line.person)
            registration = Registration(
                event=self.known.event, person=line.person or Person(event=self.known.event)
            )
            registration.source = Source.IMPORT
            registration.submitted_at = row.registered_at or self.now
            self.registrations.append(registration)
            self.entries.append(("register", registration, {"state": line.state, "source": Source.IMPORT}))
            line.registration, line.person = registration, registration.person
        registration.state = line.state or registration.state
        self._fill_person(registration.person, values)
        self._fill_registration(registration, values)
        self._fill_apart(registration.person, values, line)

    def _fill_person(self, person: Person, values: dict[str, Any]) -> None:
        said = {name: values[name] for name in PERSON_FIELDS if name in values}
        for name, value in said.items():
            setattr(person, name, value)
        person.fold_name()
        if person._state.adding:
            self.people.append(person)
        elif said:
            self.changed_people.append(person)

    def _fill_registration(self, registration: Registration, values: dict[str, Any]) -> None:
        for name in REGISTRATION_FIELDS:
            if name in values:
                setattr(registration, name, values[name])
        if "role" in values:
            registration.role_id = values["role"]
        if "themes" in values:
            self.choices.append((registration, values["themes"]))

    def _fill_apart(self, person: Person, values: dict[str, Any], line: Line) -> None:
        given_at = (line.row and line.row.registered_at) or self.now
        if line.is_handed_over:
            self.handed_over.append(person.pk)
        if values.get("image_consent") is True:
            self._agree(person, Purpose.IMAGE, given_at)
        elif values.get("image_consent") is False and person.pk:
            self.withdrawals.append(person.pk)
        if "diet" in values or "access" in values:
            diet, access = self.known.needs.get(person.pk or 0, ("", ""))
            needs = Needs(person=person, diet=values.get("diet", diet), access=values.get("access", access))
            needs.updated_at = timezone.now()
            self.needs.append(needs)
            if person.pk not in self.known.with_needs_consent:
                self._agree(person, Purpose.NEEDS, given_at)

    def _agree(self, person: Person, purpose: str, given_at: Any) -> None:
        self.consents.append(Consent(person=person, purpose=purpose, given_at=given_at, source=Source.IMPORT))

    def save(self) -> None:
        _upsert(Person, self.changed_people, (*PERSON_FIELDS, "folded_name"))
        Person.objects.bulk_create(self.people)
        _upsert(Registration, self.changed, (*REGISTRATION_FIELDS, "role", "state"))
        Registration.objects.bulk_create(self.registrations)
        ThemeChoice.objects.filter(registration__in=[r.pk for r, _ in self.choices]).delete()
        ThemeChoice.objects.bulk_create(
            ThemeChoice(registration=registration, theme_id=theme, rank=rank)
            for registration, themes in self.choices
            for rank, theme in enumerate(themes, start=1)
        )
        if self.handed_over:  # before what the list says of the new holder is written
            Needs.objects.filter(person__in=self.handed_over).delete()
            Consent.objects.in_force().filter(person__in=self.handed_over).update(withdrawn_at=self.now)
        _upsert(Needs, self.needs, ("diet", "access", "updated_at"), key="person")
        taken_back = Consent.objects.about(Purpose.IMAGE).in_force().filter(person__in=self.withdrawals)
        taken_back.update(withdrawn_at=self.now)
        Consent.objects.bulk_create(self.consents)
        AuditEntry.objects.bulk_create(self._entry(*entry) for entry in self.entries)

    def _entry(self, verb: str, registration: Registration, data: dict[str, Any]) -> AuditEntry:
        return AuditEntry(
            event=self.known.event,
            actor=self.actor,
            actor_label=str(self.actor)[:200] if self.actor else "system",
            verb=verb,
            object_type=registration._meta.label_lower,
            object_id=str(registration.pk),
            object_label=str(registration)[:250],
            data=data,
        )


def _upsert(model: type[Model], rows: list[Any], fields: Iterable[str], *, key: str = "id") -> None:
    """Change many rows in one statement, the same on SQLite and PostgreSQL."""
    if rows:
        model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=[key], update_fields=list(fields)
        )
