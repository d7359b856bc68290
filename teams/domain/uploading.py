"""How a file of a project arrives: begun, sent in parts that may be sent again, ended, looked at, kept.

A file begun before the deadline may end after it: it is kept, marked late, and the organisers decide. A part writes
to the disk alone, so that sixty teams sending at once take nothing from a juror who saves a mark.
"""

from __future__ import annotations

from functools import partial
from time import time

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.kit import arriving, uploads
from hackathon.kit.errors import Refused
from hackathon.kit.uploads import UploadRefused
from hackathon.models import Account, Event

from ..enums import FileKind, FileState
from ..models import Project, ProjectFile
from .project_files import (
    FOLDER,
    LIMIT,
    MOST_IMAGES,
    TAKEN,
    files_context,
    inspect,
    kept_files,
    picture_of,
    place,
)
from .writing import check_open, writing

__all__ = ["LIMIT", "TAKEN", "files_context", "kept_files", "picture_of"]

AT_ONCE = 4  # uploads of one team under way
ROOM = 200 * 1024 * 1024  # bytes of one team's files together, those that were replaced too
PATIENCE = 24 * 60 * 60  # seconds without a part before an upload is given up


class UploadEnded(Refused):
    """Parts come for a file that is no longer arriving."""

    code = "upload_ended"


class UploadIncomplete(Refused):
    """`details["offset"]`: where to go on from."""

    code = "upload_incomplete"


@transaction.atomic
def begin_upload(
    *, project: Project, kind: str, name: str, size: int, actor: Account | None, afresh: bool = False
) -> ProjectFile:
    """A place for a file of `size` bytes, or the one whose upload was interrupted (same kind, name and size).

    `afresh` gives up that one instead. Raises SubmissionClosed or UploadRefused.
    """
    Event.objects.take_turn(project.event)
    files = ProjectFile.objects.of_project(project)
    if kind not in FileKind.values:
        raise UploadRefused(_("Choose whether this is slides or an image."))
    shown = uploads.shown_name(name)
    same = files.arriving().alike(kind=kind, name=shown, size=size).first()
    if same and not afresh:
        same.project = project
        return same
    check_open(project.team)
    _check_size(shown, size)
    if same:
        _give_up(same, actor)
    _check_room(project, kind, size)
    file = ProjectFile.objects.create(
        project=project,
        kind=kind,
        name=shown,
        size=size,
        uploaded_by=actor,
        started_at=clock.now(project.event),
    )
    arriving.begin(place(file))
    audit.record(event=project.event, actor=actor, verb="begin_file", about=project, name=shown, size=size)
    return file


def receive_part(*, file: ProjectFile, offset: int, data: bytes) -> int:
    """Write a part; returns how many bytes have arrived. Records nothing: the beginning and the end are the acts.

    Raises UploadEnded, or what kit.arriving.append does.
    """
    if file.state != FileState.ARRIVING or file.removed_at:
        raise UploadEnded(_("This upload is over: reload the page to see what arrived."))
    try:
        return arriving.append(place(file), offset=offset, data=data, size=file.size)
    except FileNotFoundError as error:
        raise UploadEnded(_("This upload was given up: send the file again.")) from error


def finish_upload(*, file: ProjectFile, actor: Account | None) -> ProjectFile:
    """Look at what arrived, then keep it: as it should be before the deadline, late after it. Harmless when repeated.

    Raises UploadIncomplete, UploadEnded, or UploadRefused once the bytes are deleted and the reason is kept.
    """
    if file.state != FileState.ARRIVING or file.removed_at:
        return _as_it_ended(file)
    there = arriving.received(place(file))
    if there < file.size:
        raise UploadIncomplete(_("The file has not arrived whole yet."), offset=there)
    try:
        found = inspect(file)
    except UploadRefused as refusal:
        _refuse(file, str(refusal), actor)
        raise
    except FileNotFoundError as error:
        raise UploadEnded(_("This upload was given up: send the file again.")) from error
    with transaction.atomic():
        event = file.event
        Event.objects.take_turn(event)
        file.refresh_from_db(fields=["state", "removed_at", "position", "problem"])
        if file.state != FileState.ARRIVING or file.removed_at:
            return _as_it_ended(file)
        file.name, file.content_type, file.digest = found.name, found.content_type, found.digest
        file.received, file.finished_at = there, clock.now(event)
        file.state = FileState.KEPT if writing(file.team).is_open else FileState.LATE
        settle(file)
        audit.record(
            event=event, actor=actor, verb="send_file", about=file.project,
            name=file.name, digest=file.digest, state=file.state,
        )  # fmt: skip
    return file


