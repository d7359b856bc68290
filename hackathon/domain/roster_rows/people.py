"""One person of a list, and which lines are the same person. Pure.

It refuses to look at cells: a line comes here already read.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .cells import fold, name_key, phone_key
from .problems import Problem


@dataclass
class CleanRow:
    """A person as a list describes them. Nothing is granted or guessed: None and "" mean that the list does not say."""

    line: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""  # their own; domain in lower case; compare with `email_key`
    payer_name: str = ""  # whoever paid, when it is somebody else
    payer_email: str = ""  # theirs: never used to reach the person, nor taken for the person's own
    ticket_number: str = ""
    role: str | None = None  # key of a role
    organisation: str = ""
    phone: str = ""
    skills: tuple[str, ...] = ()
    level: int | None = None  # 1 to 5
    themes: tuple[str, ...] = ()  # keys, best first, each once
    diet: str = ""
    access: str = ""
    image_consent: bool | None = None
    days: dict[dt.date, bool | None] = field(default_factory=dict)  # intention, not presence
    registered_at: dt.datetime | None = None  # aware
    status: str = ""
    language: str = ""  # "fr", "en" or ""
    notes: str = ""
    extra: dict[str, str] = field(default_factory=dict)  # heading → cell of columns without a field
    lines: tuple[int, ...] = ()  # every line about this person, `line` among them

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def folded_name(self) -> str:
        return fold(self.full_name)

    @property
    def name_key(self) -> str:
        """Folded words of the name in alphabetical order: first and last name may be swapped in another list."""
        return name_key(self.first_name, self.last_name)

    @property
    def payer(self) -> str:
        """Who paid, if somebody else did: « Name <address> », as our table keeps it."""
        address = f"<{self.payer_email}>" if self.payer_email else ""
        return f"{self.payer_name} {address}".strip()[-200:]

    @property
    def email_key(self) -> str:
        return self.email.casefold()

    @property
    def key(self) -> str:
        """Who this is: by ticket number, else e-mail and name, else name, phone and who paid."""
        if self.ticket_number:
            return f"ticket:{self.ticket_number.casefold()}"
        return self.person_key

    @property
    def person_key(self) -> str:
        """The same without the ticket."""
        if self.email:
            return f"email:{self.email_key}|{self.name_key}"
        return f"name:{self.name_key}|{self.payer_email.casefold()}|{phone_key(self.phone)}"


@dataclass
class Draft:
    """A line being read: the person so far, and what is wrong with it."""

    line: int
    row: CleanRow
    cells: tuple[str, ...] = ()
    is_gone: bool = False
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, name: str, value: str, **params: object) -> None:
        self.problems.append(Problem(code, {"value": value, **params}, name, value))

    def warn(self, code: str, name: str, value: str, **params: object) -> None:
        self.warnings.append(Problem(code, {"value": value, **params}, name, value))

    def person(self, group: Sequence[Draft]) -> CleanRow:
        return dataclasses.replace(self.row, lines=tuple(sorted(draft.line for draft in group)))


def collapse(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Lines grouped by person, the latest answer last in each group; groups in order of first appearance.

    Two lines are one person if they share a ticket number, or an e-mail and a name; without an e-mail, a name, a
    phone and the payer who bought both tickets. Two names under one e-mail stay two people.
    """
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    drafts = list(drafts)
    for draft in drafts:
        if draft.row.ticket_number and (draft.row.email or draft.row.payer_email) and draft.row.name_key:
            first, second = find(draft.row.key), find(draft.row.person_key)
            leader[second] = first
    groups: dict[str, list[Draft]] = {}
    for draft in drafts:
        known = draft.row.name_key or draft.row.ticket_number or draft.row.email
        groups.setdefault(find(draft.row.key) if known else f"line:{draft.line}", []).append(draft)
    return [sorted(group, key=_when) for group in groups.values()] if groups else []


def _when(draft: Draft) -> tuple[bool, float, int]:
    """Latest last. A line without a date cannot be placed among dated ones: it counts as older."""
    at = draft.row.registered_at
    return at is not None, at.timestamp() if at else 0.0, draft.line
