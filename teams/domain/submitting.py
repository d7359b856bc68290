"""What a team hands in: drafts that save themselves, the submission and its receipt.

Whether the team may write now is answered in writing.py. A word that was sent is never lost: what is refused is kept
beside the project as a version set aside. After a submission the project may still change until the deadline: what
the page holds then is what the jury reads, and the receipt says if it differs.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from hackathon.domain import audit, clock
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event

from .. import letters
from ..enums import ProjectState
from ..models import Membership, Project, ProjectVersion, Team
from ..models.project import CONTENT, EXTRA
from .content import (
    completeness,
    digest_of,
    has_changed_since_receipt,
    labels,
    missing_fields,
    names,
    needed_fields,
)
from .standing import StandingRefused, change_standing
from .writing import SubmissionClosed, Writing, check_open, closing_words, words, writing

__all__ = [
    "StandingRefused",
    "SubmissionClosed",
    "Writing",
    "change_standing",
    "check_open",
    "closing_words",
    "completeness",
    "digest_of",
    "has_changed_since_receipt",
    "labels",
    "missing_fields",
    "words",
    "writing",
]

#: What is read again under the event's turn, whatever the page had read before.
STATE = [*CONTENT, "extra", "version", "saved_at", "state", "submitted_at", "receipt", "is_late", "standing"]


class StaleProject(Stale):
    """`details["current"]` is the project as the other person left it, `details["kept"]` our text, set aside."""

    code = "stale_project"


class ProjectIncomplete(Refused):
    """`details["missing"]` names the fields."""

    code = "project_incomplete"


@transaction.atomic
def project_of(team: Team) -> Project:
    """The team's project, made when it is missing; the team and its event are the objects given."""
    project, _made = Project.objects.get_or_create(team=team)
    project.team = team
    return project


def save_draft(*, project: Project, content: dict[str, str], version: int, actor: Account | None) -> Project:
    """Save some fields of a project, written from its version `version`; fields that are not asked are left out.

    Raises SubmissionClosed or StaleProject, each after keeping the text as a version set aside; ProjectIncomplete
    when a project that is handed in would lose something it must have. Atomic in each of its two steps, so that
    refusing does not take back what was kept.
    """
    content = {name: content[name] for name in names(project) if name in content}
    try:
        return save_at(project=project, content=content, version=version, actor=actor)
    except (SubmissionClosed, StaleProject) as refusal:
        if content:
            refusal.details["kept"] = _set_aside(project, content, actor)
        raise


@transaction.atomic
def save_at(
    *,
    project: Project,
    content: dict[str, str],
    version: int,
    actor: Account | None,
    verb: str = "save_project",
    reason: str = "",
) -> Project:
    """`save_draft` without setting anything aside: for a text that is kept already."""
    event = project.event
    Event.objects.take_turn(event)
    project.refresh_from_db(fields=STATE)
    check_open(project.team)
    if project.state == ProjectState.SUBMITTED:
        lost = [name for name in needed_fields(project) if name in content and not content[name].strip()]
        if lost:
            raise ProjectIncomplete(_incomplete(project, lost), missing=lost)
    if project.version != version or not write(
        project=project, content=content, actor=actor, verb=verb, reason=reason
    ):
        raise StaleProject(
            _(
                "Somebody of your team saved this project in the meantime: nothing was overwritten. Your text is "
                "kept below; compare, then save again."
            ),
            current=project,
        )
    return project


def write(
    *,
    project: Project,
    content: dict[str, str],
    actor: Account | None,
    verb: str = "save_project",
    reason: str = "",
) -> bool:
    """Put those texts in the project, read under the event's turn by the caller, as a new version; False when
    somebody saved since it was read. Asks nothing about deadlines: the callers do."""
    event = project.event
    moment = clock.now(event)
    own = {name: text for name, text in content.items() if name in CONTENT}
    added = {name[len(EXTRA) :]: text for name, text in content.items() if name.startswith(EXTRA)}
    is_late = project.is_late or (project.state == ProjectState.SUBMITTED and writing(project.team).is_late)
    saved = Project.objects.filter(pk=project.pk, version=project.version).update(
        **own, extra=project.extra | added, is_late=is_late, version=F("version") + 1, saved_at=moment
    )
    project.refresh_from_db(fields=STATE)
    if not saved:
        return False
    ProjectVersion.objects.create(
        project=project, number=project.version, content=project.content, saved_by=actor, saved_at=moment
    )
    audit.record(
        event=event,
        actor=actor,
        verb=verb,
        about=project,
        reason=reason,
        version=project.version,
        fields=list(content),
    )
    return True


@transaction.atomic
def _set_aside(project: Project, content: dict[str, str], actor: Account | None) -> ProjectVersion:
    last = project.versions.of(actor).latest_first().first() if actor else None
    if last is not None and last.is_set_aside and last.content == content:
        return last  # sent again by a device that does not give up: kept once
    kept = ProjectVersion.objects.create(
        project=project,
        number=(project.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content,
        is_set_aside=True,
        saved_by=actor,
        saved_at=clock.now(project.event),
    )
    audit.record(event=project.event, actor=actor, verb="set_text_aside", about=project, version=kept.number)
    return kept


def reconcile(project: Project, content: dict[str, str], version: int) -> tuple[dict[str, str], list[str]]:
    """After StaleProject: what our page should hold now, and the fields that both of us changed.

    A field we left as it was in `version` takes the text saved since; one we changed keeps ours.
    """
    before = project.versions.filter(number=version, is_set_aside=False).first()
    base = before.content if before else {}
    theirs = project.content
    changed = {name: text for name, text in content.items() if text != base.get(name, "")}
    both = [name for name in changed if theirs.get(name, "") not in (base.get(name, ""), changed[name])]
    return theirs | changed, both


@transaction.atomic
def submit_project(*, project: Project, actor: Account | None) -> Project:
    """Hand the project in, as it stands; again after a change, for a new receipt. Harmless when nothing changed.

    Raises SubmissionClosed, or ProjectIncomplete naming what is missing. The captain gets the receipt by letter.
    """
    event = project.event
    Event.objects.take_turn(event)
    project.refresh_from_db(fields=STATE)
    check_ready(project)
    digest = digest_of(project)
    if project.state == ProjectState.SUBMITTED and project.receipt == digest:
        return project
    project.is_late = writing(project.team).is_late
    project.state = ProjectState.SUBMITTED
    project.submitted_at = clock.now(event)
    project.receipt = digest
    project.save(update_fields=["state", "submitted_at", "receipt", "is_late"])
    audit.record(
        event=event, actor=actor, verb="submit_project", about=project, receipt=digest, late=project.is_late
    )
    for person in Membership.objects.current().in_team(project.team).captains().people():
        with override(person.language):
            until = closing_words(project.team)
        letters.project_received(project=project, person=person, closes_at=until, language=person.language)
    return project


def check_ready(project: Project) -> None:
    """Raise what `submit_project` would: SubmissionClosed, or ProjectIncomplete naming what is missing."""
    check_open(project.team)
    missing = missing_fields(project)
    if missing:
        raise ProjectIncomplete(_incomplete(project, missing), missing=missing)


def _incomplete(project: Project, missing: list[str]) -> str:
    return _(
        "This project cannot be handed in without: %(fields)s. Fill in what is missing, then submit."
    ) % {"fields": ", ".join(labels(missing, project))}
