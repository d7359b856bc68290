"""The solver's promises: the best plan where all can be tried, hard rules, bound, locks, seeds, left over."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teams.domain.matching import (
    Problem,
    ProblemRefused,
    breaches,
    evaluate,
    exact,
    greedy,
    random_plan,
    solve,
)
from teams.tests.domain.matching_cases import best_by_trying, person, problem_file, random_file


@given(
    seed=st.integers(0, 10**6),
    count=st.integers(1, 5),
    size=st.sampled_from([(1, 2, 2), (2, 3, 2), (2, 2, 2), (2, 3, 3)]),
)
@settings(max_examples=40, deadline=None)
def test_solve_finds_the_best_of_all_plans(seed: int, count: int, size: tuple[int, int, int]) -> None:
    problem = Problem.from_json(random_file(seed, count, size=size))
    left, teams, cost = best_by_trying(problem)
    plan = solve(problem, seconds=20, seed=1)
    assert (len(plan.left_over), len(plan.teams)) == (left, teams)
    assert plan.cost.total == cost
    assert plan.bound <= cost
    assert not breaches(problem, plan.teams)


@given(seed=st.integers(0, 10**6), count=st.integers(3, 5))
@settings(max_examples=15, deadline=None)
def test_search_alone_finds_the_best_of_all_plans(seed: int, count: int) -> None:
    problem = Problem.from_json(random_file(seed, count))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "SMALL", 0)
        plan = solve(problem, seconds=2, seed=1)
    best = best_by_trying(problem)
    assert best is not None
    assert plan.bound <= plan.cost.total == best[2]


@given(seed=st.integers(0, 10**6), count=st.integers(8, 40))
@settings(max_examples=15, deadline=None)
def test_solve_keeps_the_hard_rules_and_the_bound_stays_below(seed: int, count: int) -> None:
    problem = Problem.from_json(random_file(seed, count, themes=4, size=(2, 5, 3)))
    plan = solve(problem, seconds=2, seed=1)
    assert not breaches(problem, plan.teams)
    assert plan.bound <= plan.cost.total == evaluate(problem, plan.teams).total
    for other in (greedy(problem, 1), random_plan(problem, 1)):
        assert not breaches(problem, other.teams)
        assert plan.bound <= other.cost.total
        assert plan.cost.total <= other.cost.total


def test_solve_gives_the_same_plan_for_the_same_seed() -> None:
    problem = Problem.from_json(random_file(3, 40, themes=4, size=(3, 5, 4)))
    first, second = (solve(problem, seconds=20, seed=7) for _ in range(2))
    assert first.teams == second.teams


def test_solve_leaves_locked_teams_exactly_as_they_are() -> None:
    data = random_file(5, 24, themes=4, size=(3, 5, 4))
    data["locked"] = [{"key": "ours", "theme": "time", "people": ["p1", "p9", "p17"]}]
    plan = solve(Problem.from_json(data), seconds=3, seed=1)
    ours = next(team for team in plan.teams if team.key == "ours")
    assert (ours.theme, set(ours.people)) == ("time", {"p1", "p9", "p17"})
    assert [reason.code for reason in plan.reasons["p9"]] == ["locked"]


def test_solve_again_moves_few_people_when_some_leave() -> None:
    data = random_file(11, 40, themes=3, size=(3, 5, 4)) | {"previous": {}, "locked": []}
    before = solve(Problem.from_json(data), seconds=5, seed=1)
    data["people"] = data["people"][2:]
    here = {one["id"] for one in data["people"]}
    data["together"] = [group for group in data["together"] if here.issuperset(group)]
    data["apart"] = [pair for pair in data["apart"] if here.issuperset(pair)]
    data["previous"] = {one: team.key for team in before.teams for one in team.people}
    problem = Problem.from_json(data)
    plan = solve(problem, seconds=5, seed=1)
    moved = plan.cost.stability // problem.stability
    assert moved <= 8
    assert [notice.code for notice in plan.notices] == ["previous_gone"]
    kept = {one for team in plan.teams for one in team.people if data["previous"][one] == team.key}
    assert len(here) - len(kept) == moved


def test_solve_leaves_over_only_whom_no_room_can_hold() -> None:
    people = [person(f"p{n}", themes=("near",)) for n in range(11)]
    room = [
        {"id": "near", "capacity": {"min": 0, "max": 5}},
        {"id": "ages", "capacity": {"min": 0, "max": 4}},
    ]
    size = {"min": 2, "max": 3, "wanted": 2}
    plan = solve(Problem.from_json(problem_file(people, themes=room, team_size=size)), seconds=3, seed=1)
    assert len(plan.left_over) == 2
    assert plan.left_over[0].reason.text == "The themes can take 9 people in all and there are 11."


def test_solve_keeps_the_number_of_teams_asked_for_and_says_whom_it_cannot_hold() -> None:
    people = [person(f"p{n}") for n in range(9)]
    plan = solve(Problem.from_json(problem_file(people, team_count=2)), seconds=3, seed=1)
    assert (len(plan.teams), len(plan.left_over)) == (2, 1)
    assert plan.left_over[0].reason.code == "teams_full"


@pytest.mark.parametrize(("count", "teams"), [(18, 5), (22, 6), (10, 3), (9, 2)])
def test_number_of_teams_rounds_half_up(count: int, teams: int) -> None:
    people = [person(f"p{n}") for n in range(count)]
    size = {"min": 2, "max": 6, "wanted": 4}
    plan = solve(Problem.from_json(problem_file(people, team_size=size)), seconds=2, seed=1)
    assert (len(plan.teams), plan.left_over) == (teams, ())


def test_number_of_teams_gives_way_when_another_leaves_fewer_over() -> None:
    people = [person(f"p{n}") for n in range(7)]
    size = {"min": 2, "max": 3, "wanted": 3}
    plan = solve(Problem.from_json(problem_file(people, team_size=size)), seconds=2, seed=1)
    assert (len(plan.teams), plan.left_over) == (3, ())
    assert [notice.code for notice in plan.notices] == ["other_count"]


def test_one_person_alone_is_left_over_with_the_reason() -> None:
    size = {"min": 4, "max": 7, "wanted": 5}
    plan = solve(Problem.from_json(problem_file([person("p0")], team_size=size)), seconds=2, seed=1)
    assert plan.teams == ()
    assert plan.to_json()["left_over"] == [
        {"person": "p0", "reason": "Too few people remain without a team (1) to make one of at least 4."}
    ]
    assert plan.gap is None


def test_everybody_locked_needs_no_search() -> None:
    people = [person(f"p{n}", themes=("ages",)) for n in range(2)]
    locked = [{"key": "K", "theme": "near", "people": ["p0", "p1"]}]
    plan = solve(Problem.from_json(problem_file(people, locked=locked)), seconds=2, seed=1)
    assert (plan.cost.total, plan.bound, plan.gap) == (20, 20, 0)


def test_plan_file_has_the_published_keys() -> None:
    problem = Problem.from_json(random_file(2, 12))
    data = json.loads(json.dumps(solve(problem, seconds=2, seed=1).to_json()))
    assert list(data) == ["teams", "left_over", "cost", "parts", "bound", "gap", "seconds", "reasons"]
    assert sum(data["parts"].values()) == data["cost"]
    assert set(data["reasons"]) == {one for team in data["teams"] for one in team["people"]}


def test_solve_stops_when_told_and_reports_its_progress() -> None:
    problem = Problem.from_json(random_file(4, 60, themes=4, size=(3, 5, 4)))
    heard: list[tuple[float, int]] = []
    plan = solve(problem, seconds=30, seed=1, progress=lambda f, c: heard.append((f, c)), stop=lambda: True)
    assert not breaches(problem, plan.teams)
    assert heard
    assert all(0 <= fraction <= 1 for fraction, _ in heard)


def test_reasons_never_speak_of_a_private_role() -> None:
    data = random_file(6, 30, themes=4, size=(3, 5, 4))
    data |= {
        "locked": [],
        "roles": data["roles"] | {"private": ["seeker"], "wanted": ["developer", "seeker"]},
    }
    plan = solve(Problem.from_json(data), seconds=2, seed=1)
    role_of = {one["id"]: one["role"] for one in data["people"]}
    said = {
        one: {reason.params["role"] for reason in reasons if "role" in reason.params}
        for one, reasons in plan.reasons.items()
    }
    assert {"developer"} in said.values()
    for who, roles in said.items():
        assert roles == ({"developer"} if role_of[who] == "developer" else set())


def test_somebody_locked_in_a_team_stays_there_whatever_it_costs() -> None:
    data = random_file(3, 24, themes=2, size=(3, 5, 4))
    names = [one["id"] for one in data["people"]]
    data |= {"locked": [], "previous": {}, "stability": 0, "together": [], "apart": [names[:2]]}
    for one in data["people"][:2]:
        one["themes"] = ["ages", "near"]
    for one in data["people"][2:5]:
        one["themes"] = ["near", "ages"]
    stuck = dict.fromkeys(names[:3], "K") | {names[4]: "M"}
    problem = Problem.from_json(data | {"locked_people": stuck})
    plan = solve(problem, seconds=2, seed=1)
    assert not breaches(problem, plan.teams)
    team_of = {person: team.key for team in plan.teams for person in team.people}
    assert {name: team_of[name] for name in stuck} == stuck
    assert plan.cost.stability == 0
    assert plan.bound <= plan.cost.total


def test_more_people_locked_than_a_team_holds_is_refused_with_what_to_do() -> None:
    data = random_file(3, 24, themes=2, size=(3, 5, 4))
    stuck = {one["id"]: "K" for one in data["people"][-6:]}
    with pytest.raises(ProblemRefused, match="release some"):
        solve(Problem.from_json(data | {"locked": [], "locked_people": stuck}), seconds=2, seed=1)


def test_problem_without_themes_is_solved() -> None:
    plan = solve(
        Problem.from_json(problem_file([person(f"p{n}") for n in range(6)], themes=[])), seconds=2, seed=1
    )
    assert {team.theme for team in plan.teams} == {None}
