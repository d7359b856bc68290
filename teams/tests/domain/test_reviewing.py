from __future__ import annotations

import pytest

from hackathon.models import AuditEntry, Registration
from hackathon.tests.factories import make_registration, make_staff
from teams.domain import placing, reviewing
from teams.domain.board import Board
from teams.domain.board_pictures import lines, wishes_bar
from teams.domain.board_words import changes_since
from teams.domain.comparing import Comparison, paired, wishes_met
from teams.domain.placing import MoveRefused, ProposalRefused, StaleProposal
from teams.enums import ProposalState
from teams.tests.factories import make_crowd, make_plan, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return list(Registration.objects.for_event(make_crowd(10)).order_by("pk"))


@pytest.fixture
def proposal(people):
    return make_plan(people[0].event, [people[:4], people[4:8]], left_over=people[8:])


def move(proposal, who, to, actor=None):
    return placing.move_person(
        proposal=proposal, person=str(who.pk), to_team=to, version=proposal.version, actor=actor
    )


def test_undone_moves_are_redone_in_order_and_a_new_move_forgets_them(proposal, people):
    move(proposal, people[0], "T2")
    move(proposal, people[1], "T2")
    for _ in range(2):
        placing.undo_move(proposal=proposal, version=proposal.version, actor=None)
    reviewing.redo_move(proposal=proposal, version=proposal.version, actor=None)
    assert placing.team_key_of(proposal, str(people[0].pk)) == "T2"
    assert placing.team_key_of(proposal, str(people[1].pk)) == "T1"
    move(proposal, people[2], "T2")
    with pytest.raises(MoveRefused):
        reviewing.redo_move(proposal=proposal, version=proposal.version, actor=None)


def test_locked_person_is_not_moved_until_released(proposal, people):
    who = str(people[0].pk)
    reviewing.lock_person(proposal=proposal, person=who, is_locked=True, version=1, actor=None)
    assert proposal.locks == [{"person": who, "team": "T1"}]
    with pytest.raises(MoveRefused):
        move(proposal, people[0], "T2")
    with pytest.raises(StaleProposal):
        reviewing.lock_person(proposal=proposal, person=who, is_locked=False, version=1, actor=None)
    reviewing.lock_person(proposal=proposal, person=who, is_locked=False, version=2, actor=None)
    move(proposal, people[0], "T2")


def test_locked_team_is_neither_left_nor_joined_and_names_its_people(proposal, people):
    reviewing.lock_team(proposal=proposal, team="T1", is_locked=True, version=1, actor=None)
    assert proposal.locked_teams == {"T1"}
    assert proposal.locked_people == {str(one.pk): "T1" for one in people[:4]}
    for who, to in ((people[0], "T2"), (people[5], "T1")):
        with pytest.raises(MoveRefused):
            move(proposal, who, to)
    written = AuditEntry.objects.count()
    reviewing.lock_team(proposal=proposal, team="T1", is_locked=True, version=2, actor=None)
    assert AuditEntry.objects.count() == written
    reviewing.lock_team(proposal=proposal, team="T1", is_locked=False, version=2, actor=None)
    assert proposal.locks == []


def test_nobody_without_a_team_is_locked_and_no_empty_team(proposal, people):
    with pytest.raises(MoveRefused):
        reviewing.lock_person(
            proposal=proposal, person=str(people[9].pk), is_locked=True, version=1, actor=None
        )
    with pytest.raises(MoveRefused):
        reviewing.lock_team(proposal=proposal, team="T9", is_locked=True, version=1, actor=None)


def test_older_proposal_is_taken_again_and_the_other_set_aside(proposal, people):
    placing.discard(proposal=proposal, actor=None)
    other = make_plan(proposal.event, [people[:5]])
    reviewing.bring_back(proposal=proposal, actor=None)
    other.refresh_from_db()
    assert (proposal.state, other.state) == (ProposalState.READY, ProposalState.DISCARDED)


def test_older_proposal_made_for_other_people_or_teams_is_refused(proposal, people):
    placing.discard(proposal=proposal, actor=None)
    team = make_team(proposal.event, people=people[:3])
    with pytest.raises(ProposalRefused):
        reviewing.bring_back(proposal=proposal, actor=None)
    team.memberships.all().delete()
    make_registration(proposal.event)
    with pytest.raises(ProposalRefused):
        reviewing.bring_back(proposal=proposal, actor=None)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DISCARDED


