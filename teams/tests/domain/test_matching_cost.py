"""The cost, term by term, on teams small enough to count by hand; and the hard rules."""

from __future__ import annotations

from typing import Any

import pytest

from teams.domain.matching import Problem, Team, breaches, evaluate
from teams.tests.domain.matching_cases import person, problem_file


def cost_of(people: list[dict[str, Any]], *teams: Team, **changes: Any) -> dict[str, int]:
    """The parts that are not 0."""
    cost = evaluate(Problem.from_json(problem_file(people, **changes)), teams)
    assert cost.total == sum(cost.parts.values())
    return {part: points for part, points in cost.parts.items() if points}


def team(*people: str, theme: str = "near", key: str = "K") -> Team:
    return Team(key, theme, people)


FIVE_THEMES = [{"id": name} for name in ("a", "b", "c", "d", "e", "near")]


@pytest.mark.parametrize(
    ("choices", "points"),
    [
        (("near",), 0),
        (("a", "near"), 10),
        (("a", "b", "near"), 30),
        (("a", "b", "c", "near"), 70),
        (("a", "b", "c", "d", "near"), 70),
        (("a",), 10),  # a theme not named costs the next rank
        (("a", "b"), 30),
        (("a", "b", "c", "d", "e"), 70),
        ((), 0),
    ],
)
def test_choice_costs_by_rank(choices: tuple[str, ...], points: int) -> None:
    parts = cost_of([person("p", themes=choices)], team("p"), themes=FIVE_THEMES)
    assert parts.get("choice", 0) == points


def test_choice_costs_follow_the_weights_given() -> None:
    people = [person("p", themes=("a", "b", "near"))]
    assert cost_of(people, team("p"), themes=FIVE_THEMES, weights={"choice": [1, 5]}) == {"choice": 5}


def test_each_wanted_role_a_team_lacks_costs_60() -> None:
    roles = {"wanted": ["developer", "designer"]}
    people = [person("p", "developer"), person("q", "public")]
    assert cost_of(people, team("p", "q"), roles=roles) == {"wanted": 60}
    assert cost_of(people, team("p"), team("q", key="L"), roles=roles) == {"wanted": 180}


def test_each_never_alone_role_with_exactly_one_member_costs_60() -> None:
    roles = {"never_alone": ["seeker", "public"]}
    people = [person("p"), person("q", "public"), person("r", "designer"), person("s")]
    assert cost_of(people, team("p", "q", "r"), roles=roles) == {"alone": 120}
    assert cost_of(people, team("p", "s", "r"), roles=roles) == {}


def test_each_distinct_role_missing_below_diversity_costs_8() -> None:
    roles = {"diversity": 4}
    people = [person("p"), person("q"), person("r", "public"), person("s", None)]
    assert cost_of(people, team("p", "q", "r"), roles=roles) == {"diversity": 16}
    assert cost_of(people, team("p", "q", "s"), roles=roles) == {"diversity": 24}  # no role known is no role


@pytest.mark.parametrize(
    ("levels", "points"), [((5,), 0), ((5, 4), 4), ((5, 5, 5), 16), ((1, 1), 8), ((1, 5, 5), 0)]
)
def test_level_costs_4_per_point_beyond_2(levels: tuple[int, ...], points: int) -> None:
    people = [person(f"p{n}", level=level) for n, level in enumerate(levels)]
    parts = cost_of(people, team(*(one["id"] for one in people)))
    assert parts.get("level", 0) == points


def test_a_split_group_costs_50_once() -> None:
    people = [person(name) for name in "pqr"]
    alone = [team(name, key=name) for name in "pqr"]
    assert cost_of(people, *alone, together=[["p", "q", "r"]]) == {"split": 50}
    assert cost_of(people, team("p", "q", "r"), together=[["p", "q", "r"]]) == {}
    assert cost_of(people, team("p", "q"), together=[["p", "q", "r"]]) == {"split": 50}  # r is left over
    assert cost_of(people, together=[["p", "q", "r"]]) == {}


def test_an_apart_pair_in_one_team_costs_80() -> None:
    people = [person(name) for name in "pqr"]
    apart = [["p", "q"], ["q", "r"]]
    assert cost_of(people, team("p", "q", "r"), apart=apart) == {"apart": 160}
    assert cost_of(people, team("p", "r"), team("q", key="L"), apart=apart) == {}


def test_each_person_not_with_their_previous_team_costs_stability() -> None:
    people = [person(name) for name in "pqr"]
    previous = {"p": "K", "q": "K", "r": "L"}
    assert cost_of(people, team("p", "q"), team("r", key="M"), previous=previous) == {"stability": 5}
    assert cost_of(people, team("p", "r"), previous=previous, stability=7) == {"stability": 14}
    assert cost_of(people, team("p", "q"), previous=previous | {"gone": "K"}) == {"stability": 5}


def test_empty_team_costs_nothing() -> None:
    assert cost_of([person("p")], team("p"), team(key="E"), roles={"wanted": ["seeker"]}) == {}


def test_ids_may_be_whole_numbers() -> None:
    people = [person(7, "seeker", themes=(1,)), person(8, "public", themes=(1,))]  # type: ignore[arg-type]
    problem = Problem.from_json(
        problem_file(people, themes=[{"id": 1}, {"id": 2}], together=[["7", 8]], previous={"7": 3, "8": "3"})
    )
    cost = evaluate(problem, [Team(3, 2, (7, 8))])
    assert (cost.choice, cost.split, cost.stability, cost.total) == (20, 0, 0, 20)


def test_breaches_names_every_broken_rule() -> None:
    data = problem_file(
        [person(name) for name in "pqrst"],
        themes=[
            {"id": "near", "capacity": {"min": 3, "max": 4}},
            {"id": "ages", "capacity": {"min": 0, "max": 1}},
        ],
        team_size={"min": 2, "max": 2, "wanted": 2},
        locked=[{"key": "L", "theme": "near", "people": ["p", "q"]}],
    )
    teams = [team("p", key="L"), team("r", "s", "t", "r", "x", theme="ages"), team("q", theme="moon")]
    assert [broken.code for broken in breaches(Problem.from_json(data), teams)] == [
        "team_too_small",
        "team_too_large",
        "in_two_teams",
        "stranger",
        "key_twice",
        "theme_unknown",
        "team_too_small",
        "theme_under",
        "theme_over",
        "lock_broken",
    ]
