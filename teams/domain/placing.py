"""Proposing teams and reviewing the proposal, before anybody is told: propose, compute, move, undo, set aside.

Applying and announcing are in `applying` and reached from here too. A proposal changes only from the version that
the organiser saw: a change made from an older board is refused, never merged blindly.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event, Theme

from ..enums import ProposalState
from ..models import Proposal
from .applying import announce, apply
from .matching import Message, Plan, Problem, ProblemRefused, Team, evaluate, solve
from .matching.reasons import reasons_of
from .problem_file import problem_of

__all__ = [
    "MoveRefused",
    "ProposalRefused",
    "StaleProposal",
    "announce",
    "apply",
    "compute",
    "discard",
    "move_person",
    "problem_of",
    "propose",
    "teams_after",
    "teams_of",
    "undo_move",
]

#: Seconds between two writes of the progress: often enough for the bar, seldom enough for the database.
BEAT = 0.4


class ProposalRefused(Refused):
    code = "proposal_refused"


class StaleProposal(Stale):
    code = "stale_proposal"


class MoveRefused(Refused):
    code = "move_refused"


@transaction.atomic
def propose(*, event: Event, seconds: float = 5, seed: int = 1, actor: Account | None) -> Proposal:
    """Write down the problem; `compute` solves it. Any proposal under review is set aside.

    Raises ProposalRefused when there is nobody to place or no theme to work on.
    """
    Event.objects.take_turn(event)
    if not Theme.objects.for_event(event).exists():
        raise ProposalRefused(_("This event has no theme: add at least one, then propose teams."))
    problem = problem_of(event, seconds=seconds, seed=seed)
    if not problem["people"]:
        raise ProposalRefused(
            _("Nobody is coming yet: teams can be proposed once registrations are accepted.")
        )
    Proposal.objects.for_event(event).under_review().update(state=ProposalState.DISCARDED)
    proposal = Proposal.objects.create(
        event=event, seconds=seconds, seed=seed, problem=problem, created_by=actor
    )
    audit.record(
        event=event,
        actor=actor,
        verb="propose_teams",
        about=proposal,
        people=len(problem["people"]),
        seed=seed,
    )
    return proposal


def compute(
    *,
    proposal: Proposal,
    progress: Callable[[float, int], None] | None = None,
    began: float | None = None,
) -> Proposal:
    """Solve a proposal's problem and keep the plan; a proposal that is no longer being computed stays as it is.

    Not atomic as a whole: it lasts for seconds and must block nobody. `began` (monotonic clock) is when the time
    limit starts. A problem that cannot be solved ends as FAILED, its reasons in `error` as JSON messages.
    """
    mine = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.RUNNING)
    if not mine.exists():
        proposal.refresh_from_db()
        return proposal
    beat = {"at": time.monotonic(), "wanted": True}

    def heard(fraction: float, best: int) -> None:
        if progress is not None:
            progress(fraction, best)
        if time.monotonic() - beat["at"] >= BEAT:
            beat.update(at=time.monotonic(), wanted=mine.update(progress=min(fraction, 0.99)) > 0)

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
        mine.update(state=ProposalState.FAILED, error=json.dumps([{"code": "crashed", "params": {}}]))
        raise
    else:
        mine.update(state=ProposalState.READY, progress=1, plan=as_kept(plan))
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def move_person(
    *, proposal: Proposal, person: str, to_team: str | None, version: int, actor: Account | None
) -> Proposal:
    """Put somebody in another team of the proposal (None: in none), and count the cost again.

    A move may break a rule about sizes or capacities, which the board then shows; it never takes apart a locked
    team. Raises StaleProposal when the board has changed, MoveRefused for an impossible move.
    """
    _take(proposal, version)
    here = team_key_of(proposal, person)
    teams = teams_after(proposal, person, to_team)
    proposal.moves = [*proposal.moves, {"person": person, "from": here, "to": to_team}]
    _keep_teams(proposal, teams)
    audit.record(
        event=proposal.event, actor=actor, verb="move_in_proposal", about=proposal, person=person, to=to_team
    )
    return proposal


@transaction.atomic
def undo_move(*, proposal: Proposal, version: int, actor: Account | None) -> Proposal:
    """Take back the last move made by hand. Raises MoveRefused when there is none."""
    _take(proposal, version)
    if not proposal.moves:
        raise MoveRefused(_("There is no move to undo: the proposal is as it was computed."))
    last = proposal.moves[-1]
    teams = teams_after(proposal, last["person"], last["from"])
    proposal.moves = proposal.moves[:-1]
    _keep_teams(proposal, teams)
    audit.record(
        event=proposal.event, actor=actor, verb="undo_move_in_proposal", about=proposal, person=last["person"]
    )
    return proposal


@transaction.atomic
def discard(*, proposal: Proposal, actor: Account | None) -> Proposal:
    """Set a proposal under review aside; one being computed stops. Harmless when repeated."""
    Event.objects.take_turn(proposal.event)
    if Proposal.objects.under_review().filter(pk=proposal.pk).update(state=ProposalState.DISCARDED):
        audit.record(event=proposal.event, actor=actor, verb="set_proposal_aside", about=proposal)
    proposal.refresh_from_db()
    return proposal


def teams_of(proposal: Proposal) -> tuple[Team, ...]:
    """The teams of the plan as it stands, empty ones included."""
    return tuple(
        Team(team["key"], team["theme"], tuple(team["people"])) for team in proposal.plan.get("teams", [])
    )


def team_key_of(proposal: Proposal, person: str) -> str | None:
    return next((str(team.key) for team in teams_of(proposal) if person in team.people), None)


def teams_after(proposal: Proposal, person: str, to_team: str | None) -> tuple[Team, ...]:
    """The teams if that person were moved; nothing is written. Raises MoveRefused."""
    teams = teams_of(proposal)
    if person not in {one["id"] for one in proposal.problem["people"]}:
        raise MoveRefused(_("This person is not in the proposal: choose somebody on the board."))
    if to_team is not None and to_team not in {team.key for team in teams}:
        raise MoveRefused(_("This team is not in the proposal: choose one on the board."))
    here = team_key_of(proposal, person)
    if here == to_team:
        raise MoveRefused(_("This person is there already: choose another team."))
    locked = {team["key"] for team in proposal.problem["locked"]}
    if here in locked or to_team in locked:
        raise MoveRefused(_("This team is kept as it is: unlock it, then compute a new proposal."))
    return tuple(
        Team(
            team.key,
            team.theme,
            tuple(p for p in team.people if p != person) + ((person,) if team.key == to_team else ()),
        )
        for team in teams
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


def _take(proposal: Proposal, version: int) -> None:
    """One's turn to change the proposal, from the version one saw."""
    Event.objects.take_turn(proposal.event)
    proposal.refresh_from_db()
    if proposal.state != ProposalState.READY:
        raise ProposalRefused(_("This proposal can no longer be changed: open the current one."))
    if proposal.version != version:
        raise StaleProposal(
            _("Somebody changed the proposal in the meantime: nothing was changed by you. Look at it again.")
        )


