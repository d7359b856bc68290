"""What a project page holds: our fields, the fields this event adds, what is missing, and the digest of the whole.

An added field is written `extra_<id>` wherever our fields have a name: in the form, in a version, in the digest.
Reads only; saving is in submitting.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from ..enums import ProjectState
from ..models import ExtraField, Project, ProjectFile
from ..models.project import CONTENT, EXTRA, REQUIRED


def extra_fields(project: Project) -> list[ExtraField]:
    """What this event asks of that project beyond our fields, in order; read once per project object."""
    if "_extra_fields" not in project.__dict__:
        asked = ExtraField.objects.for_event(project.event).asked_on(project.theme).in_order()
        project.__dict__["_extra_fields"] = list(asked)
    return project.__dict__["_extra_fields"]


def name_of(field: ExtraField) -> str:
    """What the field is called beside ours."""
    return f"{EXTRA}{field.pk}"


def names(project: Project) -> list[str]:
    """Every field that the page asks for, in its order."""
    return [*CONTENT, *map(name_of, extra_fields(project))]


def text_of(project: Project, name: str) -> str:
    """What is written in that field; "" when nothing is."""
    return project.content.get(name, "")


def needed_fields(project: Project) -> list[str]:
    """The names of what a project that is handed in must hold, in the order of the page."""
    return [*REQUIRED, *(name_of(field) for field in extra_fields(project) if field.is_required)]


def missing_fields(project: Project) -> list[str]:
    """The names of what is still to be filled in before submitting, in the order of the page."""
    return [name for name in needed_fields(project) if not text_of(project, name).strip()]


def completeness(project: Project) -> tuple[int, int]:
    """How many fields of the page are filled in, of how many."""
    asked = names(project)
    return sum(1 for name in asked if text_of(project, name).strip()), len(asked)


def texts(project: Project, content: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    """(name, label, text) of whatever is filled in, also in fields that are no longer asked; by default of the
    project as it stands."""
    held = project.content if content is None else content
    ordered = [*names(project), *(name for name in held if name.startswith(EXTRA))]
    filled = [name for name in dict.fromkeys(ordered) if held.get(name, "").strip()]
    return [(name, label, held[name]) for name, label in zip(filled, labels(filled, project), strict=True)]


def public_extras(project: Project) -> list[tuple[str, str]]:
    """(label, text) of the added fields that the gallery shows and the team filled in."""
    shown = [field for field in extra_fields(project) if field.is_public]
    held = project.extra
    return [(field.label, held[str(field.pk)]) for field in shown if held.get(str(field.pk), "").strip()]


def labels(wanted: Iterable[str], project: Project | None = None) -> list[str]:
    """The names that people read of those fields; an added field that is no longer asked keeps its own."""
    wanted = list(wanted)
    known = {name_of(field): field.label for field in extra_fields(project)} if project else {}
    others = [name for name in wanted if name.startswith(EXTRA) and name not in known]
    if others and project:
        kept = ExtraField.objects.for_event(project.event).numbered(
            int(name[len(EXTRA) :]) for name in others
        )
        known |= {name_of(field): field.label for field in kept}
    return [known.get(name) or _own_label(name) for name in wanted]


def _own_label(name: str) -> str:
    if name.startswith(EXTRA):
        return name
    return str(Project._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def digest_of(project: Project) -> str:
    """SHA-256 (hex) of the project's id, content and files, as canonical JSON: what the receipt says was handed in.

    `files`: [id, SHA-256 of the bytes] of each file that arrived whole, by id; absent when there is none.
    """
    whole: dict[str, Any] = {"project": project.pk, "content": project.content}
    files = sorted([str(file.pk), file.digest] for file in files_of(project))
    if files:
        whole["files"] = files
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def files_of(project: Project) -> list[ProjectFile]:
    """The files that arrived whole and are kept, in order."""
    return list(ProjectFile.objects.of_project(project).whole().in_order())


def has_changed_since_receipt(project: Project) -> bool:
    """Whether what was submitted has been changed and not been submitted again."""
    return project.state == ProjectState.SUBMITTED and project.receipt != digest_of(project)
