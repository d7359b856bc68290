"""Exports through django-import-export, in formats of our own: what a spreadsheet would run is quoted.

The columns are those that an import recognises, so that what goes out comes back in unchanged. Needs (diet, access)
never leave by here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.formats.base_formats import Format

from .domain.roster import Rehearsal
from .kit import sheets
from .models import Registration, Theme

__all__ = ["FORMATS", "RegistrationResource", "refused_rows"]


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


class RegistrationResource(resources.Resource):
    """One line per person; one column per theme choice of the event. Takes registrations with people and choices."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        super().__init__()
        columns: list[tuple[str, Any]] = [
            (_("First name"), lambda r: r.person.first_name),
            (_("Last name"), lambda r: r.person.last_name),
            (_("E-mail address"), lambda r: r.person.email),
            (_("Role"), lambda r: r.role.name),
            (_("Organisation"), lambda r: r.person.organisation),
            (_("Phone"), lambda r: r.person.phone),
            (_("Skills"), lambda r: ", ".join(r.skills)),
            (_("Level (1–5)"), lambda r: r.level or ""),
        ]
        for rank, _theme in enumerate(themes):
            columns.append(
                (_("Theme %(number)s") % {"number": rank + 1}, lambda r, rank=rank: _choice(r, rank))
            )
        columns += [
            (_("Registration status"), lambda r: r.get_state_display()),
            (
                _("Registered on"),
                lambda r: f"{r.event.local(r.submitted_at):%d/%m/%Y %H:%M}" if r.submitted_at else "",
            ),
            (_("Ticket number"), lambda r: r.ticket_number),
        ]
        for number, (heading, value) in enumerate(columns):
            self.fields[f"column_{number}"] = fields.Field(column_name=heading, dehydrate_method=value)


def _choice(registration: Registration, rank: int) -> str:
    choices = list(registration.choices.all())
    return choices[rank].theme.title if rank < len(choices) else ""


def refused_rows(rehearsal: Rehearsal) -> bytes:
    """The refused lines as they were, with their number and the reasons, as CSV: correct them there, send it again."""
    refused = rehearsal.of_kind("refused")
    width = len(rehearsal.table.header)
    cells = {row.line: row.cells for row in rehearsal.table.rows}
    rows = (
        [*(cells.get(line.line) or [""] * width), line.line, " ".join(map(str, line.reasons))]
        for line in refused
    )
    return sheets.write_csv([*rehearsal.table.header, _("Line"), _("Reason")], rows)
