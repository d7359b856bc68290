"""What a list does to an event, person by person: said before, and after.

It refuses to decide (planning.py) and to write (importing.py).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ...enums import RegistrationState
from ...kit.sheets import Table
from ...letters import REGISTRATION_NEWS
from ...models import Event
from ..roster_rows import Roster
from ..roster_rows.profiles import Profile
from .planning import CHANGED, KINDS, NEW, REFUSED, UNCHANGED, Line, Remark


@dataclass
class Rehearsal:
    """`is_written` says whether it was done; `not_reached` counts the people that a stop kept out."""

    event: Event
    table: Table
    roster: Roster
    profile: Profile
    lines: list[Line]
    name: str = ""
    needs_agreed: bool = False
    is_written: bool = False
    not_reached: int = 0
    letters: int = 0  # queued
    notes: list[Remark] = field(default_factory=list)

    @property
    def format(self) -> str:
        return self.profile.name

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.kind for line in self.lines)
        return {kind: found[kind] for kind in KINDS}

    @property
    def waitlisted(self) -> int:
        return sum(1 for line in self.lines if is_waiting(line))

    @property
    def to_write_to(self) -> int:
        """How many of the new people a letter would reach, if one was asked for."""
        return sum(
            1 for line in self.of_kind(NEW) if line.row and line.row.email and line.state in REGISTRATION_NEWS
        )

    def of_kind(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    @property
    def is_good(self) -> bool:
        """Whether anybody of the list is, or would be, in."""
        return any(line.kind in (NEW, CHANGED, UNCHANGED) for line in self.lines) or not self.of_kind(REFUSED)

    def as_json(self) -> dict[str, Any]:
        counts: dict[str, Any] = self.counts
        refused = [
            {"line": line.line, "reasons": [str(reason) for reason in line.reasons]}
            for line in self.of_kind(REFUSED)
        ]
        return {"format": self.format, **counts, "refused": refused}


def is_waiting(line: Line) -> bool:
    """Whether the list puts that person on the waiting list."""
    return line.kind in (NEW, CHANGED) and line.state == RegistrationState.WAITLISTED
