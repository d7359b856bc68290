"""The bytes of a project's files: what they are found to be, the pictures we draw of them, what a page shows of them.

Bytes lie under the file's id, away from every address; who may read them is asked in rules.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files import File

from hackathon.kit import arriving, office_files, pictures, uploads
from hackathon.models import Account

from ..enums import FileKind, FileState
from ..models import Project, ProjectFile
from .writing import writing

LIMIT = 20 * 1024 * 1024  # bytes of one file
MOST_IMAGES = 6
FOLDER = "projects"
#: kind → what is taken, as the sentences call it
TAKEN = {FileKind.DECK: ("pdf", "pptx", "odp"), FileKind.IMAGE: ("png", "jpeg")}
WIDTHS = (480, 1440)  # pixels, of the pictures we draw
PICTURE_TYPE = "image/webp"


@dataclass(frozen=True)
class Found:
    """What arrived: its name with the right ending, its media type, SHA-256 in hex."""

    name: str
    content_type: str
    digest: str


def place(file: ProjectFile) -> Path:
    """Where its bytes lie."""
    return arriving.place(FOLDER, file.pk)


def drawn(file: ProjectFile, width: int) -> Path:
    """Where the picture of that width lies."""
    return place(file).with_suffix(f".{width}.webp")


def inspect(file: ProjectFile) -> Found:
    """Read a file that arrived whole, to the end; draw its pictures if it is one.

    Raises UploadRefused with a sentence for the team.
    """
    path = place(file)
    names = TAKEN[FileKind(file.kind)]
    kinds = ("pdf", "zip") if file.kind == FileKind.DECK else names
    with path.open("rb") as opened:
        whole: File[Any] = File(opened, name=file.name)
        checked = uploads.check_upload(whole, kinds=kinds, limit=LIMIT, called=names)
        kind = office_files.check_office(opened) if checked.kind == "zip" else checked.kind
        if kind == "pdf":
            uploads.check_pdf_end(whole)
    if file.kind == FileKind.IMAGE:
        pictures.make_smaller(path, {width: drawn(file, width) for width in WIDTHS})
    return Found(uploads.clean_name(file.name, kind), uploads.KINDS[kind][2], arriving.digest(path))


def picture_of(file: ProjectFile, width: int) -> Path:
    """The picture to show at that width (WebP, no metadata): the smallest that is wide enough, else the widest.

    Raises FileNotFoundError for slides, and for an image that is not kept.
    """
    if file.kind != FileKind.IMAGE or file.state not in (FileState.KEPT, FileState.LATE) or file.removed_at:
        raise FileNotFoundError(file.pk)
    return drawn(file, next((each for each in WIDTHS if each >= width), WIDTHS[-1]))


def kept_files(project: Project) -> list[ProjectFile]:
    """What whoever may read the project reads: slides, then images in their order. One query."""
    return list(ProjectFile.objects.of_project(project).whole().in_order())


def files_context(project: Project, user: Account) -> dict[str, Any]:
    """What teams/_files.html shows to the team. One query, besides whether it is open."""
    rows = list(ProjectFile.objects.of_project(project).not_removed().in_order())
    for row in rows:
        row.project = project
        if row.state == FileState.ARRIVING:
            row.received = min(row.size, arriving.received(place(row)))
    images = [row for row in rows if row.kind == FileKind.IMAGE]
    kept = [row for row in images if row.state == FileState.KEPT]
    may_write = user.has_perm("teams.write_project", project)
    return {
        "files_project": project,
        "files_deck": sorted(
            (row for row in rows if row.kind == FileKind.DECK), key=lambda row: row.state != FileState.KEPT
        ),
        "files_images": images,
        "files_first": kept[0].pk if kept else None,
        "files_last": kept[-1].pk if kept else None,
        "files_open": may_write and writing(project.team).is_open,
        # what began in time may still end
        "files_going_on": may_write and any(row.state == FileState.ARRIVING for row in rows),
        "files_room": MOST_IMAGES - sum(row.state != FileState.REFUSED for row in images),
        "files_limit": LIMIT,
    }
