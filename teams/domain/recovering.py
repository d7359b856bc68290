"""A team was dissolved and made again: its new table takes over what the old one wrote. Nothing is lost on either side."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from ..models import Project, Team
from ..models.project import CONTENT, EXTRA
from . import submitting


class RecoveryRefused(Refused):
    code = "recovery_refused"


def recoverable(event: Event) -> list[Project]:
    """The projects of dissolved teams in which something was saved, with their teams, in order."""
    return list(Project.objects.for_event(event).of_dissolved_teams().begun().with_teams().in_order())


@transaction.atomic
def take_over(*, team: Team, old: Project, actor: Account | None) -> Project:
    """Put the text of a dissolved team's project in that team's, as a new version of it; what it held stays among its
    versions, and the old project stays as it is. An organiser's act, at any time: the deadline is not asked.

    Raises RecoveryRefused for a project of another event, of a team that is not dissolved, or with nothing in it.
    """
    Event.objects.take_turn(team.event)
    if old.team.event_id != team.event_id or old.team.dissolved_at is None or team.dissolved_at:
        raise RecoveryRefused(_("Only the text of a dissolved team of this event can be taken over."))
    if not any(text.strip() for text in old.content.values()):
        raise RecoveryRefused(_("That project is empty: there is nothing to take over."))
    project = submitting.project_of(team)
    project.refresh_from_db(fields=submitting.STATE)
    content = dict.fromkeys(CONTENT, "") | old.content
    content |= {f"{EXTRA}{key}": "" for key in project.extra if f"{EXTRA}{key}" not in content}
    submitting.write(
        project=project, content=content, actor=actor, verb="take_over_project", reason=str(old.team)
    )
    audit.record(event=team.event, actor=actor, verb="give_project_over", about=old, to=str(team))
    return project
