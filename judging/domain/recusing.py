"""Standing aside from a project, and giving a ballot back to its juror; each for a reason that is kept."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from ..enums import BallotState, RoundState
from ..models import Ballot, Conflict
from .closedness import BallotClosed, why_closed


class ReasonNeeded(Refused):
    code = "reason_needed"


@transaction.atomic
def recuse(*, ballot: Ballot, reason: str, actor: Account | None) -> Ballot:
    """Stand aside from a project: the ballot no longer counts; marks already given stay in the log.

    Raises ReasonNeeded, and BallotClosed once the round is closed or the ballot set aside.
    """
    row = Ballot.objects.locked().get(pk=ballot.pk)
    if row.round.state == RoundState.CLOSED or row.state == BallotState.SET_ASIDE:
        raise BallotClosed(why_closed(row))
    if row.state == BallotState.RECUSED:
        return row
    row.recusal_reason = _reason(
        reason, _("Say in a few words why you stand aside: it is kept with the ballot.")
    )
    row.state = BallotState.RECUSED
    row.handed_in_at, row.receipt = None, ""
    row.save(update_fields=["state", "recusal_reason", "handed_in_at", "receipt"])
    audit.record(event=row.event, actor=actor, verb="recuse", about=row, reason=row.recusal_reason)
    return row


@transaction.atomic
def reopen(*, ballot: Ballot, reason: str, actor: Account | None) -> Ballot:
    """Give a ballot back to its juror: handed in too early, or recused by mistake. Raises ReasonNeeded, BallotClosed."""
    Event.objects.take_turn(ballot.round.event)  # a round being closed meanwhile waits, or has closed
    row = Ballot.objects.locked().get(pk=ballot.pk)
    if row.round.state == RoundState.CLOSED or row.state == BallotState.SET_ASIDE:
        raise BallotClosed(why_closed(row))
    why = _reason(reason, _("Say why this ballot is reopened: the reason is kept in the record."))
    if row.state == BallotState.OPEN:
        return row
    if row.state == BallotState.RECUSED:
        _refuse_conflict(row)
    was = row.state
    row.state, row.recusal_reason, row.handed_in_at, row.receipt = BallotState.OPEN, "", None, ""
    row.save(update_fields=["state", "recusal_reason", "handed_in_at", "receipt"])
    audit.record(event=row.event, actor=actor, verb="reopen_ballot", about=row, reason=why, was=was)
    return row


def _refuse_conflict(row: Ballot) -> None:
    """Raises ReasonNeeded while a conflict in force keeps the juror from the team: it is set aside first."""
    known = Conflict.objects.of_juror(row.juror).in_force().on_team(row.project.team).first()
    if known is not None:
        raise ReasonNeeded(
            _("A conflict of interest keeps this juror from this project (%(why)s): set it aside first.")
            % {"why": known.reason}
        )


def _reason(text: str, ask: str) -> str:
    """The reason, at most 250 characters. Raises ReasonNeeded with `ask` when there is none."""
    if not text.strip():
        raise ReasonNeeded(ask)
    return text.strip()[:250]
