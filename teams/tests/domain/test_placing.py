from __future__ import annotations

import pytest

from hackathon.enums import Half, RegistrationState
from hackathon.models import AuditEntry, OutgoingMail, Presence, Registration
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    DURING_WORK,
    make_account,
    make_event,
    make_registration,
    make_staff,
    make_theme,
)
from teams.domain import placing
from teams.domain.applying import NothingToAnnounce, NotReady, TeamsChanged
from teams.domain.board import Board
from teams.domain.matching import Problem, evaluate
from teams.domain.placing import MoveRefused, ProposalRefused, StaleProposal
from teams.enums import ProposalState
from teams.models import Membership, Team
from teams.tests.factories import make_crowd, make_plan, make_project, make_team

pytestmark = pytest.mark.django_db


def people_of(event):
    return list(Registration.objects.for_event(event).order_by("pk"))


def ids(registrations):
    return {str(registration.pk) for registration in registrations}


# --- the problem -------------------------------------------------------------------------------------------------


def test_problem_holds_people_who_are_coming_and_the_rules_of_the_event(at):
    at(DURING_REGISTRATION)
    event = make_crowd(6, themes=2)
    make_registration(event, state=RegistrationState.WAITLISTED)
    make_registration(event, state=RegistrationState.CANCELLED)
    coming = people_of(event)[:6]
    problem = placing.problem_of(event, seconds=3, seed=9)
    assert {one["id"] for one in problem["people"]} == ids(coming)
    assert problem["people"][0]["role"] == "developpeur"
    themes = [str(theme.pk) for theme in event.themes.order_by("position")]
    assert problem["people"][1]["themes"] == [themes[1], themes[0]]
    assert problem["team_size"] == {"min": 3, "max": 5, "wanted": 4}
    assert problem["roles"]["wanted"] == ["developpeur", "designer"]
    assert problem["roles"]["never_alone"] == problem["roles"]["private"] == ["chercheur-emploi"]
    assert (problem["seconds"], problem["seed"]) == (3, 9)
    Problem.from_json(problem)


def test_problem_counts_those_present_once_the_event_has_begun_and_somebody_was_seen(at):
    event = make_crowd(6)
    people = people_of(event)
    locked = make_team(event, people=people[3:6], is_locked=True)
    at(DURING_WORK)
    assert len(placing.problem_of(event)["people"]) == 6
    day = event.days.first()
    for registration in people[:2]:
        Presence.objects.create(registration=registration, day=day, half=Half.MORNING, in_at=DURING_WORK)
    problem = placing.problem_of(event)
    assert {one["id"] for one in problem["people"]} == ids(people[:2] + people[3:6])
    assert [team["key"] for team in problem["locked"]] == [locked.key]
    at(DURING_REGISTRATION)
    assert len(placing.problem_of(event)["people"]) == 6


def test_problem_keeps_submitted_teams_and_remembers_where_everybody_is(at):
    at(DURING_WORK)
    event = make_crowd(9)
    people = people_of(event)
    done, open_ = make_team(event, people=people[:3]), make_team(event, people=people[3:6])
    make_project(done, submitted=True)
    problem = placing.problem_of(event)
    assert [set(team["people"]) for team in problem["locked"]] == [ids(people[:3])]
    assert problem["previous"] == {str(one.pk): done.key for one in people[:3]} | {
        str(one.pk): open_.key for one in people[3:6]
    }


def test_propose_without_a_theme_or_without_anybody_says_what_to_do():
    event = make_event()
    with pytest.raises(ProposalRefused, match=r"[Tt]h[eé]m"):
        placing.propose(event=event, actor=None)
    make_theme(event)
    with pytest.raises(ProposalRefused):
        placing.propose(event=event, actor=None)
    assert not event.proposals.exists()


# --- computing ---------------------------------------------------------------------------------------------------


def test_compute_places_everybody_and_keeps_codes_beside_sentences():
    event = make_crowd(12)
    proposal = placing.compute(proposal=placing.propose(event=event, seconds=2, actor=None))
    assert proposal.state == ProposalState.READY
    placed = [person for team in proposal.plan["teams"] for person in team["people"]]
    assert sorted(placed) == sorted(ids(people_of(event)))
    assert not proposal.plan["left_over"]
    assert set(proposal.plan["why"]) == set(placed)
    assert all(reason["code"] for reasons in proposal.plan["why"].values() for reason in reasons)


def test_compute_of_a_problem_without_answer_fails_with_its_reasons_in_both_languages():
    event = make_crowd(4)
    event.themes.update(people_min=50, people_max=60)
    proposal = placing.compute(proposal=placing.propose(event=event, seconds=2, actor=None))
    assert proposal.state == ProposalState.FAILED
    assert "minima_too_high" in proposal.error
    assert not Team.objects.exists()


def test_compute_leaves_alone_a_proposal_that_was_set_aside():
    event = make_crowd(6)
    first = placing.propose(event=event, seconds=2, actor=None)
    placing.propose(event=event, seconds=2, actor=None)
    first = placing.compute(proposal=first)
    assert (first.state, first.plan) == (ProposalState.DISCARDED, {})


