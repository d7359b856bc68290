"""Solving a proposal, outside the request: claimed, followed, stopped with the best teams so far, given up when dead.

`placing` writes the problem down and reviews the answer; the mathematics is `matching`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hackathon.domain import audit
from hackathon.models import Account, Event

from ..enums import ProposalState
from ..models import Proposal
from .matching import Message, Plan, Problem, ProblemRefused, solve

#: Seconds between two writes of the progress: often enough for the bar, seldom enough for the database.
BEAT = 0.4
#: What a computation may take beyond its own time limit before it is given up, when no worker has it.
GRACE = timedelta(seconds=90)


def compute(
    *,
    proposal: Proposal,
    progress: Callable[[float, int], None] | None = None,
    began: float | None = None,
) -> Proposal:
    """Solve a proposal's problem and keep the plan; a proposal that is no longer being computed stays as it is.

    Not atomic as a whole: it lasts for seconds and must block nobody. `began` (monotonic clock) is when the time
    limit starts. A problem that cannot be solved ends as FAILED, its reasons in `error` as JSON messages. Stopped
    meanwhile (`stop`), it ends with the best teams found until then; two workers on one proposal find the same.
    """
    mine = Proposal.objects.being_computed().filter(pk=proposal.pk)
    if not mine.exists():
        proposal.refresh_from_db()
        return proposal
    beat = {"at": 0.0, "wanted": True}

    def heard(fraction: float, best: int) -> None:
        if progress is not None:
            progress(fraction, best)
        if time.monotonic() - beat["at"] >= BEAT:
            going_on = mine.not_asked_to_stop().update(progress=min(fraction, 0.99)) > 0
            beat.update(at=time.monotonic(), wanted=going_on)

    try:
        plan = solve(
            Problem.from_json(proposal.problem),
            seconds=proposal.seconds,
            seed=proposal.seed,
            progress=heard,
            stop=lambda: not beat["wanted"],
            began=began,
        )
    except ProblemRefused as refusal:
        mine.update(state=ProposalState.FAILED, error=json.dumps([as_record(p) for p in refusal.problems]))
    except Exception:
        mine.update(state=ProposalState.FAILED, error=CRASHED)
        raise
    else:
        mine.update(state=ProposalState.READY, progress=1, plan=as_kept(plan))
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def stop(*, proposal: Proposal, actor: Account | None) -> Proposal:
    """Ask the computation to end now with the best teams it has. Harmless when repeated, or when it is over."""
    Event.objects.take_turn(proposal.event)
    asked = Proposal.objects.being_computed().not_asked_to_stop().filter(pk=proposal.pk)
    if asked.update(stop_asked_at=timezone.now()):
        audit.record(event=proposal.event, actor=actor, verb="stop_computation", about=proposal)
    proposal.refresh_from_db()
    return proposal


def recover(*, at_work: Iterable[int]) -> int:
    """Give up the computations that nobody will end: past their time limit, and not among `at_work`, the proposals
    that a worker has or will take. Returns how many. Harmless to repeat."""
    alive = set(at_work)
    lost = [
        proposal.pk
        for proposal in Proposal.objects.being_computed().exclude(pk__in=alive)
        if timezone.now() - proposal.created_at > GRACE + timedelta(seconds=proposal.seconds)
    ]
    return (
        Proposal.objects.being_computed()
        .filter(pk__in=lost)
        .update(state=ProposalState.FAILED, error=CRASHED)
    )


def as_record(message: Message) -> dict[str, Any]:
    """A message as JSON: its code and what fills its sentence, parts of a contradiction included."""
    params = {
        name: [as_record(part) for part in value] if name == "parts" else value
        for name, value in message.params.items()
    }
    return {"code": message.code, "params": params}


def as_kept(plan: Plan) -> dict[str, Any]:
    """The plan file, and beside each English sentence its code, so that every language can word it."""
    kept = plan.to_json()
    for entry, one in zip(kept["left_over"], plan.left_over, strict=True):
        entry.update(as_record(one.reason))
    kept["why"] = {str(person): [as_record(r) for r in reasons] for person, reasons in plan.reasons.items()}
    kept["notices"] = [as_record(notice) for notice in plan.notices]
    return kept


CRASHED = json.dumps([{"code": "crashed", "params": {}}])
