"""What organisers do with a proposal besides moving people: redo, lock, name it, take an older one again.

Moving and undoing are in `placing`. A lock says who stays where in the *next* computation (`problem_file` reads the
locks of the latest proposal), and keeps the board from moving them by accident.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.models import Account, Event

from ..enums import ProposalState
from ..models import Proposal
from .placing import MoveRefused, ProposalRefused, keep_teams, problem_of, take_turn, teams_after, teams_of


@transaction.atomic
def redo_move(*, proposal: Proposal, version: int, actor: Account | None) -> Proposal:
    """Make the move undone last again. Raises StaleProposal, and MoveRefused when there is none."""
    take_turn(proposal, version)
    if not proposal.undone:
        raise MoveRefused(_("There is no move to redo: nothing was undone since the last move."))
    again = proposal.undone[-1]
    teams = teams_after(proposal, again["person"], again["to"])
    proposal.moves, proposal.undone = [*proposal.moves, again], proposal.undone[:-1]
    keep_teams(proposal, teams)
    _record(proposal, actor, "redo_move_in_proposal", person=again["person"], to=again["to"])
    return proposal


@transaction.atomic
def lock_person(
    *, proposal: Proposal, person: str, is_locked: bool, version: int, actor: Account | None
) -> Proposal:
    """Keep somebody in their team of the proposal, or release them. Harmless when repeated.

    Raises StaleProposal, and MoveRefused for somebody without a team or in a team that is locked as a whole.
    """
    take_turn(proposal, version)
    key = next((str(team.key) for team in teams_of(proposal) if person in team.people), None)
    if key is None:
        raise MoveRefused(_("Somebody without a team cannot be locked: give them a team first."))
    if key in proposal.locked_teams:
        raise MoveRefused(_("The whole team is locked: release the team first."))
    if (person in proposal.locked_people) == is_locked:
        return proposal
    locks = [lock for lock in proposal.locks if lock["person"] != person]
    _keep_locks(proposal, [*locks, {"person": person, "team": key}] if is_locked else locks)
    verb = "lock_person_in_proposal" if is_locked else "release_person_in_proposal"
    _record(proposal, actor, verb, person=person, to=key)
    return proposal


@transaction.atomic
def lock_team(
    *, proposal: Proposal, team: str, is_locked: bool, version: int, actor: Account | None
) -> Proposal:
    """Keep a team of the proposal as it is, all its people with it, or release it. Harmless when repeated.

    Raises StaleProposal, and MoveRefused for a team that is not there or has nobody.
    """
    take_turn(proposal, version)
    people = next((one.people for one in teams_of(proposal) if one.key == team), ())
    if not people:
        raise MoveRefused(_("This team has nobody: there is nothing to lock."))
    if (team in proposal.locked_teams) == is_locked:
        return proposal
    locks = [lock for lock in proposal.locks if lock["team"] != team]
    if is_locked:
        locks += [{"person": person, "team": team} for person in ("", *map(str, people))]
    _keep_locks(proposal, locks)
    _record(proposal, actor, "lock_team_in_proposal" if is_locked else "release_team_in_proposal", to=team)
    return proposal


@transaction.atomic
def label_proposal(*, proposal: Proposal, label: str, actor: Account | None) -> Proposal:
    """Call it so that one finds it again; no label gives its number back. It is no change of the teams."""
    proposal.label = " ".join(label.split())[:80]
    proposal.save(update_fields=["label"])
    audit.record(
        event=proposal.event, actor=actor, verb="label_proposal", about=proposal, label=proposal.label
    )
    return proposal


@transaction.atomic
def bring_back(*, proposal: Proposal, actor: Account | None) -> Proposal:
    """Review an older proposal again; the one under review is set aside. Harmless when it is under review already.

    Raises ProposalRefused when it never came to teams, or when people, teams or themes have changed since.
    """
    Event.objects.take_turn(proposal.event)
    proposal.refresh_from_db()
    if proposal.is_open:
        return proposal
    if not proposal.plan.get("teams") or proposal.state in (ProposalState.RUNNING, ProposalState.FAILED):
        raise ProposalRefused(_("This proposal has no teams: compute a new one."))
    _check_it_still_fits(proposal)
    Proposal.objects.for_event(proposal.event).under_review().update(state=ProposalState.DISCARDED)
    proposal.state, proposal.applied_at = ProposalState.READY, None
    proposal.version += 1
    proposal.save(update_fields=["state", "applied_at", "version"])
    _record(proposal, actor, "bring_proposal_back")
    return proposal


def _check_it_still_fits(proposal: Proposal) -> None:
    """A plan made for other people, teams or themes would be wrong in ways that nobody sees on the board."""
    then, now = proposal.problem, problem_of(proposal.event)
    people = {one["id"] for one in then["people"]} ^ {one["id"] for one in now["people"]}
    if people:
        raise ProposalRefused(
            _("%(count)s people have come or left since this proposal: compute a new one.")
            % {"count": len(people)}
        )
    if then.get("previous", {}) != now["previous"] or _kept(then) != _kept(now):
        raise ProposalRefused(_("Teams have changed since this proposal: compute a new one."))
    if {one["id"] for one in then["themes"]} != {one["id"] for one in now["themes"]}:
        raise ProposalRefused(_("Themes have changed since this proposal: compute a new one."))


def _kept(problem: dict[str, object]) -> set[str]:
    """The teams kept as they are by themselves; those locked on the board are the proposal's own affair."""
    return {team["key"] for team in problem.get("locked", []) if not team.get("on_board")}  # type: ignore[attr-defined]


def _keep_locks(proposal: Proposal, locks: list[dict[str, str]]) -> None:
    """The locks as they are now; what was released is no rule of the problem any more either, or moving it would be
    shown as breaking one."""
    released = proposal.locked_people.keys() - {lock["person"] for lock in locks}
    proposal.locks = locks
    problem = proposal.problem
    stuck = problem.get("locked_people", {})
    proposal.problem = problem | {
        "locked": [
            team
            for team in problem["locked"]
            if not team.get("on_board") or team["key"] in proposal.locked_teams
        ],
        "locked_people": {person: key for person, key in stuck.items() if person not in released},
    }
    proposal.version += 1
    proposal.save(update_fields=["locks", "problem", "version"])


def _record(proposal: Proposal, actor: Account | None, verb: str, **data: Any) -> None:
    audit.record(
        event=proposal.event, actor=actor, verb=verb, about=proposal, version=proposal.version, **data
    )
