"""What is done with a project's files once they arrived: described, put in order, removed, put back; late ones judged.

How they arrive is uploading.py.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.kit import arriving
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Person

from ..enums import FileKind, FileState
from ..models import ProjectFile
from .project_files import place
from .uploading import settle
from .writing import check_open


class FileRefused(Refused):
    code = "file_refused"


@transaction.atomic
def remove_file(*, file: ProjectFile, actor: Account | None) -> None:
    """Take a file away for good: its bytes are deleted. Harmless when repeated. Raises SubmissionClosed."""
    Event.objects.take_turn(file.event)
    file.refresh_from_db(fields=["state", "removed_at"])
    if file.removed_at:
        return
    if file.state not in (FileState.ARRIVING, FileState.REFUSED):
        check_open(file.team)
    file.removed_at = clock.now(file.event)
    file.save(update_fields=["removed_at"])
    audit.record(
        event=file.event,
        actor=actor,
        verb="remove_file",
        about=file.project,
        name=file.name,
        digest=file.digest,
    )
    transaction.on_commit(partial(arriving.forget, place(file)))


@transaction.atomic
def describe_file(*, file: ProjectFile, description: str, actor: Account | None) -> ProjectFile:
    """Say what an image shows, for those who do not see it. Raises SubmissionClosed or FileRefused."""
    Event.objects.take_turn(file.event)
    check_open(file.team)
    text = " ".join(description.split())
    if len(text) > 200:
        raise FileRefused(_("The description is longer than 200 characters: shorten it."))
    file.description = text
    file.save(update_fields=["description"])
    audit.record(event=file.event, actor=actor, verb="describe_file", about=file.project, name=file.name)
    return file


@transaction.atomic
def move_file(*, file: ProjectFile, up: bool, actor: Account | None) -> None:
    """Show an image one place earlier or later. Harmless at the ends. Raises SubmissionClosed."""
    Event.objects.take_turn(file.event)
    check_open(file.team)
    row = list(ProjectFile.objects.of_project(file.project).whole().of_kind(FileKind.IMAGE).in_order())
    here = next((at for at, each in enumerate(row) if each.pk == file.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(row):
        return
    row[here], row[there] = row[there], row[here]
    for position, each in enumerate(row, start=1):
        each.position = position
    ProjectFile.objects.bulk_update(row, ["position"])
    audit.record(event=file.event, actor=actor, verb="move_file", about=file.project, name=file.name)


@transaction.atomic
def put_back(*, file: ProjectFile, actor: Account | None) -> ProjectFile:
    """Slides that were replaced take their place again. Raises SubmissionClosed or FileRefused."""
    Event.objects.take_turn(file.event)
    check_open(file.team)
    file.refresh_from_db(fields=["state", "removed_at"])
    if file.state != FileState.REPLACED or file.removed_at:
        raise FileRefused(_("These slides are no longer kept: send them again."))
    file.state = FileState.KEPT
    settle(file)
    audit.record(event=file.event, actor=actor, verb="put_file_back", about=file.project, name=file.name)
    return file


@transaction.atomic
def judge_late_file(*, file: ProjectFile, accept: bool, reason: str, actor: Account | None) -> ProjectFile:
    """An organiser takes a file that ended after the deadline, or refuses it, which deletes it; a reason either way.

    Raises FileRefused without a reason, or when it was judged already the other way.
    """
    Event.objects.take_turn(file.event)
    file.refresh_from_db(fields=["state", "removed_at", "position"])
    if not reason.strip():
        raise FileRefused(_("Say why: the team reads it, and the record keeps it."))
    wanted = FileState.KEPT if accept else FileState.REFUSED
    if file.removed_at or file.state not in (FileState.LATE, wanted):
        raise FileRefused(_("This file was decided in the meantime: reload the page."))
    if file.state == wanted:
        return file
    file.state = wanted
    file.problem = "" if accept else reason.strip()[:250]
    settle(file)
    audit.record(
        event=file.event, actor=actor, verb="accept_late_file" if accept else "refuse_late_file",
        about=file.project, reason=reason.strip(), name=file.name, digest=file.digest,
    )  # fmt: skip
    if not accept:
        transaction.on_commit(partial(arriving.forget, place(file)))
    return file


def late_files(event: Event) -> list[ProjectFile]:
    """Those that wait for an organiser, oldest first."""
    return list(ProjectFile.objects.for_event(event).late().with_projects().order_by("finished_at"))


def files_sent_by(person: Person) -> list[dict[str, str]]:
    """What a person's account sent, for the copy of their data."""
    if person.account is None:
        return []
    sent = ProjectFile.objects.sent_by(person.account).with_projects().order_by("started_at")
    return [
        {
            "name": file.name,
            "kind": file.kind,
            "description": file.description,
            "sent_at": file.started_at.isoformat(),
            "team": str(file.team),
        }
        for file in sent
    ]


@transaction.atomic
def forget_sender(person: Person) -> None:
    """The files stay the team's; who sent them and what they called them is forgotten."""
    if person.account is None:
        return
    for file in ProjectFile.objects.sent_by(person.account):
        ending = file.name.rpartition(".")[2] if "." in file.name else ""
        file.name = f"{file.kind}.{ending}" if ending else file.kind
        file.uploaded_by = None
        file.save(update_fields=["name", "uploaded_by"])
