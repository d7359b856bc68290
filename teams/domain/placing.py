"""Proposing teams and reviewing the proposal, before anybody is told: propose, compute, move, undo, set aside.

Applying and announcing are in `applying` and reached from here too. A proposal changes only from the version that
the organiser saw: a change made from an older board is refused, never merged blindly.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event, Theme

from ..enums import ProposalState
from ..models import Proposal
from .applying import announce, apply
from .computing import as_kept, as_record, compute, stop
from .matching import Message, Problem, Team, evaluate
from .matching.reasons import reasons_of
from .problem_file import STABILITY, problem_of

__all__ = [
    "MoveRefused",
    "ProposalRefused",
    "StaleProposal",
    "announce",
    "apply",
    "as_kept",
    "as_record",
    "compute",
    "discard",
    "move_person",
    "problem_of",
    "propose",
    "stop",
    "teams_after",
    "teams_of",
    "undo_move",
]


class ProposalRefused(Refused):
    code = "proposal_refused"


class StaleProposal(Stale):
    code = "stale_proposal"


class MoveRefused(Refused):
    code = "move_refused"


@transaction.atomic
def propose(
    *,
    event: Event,
    seconds: float = 5,
    seed: int = 1,
    stability: int = STABILITY,
    is_repair: bool = False,
    actor: Account | None,
) -> Proposal:
    """Write down the problem; `compute` solves it. Any proposal under review is set aside, its locks are kept.

    Raises ProposalRefused when there is nobody to place or no theme to work on.
    """
    Event.objects.take_turn(event)
    if not Theme.objects.for_event(event).exists():
        raise ProposalRefused(_("This event has no theme: add at least one, then propose teams."))
    before = Proposal.objects.for_event(event).under_review().latest_first().first()
    problem = problem_of(
        event,
        seconds=seconds,
        seed=seed,
        stability=stability,
        locks=held_people(before) if before else None,
        whole=held_teams(before) if before else (),
    )
    if not problem["people"]:
        raise ProposalRefused(
            _("Nobody is coming yet: teams can be proposed once registrations are accepted.")
        )
    Proposal.objects.for_event(event).under_review().update(state=ProposalState.DISCARDED)
    proposal = Proposal.objects.create(
        event=event,
        seconds=seconds,
        seed=seed,
        problem=problem,
        is_repair=is_repair,
        locks=before.locks if before else [],
        created_by=actor,
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


@transaction.atomic
def move_person(
    *, proposal: Proposal, person: str, to_team: str | None, version: int, actor: Account | None
) -> Proposal:
    """Put somebody in another team of the proposal (None: in none), and count the cost again.

    A move may break a rule about sizes or capacities, which the board then shows; it never takes apart a locked
    team. Raises StaleProposal when the board has changed, MoveRefused for an impossible move.
    """
    take_turn(proposal, version)
    here = team_key_of(proposal, person)
    teams = teams_after(proposal, person, to_team)
    proposal.moves = [*proposal.moves, {"person": person, "from": here, "to": to_team}]
    proposal.undone = []
    keep_teams(proposal, teams)
    audit.record(
        event=proposal.event,
        actor=actor,
        verb="move_in_proposal",
        about=proposal,
        person=person,
        to=to_team,
        version=proposal.version,
    )
    return proposal


@transaction.atomic
def undo_move(*, proposal: Proposal, version: int, actor: Account | None) -> Proposal:
    """Take back the last move made by hand. Raises MoveRefused when there is none."""
    take_turn(proposal, version)
    if not proposal.moves:
        raise MoveRefused(_("There is no move to undo: the proposal is as it was computed."))
    last = proposal.moves[-1]
    teams = teams_after(proposal, last["person"], last["from"])
    proposal.moves = proposal.moves[:-1]
    proposal.undone = [*proposal.undone, last]
    keep_teams(proposal, teams)
    audit.record(
        event=proposal.event,
        actor=actor,
        verb="undo_move_in_proposal",
        about=proposal,
        person=last["person"],
        to=last["from"],
        version=proposal.version,
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


def held_people(proposal: Proposal) -> dict[str, str]:
    """Who is locked in which team of a proposal, alone or with the whole team."""
    if not proposal.plan:
        return dict(proposal.problem.get("locked_people", {}))
    return proposal.locked_people


def held_teams(proposal: Proposal) -> list[dict[str, Any]]:
    """The teams of a proposal that are locked as a whole on its board, as the problem file has them."""
    if not proposal.plan:
        return [team for team in proposal.problem.get("locked", []) if team.get("on_board")]
    return [team.to_json() for team in teams_of(proposal) if team.key in proposal.locked_teams]


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
    locked = {team["key"] for team in proposal.problem["locked"] if not team.get("on_board")}
    if here in locked or to_team in locked:
        raise MoveRefused(_("This team is kept as it is: unlock it, then compute a new proposal."))
    if proposal.locked_teams & {here, to_team}:
        raise MoveRefused(_("This team is locked on the board: release it, then move."))
    if person in proposal.locked_people:
        raise MoveRefused(_("This person is locked in their team: release them, then move."))
    return tuple(
        Team(
            team.key,
            team.theme,
            tuple(p for p in team.people if p != person) + ((person,) if team.key == to_team else ()),
        )
        for team in teams
    )


def take_turn(proposal: Proposal, version: int) -> None:
    """One's turn to change the proposal, from the version one saw. Raises ProposalRefused, StaleProposal."""
    Event.objects.take_turn(proposal.event)
    proposal.refresh_from_db()
    if proposal.state != ProposalState.READY:
        raise ProposalRefused(_("This proposal can no longer be changed: open the current one."))
    if proposal.version != version:
        raise StaleProposal(
            _("Somebody changed the proposal in the meantime: nothing was changed by you. Look at it again.")
        )


def keep_teams(proposal: Proposal, teams: tuple[Team, ...]) -> None:
    """Write those teams as the plan, with what follows from them: cost, reasons, who is left over; one version up."""
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
    proposal.save(update_fields=["plan", "moves", "undone", "version"])


def _english(reason: dict[str, Any]) -> str:
    if reason["code"] == "by_hand":
        return "An organiser placed you here."
    return Message(reason["code"], reason["params"]).text
