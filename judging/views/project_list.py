"""« My projects »: a juror's ballots by round, what state each is in, and the one thing to do next."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from hackathon.domain import clock, windows
from hackathon.models import Event

from ..domain import progress
from ..enums import RoundState
from ..models import Ballot


def of_juror(event: Event, account: Any) -> dict[str, Any]:
    """Two queries: the ballots of rounds that have opened, and their passages; the rest is arithmetic."""
    rows = list(Ballot.objects.for_event(event).of(account).being_judged().with_projects().with_passages())
    for ballot in rows:
        ballot.round.event = event
    sections = [
        _section(round, list(ballots)) for round, ballots in groupby(rows, key=lambda ballot: ballot.round)
    ]
    waiting = [
        ballot
        for section in sections
        if section["is_open"]
        for ballot, state, _time in section["rows"]
        if state.key in (progress.EMPTY, progress.STARTED)
    ]
    complete = [
        ballot
        for section in sections
        if section["is_open"]
        for ballot, state, _time in section["rows"]
        if state.key == progress.COMPLETE
    ]
    return {
        # the round under way first: it is why one opens this page
        "sections": sorted(sections, key=lambda section: not section["is_open"]),
        "waiting": waiting,
        "complete": complete,
        "next": waiting[0] if waiting else None,
    }


class State:
    """What the list says of a ballot."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.label, self.kind = progress.CELLS[key]
        if key == progress.STARTED:
            self.kind = "late"


def _section(round: Any, ballots: list[Ballot]) -> dict[str, Any]:
    states = [State(progress.state_of(ballot)) for ballot in ballots]
    counted = [state for state in states if state.key not in (progress.RECUSED, progress.SET_ASIDE)]
    return {
        "round": round,
        "rows": list(zip(ballots, states, [ballot.starts_at for ballot in ballots], strict=True)),  # type: ignore[attr-defined]
        "is_open": round.state == RoundState.OPEN,
        "takes_marks": windows.is_open(round.window, at=clock.now(round.event)),
        "done": sum(state.key in (progress.HANDED_IN, progress.COMPLETE) for state in counted),
        "of": len(counted),
    }