# --- moving ------------------------------------------------------------------------------------------------------


@pytest.fixture
def reviewed():
    event = make_crowd(10)
    people = people_of(event)
    return make_plan(event, [people[:4], people[4:8]], left_over=people[8:])


def test_move_effect_shown_beforehand_is_the_difference_of_costs(reviewed):
    problem, before = Problem.from_json(reviewed.problem), placing.teams_of(reviewed)
    for person in [one["id"] for one in reviewed.problem["people"]]:
        here = placing.team_key_of(reviewed, person)
        for there in {"T1", "T2", None} - {here}:
            effect = Board(reviewed).effect_of(person, there)
            after = placing.teams_after(reviewed, person, there)
            expected = evaluate(problem, after).total - evaluate(problem, before).total
            assert effect.difference == expected == sum(points for _part, points in effect.changes)


def test_move_says_which_rule_it_breaks_and_changes_nothing_by_being_shown(reviewed):
    people = people_of(reviewed.event)
    fifth = placing.move_person(
        proposal=reviewed, person=str(people[8].pk), to_team="T1", version=1, actor=None
    )
    effect = Board(fifth).effect_of(str(people[9].pk), "T1")
    assert len(effect.breaks) == 1
    assert "6" in effect.breaks[0]
    assert "5" in effect.breaks[0]
    reviewed.refresh_from_db()
    assert reviewed.version == 2
    assert len(reviewed.plan["teams"][0]["people"]) == 5


def test_move_then_undo_gives_the_same_teams_and_cost(reviewed):
    person = str(people_of(reviewed.event)[0].pk)
    before, cost = [set(team.people) for team in placing.teams_of(reviewed)], reviewed.plan["cost"]
    moved = placing.move_person(proposal=reviewed, person=person, to_team="T2", version=1, actor=None)
    assert moved.plan["why"][person][0]["code"] == "by_hand"
    assert moved.plan["cost"] == evaluate(Problem.from_json(moved.problem), placing.teams_of(moved)).total
    back = placing.undo_move(proposal=moved, version=2, actor=None)
    assert [set(team.people) for team in placing.teams_of(back)] == before
    assert (back.plan["cost"], back.moves, back.version) == (cost, [], 3)
    with pytest.raises(MoveRefused):
        placing.undo_move(proposal=back, version=3, actor=None)


def test_move_to_the_tray_gives_a_reason_and_back_takes_it_away(reviewed):
    person = str(people_of(reviewed.event)[0].pk)
    out = placing.move_person(proposal=reviewed, person=person, to_team=None, version=1, actor=None)
    assert {entry["person"]: entry["code"] for entry in out.plan["left_over"]}[person] == "out_by_hand"
    assert person not in out.plan["why"]
    assert out.plan["gap"] is None
    back = placing.move_person(proposal=out, person=person, to_team="T1", version=2, actor=None)
    assert person not in {entry["person"] for entry in back.plan["left_over"]}


def test_move_from_an_older_board_is_refused_and_writes_nothing(reviewed):
    people = people_of(reviewed.event)
    placing.move_person(proposal=reviewed, person=str(people[0].pk), to_team="T2", version=1, actor=None)
    written = AuditEntry.objects.count()
    with pytest.raises(StaleProposal):
        placing.move_person(proposal=reviewed, person=str(people[1].pk), to_team="T2", version=1, actor=None)
    reviewed.refresh_from_db()
    assert len(reviewed.moves) == 1
    assert AuditEntry.objects.count() == written


@pytest.mark.parametrize(("person", "to_team"), [("0", "T1"), ("first", "T9"), ("first", "T1")])
def test_move_of_nobody_to_nowhere_or_in_place_is_refused(reviewed, person, to_team):
    if person == "first":
        person = str(people_of(reviewed.event)[0].pk)
    with pytest.raises(MoveRefused):
        placing.move_person(proposal=reviewed, person=person, to_team=to_team, version=1, actor=None)


def test_move_never_takes_apart_a_locked_team():
    event = make_crowd(8)
    people = people_of(event)
    make_team(event, people=people[:4], key="T1", is_locked=True)
    proposal = make_plan(event, [people[:4], people[4:]])
    for person, to_team in ((people[0], "T2"), (people[5], "T1")):
        with pytest.raises(MoveRefused):
            placing.move_person(
                proposal=proposal, person=str(person.pk), to_team=to_team, version=1, actor=None
            )


# --- applying ----------------------------------------------------------------------------------------------------


def test_apply_makes_teams_with_one_captain_each_and_tells_nobody(reviewed):
    teams = placing.apply(proposal=reviewed, actor=None)
    assert [team.number for team in teams] == [1, 2]
    assert Membership.objects.current().count() == 8
    assert [team.memberships.filter(is_captain=True).count() for team in teams] == [1, 1]
    assert all(member.reasons for member in Membership.objects.all())
    reviewed.event.refresh_from_db()
    assert reviewed.event.teams_announced_at is None
    assert not OutgoingMail.objects.exists()