def send_whole(*, project: Project, kind: str, sent: UploadedFile, actor: Account | None) -> ProjectFile:
    """The same in one go, for a browser without our script. Raises what beginning and ending raise."""
    file = begin_upload(
        project=project, kind=kind, name=sent.name or "", size=sent.size or 0, actor=actor, afresh=True
    )
    offset = 0
    for part in sent.chunks(arriving.PART):
        offset = receive_part(file=file, offset=offset, data=part)
    return finish_upload(file=file, actor=actor)


def settle(file: ProjectFile) -> None:
    """Save a file that ended, give an image its place in the row, and let kept slides take the place of others."""
    others = ProjectFile.objects.of_project(file.project).other_than(file)
    if file.kind == FileKind.IMAGE and not file.position:
        last = others.on_disk().of_kind(file.kind).aggregate(last=Max("position"))["last"] or 0
        file.position = last + 1
    file.save()
    if file.kind == FileKind.DECK and file.state == FileState.KEPT:
        others.whole().of_kind(file.kind).update(state=FileState.REPLACED)


def tend_files() -> int:
    """Give up uploads that nothing touched for a day, and slides replaced by others that were handed in since."""
    left = dict(arriving.left_behind(FOLDER, seconds=PATIENCE))
    strays = left.keys() - ProjectFile.objects.known_keys(left)
    for key in strays:
        arriving.forget(left[key])
    lost = []
    for file in ProjectFile.objects.arriving().with_projects():
        since = arriving.idle_since(place(file))
        if since is None or since < time() - PATIENCE:
            lost.append(file)
    lost += ProjectFile.objects.replaced_and_handed_in().with_projects()
    for file in lost:
        with transaction.atomic():
            _give_up(file, None)
    return len(strays) + len(lost)


def _give_up(file: ProjectFile, actor: Account | None) -> None:
    file.removed_at = clock.now(file.event)
    file.save(update_fields=["removed_at"])
    audit.record(event=file.event, actor=actor, verb="give_file_up", about=file.project, name=file.name)
    transaction.on_commit(partial(arriving.forget, place(file)))


@transaction.atomic
def _refuse(file: ProjectFile, reason: str, actor: Account | None) -> None:
    Event.objects.take_turn(file.event)
    file.state, file.problem, file.finished_at = FileState.REFUSED, reason[:250], clock.now(file.event)
    file.save(update_fields=["state", "problem", "finished_at"])
    audit.record(
        event=file.event, actor=actor, verb="refuse_file", about=file.project, reason=reason, name=file.name
    )
    transaction.on_commit(partial(arriving.forget, place(file)))


def _as_it_ended(file: ProjectFile) -> ProjectFile:
    if file.removed_at:
        raise UploadEnded(_("This upload was given up: send the file again."))
    if file.state == FileState.REFUSED:
        raise UploadRefused(file.problem)
    return file


def _check_size(name: str, size: int) -> None:
    words = {"name": name, "size": filesizeformat(size), "limit": filesizeformat(LIMIT)}
    if size <= 0:
        raise UploadRefused(_("“%(name)s” is empty: choose the file again.") % words)
    if size > LIMIT:
        raise UploadRefused(
            _("“%(name)s” weighs %(size)s, more than the %(limit)s allowed: send a smaller one.") % words
        )


def _check_room(project: Project, kind: str, size: int) -> None:
    files = ProjectFile.objects.of_project(project).on_disk()
    if files.arriving().count() >= AT_ONCE:
        raise UploadRefused(
            _(
                "%(count)s files of your team are arriving already: let one end, or remove it, then send this one."
            )
            % {"count": AT_ONCE}
        )
    if kind == FileKind.IMAGE and files.of_kind(kind).count() >= MOST_IMAGES:
        raise UploadRefused(
            _("A project shows %(count)s images at most: remove one, then send this one.")
            % {"count": MOST_IMAGES}
        )
    if files.total_size() + size > ROOM:
        raise UploadRefused(
            _(
                "The files of your team would weigh more than %(limit)s together: remove one, then send this one."
            )
            % {"limit": filesizeformat(ROOM)}
        )
