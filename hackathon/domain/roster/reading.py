"""From a file to a rehearsal: read, its columns understood, its people cleaned and compared with the event's.

Nothing is written here, and no lock is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_noop

from ...kit.errors import Refused
from ...kit.sheets import NOTES, UNREADABLE, Table
from ...kit.sheets import UnreadableFile as UnreadableTable
from ...models import Event, EventDay, ImportProfile
from ..roster_rows import clean, read_list, recognise, why_unknown
from ..roster_rows.profiles import Profile, check_mapping
from . import saved_profiles
from .matching import Known, read_choices, read_people
from .planning import Line, Remark, plan
from .rehearsal import Rehearsal

#: Names of the shapes that `profile` may state, besides the saved ones.
PROFILES = saved_profiles.SHAPES
PROFILE_DIFFERS = gettext_noop(
    "The list looks like “%(found)s”, not “%(stated)s”; its columns were read by their names."
)
PROFILE_USED = gettext_noop("The columns were read as saved under “%(name)s”.")
PROFILE_LACKS = gettext_noop("“%(name)s” expects columns that this list does not have: %(columns)s.")
PROFILE_UNFIT = gettext_noop(
    "None of this list’s columns with names is one that “%(name)s” knows: %(columns)s. "
    "Choose another saved mapping, or say on screen what each column holds."
)


class UnreadableList(Refused):
    """The file as a whole cannot be used. `code` is that of the reader; `details["line"]` where it is known."""


def rehearse(
    *,
    event: Event,
    data: bytes,
    name: str = "",
    profile: str | None = None,
    mapping: Mapping[int, str] | None = None,
    default_role: str | None = None,
    needs_agreed: bool = False,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Rehearsal:
    """Read a list and say what importing it would do; nothing is written.

    `profile` states a shape (one of PROFILES) or a saved mapping by its name; `mapping`, column index → field, goes
    before both; without either, a saved mapping whose columns are all there is used by itself. `default_role` (a
    key) is for those whose list names no role; `tell(done, total)`, in lines, may raise to stop. Raises UnreadableList when nothing can be read from the file.
    """
    known = read_choices(event)
    table = _read(data, name)
    size = len(table.rows)
    tell(size // 4, size)
    notes = [Remark(note.code, NOTES[note.code], note.params) for note in table.notes]
    found = _profile_of(table, known, mapping, profile, notes)
    roster = clean(
        table,
        found,
        roles=known.role_choices(),
        themes=known.theme_choices(),
        event_dates=[day.on for day in EventDay.objects.filter(event=event)],
        timezone=event.timezone,
        default_role=default_role,
    )
    tell(size // 2, size)
    rehearsal = Rehearsal(event, table, roster, found, [], name, needs_agreed, notes=notes)
    rehearsal.lines = planned(rehearsal, known)
    tell(size, size)
    return rehearsal


def columns_of(data: bytes, name: str) -> tuple[list[str], list[str]]:
    """The names of a list's columns and an example of each, for somebody to say what they hold."""
    table = _read(data, name)
    return list(table.header), examples_of(table)


def examples_of(table: Table) -> list[str]:
    """The first filled cell of each column, cut short; empty for a column without any."""
    rows = table.rows[:200]
    columns = range(len(table.header))
    return [next((row.cells[at].strip()[:60] for row in rows if row.cells[at].strip()), "") for at in columns]


def planned(rehearsal: Rehearsal, known: Known) -> list[Line]:
    """The whole list against the event as it is now; reads what is known of everybody into `known`."""
    known.keeps_needs = rehearsal.needs_agreed
    return plan(read_people(known), rehearsal.roster)


def _read(data: bytes, name: str) -> Table:
    try:
        return read_list(data, name)
    except UnreadableTable as error:
        remark = Remark(error.code, UNREADABLE[error.code], error.params)
        raise _refusal(remark, error.params.get("line")) from error


def _refusal(remark: Remark, line: object = None) -> UnreadableList:
    refusal = UnreadableList(str(remark), line=line)
    refusal.code = remark.code
    return refusal


def _profile_of(
    table: Table, known: Known, mapping: Mapping[int, str] | None, stated: str | None, notes: list[Remark]
) -> Profile:
    saved = list(ImportProfile.objects.for_event(known.event).by_name())
    by_name = next((each for each in saved if each.name == stated), None) if stated else None
    if mapping is None and by_name is None and not stated:
        by_name = saved_profiles.fitting(saved, table.header)
    if mapping is None and by_name is not None:
        return _by_saved(table, by_name, notes)
    found = recognise(table, roles=known.role_choices(), themes=known.theme_choices())
    if mapping is not None:
        return Profile(found.name if found else "guessed", check_mapping(mapping, len(table.header)))
    if found is None:
        problem = why_unknown(table)
        raise _refusal(Remark(problem.code, problem.template, problem.params), table.header_line)
    if stated and stated != found.name:
        notes.append(Remark("profile_differs", PROFILE_DIFFERS, {"found": found.name, "stated": stated}))
    return found


def _by_saved(table: Table, saved: ImportProfile, notes: list[Remark]) -> Profile:
    mapping = saved_profiles.mapping_of(saved, table.header)
    if not {"first_name", "last_name", "full_name"} & set(mapping.values()):
        columns = ", ".join(heading for heading in table.header if heading)[:300]
        params = {"name": saved.name, "columns": columns}
        raise _refusal(Remark("columns_unknown", PROFILE_UNFIT, params), table.header_line)
    notes.append(Remark("profile_used", PROFILE_USED, {"name": saved.name}))
    if lacking := saved_profiles.lacking(saved, table.header):
        params = {"name": saved.name, "columns": ", ".join(lacking)[:300]}
        notes.append(Remark("profile_lacks", PROFILE_LACKS, params))
    return Profile(saved.name, check_mapping(mapping, len(table.header)))
