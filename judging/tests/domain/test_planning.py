"""Who marks what: even, connected, without conflicts, and drawn from a seed."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.plan_quality import a_efficiency
from judging.domain.planning import Panel, Timing, draw_order, plan_panels, timetable


def panel(jurors, projects, key="p"):
    return Panel(key, [f"j{n}" for n in range(jurors)], [f"p{n}" for n in range(projects)])


def plan(jurors, projects, **more):
    return plan_panels([panel(jurors, projects)], **more)[0]


def codes(made):
    return {problem.code for problem in made.problems}


def test_everybody_marks_everything_but_conflicts():
    made = plan(3, 4, conflicts=[("j0", "p2")])
    assert made.jurors_of == {
        "p0": ("j0", "j1", "j2"),
        "p1": ("j0", "j1", "j2"),
        "p2": ("j1", "j2"),
        "p3": ("j0", "j1", "j2"),
    }
    assert plan(3, 4).quality.efficiency == pytest.approx(1)


def test_seven_by_seven_finds_the_perfect_design():
    quality = plan(7, 7, per_project=3).quality
    assert (quality.meetings_min, quality.meetings_max) == (1, 1)
    assert quality.efficiency == pytest.approx(1)


@pytest.mark.parametrize(("projects", "jurors", "each"), [(12, 6, 3), (30, 10, 3), (60, 20, 5), (40, 8, 2)])
def test_loads_are_even_and_the_design_near_ideal(projects, jurors, each):
    made = plan(jurors, projects, per_project=each)
    quality = made.quality
    assert quality.load_min == quality.load_max == projects * each // jurors
    assert quality.connected
    assert quality.meetings_max - quality.meetings_min <= 2
    assert quality.efficiency > 0.99
    assert made.problems == ()


def test_the_same_seed_makes_the_same_plan_and_another_seed_another():
    assert plan(6, 12, per_project=3, seed=4) == plan(6, 12, per_project=3, seed=4)
    assert plan(6, 12, per_project=3, seed=4) != plan(6, 12, per_project=3, seed=5)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 8), st.integers(1, 14), st.integers(1, 4), st.data())
def test_conflicts_are_always_respected_and_nobody_is_asked_twice(jurors, projects, each, data):
    pairs = st.tuples(st.integers(0, jurors - 1), st.integers(0, projects - 1))
    conflicts = {(f"j{j}", f"p{p}") for j, p in data.draw(st.sets(pairs, max_size=20))}
    made = plan(jurors, projects, per_project=each, conflicts=conflicts)
    for project, team in made.jurors_of.items():
        able = [f"j{n}" for n in range(jurors) if (f"j{n}", project) not in conflicts]
        assert set(team) <= set(able)
        assert len(team) == min(each, len(able)) == len(set(team))
    assert 0 <= made.quality.efficiency <= 1


def test_panels_are_planned_apart():
    one, two = plan_panels([panel(2, 3, "one"), Panel("two", ["x"], ["q"])])
    assert set(one.jurors_of) == {"p0", "p1", "p2"}
    assert two.jurors_of == {"q": ("x",)}


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: plan(2, 4, per_project=3), "too_few_jurors"),
        (lambda: plan(0, 4), "panel_without_juror"),
        (lambda: plan(3, 0), "panel_without_project"),
        (lambda: plan(2, 2, conflicts=[("j0", "p1"), ("j1", "p1")]), "project_without_juror"),
        (
            lambda: plan(4, 4, per_project=2, conflicts=[(f"j{n}", "p0") for n in range(3)]),
            "too_many_conflicts",
        ),
        (lambda: plan(4, 8, per_project=1), "not_connected"),
        (lambda: plan(5, 2, per_project=1), "idle_juror"),
        (lambda: plan(1, 2), "single_juror"),
        (lambda: plan(2, 6, conflicts=[("j0", f"p{n}") for n in range(4)]), "uneven_load"),
    ],
)
def test_problems_are_named(made, code):
    assert code in codes(made())
    assert all(problem.text for problem in made().problems)


def test_efficiency_is_the_average_variance_against_the_ideal():
    # A chain of two jurors of two projects each. The bound for tr C⁺ is (P − 1)² / (n − J) = 2; the average
    # variance of a difference is tr C⁺ · 2 / (P − 1).
    table = np.array([[1, 0], [1, 1], [0, 1.0]])
    information = np.diag(table.sum(axis=1)) - table / table.sum(axis=0) @ table.T
    inverse = np.linalg.pinv(information)
    pairs = [(0, 1), (1, 2), (0, 2)]
    variance = np.mean([inverse[a, a] + inverse[b, b] - 2 * inverse[a, b] for a, b in pairs])
    assert a_efficiency(table) == pytest.approx(2 * (2 / (4 - 2)) / variance)
    assert a_efficiency(np.eye(3)) == 0


def test_the_ideal_is_a_balanced_design_where_one_exists():
    every_pair = np.array(
        [[1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1.0]]
    )
    lopsided = np.array(
        [[1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 0, 1, 1], [0, 0, 1, 1.0]]
    )

    def trace(table):
        information = np.diag(table.sum(axis=1)) - table / table.sum(axis=0) @ table.T
        return np.trace(np.linalg.pinv(information))

    assert a_efficiency(every_pair) == pytest.approx(1)
    assert a_efficiency(lopsided) == pytest.approx(trace(every_pair) / trace(lopsided))
    assert a_efficiency(lopsided) < 0.95


def test_loads_are_evened_out_after_conflicts():
    # Dealing alone leaves one juror with 8 projects and one with 6 here; exchanges bring all to 7.
    refused = {"j0": (4, 6, 8, 10, 11), "j1": (0, 4), "j2": (5, 11), "j3": (0, 5), "j4": (1, 3, 5)}
    conflicts = [(juror, f"p{n}") for juror, projects in refused.items() for n in projects]
    quality = plan(5, 12, per_project=3, conflicts=conflicts).quality
    assert (quality.load_min, quality.load_max) == (7, 7)


def test_the_running_order_is_a_draw_that_ignores_how_projects_are_listed():
    assert draw_order(["a", "b", "c", "d"], seed=1) == draw_order(["d", "c", "b", "a"], seed=1)
    orders = {tuple(draw_order("abcd", seed=seed)) for seed in range(50)}
    assert len(orders) > 10


def test_times_run_with_breaks():
    start = datetime(2016, 11, 19, 12, 45, tzinfo=UTC)
    turns = timetable("abcde", Timing(start, minutes=10, break_every=2, break_minutes=5))
    assert [(turn.starts_at - start) // timedelta(minutes=1) for turn in turns] == [0, 10, 25, 35, 50]
    assert turns[0].ends_at == turns[1].starts_at
    assert [turn.position for turn in turns] == [1, 2, 3, 4, 5]


def test_a_juror_reads_in_the_running_order():
    made = plan(4, 8, per_project=2, timing=Timing(datetime(2016, 11, 19, tzinfo=UTC)))
    order = [turn.project for turn in made.running_order]
    mine = made.projects_of("j1")
    assert list(mine) == sorted(mine, key=order.index)
    assert len(mine) == 4


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: plan(2, 2, per_project=0), "at least one juror"),
        (lambda: plan_panels([panel(1, 1), panel(1, 1)]), "same key"),
        (lambda: plan_panels([Panel("x", ["a", "a"], [])]), "twice"),
        (
            lambda: timetable("a", Timing(datetime(2016, 11, 19, tzinfo=UTC), minutes=0)),
            "at least one minute",
        ),
    ],
)
def test_broken_promises_raise(make, reason):
    with pytest.raises(ValueError, match=reason):
        make()
