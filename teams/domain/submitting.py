"""What a team hands in: drafts that save themselves, the submission and its receipt, the standing in competition.

The deadline is the server's, on the event's clock; a request at `closes_at` exactly is late. A word that was sent
is never lost: what is refused is kept beside the project as a version set aside. After a submission the project may
still change until the deadline: what the page holds then is what the jury reads, and the receipt says if it differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from hackathon.domain import audit, clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event, Person

from .. import letters, signals
from ..enums import ProjectState, Standing
from ..models import Project, ProjectVersion, Team
from ..models.project import CONTENT, REQUIRED


class SubmissionClosed(Refused):
    code = "submission_closed"


class StaleProject(Stale):
    """`details["current"]` is the project as the other person left it, `details["kept"]` our text, set aside."""

    code = "stale_project"


class ProjectIncomplete(Refused):
    """`details["missing"]` names the fields."""

    code = "project_incomplete"


class StandingRefused(Refused):
    code = "standing_refused"


@transaction.atomic
def project_of(team: Team) -> Project:
    """The team's project, made when it is missing; the team and its event are the objects given."""
    project, _made = Project.objects.get_or_create(team=team)
    project.team = team
    return project


def save_draft(*, project: Project, content: dict[str, str], version: int, actor: Account | None) -> Project:
    """Save some fields of a project, written from its version `version`.

    Raises SubmissionClosed or StaleProject, each after keeping the text as a version set aside; ProjectIncomplete
    when a project that is handed in would lose something it must have. Atomic in each of its two steps, so that
    refusing does not take back what was kept.
    """
    content = {name: content[name] for name in CONTENT if name in content}
    try:
        return _save(project=project, content=content, version=version, actor=actor)
    except (SubmissionClosed, StaleProject) as refusal:
        if content:
            refusal.details["kept"] = _set_aside(project, content, actor)
        raise


@transaction.atomic
def _save(*, project: Project, content: dict[str, str], version: int, actor: Account | None) -> Project:
    event = project.event
    Event.objects.take_turn(event)
    check_open(event)
    if project.state == ProjectState.SUBMITTED:
        lost = [name for name in REQUIRED if name in content and not content[name].strip()]
        if lost:
            raise ProjectIncomplete(_incomplete(lost), missing=lost)
    moment = clock.now(event)
    saved = Project.objects.filter(pk=project.pk, version=version).update(
        **content, version=F("version") + 1, saved_at=moment
    )
    project.refresh_from_db(fields=[*CONTENT, "version", "saved_at", "state", "submitted_at", "receipt"])
    if not saved:
        raise StaleProject(
            _(
                "Somebody of your team saved this project in the meantime: nothing was overwritten. Your text is "
                "kept below; compare, then save again."
            ),
            current=project,
        )
    ProjectVersion.objects.create(
        project=project, number=project.version, content=project.content, saved_by=actor, saved_at=moment
    )
    audit.record(
        event=event,
        actor=actor,
        verb="save_project",
        about=project,
        version=project.version,
        fields=list(content),
    )
    return project


@transaction.atomic
def _set_aside(project: Project, content: dict[str, str], actor: Account | None) -> ProjectVersion:
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
    both = [name for name in changed if theirs[name] not in (base.get(name, ""), changed[name])]
    return theirs | changed, both


@transaction.atomic
def submit_project(*, project: Project, actor: Account | None) -> Project:
    """Hand the project in, as it stands; again after a change, for a new receipt. Harmless when nothing changed.

    Raises SubmissionClosed, or ProjectIncomplete naming what is missing. The captain gets the receipt by letter.
    """
    event = project.event
    Event.objects.take_turn(event)
    project.refresh_from_db(fields=[*CONTENT, "version", "state", "submitted_at", "receipt"])
    check_ready(project)
    digest = digest_of(project)
    if project.state == ProjectState.SUBMITTED and project.receipt == digest:
        return project
    project.state = ProjectState.SUBMITTED
    project.submitted_at = clock.now(event)
    project.receipt = digest
    project.save(update_fields=["state", "submitted_at", "receipt"])
    audit.record(event=event, actor=actor, verb="submit_project", about=project, receipt=digest)
    for person in Person.objects.filter(
        registration__memberships__team=project.team,
        registration__memberships__left_at=None,
        registration__memberships__is_captain=True,
    ):
        with override(person.language):
            until = closing_words(event)
        letters.project_received(project=project, person=person, closes_at=until, language=person.language)
    return project


