"""One team may write after the deadline, until then, for that reason; the others stay closed, and it is marked late."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hackathon.domain import audit, clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from .. import letters
from ..models import Membership, Reopening, Team
from .writing import has_left, words


class ReopeningRefused(Refused):
    code = "reopening_refused"


@transaction.atomic
def reopen_team(*, team: Team, until: datetime, reason: str, actor: Account | None) -> Reopening:
    """Let that team write after the deadline until then; before the deadline, from it on. One is in force at a time:
    a new one ends the one before. The captain is told by letter.

    Raises ReopeningRefused without a reason, for a time that is over or before the deadline, for a team that left,
    and when no submission time is planned.
    """
    event = team.event
    Event.objects.take_turn(event)
    now, window = clock.now(event), windows.window_of(event, WindowKind.SUBMISSION)
    if window is None:
        raise ReopeningRefused(_("This event has no submission time yet: plan it first, under Windows."))
    begins = now if windows.has_closed(window, now) else window.closes_at
    _check(team, until, reason, begins)
    for open_still in Reopening.objects.of_team(team).not_ended(now):
        _close(open_still, now)
    reopening = Reopening.objects.create(
        team=team, reason=reason.strip(), opens_at=begins, until=until, opened_by=actor
    )
    audit.record(
        event=event,
        actor=actor,
        verb="reopen_team",
        about=team,
        reason=reason.strip(),
        until=until.isoformat(),
    )
    for person in Membership.objects.current().in_team(team).captains().people():
        with override(person.language or "fr"):
            written = words(event, until)
        letters.team_reopened(reopening=reopening, until=written, person=person)
    return reopening


def _check(team: Team, until: datetime, reason: str, begins: datetime) -> None:
    if not reason.strip():
        raise ReopeningRefused(_("Say why: the reason is kept with the change and printed in the minutes."))
    if len(reason.strip()) > 250:
        raise ReopeningRefused(
            _("The reason is longer than %(most)s characters: shorten it.") % {"most": 250}
        )
    if team.dissolved_at or has_left(team):
        raise ReopeningRefused(_("This team has left the event: bring its project back first."))
    if until <= begins:
        raise ReopeningRefused(
            _("Choose a time after %(when)s: until then this would change nothing.")
            % {"when": words(team.event, begins)}
        )


@transaction.atomic
def close_reopening(*, reopening: Reopening, actor: Account | None) -> Reopening:
    """End it now. Harmless when it is over."""
    event = reopening.team.event
    Event.objects.take_turn(event)
    reopening.refresh_from_db(fields=["closed_at", "until"])
    now = clock.now(event)
    if reopening.closed_at is None and reopening.until > now:
        _close(reopening, now)
        audit.record(event=event, actor=actor, verb="close_reopening", about=reopening.team)
    return reopening


def _close(reopening: Reopening, now: datetime) -> None:
    reopening.closed_at = now
    reopening.save(update_fields=["closed_at"])
