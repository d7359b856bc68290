"""What is answered when time lacks: a plan made by hand, a bound counted by hand, a drafted theme plan."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from teams.domain.matching import Problem, breaches, evaluate, greedy, solve
from teams.domain.matching.floor import floor
from teams.domain.matching.framing import frame
from teams.domain.matching.hurried import hurried
from teams.domain.matching.themes import ThemeModel
from teams.tests.domain.matching_cases import best_by_trying, random_file


@given(seed=st.integers(0, 10**6), count=st.integers(6, 40))
@settings(max_examples=25, deadline=None)
def test_hurried_plan_keeps_the_hard_rules_and_costs_no_less_than_its_floor(seed: int, count: int) -> None:
    problem = Problem.from_json(random_file(seed, count, themes=4, size=(2, 5, 3)))
    found = hurried(problem, seed=1, deadline=time.monotonic() + 0.3)
    if found is None:
        return
    shape, state = found
    assert shape.left_over == frame(problem).left_over == 0
    assert shape.teams == frame(problem).teams
    assert not breaches(problem, state.teams())
    assert floor(problem, shape) <= evaluate(problem, state.teams()).total


def test_hurried_plans_are_better_than_greedy_ones_by_and_large() -> None:
    """One of them may lose a few points: greed chooses the themes with a model that needs time to load."""
    costs = []
    for seed in range(20):
        problem = Problem.from_json(random_file(seed, 24, themes=4, size=(2, 5, 3)))
        found = hurried(problem, seed=1, deadline=time.monotonic() + 5)
        if found is not None:
            costs.append((evaluate(problem, found[1].teams()).total, greedy(problem, 1).cost.total))
    assert len(costs) > 10
    assert sum(ours for ours, _greed in costs) < sum(greed for _ours, greed in costs)


def test_hurried_plan_is_found_for_a_crowd() -> None:
    problem = Problem.from_json(random_file(3, 60, themes=4, size=(3, 5, 4)))
    assert hurried(problem, seed=1, deadline=time.monotonic() + 0.3) is not None


@given(seed=st.integers(0, 10**6), count=st.integers(2, 5))
@settings(max_examples=25, deadline=None)
def test_bound_counted_by_hand_is_below_every_plan(seed: int, count: int) -> None:
    problem = Problem.from_json(random_file(seed, count))
    best = best_by_trying(problem)
    assert best is not None
    assert 0 <= floor(problem, frame(problem)) <= best[2]


@given(seed=st.integers(0, 10**6), count=st.integers(8, 40), lasting=st.booleans())
@settings(max_examples=15, deadline=None)
def test_draft_proves_no_more_than_the_whole_model(seed: int, count: int, lasting: bool) -> None:
    problem = Problem.from_json(random_file(seed, count, themes=4, size=(2, 5, 3)))
    shape = frame(problem)
    model, whole = ThemeModel(problem, shape, lasting=lasting), ThemeModel(problem, shape)
    model.draft(20)
    assert whole.solve(20) is not None
    assert model.bound <= whole.bound


def test_plan_asked_for_at_once_keeps_the_hard_rules() -> None:
    problem = Problem.from_json(random_file(3, 60, themes=4, size=(3, 5, 4)))
    plan = solve(problem, seconds=0.1, seed=1)
    assert not breaches(problem, plan.teams)
    assert plan.bound <= plan.cost.total
