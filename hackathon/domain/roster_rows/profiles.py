"""Which column of a list holds what: the shapes we know (ticket shops, forms, our template) and any other by its words.

Pure. It refuses to read a person's line, except to settle what a vague heading such as « Statut » is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...kit.sheets import Table
from .cells import email, fold, is_blank
from .choices import Choice, Chooser
from .headings import ALL_SIGNS, BY_HEADING, ORGANISER, OWN_ONLY, PATTERNS, RANKS, SIGNATURES, is_ours
from .problems import Problem
from .status import is_status

FIELDS = (
    "ticket_number", "first_name", "last_name", "full_name", "email", "payer_email", "payer_first_name",
    "payer_last_name", "payer_name", "role", "organisation", "phone", "skills", "level", "diet", "access",
    "image_consent", "registered_at", "status", "language", "notes",
)  # fmt: skip
NUMBERED = ("theme", "day")  # theme_1, theme_2 … in order of preference; day_1, day_2 …
THEMES_IN_ONE = "themes"  # one cell with several choices

TEMPLATE_HEADER = (
    "Prénom", "Nom", "Adresse e-mail", "Profil", "Organisation", "Téléphone", "Compétences", "Niveau (1-5)",
    "Thématique 1", "Thématique 2", "Thématique 3", "Thématique 4", "Régime alimentaire", "Besoins d'accessibilité",
    "Droit à l'image", "Présence jour 1", "Présence jour 2", "Inscrit le",
)  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """How a list is read: its shape's name, and which column (index) holds which field."""

    name: str  # palmares, organiser, helloasso, eventbrite, google_forms, guessed
    mapping: Mapping[int, str]

    @property
    def has_role(self) -> bool:
        return "role" in self.mapping.values()


