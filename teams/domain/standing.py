"""Where a project stands in the competition: in it, out of it, withdrawn, disqualified; each change for a reason.

The team and the organisers read the state and its reason; the public reads neither, nor a project that left.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from .. import letters, signals
from ..enums import Standing
from ..models import Membership, Project


class StandingRefused(Refused):
    code = "standing_refused"


@transaction.atomic
def change_standing(*, project: Project, standing: str, reason: str, actor: Account | None) -> Project:
    """Put a project out of competition, withdraw or disqualify it, or take it back; a reason is required, also to
    take it back. The captain is told by letter. Raises StandingRefused."""
    Event.objects.take_turn(project.event)
    if standing not in Standing.values:
        raise StandingRefused(
            _("“%(standing)s” is not a standing a project can have.") % {"standing": standing}
        )
    return _change(project, standing, reason, actor, verb="change_standing")


@transaction.atomic
def withdraw_project(*, project: Project, reason: str, actor: Account | None) -> Project:
    """The team takes its project out by itself; only an organiser brings it back.

    Raises StandingRefused without a reason, once it has left the competition, and once results are published.
    """
    event = project.event
    Event.objects.take_turn(event)
    project.refresh_from_db(fields=["standing", "standing_reason"])
    if event.published_at:
        raise StandingRefused(_("The results are published: a project can no longer be withdrawn."))
    if project.standing in (Standing.WITHDRAWN, Standing.DISQUALIFIED):
        raise StandingRefused(_("This project has already left the event: there is nothing to withdraw."))
    return _change(project, Standing.WITHDRAWN, reason, actor, verb="withdraw_project")


def _change(project: Project, standing: str, reason: str, actor: Account | None, *, verb: str) -> Project:
    reason = reason.strip()
    if not reason:
        raise StandingRefused(_("Say why: the reason is kept with the change and printed in the minutes."))
    most = 250
    if len(reason) > most:
        raise StandingRefused(
            _("The reason is longer than %(most)s characters: shorten it.") % {"most": most}
        )
    before, project.standing = project.standing, standing
    project.standing_reason = "" if standing == Standing.COMPETING else reason
    project.save(update_fields=["standing", "standing_reason"])
    entry = audit.record(
        event=project.event,
        actor=actor,
        verb=verb,
        about=project,
        reason=reason,
        before=before,
        standing=standing,
    )
    signals.standing_changed.send(Project, project=project, actor=actor)
    for person in Membership.objects.current().in_team(project.team).captains().people():
        letters.standing_changed(project=project, reason=reason, person=person, change=entry.pk)
    return project
