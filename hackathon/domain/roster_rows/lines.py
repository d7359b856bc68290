"""One line of a list at a time → a person and everything that is wrong with the line. Pure.

It refuses to compare lines with each other: which of them are one person is for people.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from ...kit.folding import fold
from ...kit.sheets import Table
from . import cells, dates
from .choices import Choice, Chooser
from .headings import is_ours
from .people import CleanRow, Draft
from .status import is_gone, is_status

# Our tables' own limits: a longer text is refused with its reason rather than by the database.
LIMITS = {"first_name": 80, "last_name": 80, "organisation": 120, "phone": 40, "ticket_number": 60, "diet": 200,
          "access": 200}  # fmt: skip


class LineReader:
    """One line at a time, with what is the same for all of them at hand."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping[int, str],
        roles: Sequence[Choice],
        themes: Sequence[Choice],
        event_dates: Sequence[dt.date],
        timezone: str | ZoneInfo,
        default_role: str | None,
    ) -> None:
        self.header = table.header
        self.at = {name: index for index, name in mapping.items()}
        self.theme_columns = _in_order("theme", mapping, also="themes")
        self.day_columns = self._days(_in_order("day", mapping), sorted(event_dates))
        self.others = [index for index in range(len(table.header)) if index not in mapping]
        self.others = [index for index in self.others if not is_ours(table.header[index])]
        self.roles, self.themes = Chooser(roles), Chooser(themes)
        self.zone = ZoneInfo(timezone) if isinstance(timezone, str) else timezone
        self.default_role = default_role
        at = self.at.get("registered_at")
        self.month_first = at is not None and dates.is_month_first(row.cells[at] for row in table.rows)
        self.folded_header = [fold(cell) for cell in table.header]

    def _days(self, columns: Sequence[int], event_dates: Sequence[dt.date]) -> dict[int, dt.date]:
        named = {index: dates.day_named(self.header[index], event_dates) for index in columns}
        free = [date for date in event_dates if date not in named.values()]
        found = {}
        for index in columns:
            date = named[index] or (free.pop(0) if free else None)
            if date:
                found[index] = date
        return found

    def is_nobody(self, row: Sequence[str]) -> bool:
        """A repeated header, or a total under the list."""
        if fold(row[0]) == self.folded_header[0] and [fold(cell) for cell in row] == self.folded_header:
            return True
        filled = [cell for cell in row if cell.strip()]
        return 0 < len(filled) <= 3 and fold(filled[0]).startswith(
            ("total", "sous total", "nombre de", "nombre d ")
        )

    def read(self, line: int, row: Sequence[str]) -> Draft:
        draft = Draft(line, CleanRow(line), tuple(row))
        person = draft.row
        person.status = self._text(row, "status")
        draft.is_gone = is_gone(person.status)
        person.ticket_number = self._text(row, "ticket_number", draft)
        self._names(row, draft)
        self._addresses(row, draft)
        self._role(row, draft)
        self._choose_themes(row, draft)
        self._small_fields(row, draft)
        person.extra = {
            self.header[index] or f"#{index + 1}": cells.squeeze(row[index])
            for index in self.others
            if row[index].strip()
        }
        if person.status and not is_status(person.status):
            draft.warn("status_unknown", "status", person.status, column=self.column("status"))
        return draft

    def column(self, name: str) -> str:
        return self.header[self.at[name]] if name in self.at else name

    def _raw(self, row: Sequence[str], name: str) -> str:
        return row[self.at[name]] if name in self.at else ""

    def _text(self, row: Sequence[str], name: str, draft: Draft | None = None) -> str:
        text = cells.squeeze(self._raw(row, name))
        limit = LIMITS.get(name)
        if draft is not None and limit and len(text) > limit:
            draft.refuse("too_long", name, text[:60], column=self.column(name), length=len(text), limit=limit)
        return text

    def _names(self, row: Sequence[str], draft: Draft) -> None:
        person = draft.row
        if "full_name" in self.at and not self._text(row, "first_name") + self._text(row, "last_name"):
            person.first_name, person.last_name = cells.split_name(self._text(row, "full_name"))
            if len(person.first_name) > 80 or len(person.last_name) > 80:
                size = len(person.first_name) + len(person.last_name)
                draft.refuse(
                    "too_long", "full_name", "", column=self.column("full_name"), length=size, limit=80
                )
        else:
            person.first_name = cells.tidy_name(self._text(row, "first_name", draft))
            last_name = self._text(row, "last_name", draft)
            person.last_name = "" if last_name in ("-", "–", "—") else cells.tidy_name(last_name)
            if person.first_name and not last_name and "last_name" in self.at:
                draft.refuse("last_name_missing", "last_name", "", column=self.column("last_name"))
            if last_name and not person.first_name and "first_name" in self.at:
                draft.refuse("first_name_missing", "first_name", "", column=self.column("first_name"))
            if person.last_name and "first_name" not in self.at:
                person.first_name, person.last_name = cells.split_name(last_name)
        if not any(letter.isalnum() for letter in person.full_name):
            draft.refuse("name_missing", "full_name", "")

    def _addresses(self, row: Sequence[str], draft: Draft) -> None:
        """A payer's address is the person's own only when the payer is the person and the list gives no other."""
        person = draft.row
        raw = self._text(row, "email")
        if not cells.is_blank(raw):
            person.email, good = cells.email(raw)
            if not good:
                draft.refuse("email_invalid", "email", raw, column=self.column("email"))
        payer_email, good = cells.email(self._raw(row, "payer_email"))
        payer_email = payer_email if good else ""
        payer = (self._text(row, "payer_first_name"), self._text(row, "payer_last_name"))
        payer = payer if any(payer) else (self._text(row, "payer_name"), "")
        person.payer_name = " ".join(cells.tidy_name(name) for name in payer if name)
        is_payer = cells.name_key(person.payer_name) == person.name_key
        if not person.email and is_payer and cells.is_blank(raw):
            person.email = payer_email
        if is_payer or (
            payer_email and payer_email.casefold() == person.email.casefold() and not person.payer_name
        ):
            person.payer_name = ""
        else:
            person.payer_email = payer_email

    def _role(self, row: Sequence[str], draft: Draft) -> None:
        raw = self._text(row, "role")
        if cells.is_blank(raw):
            draft.row.role = self.default_role
            if not self.default_role:
                draft.refuse("role_missing", "role", "", choices=self.roles.shown)
            return
        found = self.roles.one(raw)
        if len(found) == 1:
            draft.row.role = next(iter(found))
            return
        code = "role_ambiguous" if found else "role_unknown"
        shown = self.roles.names_of(found) if found else self.roles.shown
        draft.refuse(code, "role", raw, column=self.column("role"), choices=shown)

    def _choose_themes(self, row: Sequence[str], draft: Draft) -> None:
        chosen: list[str] = []
        for index in self.theme_columns:
            keys, unknown = self.themes.several(row[index])
            for key in keys:
                if key not in chosen:
                    chosen.append(key)
                else:
                    draft.warn(
                        "theme_repeated", "themes", cells.squeeze(row[index]), column=self.header[index]
                    )
            for part in unknown:
                found = self.themes.one(part)
                code = "theme_ambiguous" if found else "theme_unknown"
                shown = self.themes.names_of(found) if found else self.themes.shown
                draft.refuse(code, "themes", part, column=self.header[index], choices=shown)
        draft.row.themes = tuple(chosen)

    def _small_fields(self, row: Sequence[str], draft: Draft) -> None:
        person = draft.row
        person.organisation = self._text(row, "organisation", draft)
        person.skills = cells.skills(self._raw(row, "skills"))
        for name in ("diet", "access"):
            text = self._text(row, name, draft)
            setattr(person, name, "" if cells.is_blank(text) or fold(text) in ("non", "no") else text)
        person.language = cells.language(self._text(row, "language"))
        person.notes = self._raw(row, "notes").strip()
        self._phone(row, draft)
        raw = self._text(row, "level")
        if not cells.is_blank(raw):
            try:
                person.level = cells.level(raw)
            except ValueError:
                draft.refuse("level_invalid", "level", raw, column=self.column("level"))
        raw = self._text(row, "image_consent")
        person.image_consent = cells.yes_or_no(raw)
        if person.image_consent is None and not cells.is_blank(raw):
            draft.warn("consent_unclear", "image_consent", raw, column=self.column("image_consent"))
        for index, date in self.day_columns.items():
            person.days[date] = cells.yes_or_no(row[index])
            if person.days[date] is None and not cells.is_blank(row[index]):
                draft.warn("day_unclear", "days", cells.squeeze(row[index]), column=self.header[index])
        raw = self._text(row, "registered_at")
        if not cells.is_blank(raw):
            person.registered_at = dates.moment(raw, self.zone, month_first=self.month_first)
            if person.registered_at is None:
                draft.warn("date_unclear", "registered_at", raw, column=self.column("registered_at"))

    def _phone(self, row: Sequence[str], draft: Draft) -> None:
        raw = self._text(row, "phone", draft)
        if cells.is_blank(raw):
            return
        draft.row.phone, good = cells.phone(raw)
        if not good:
            draft.warn("phone_unclear", "phone", raw, column=self.column("phone"))


def _in_order(prefix: str, mapping: Mapping[int, str], *, also: str = "") -> list[int]:
    """Columns of theme_1, theme_2 … by their number."""
    numbered = [
        (int(name.rpartition("_")[2]), index)
        for index, name in mapping.items()
        if name.startswith(f"{prefix}_")
    ]
    return [index for _, index in sorted(numbered)] + [
        index for index, name in mapping.items() if also and name == also
    ]