def plain_heading(text: str) -> str:
    """Folded, without punctuation or an asterisk for « required »."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(text.replace("N°", "n ").replace("n°", "n "))).split())


def count_known(cells: Sequence[str]) -> int:
    """How many cells are headings we know: what `read_table` asks to find the line that names the columns."""
    return sum(
        1 for cell in cells if 0 < len(cell) < 80 and (_exact_field(cell) or plain_heading(cell) in ALL_SIGNS)
    )


def recognise(table: Table, *, roles: Sequence[Choice] = (), themes: Sequence[Choice] = ()) -> Profile | None:
    """The shape of a list and what its columns hold, or None when no column holds names.

    `roles` and `themes`, when given, find by their content the columns that their headings do not tell.
    """
    fields = [_field_of(heading) for heading in table.header]
    _settle_status(table, fields)
    _by_content(table, fields, roles, themes)
    mapping = _without_repeats(table, fields)
    held = set(mapping.values())
    if not held & {"full_name", "first_name", "last_name"}:
        return None
    if len(held) < 2 and len(table.header) > 1:
        return None
    return Profile(_shape(table), mapping)


def why_unknown(table: Table) -> Problem:
    """What to tell somebody whose columns were not recognised."""
    columns = ", ".join(heading for heading in table.header if heading)
    return Problem("columns_unknown", {"columns": columns[:300]})


def check_mapping(mapping: Mapping[int, str], width: int) -> dict[int, str]:
    """A mapping chosen on screen, without columns that do not exist. Raises ValueError for an unknown field."""
    numbered = re.compile(rf"(?:{'|'.join(NUMBERED)})_\d{{1,2}}")
    for name in mapping.values():
        if name not in FIELDS and name != THEMES_IN_ONE and not numbered.fullmatch(name):
            raise ValueError(name)
    return {int(index): name for index, name in mapping.items() if 0 <= int(index) < width}


def _shape(table: Table) -> str:
    headings = {plain_heading(heading) for heading in table.header}
    headings |= {plain_heading(side) for heading in table.header for side in _bilingual(heading)}
    for name, needed, signs in SIGNATURES:
        if len(headings & signs) >= needed:
            return name
    if len(headings & OWN_ONLY) >= 2 and len(headings & ORGANISER) >= 5:
        return "palmares"
    if len(headings & ORGANISER) >= 6:
        return "organiser"
    return "guessed"


def _bilingual(heading: str) -> list[str]:
    parts = re.split(r"\s*[/|]\s*|\s+[–—-]\s+|[()\[\]]", heading)
    return [part for part in parts if part.strip()] if len(parts) > 1 else []


def _exact_field(heading: str) -> str | None:
    plain = plain_heading(heading)
    if re.fullmatch(
        r"(?:votre |your )?(?:thematique|theme|choix|voeu|choice|defi|challenge)s?(?: preferee?| preferred)?(?: n)? ?\d{0,2}",
        plain,
    ):
        return "theme"
    return BY_HEADING.get(plain)


def _field_of(heading: str) -> str | None:
    """The field that a heading names; numbered fields come back without their number."""
    if not heading.strip() or is_ours(heading):
        return None
    if found := _exact_field(heading):
        return found
    for part in _bilingual(heading):
        if (found := _exact_field(part)) and found not in ("full_name", "role", "notes"):
            return found
    plain = plain_heading(heading)
    found = next((name for name, pattern in PATTERNS if pattern.search(plain)), None)
    return None if found == "ignored" else found


def _values(table: Table, index: int) -> list[str]:
    return [row.cells[index] for row in table.rows[:500] if not is_blank(row.cells[index])]


def _share(values: Sequence[str], fits: Iterable[bool]) -> float:
    return sum(fits) / len(values) if values else 0.0


def _settle_status(table: Table, fields: list[str | None]) -> None:
    """« Statut » is a registration's state in one list and the person's role in another: its cells tell."""
    for index, name in enumerate(fields):
        if name == "status" and plain_heading(table.header[index]) in ("statut", "status", "etat"):
            values = _values(table, index)
            if values and _share(values, (is_status(value) for value in values)) < 0.5:
                fields[index] = "role" if "role" not in fields else None


def _by_content(
    table: Table, fields: list[str | None], roles: Sequence[Choice], themes: Sequence[Choice]
) -> None:
    finders = []
    if not {"email"} & set(fields):
        finders.append(("email", lambda value: email(value)[1]))
    if roles and "role" not in fields:
        role_of = Chooser(roles)
        finders.append(("role", lambda value: len(role_of.one(value)) == 1))
    if themes and "theme" not in fields:
        theme_of = Chooser(themes)
        finders.append(("theme", lambda value: bool(theme_of.several(value)[0])))
    for name, fits in finders:
        for index, known in enumerate(fields):
            free = known is None and not is_ours(table.header[index])
            values = _values(table, index) if free else []
            if values and _share(values, (fits(value) for value in values)) > 0.6:
                fields[index] = name
                if name != "theme":
                    break


def _without_repeats(table: Table, fields: Sequence[str | None]) -> dict[int, str]:
    """One column per field: an exact heading before a guessed one, a filled column before an empty one."""
    mapping: dict[int, str] = {}
    for name in dict.fromkeys(found for found in fields if found):
        indexes = [index for index, found in enumerate(fields) if found == name]
        if name in NUMBERED:
            mapping.update(_numbered(name, table, indexes))
            continue
        exact = [index for index in indexes if _exact_field(table.header[index]) == name] or indexes
        mapping[next((index for index in exact if _values(table, index)), exact[0])] = name
    held = set(mapping.values())
    if {"first_name", "last_name"} <= held or "full_name" not in held:
        return dict(sorted((i, n) for i, n in mapping.items() if n != "full_name"))
    return dict(sorted(mapping.items()))


def _numbered(name: str, table: Table, indexes: Sequence[int]) -> dict[int, str]:
    if name == "theme" and len(indexes) == 1:
        return {indexes[0]: "theme_1"}
    stated = {index: _stated_rank(table.header[index]) for index in indexes}
    ordered = sorted(indexes, key=lambda index: (stated[index] or 99, index))
    if name == "day":
        return {index: f"day_{stated[index] or rank}" for rank, index in enumerate(ordered, 1)}
    return {index: f"{name}_{rank}" for rank, index in enumerate(ordered, 1)}


def _stated_rank(heading: str) -> int | None:
    plain = plain_heading(heading)
    return next((rank for pattern, rank in RANKS if pattern.search(plain)), None)