def test_apply_twice_changes_nothing(reviewed):
    placing.apply(proposal=reviewed, actor=None)
    rows = list(Membership.objects.order_by("pk").values_list("pk", "team", "registration", "is_captain"))
    written = AuditEntry.objects.count()
    placing.apply(proposal=reviewed, actor=None)
    assert (
        list(Membership.objects.order_by("pk").values_list("pk", "team", "registration", "is_captain"))
        == rows
    )
    assert AuditEntry.objects.count() == written


def test_apply_of_an_older_version_is_refused_and_writes_nothing(reviewed):
    person = str(people_of(reviewed.event)[0].pk)
    placing.move_person(proposal=reviewed, person=person, to_team="T2", version=1, actor=None)
    with pytest.raises(TeamsChanged):
        placing.apply(proposal=reviewed, version=1, actor=None)
    assert not Team.objects.exists()


def test_apply_after_somebody_changed_team_is_refused_and_overwrites_nothing():
    event = make_crowd(8)
    people = people_of(event)
    first = make_team(event, people=people[:4])
    second = make_team(event, people=people[4:8])
    proposal = make_plan(event, [people[:4], people[4:]])
    Membership.objects.filter(registration=people[3]).update(team=second)
    with pytest.raises(TeamsChanged):
        placing.apply(proposal=proposal, actor=None)
    assert first.memberships.current().count() == 3
    assert second.memberships.current().count() == 5


def test_apply_again_keeps_table_name_and_captain_of_teams_that_stay():
    event = make_crowd(12)
    people = people_of(event)
    stays = make_team(
        event, people=[people[1], people[0], *people[2:4]], number=7, key="T1", name="Les Optimistes"
    )
    goes = make_team(event, people=people[4:8], number=2, key="T9")
    proposal = make_plan(event, [people[:4], people[4:8], people[8:12]])
    teams = placing.apply(proposal=proposal, actor=None)
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.number, stays.name, stays.dissolved_at) == (7, "Les Optimistes", None)
    assert stays.memberships.current().get(is_captain=True).registration == people[1]
    assert goes.dissolved_at is not None
    assert not goes.memberships.current().exists()
    assert goes.memberships.count() == 4  # who was there stays known
    assert sorted(team.number for team in teams) == [1, 2, 7]


def test_apply_leaves_out_somebody_who_withdrew_and_gives_the_team_another_captain():
    event = make_crowd(8)
    people = people_of(event)
    make_team(event, people=people[:4], key="T1")
    proposal = make_plan(event, [people[:4], people[4:]])
    people[0].state = RegistrationState.CANCELLED
    people[0].save()
    teams = placing.apply(proposal=proposal, actor=None)
    assert not Membership.objects.current().filter(registration=people[0]).exists()
    assert all(team.memberships.current().filter(is_captain=True).count() == 1 for team in teams)


def test_apply_of_a_proposal_set_aside_is_refused(reviewed):
    placing.discard(proposal=reviewed, actor=None)
    with pytest.raises(NotReady):
        placing.apply(proposal=reviewed, actor=None)


def test_captain_is_somebody_we_can_write_to_then_the_most_experienced():
    event = make_crowd(4)
    people = people_of(event)
    for one, level in zip(people, (2, 5, 4, 4), strict=True):
        one.level = level
        one.save()
    people[1].person.email = ""
    people[1].person.save()
    teams = placing.apply(proposal=make_plan(event, [people]), actor=None)
    assert teams[0].memberships.get(is_captain=True).registration == people[2]


# --- announcing --------------------------------------------------------------------------------------------------


def test_announce_writes_once_to_each_person_in_their_language_with_the_reason(reviewed):
    event = reviewed.event
    english = people_of(event)[0].person
    english.language = "en"
    english.save()
    placing.apply(proposal=reviewed, actor=None)
    assert placing.announce(event=event, actor=make_staff(event)) == 8
    assert placing.announce(event=event, actor=None) == 0
    assert OutgoingMail.objects.count() == 8
    letter = OutgoingMail.objects.get(person=english)
    assert "Your team works on your first choice." in letter.text
    assert "Your table: 1" in letter.text
    assert "/en/" in letter.text
    french = OutgoingMail.objects.exclude(person=english).first()
    assert "Your" not in french.text
    assert "Votre table" in french.text
    event.refresh_from_db()
    assert event.teams_announced_at is not None


def test_announce_again_writes_only_to_those_who_changed_team(reviewed):
    event = reviewed.event
    placing.apply(proposal=reviewed, actor=None)
    placing.announce(event=event, actor=None)
    people = people_of(event)
    second = make_plan(event, [people[:4], [*people[4:8], people[8]]])
    placing.apply(proposal=second, actor=None)
    assert placing.announce(event=event, actor=None) == 1


def test_announce_without_teams_is_refused():
    event = make_crowd(3)
    with pytest.raises(NothingToAnnounce):
        placing.announce(event=event, actor=make_account())
    event.refresh_from_db()
    assert event.teams_announced_at is None