@transaction.atomic
def change_standing(*, project: Project, standing: str, reason: str, actor: Account | None) -> Project:
    """Put a project out of competition, withdraw or disqualify it, or take it back; a reason is required, also to
    take it back. Raises StandingRefused."""
    Event.objects.take_turn(project.event)
    if standing not in Standing.values:
        raise StandingRefused(
            _("“%(standing)s” is not a standing a project can have.") % {"standing": standing}
        )
    if not reason.strip():
        raise StandingRefused(_("Say why: the reason is kept with the change and printed in the minutes."))
    project.standing = standing
    project.standing_reason = "" if standing == Standing.COMPETING else reason.strip()
    project.save(update_fields=["standing", "standing_reason"])
    audit.record(
        event=project.event,
        actor=actor,
        verb="change_standing",
        about=project,
        reason=reason,
        standing=standing,
    )
    signals.standing_changed.send(Project, project=project, actor=actor)
    return project


def check_open(event: Event) -> None:
    """Raise SubmissionClosed unless projects may change now, saying since or until when, and what to do."""
    if windows.submission_is_open(event):
        return
    window = windows.window_of(event, WindowKind.SUBMISSION)
    if window is None:
        raise SubmissionClosed(_("This event has no submission time yet: ask an organiser."))
    if not windows.has_closed(window, clock.now(event)):
        raise SubmissionClosed(
            _("Submission is not open yet: it opens on %(when)s. Nothing is lost, come back then.")
            % {"when": words(event, window.opens_at)}
        )
    raise SubmissionClosed(
        _(
            "Submission closed on %(when)s: the project stays as it was then. What you sent is kept apart; if you "
            "were prevented from sending it in time, go and see an organiser now."
        )
        % {"when": words(event, window.closes_at)}
    )


def check_ready(project: Project) -> None:
    """Raise what `submit_project` would: SubmissionClosed, or ProjectIncomplete naming what is missing."""
    check_open(project.event)
    missing = missing_fields(project)
    if missing:
        raise ProjectIncomplete(_incomplete(missing), missing=missing)


def closing_words(event: Event) -> str:
    """When submission closes, on the wall of the venue, in the active language; "" without a window."""
    window = windows.window_of(event, WindowKind.SUBMISSION)
    return words(event, window.closes_at) if window else ""


def words(event: Event, moment: datetime) -> str:
    """That moment on the wall of the venue, in the active language."""
    return date_format(event.local(moment), _("j F Y, H:i"))


def missing_fields(project: Project) -> list[str]:
    """The names of what must be filled in before submitting, in the order of the page."""
    return [name for name in REQUIRED if not getattr(project, name).strip()]


def completeness(project: Project) -> tuple[int, int]:
    """How many fields of the page are filled in, of how many."""
    return sum(1 for name in CONTENT if getattr(project, name).strip()), len(CONTENT)


def digest_of(project: Project) -> str:
    """SHA-256 (hex) of the project's id and content, as canonical JSON: what the receipt says was handed in."""
    whole: dict[str, Any] = {"project": project.pk, "content": project.content}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def has_changed_since_receipt(project: Project) -> bool:
    """Whether what was submitted has been changed and not been submitted again."""
    return project.state == ProjectState.SUBMITTED and project.receipt != digest_of(project)


def labels(names: Iterable[str]) -> list[str]:
    """The names that people read of those fields."""
    return [str(Project._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


def _incomplete(missing: list[str]) -> str:
    return _(
        "This project cannot be handed in without: %(fields)s. Fill in what is missing, then submit."
    ) % {"fields": ", ".join(labels(missing))}