def test_changes_say_who_did_what_after_the_version_one_saw(proposal, people):
    actor = make_staff(proposal.event)
    move(proposal, people[0], "T2", actor)
    move(proposal, people[1], None, actor)
    assert len(changes_since(proposal, 1)) == 2
    [last] = changes_since(proposal, 2)
    assert people[1].person.full_name in last
    assert str(actor) in last
    assert changes_since(proposal, 3) == []


def test_offers_are_the_effects_of_each_move(proposal, people):
    board, who = Board(proposal), str(people[8].pk)
    offers = board.offers_for(who)
    assert set(offers) == {"T1", "T2"}
    for place, (points, _breaks) in offers.items():
        assert points == board.effect_of(who, place).difference


def test_comparison_pairs_teams_by_people_and_names_who_is_elsewhere(proposal, people):
    # the same teams, their keys exchanged, and one person elsewhere
    other = make_plan(proposal.event, [people[4:8], people[:4]], left_over=people[8:])
    assert paired({"a": "1", "b": "1", "c": "2"}, {"a": "9", "b": "9", "c": "8"}) == {"1": "9", "2": "8"}
    same = make_plan(proposal.event, [people[:4], people[4:8]], left_over=people[8:])
    assert Comparison(proposal, same).people == []
    assert Comparison(proposal, same).teams == {"same": 2, "changed": 0, "here": 0, "there": 0}
    assert len(Comparison(proposal, other).people) == 8, "the same people on another theme"
    move(same, people[0], "T2")
    assert [one.who for one in Comparison(proposal, same).people] == [people[0]]


def test_wishes_and_pictures_count_everybody_once(proposal):
    counts = wishes_met(proposal)
    assert sum(counts.values()) == 10
    assert counts["out"] == 2
    bar = wishes_bar(Board(proposal))
    assert sum(piece.width for piece in bar) == pytest.approx(100, abs=0.1)
    assert [sum(cell["count"] for cell in line.cells) for line in lines(Board(proposal))] == [4, 4]


def compute_next(proposal, **changes):
    from teams.domain import computing

    return computing.compute(
        proposal=placing.propose(event=proposal.event, seconds=0.3, seed=1, actor=None, **changes)
    )


def test_locked_team_is_exactly_its_people_in_the_next_computation(proposal, people):
    reviewing.lock_team(proposal=proposal, team="T1", is_locked=True, version=1, actor=None)
    # four of at most five: two people wait, and one of them would be put here by the next computation
    again = compute_next(proposal)
    kept = {str(one.pk) for one in people[:4]}
    (entry,) = again.problem["locked"]
    assert (entry["key"], set(entry["people"]), entry["on_board"]) == ("T1", kept, True)
    assert {str(p) for team in placing.teams_of(again) if team.key == "T1" for p in team.people} == kept
    assert again.locked_teams == {"T1"}
    codes = {reason["code"] for person in kept for reason in again.plan["why"][person]}
    assert "held" in codes  # by an organiser,
    assert "locked" not in codes  # not « settled already »


def test_locked_team_lets_others_in_only_when_absences_left_it_too_small(proposal, people):
    reviewing.lock_team(proposal=proposal, team="T1", is_locked=True, version=1, actor=None)
    for one in people[:2]:
        Registration.objects.filter(pk=one.pk).update(state="withdrawn")
    again = compute_next(proposal)
    assert again.problem["locked"] == []
    team = next(team for team in placing.teams_of(again) if team.key == "T1")
    assert {str(one.pk) for one in people[2:4]} <= set(team.people)


def test_released_team_breaks_no_rule_when_somebody_leaves_it(proposal, people):
    reviewing.lock_team(proposal=proposal, team="T1", is_locked=True, version=1, actor=None)
    again = compute_next(proposal)
    card = next(card for card in Board(again).cards if card.key == "T1")
    assert (card.is_locked, card.is_settled) == (True, False)  # the organiser's own lock, released here
    reviewing.lock_team(proposal=again, team="T1", is_locked=False, version=again.version, actor=None)
    place = next(str(team.key) for team in placing.teams_of(again) if team.key != "T1")
    assert Board(again).effect_of(str(people[0].pk), place).breaks == []
    move(again, people[0], place)
    assert placing.team_key_of(again, str(people[0].pk)) == place


def test_proposal_with_locked_teams_is_taken_again_after_another(proposal):
    reviewing.lock_team(proposal=proposal, team="T1", is_locked=True, version=1, actor=None)
    second = compute_next(proposal)
    third = compute_next(second)
    second.refresh_from_db()
    reviewing.bring_back(proposal=second, actor=None)
    third.refresh_from_db()
    assert (second.state, third.state) == (ProposalState.READY, ProposalState.DISCARDED)
