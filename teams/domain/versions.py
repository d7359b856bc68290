"""The saved versions of a project: to read, to compare word by word, and to go back to. Nothing is ever taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.models import Account

from ..models import Project, ProjectVersion
from ..models.project import CONTENT
from . import submitting
from .content import labels, names

#: Past this many words a text is compared by lines: word by word would take seconds.
MOST_WORDS = 1500


@dataclass(frozen=True)
class Piece:
    """A run of text: `kind` is "same", "added" (only in the newer text) or "removed" (only in the older)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Compared:
    """A field in both versions; `pieces` reads as the newer text with what was removed still in it."""

    name: str
    label: str
    pieces: list[Piece]
    has_changed: bool


def compare(project: Project, older: dict[str, str], newer: dict[str, str]) -> list[Compared]:
    """Each field that holds something in one of the two, in the order of the page; of a version set aside, which
    holds only what its author changed, only those fields."""
    ordered = dict.fromkeys([*names(project), *older, *newer])
    filled = [name for name in ordered if older.get(name, "") or newer.get(name, "")]
    return [
        Compared(
            name,
            label,
            differences(older.get(name, ""), newer.get(name, "")),
            older.get(name, "") != newer.get(name, ""),
        )
        for name, label in zip(filled, labels(filled, project), strict=True)
    ]


def differences(older: str, newer: str) -> list[Piece]:
    """What the newer text adds and removes, in whole words; joined without the removed pieces it is the newer
    text exactly, without the added ones the older."""
    if older == newer:
        return [Piece("same", newer)] if newer else []
    before, after = _words(older), _words(newer)
    if len(before) + len(after) > MOST_WORDS * 2:
        before, after = older.splitlines(keepends=True), newer.splitlines(keepends=True)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece("removed", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("added", "".join(after[c:d])))
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


@transaction.atomic
def restore(*, project: Project, kept: ProjectVersion, version: int, actor: Account | None) -> Project:
    """Go back to that text, as a new version; of one set aside, only the fields it holds. `version`: the one that was
    on the screen. Raises SubmissionClosed, StaleProject or ProjectIncomplete, and then changes nothing."""
    content = {name: text for name, text in kept.content.items() if name in names(project)}
    if not kept.is_set_aside:
        content = dict.fromkeys(names(project), "") | content
    reason = _("version %(number)s") % {"number": kept.number}
    return submitting.save_at(
        project=project, content=content, version=version, actor=actor, verb="restore_project", reason=reason
    )


def is_restorable(project: Project, kept: ProjectVersion) -> bool:
    """Whether going back to it would change anything."""
    held = project.content
    wanted = kept.content if kept.is_set_aside else dict.fromkeys(CONTENT, "") | kept.content
    asked = names(project)
    return any(held.get(name, "") != text for name, text in wanted.items() if name in asked)
