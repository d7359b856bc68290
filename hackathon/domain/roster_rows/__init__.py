"""A list's lines → clean people, with every problem of a line at once; one person's several lines become one. Pure.

It refuses to know the database: what is new, changed or over capacity is for roster to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from ...kit.folding import fold
from ...kit.sheets import Table, read_table
from .choices import Choice
from .lines import LineReader
from .people import CleanRow, Draft, collapse
from .problems import PROBLEMS, Problem
from .profiles import Profile, check_mapping, count_known, recognise, why_unknown

__all__ = [
    "PROBLEMS", "Choice", "CleanRow", "Problem", "Profile", "Refused", "Roster", "Skipped", "Warned", "clean", "fold",
    "read_list", "recognise", "why_unknown",
]  # fmt: skip


@dataclass(frozen=True)
class Refused:
    """A person who cannot go in, and why: every reason."""

    line: int
    problems: tuple[Problem, ...]
    cells: tuple[str, ...] = ()

    @property
    def reasons(self) -> list[str]:
        return [problem.text for problem in self.problems]


@dataclass(frozen=True)
class Skipped:
    """A person whose every line says that they are not coming; `reason` is the status as written."""

    line: int
    reason: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Warned:
    """Something odd that kept nobody out."""

    line: int
    problem: Problem


@dataclass
class Roster:
    """People, not lines. Somebody whose latest answer is bad but who gave a good one before is in `rows` and `refused`."""

    rows: list[CleanRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    repeated: list[tuple[int, int]] = field(default_factory=list)  # (line left out, line that counts)
    ignored: list[int] = field(default_factory=list)  # totals and repeated headers, which are nobody


def read_list(data: bytes, name: str = "") -> Table:
    """`kit.sheets.read_table`, told which headings to look for. Raises UnreadableFile."""
    return read_table(data, name, known_names=count_known)


def clean(
    table: Table,
    mapping: Mapping[int, str] | Profile,
    *,
    roles: Sequence[Choice],
    themes: Sequence[Choice],
    event_dates: Sequence[dt.date] = (),
    timezone: str | ZoneInfo = "Europe/Paris",
    default_role: str | None = None,
) -> Roster:
    """Read every line of `table`. `default_role` (a key) is for those whose list names no role.

    Raises ValueError when `mapping` names a field that does not exist.
    """
    if isinstance(mapping, Profile):
        mapping = mapping.mapping
    reader = LineReader(
        table, check_mapping(mapping, len(table.header)), roles, themes, event_dates, timezone, default_role
    )
    roster = Roster()
    drafts = []
    for row in table.rows:
        if reader.is_nobody(row.cells):
            roster.ignored.append(row.line)
        else:
            drafts.append(reader.read(row.line, row.cells))
    _sort_out(collapse(drafts), roster)
    return roster


def _sort_out(groups: Iterable[list[Draft]], roster: Roster) -> None:
    """The latest good answer goes in; a later bad one is refused beside it; skipped only if every line says so."""
    for group in groups:
        coming = [draft for draft in group if not draft.is_gone]
        if not coming:
            last = group[-1]
            roster.skipped.append(Skipped(last.line, last.row.status, tuple(sorted(d.line for d in group))))
            continue
        latest = coming[-1]
        kept = next((draft for draft in reversed(coming) if not draft.problems), latest)
        if latest.problems:
            roster.refused.append(Refused(latest.line, tuple(latest.problems), latest.cells))
        if not kept.problems:
            roster.rows.append(kept.person(group))
            roster.warnings += [Warned(kept.line, problem) for problem in kept.warnings]
        roster.repeated += [(draft.line, kept.line) for draft in group if draft not in (kept, latest)]
        if odd := _odd_group(group, kept):
            roster.warnings.append(Warned(kept.line, odd))
    roster.rows.sort(key=lambda row: row.line)
    roster.refused.sort(key=lambda refused: refused.line)
    roster.skipped.sort(key=lambda skipped: skipped.line)
    roster.warnings.sort(key=lambda warned: warned.line)


def _odd_group(group: Sequence[Draft], kept: Draft) -> Problem | None:
    lines = ", ".join(str(line) for line in sorted(draft.line for draft in group))
    if len({draft.row.name_key for draft in group}) > 1:
        return Problem("ticket_reused", {"ticket": kept.row.ticket_number, "lines": lines}, "ticket_number")
    if len(group) > 1 and not kept.row.email and not kept.row.ticket_number:
        return Problem("same_name", {"name": kept.row.full_name, "lines": lines}, "full_name")
    return None
