"""Exports through django-import-export, in formats of our own: what a spreadsheet would run is quoted.

The columns are those that an import recognises, so that what goes out comes back in unchanged. Needs (diet, access)
never leave by here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.formats.base_formats import Format
from tablib import Dataset

from .domain.sheets_of_people import Catering, SmsList
from .enums import Half
from .kit import sheets
from .kit.phones import readable
from .models import Event, EventDay, Question, Registration, Theme

__all__ = [
    "FORMATS", "USUAL", "Column", "RegistrationResource", "catering_rows", "columns_of", "needs_rows", "sms_rows",
]  # fmt: skip


class SafeCSV(Format):
    """CSV as French Excel opens it; formulas quoted (kit/sheets.py)."""

    extension, content_type = "csv", "text/csv; charset=utf-8"

    def get_title(self) -> str:
        return self.extension

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type

    def can_export(self) -> bool:
        return True

    def is_binary(self) -> bool:
        return True

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        return sheets.write_csv(dataset.headers, dataset)


class SafeXLSX(SafeCSV):
    """One sheet, every cell text; formulas quoted."""

    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        return sheets.write_xlsx(dataset.headers, dataset)


FORMATS: dict[str, SafeCSV] = {"csv": SafeCSV(), "xlsx": SafeXLSX()}


@dataclass(frozen=True)
class Column:
    """One thing that may be taken out: `cells(registration)` → as many cells as it has `headings`."""

    key: str
    heading: Any
    headings: tuple[Any, ...]
    cells: Callable[[Any], list[Any]]


def _column(key: str, heading: Any, cell: Callable[[Any], Any]) -> Column:
    return Column(key, heading, (heading,), lambda registration: [cell(registration)])


#: What goes out unless one says otherwise: the columns that an import takes back.
USUAL = (
    "first_name", "last_name", "email", "role", "organisation", "phone", "skills", "level", "themes", "state",
    "submitted_at", "ticket_number",
)  # fmt: skip


def _usual(themes: Iterable[Theme]) -> list[Column]:
    count = len(list(themes))
    ranks = tuple(_("Theme %(number)s") % {"number": rank + 1} for rank in range(count))
    return [
        _column("first_name", _("First name"), lambda r: r.person.first_name),
        _column("last_name", _("Last name"), lambda r: r.person.last_name),
        _column("email", _("E-mail address"), lambda r: r.person.email),
        _column("role", _("Role"), lambda r: r.role.name),
        _column("organisation", _("Organisation"), lambda r: r.person.organisation),
        _column("phone", _("Phone"), lambda r: readable(r.person.phone)),
        _column("skills", _("Skills"), lambda r: ", ".join(r.skills)),
        _column("level", _("Level (1–5)"), lambda r: r.level or ""),
        Column("themes", _("Themes, in order"), ranks, lambda r: _choices(r, count)),
        _column("state", _("Registration status"), lambda r: r.get_state_display()),
        _column("submitted_at", _("Registered on"), lambda r: _moment(r, r.submitted_at)),
        _column("ticket_number", _("Ticket number"), lambda r: r.ticket_number),
    ]


def columns_of(event: Event, wanted: Iterable[str] | None = None) -> list[Column]:
    """All columns that event has, or those wanted, in their order. Needs are not among them, nor codes."""
    days = event.whole_days
    halves = [(day, half) for day in days for half in Half]
    columns = [
        *_usual(Theme.objects.for_event(event).in_order()),
        _column("language", _("Language"), lambda r: r.person.language),
        _column("source", _("Came by"), lambda r: r.get_source_display()),
        Column(
            "intentions",
            _("Days they said they come"),
            tuple(_("Comes on %(day)s") % {"day": _day(day)} for day in days),
            lambda r: [_intention(r, day) for day in days],
        ),
        Column(
            "presences",
            _("Half-days recorded at the desk"),
            tuple(
                _("There on %(day)s, %(half)s") % {"day": _day(day), "half": half.label.lower()}
                for day, half in halves
            ),
            lambda r: _presences(r, halves),
        ),
        _column("rules", _("Rules accepted"), lambda r: _yes(r.has_rules)),
        _column("image", _("Agrees to be in pictures"), lambda r: _yes(r.has_image)),
        _column("party", _("Registered together (number)"), lambda r: str(r.party or "")[:8]),
        _column("invitation", _("Invitation code"), lambda r: str(r.invitation or "")),
        _column("payer", _("Who paid"), lambda r: r.payer),
        *(
            _column(f"question_{question.pk}", question.label, partial(_answer, question=question.pk))
            for question in Question.objects.for_event(event).in_order()
        ),
    ]
    if wanted is None:
        return columns
    kept = set(wanted)
    return [column for column in columns if column.key in kept]


class RegistrationResource(resources.Resource):
    """One line per person; by default the columns that an import takes back. Takes registrations `for_export()`."""

    def __init__(self, themes: Iterable[Theme], columns: Iterable[Column] | None = None) -> None:
        super().__init__()
        chosen = _usual(themes) if columns is None else list(columns)
        for column in chosen:
            for place, heading in enumerate(column.headings):
                self.fields[f"column_{len(self.fields)}"] = fields.Field(
                    column_name=str(heading),
                    dehydrate_method=lambda r, column=column, place=place: column.cells(r)[place],
                )


def _day(day: EventDay) -> str:
    return f"{day.on:%d/%m/%Y}"


def _choices(registration: Registration, count: int) -> list[str]:
    titles = [choice.theme.title for choice in registration.choices.all()][:count]
    return titles + [""] * (count - len(titles))


def _moment(registration: Registration, at: datetime | None) -> str:
    return f"{registration.event.local(at):%d/%m/%Y %H:%M}" if at else ""


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _intention(registration: Registration, day: EventDay) -> str:
    said = registration.day_intentions.get(day.on.isoformat())
    return "" if said is None else _yes(bool(said))


def _presences(registration: Registration, halves: list[tuple[EventDay, Half]]) -> list[str]:
    seen = {(each.day_id, each.half) for each in registration.presences.all() if each.in_at}
    return [_yes((day.pk, half.value) in seen) for day, half in halves]


def _answer(registration: Registration, question: int) -> str:
    answer = next((each for each in registration.answers.all() if each.question_id == question), None)
    if answer is None:
        return ""
    value = _("a file") if answer.file else answer.value
    if isinstance(value, bool):
        return _yes(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def catering_rows(found: Catering) -> Dataset:
    """The kitchen's sheet: a line per diet, two figures per day."""
    heads = [_("Diet")]
    for day in found.days:
        heads += [f"{_day(day)} {words}" for words in (_("have a place"), _("expected"))]
    dataset = Dataset(headers=heads)
    lines = [(line.diet, line) for line in found.lines]
    for words, line in [*lines, (_("No particular diet"), found.plain), (_("Everybody"), found.total)]:
        dataset.append([words, *(number for meal in line.meals for number in meal)])
    return dataset


def needs_rows(registrations: Iterable[Registration]) -> Dataset:
    """Who needs what; for those who may read it."""
    dataset = Dataset(headers=[_("Name"), _("Diet"), _("Access needs")])
    for registration in registrations:
        needs = registration.person.needs
        dataset.append([registration.person.full_name, needs.diet, needs.access])
    return dataset


def sms_rows(found: SmsList) -> Dataset:
    """Names and numbers."""
    dataset = Dataset(headers=[_("First name"), _("Last name"), _("Phone")])
    for registration, number in found.reachable:
        dataset.append([registration.person.first_name, registration.person.last_name, readable(number)])
    return dataset