def _keep_teams(proposal: Proposal, teams: tuple[Team, ...]) -> None:
    problem = Problem.from_json(proposal.problem)
    full = tuple(team for team in teams if team.people)
    cost = evaluate(problem, teams)
    why = {str(p): [as_record(r) for r in reasons] for p, reasons in reasons_of(problem, full).items()}
    placed = set(why)
    by_hand = {move["person"] for move in proposal.moves}
    for person in by_hand & placed:
        why[person] = [{"code": "by_hand", "params": {}}, *why[person][:1]]
    left_over = {
        entry["person"]: entry for entry in proposal.plan["left_over"] if entry["person"] not in placed
    }
    for one in proposal.problem["people"]:
        if one["id"] not in placed and one["id"] not in left_over:
            left_over[one["id"]] = {
                "person": one["id"], "reason": "Taken out by an organiser.", "code": "out_by_hand", "params": {},
            }  # fmt: skip
    bound = proposal.plan["bound"]
    is_emptied = any(entry.get("code") == "out_by_hand" for entry in left_over.values())
    proposal.plan |= {
        "teams": [team.to_json() for team in teams],
        "left_over": list(left_over.values()),
        "cost": cost.total,
        "parts": cost.parts,
        # the bound speaks of plans that leave as few people over: not of one that takes somebody out
        "gap": cost.total / bound - 1 if bound and not is_emptied else None,
        "why": why,
        "reasons": {
            person: " ".join(_english(reason) for reason in reasons) for person, reasons in why.items()
        },
    }
    proposal.version += 1
    proposal.save(update_fields=["plan", "moves", "version"])


def _english(reason: dict[str, Any]) -> str:
    if reason["code"] == "by_hand":
        return "An organiser placed you here."
    return Message(reason["code"], reason["params"]).text
