"""Problem files that are wrong: every mistake is named at once, and contradictions say what to relax."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teams.domain.matching import TEMPLATES, Problem, ProblemRefused, evaluate, solve
from teams.tests.domain.matching_cases import person, problem_file, random_file

PAIR = [person("p"), person("q")]


def refusals(data: Any) -> list[str]:
    """What reading and solving refuse, in words."""
    with pytest.raises(ProblemRefused) as refused:
        solve(Problem.from_json(data), seconds=1, seed=1)
    assert all(problem.code in TEMPLATES for problem in refused.value.problems)
    return [problem.text for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": []}, "There is nobody to place: people is empty."),
        ({"people": None}, "people is missing."),
        ({"people": {}}, "people must be a list."),
        ({"people": ["p"]}, "people[0] must be an object with named fields."),
        ({"people": [{}]}, "people[0].id is missing."),
        ({"people": [person("p"), person("p")]}, "people names 'p' more than once."),
        ({"people": [person("p", level=6)]}, "people[0].level is 6: it must be between 1 and 5."),
        ({"people": [person("p", level=True)]}, "people[0].level must be a whole number, not True."),
        (
            {"people": [person("p", themes=("moon",))]},
            "people[0].themes names 'moon', which is not one of the themes.",
        ),
        ({"people": [person("p", themes=("near", "near"))]}, "people[0].themes names 'near' more than once."),
        (
            {"people": [person("p") | {"role": []}]},
            "people[0].role must be a text or a whole number, not [].",
        ),
        ({"themes": [{"id": "near"}, {"id": "near"}]}, "themes names 'near' more than once."),
        (
            {"themes": [{"id": "near", "capacity": {"min": 3, "max": 2}}]},
            "The theme near asks for at least 3 people and at most 2: lower its minimum.",
        ),
        (
            {"themes": [{"id": "near", "capacity": {"min": -1, "max": 2}}]},
            "themes[0].capacity.min is -1: it must be at least 0.",
        ),
        ({"team_size": None}, "team_size is missing."),
        ({"team_size": []}, "team_size must be an object with named fields."),
        ({"team_size": {"min": -2, "max": 4, "wanted": 2}}, "team_size.min is -2: it must be at least 1."),
        (
            {"team_size": {"min": 5, "max": 4, "wanted": 5}},
            "team_size contradicts itself: min is 5 and max is 4. Lower min or raise max.",
        ),
        ({"roles": {"diversity": "many"}}, "roles.diversity must be a whole number, not 'many'."),
        ({"together": [["p", "x"]]}, "together[0] names 'x', which is not one of the people."),
        ({"together": ["pq"]}, "together[0] must be a list."),
        ({"apart": [["p", "p"]]}, "apart[0] names 'p' more than once."),
        ({"apart": [["p"]]}, "apart[0] must name exactly two different people."),
        (
            {
                "locked": [
                    {"key": "K", "theme": "near", "people": ["p"]},
                    {"key": "L", "theme": "ages", "people": ["p"]},
                ]
            },
            "p is in two locked teams, K and L: take them out of one of them.",
        ),
        (
            {"locked": [{"key": "K", "theme": "moon", "people": ["p"]}]},
            "locked[0].theme names 'moon', which is not one of the themes.",
        ),
        ({"locked": [{"theme": "near", "people": ["p"]}]}, "locked[0].key is missing."),
        ({"previous": []}, "previous must be an object with named fields."),
        ({"previous": {"p": 1.5}}, "previous.p must be a text or a whole number, not 1.5."),
        ({"stability": -1}, "stability is -1: it must be at least 0."),
        ({"team_count": "2"}, "team_count must be a whole number, not '2'."),
        ({"weights": {"choice": []}}, "weights.choice must be a list of at least one cost."),
        ({"weights": {"choice": [0, -1]}}, "weights.choice[1] is -1: it must be at least 0."),
        ({"weights": {"apart": 1.5}}, "weights.apart must be a whole number, not 1.5."),
        (
            {"weights": {"stability": 5}},
            "weights has no key stability: the keys are choice, wanted, alone, diversity, level, split, apart.",
        ),
        ({"seconds": 0}, "seconds must be a number of seconds above 0, not 0."),
        ({"seed": "x"}, "seed must be a whole number, not 'x'."),
    ],
)
def test_a_mistake_is_named_with_its_place(changes: dict[str, Any], said: str) -> None:
    assert said in refusals(problem_file(PAIR) | changes)


def test_all_mistakes_are_named_at_once() -> None:
    data = problem_file(
        [person("p", level=9), person("p")], together=[["x"]], stability="much", apart=[["p"]]
    )
    assert len(refusals(data)) == 5


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_a_problem_that_is_no_object_is_refused(data: Any) -> None:
    assert refusals(data) == ["The problem must be an object with named fields."]


FOUR = [person(name) for name in "pqrs"]
SIZE = {"min": 2, "max": 3, "wanted": 2}


def theme(least: int, most: int | None, name: str = "near") -> dict[str, Any]:
    return {"id": name, "capacity": {"min": least, "max": most}}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"locked": [{"key": "K", "theme": "near", "people": ["p"]}]},
            "The locked team K is too small (1, teams have at least 2): complete it, unlock it, or lower the minimum "
            "size of teams.",
        ),
        (
            {"locked": [{"key": "K", "theme": "near", "people": list("pqrs")}]},
            "The locked team K has 4 people and teams have at most 3: take people out, unlock it, or raise the "
            "maximum size of teams.",
        ),
        (
            {"themes": [theme(0, 2)], "locked": [{"key": "K", "theme": "near", "people": list("pqr")}]},
            "The locked teams of the theme near hold 3 people and its capacity is 2: raise the capacity or unlock a team.",
        ),
        (
            {
                "team_count": 1,
                "locked": [{"key": k, "theme": "near", "people": list(k)} for k in ("pq", "rs")],
            },
            "2 teams are locked and only 1 are asked for: raise the number of teams or unlock some.",
        ),
        (
            {"themes": [theme(3, 5), theme(2, 5, "ages")]},
            "The themes ask for at least 5 people altogether and there are 4: lower their minimum capacities.",
        ),
        (
            {"themes": [theme(1, 1), theme(0, 5, "ages")]},
            "The theme near asks for 1 to 1 people, which no number of teams of 2 to 3 people makes: change its "
            "capacity or the size of teams.",
        ),
        (
            {"team_count": 3},
            "3 teams of at least 2 people need 6 people and there are 4: ask for at most 2 teams or lower the minimum "
            "size of teams.",
        ),
        (
            {"team_count": 1, "themes": [theme(1, None), theme(1, None, "ages")]},
            "These cannot all hold: the number of teams is 1; the theme near takes at least 1 people; the theme ages takes at "
            "least 1 people; there are 4 people, of whom 0 in locked teams. Relax one of them.",
        ),
    ],
)
def test_a_contradiction_says_what_to_relax(changes: dict[str, Any], said: str) -> None:
    assert refusals(problem_file(FOUR, team_size=SIZE) | changes)[:1] == [said]


@given(seed=st.integers(0, 10**6), count=st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_a_problem_written_out_reads_back_the_same(seed: int, count: int) -> None:
    problem = Problem.from_json(random_file(seed, count))
    again = Problem.from_json(problem.to_json())
    assert again == problem
    assert evaluate(again, problem.locked) == evaluate(problem, problem.locked)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats(allow_nan=True) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(key=st.sampled_from(sorted([*problem_file([]), "roles", "together", "apart", "locked", "previous", "weights",
                                   "stability", "team_count", "seconds", "seed"])), value=JUNK)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_junk_is_read_or_refused_never_crashes(key: str, value: Any) -> None:
    said: list[str] = []
    try:
        Problem.from_json(problem_file(PAIR) | {key: value})
    except ProblemRefused as refused:
        said = [problem.text for problem in refused.problems]
    assert all(said)
