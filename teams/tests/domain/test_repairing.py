from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hackathon.enums import Half
from hackathon.models import Presence, Registration
from hackathon.tests.factories import DURING_WORK, make_registration
from teams.domain import computing, placing, repairing
from teams.domain.placing import ProposalRefused
from teams.domain.problem_file import groups_of
from teams.enums import ProposalState
from teams.models import Membership, Wish
from teams.tests.factories import make_crowd, make_team

pytestmark = pytest.mark.django_db


def seen(event, people):
    day = event.days.first()
    for one in people:
        Presence.objects.create(registration=one, day=day, half=Half.MORNING, in_at=DURING_WORK)


def people_of(event):
    return list(Registration.objects.for_event(event).order_by("pk"))


def test_repair_keeps_whoever_is_there_and_says_what_changes(at):
    at(DURING_WORK)
    event = make_crowd(16, themes=1)
    people = people_of(event)
    teams = [make_team(event, people=people[n : n + 4]) for n in range(0, 16, 4)]
    late = make_registration(event, state="accepted")
    absent = people[:2]
    seen(event, [*people[2:], late])
    proposal = repairing.propose_repair(event=event, seconds=2, actor=None)
    assert proposal.is_repair
    proposal = computing.compute(proposal=proposal)
    found = repairing.summary(proposal)
    assert set(found.gone) == set(absent)
    assert [move.person for move in found.placed] == [late]
    assert found.stay + len(found.moves) == 14
    assert len(found.moves) <= 4
    assert not found.without
    assert found.ended == [teams[0].key] or found.thinned[0][:2] == (teams[0].key, 2)
    applied = placing.apply(proposal=proposal, actor=None)
    assert len(applied) in (3, 4)


def test_repair_needs_a_team_and_somebody_seen(at):
    at(DURING_WORK)
    event = make_crowd(8)
    with pytest.raises(ProposalRefused):
        repairing.propose_repair(event=event, actor=None)
    make_team(event, people=people_of(event)[:4])
    with pytest.raises(ProposalRefused):
        repairing.propose_repair(event=event, actor=None)


def test_a_walk_in_is_offered_the_team_that_gains_most(at):
    at(DURING_WORK)
    event = make_crowd(12, themes=2)
    people = people_of(event)
    first, second = event.themes.order_by("position")
    developer, designer, _seeker = (people[n].role for n in range(3))
    lacking = make_team(event, first, people=[p for p in people if p.role == designer][:3])
    make_team(event, first, people=[p for p in people if p.role == developer][:3])
    make_team(event, second, people=5)
    late = make_registration(event, developer, themes=[first], state="accepted")
    places = repairing.places_for(late)
    assert places[0].team == lacking
    assert places[0].rank == 1
    assert places[0].cost < places[1].cost
    assert len(places) == 2  # the full team has no room


def test_stop_keeps_the_best_so_far_and_a_dead_computation_is_given_up():
    event = make_crowd(12)
    proposal = placing.propose(event=event, seconds=600, actor=None)
    placing.stop(proposal=proposal, actor=None)
    assert placing.stop(proposal=proposal, actor=None).stop_asked_at
    proposal = computing.compute(proposal=proposal)
    assert proposal.state == ProposalState.READY
    assert proposal.plan["teams"]
    dead = placing.propose(event=event, seconds=1, actor=None)
    assert computing.recover(at_work=[]) == 0
    type(dead).objects.filter(pk=dead.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert computing.recover(at_work=[dead.pk]) == 0
    assert computing.recover(at_work=[]) == 1
    dead.refresh_from_db()
    assert dead.state == ProposalState.FAILED


def test_problem_knows_wishes_own_teams_and_people_kept_in_place(at):
    event = make_crowd(8)
    people = people_of(event)
    _first, second = event.themes.order_by("position")
    ids = [str(one.pk) for one in people]
    Wish.objects.create(registration=people[0], kind="with", named="b", other=people[1])
    Wish.objects.create(registration=people[1], kind="with", named="c", other=people[2])
    Wish.objects.create(registration=people[3], kind="apart", named="e", other=people[4])
    Wish.objects.create(registration=people[4], kind="apart", named="?")
    own = make_team(event, second, people=[people[5], people[6]])
    Membership.objects.filter(team=own).update(told_at=timezone.now())
    Membership.objects.filter(registration=people[5]).update(is_locked=True)
    problem = placing.problem_of(event)
    assert problem["together"] == [ids[:3], ids[5:7]]
    assert [list(pair) for pair in problem["apart"]] == [[ids[3], ids[4]]]
    assert problem["locked_people"] == {ids[5]: own.key}
    themes = {one["id"]: one["themes"] for one in problem["people"]}
    assert themes[ids[5]][0] == themes[ids[6]][0] == str(second.pk)
    plan = computing.compute(proposal=placing.propose(event=event, seconds=2, actor=None)).plan
    assert next(team["key"] for team in plan["teams"] if ids[5] in team["people"]) == own.key


def test_friends_of_friends_are_one_group_unless_no_team_holds_them():
    chain = [("1", "2"), ("2", "3"), ("3", "4")]
    assert groups_of(chain, 4) == [["1", "2", "3", "4"]]
    assert groups_of(chain, 3) == [["1", "2"], ["2", "3"], ["3", "4"]]


def test_locks_of_the_board_hold_in_the_next_proposal():
    event = make_crowd(12)
    first = computing.compute(proposal=placing.propose(event=event, seconds=2, actor=None))
    team = first.plan["teams"][0]
    first.locks = [{"person": team["people"][0], "team": team["key"]}]
    first.save()
    again = placing.propose(event=event, seconds=2, seed=7, actor=None)
    assert again.problem["locked_people"] == {team["people"][0]: team["key"]}
    again = computing.compute(proposal=again)
    key = next(one["key"] for one in again.plan["teams"] if team["people"][0] in one["people"])
    assert key == team["key"]
