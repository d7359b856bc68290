"""Whether a ballot still takes anything, and why not, in a sentence. Asked by every verb that writes on one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hackathon.domain import clock, windows
from hackathon.kit.errors import Refused
from teams.enums import Standing

from ..enums import BallotState, RoundState
from ..models import Ballot


class BallotClosed(Refused):
    """`code` is what the page's script stops at. From `record_mark`, `details` hold the mark as it is."""

    code = "closed"


def why_closed(ballot: Ballot, *, ask_window: bool = True) -> str:
    """Why nothing may be written on this ballot, as a sentence saying what to do; "" when it is open."""
    round = ballot.round
    if round.state == RoundState.CLOSED:
        return _("This round is closed: its ballots no longer change.")
    if ballot.state == BallotState.RECUSED:
        return _("You have recused yourself from this project: there is nothing to mark.")
    if ballot.state == BallotState.SET_ASIDE:
        return _("This ballot has been set aside: ask the president of the jury.")
    if ballot.state == BallotState.HANDED_IN:
        return _("This ballot is handed in. To change it, ask the president of the jury to reopen it.")
    if ballot.project.standing in (Standing.WITHDRAWN, Standing.DISQUALIFIED):
        return _("This project is no longer in the competition: there is nothing to mark.")
    if round.state == RoundState.PLANNED:
        return _("This round is not open yet: wait for the organisers to open it.")
    if ask_window and not windows.is_open(round.window, at=clock.now(round.event)):
        return _(
            "Marks are not taken at this time: the round’s hours are over or to come. Ask the organisers."
        )
    return ""


def refuse_if_closed(ballot: Ballot, *, ask_window: bool = True) -> None:
    """Raises BallotClosed with the reason."""
    reason = why_closed(ballot, ask_window=ask_window)
    if reason:
        raise BallotClosed(reason)
