"""The mixed model against an independent likelihood, written out in full with dense matrices."""

from itertools import pairwise

import numpy as np
import pytest

from judging.domain.severity import Design, fit, reml_ratio, student


def simulated(seed, projects=12, jurors=6, each=3, severity=2.0, noise=1.5):
    random = np.random.default_rng(seed)
    quality, effect = random.normal(12, 2, projects), random.normal(0, severity, jurors)
    rows = [(i, (i * 2 + t * (1 + i % 2)) % jurors) for i in range(projects) for t in range(each)]
    rows = sorted(set(rows))
    totals = [quality[i] + effect[j] + random.normal(0, noise) for i, j in rows]
    return Design(np.array([i for i, _ in rows]), np.array([j for _, j in rows]), np.array(totals))


def dense(design):
    x = np.eye(len(design.readings))[design.projects]
    z = np.eye(len(design.loads))[design.jurors]
    return x, z, design.totals


def restricted_deviance(design, ratio):
    """−2 × the restricted log-likelihood at this ratio, noise variance profiled, from the textbook formula."""
    x, z, y = dense(design)
    h = np.eye(len(y)) + ratio * z @ z.T
    inverse = np.linalg.inv(h)
    information = x.T @ inverse @ x
    beta = np.linalg.solve(information, x.T @ inverse @ y)
    rest = y - x @ beta
    freedom = len(y) - x.shape[1]
    noise = rest @ inverse @ rest / freedom
    value = freedom * np.log(noise) + np.linalg.slogdet(h)[1] + np.linalg.slogdet(information)[1]
    return value, noise, beta, np.linalg.inv(information)


@pytest.mark.parametrize("seed", range(8))
def test_reml_finds_the_highest_of_a_brute_force_grid(seed):
    design = simulated(seed, severity=0.6 if seed % 2 else 2.0)
    model = fit(design)
    grid = np.concatenate([[0], np.geomspace(1e-4, 1e3, 600)])
    heights = np.array([restricted_deviance(design, ratio)[0] for ratio in grid])
    at_fit, noise, beta, covariance = restricted_deviance(design, model.ratio)
    assert at_fit <= heights.min() + 1e-9
    best = int(heights.argmin())
    assert grid[max(best - 1, 0)] <= model.ratio <= grid[min(best + 1, len(grid) - 1)]
    assert model.noise == pytest.approx(noise)
    assert model.corrected == pytest.approx(beta)
    assert model.variance == pytest.approx(noise * np.diag(covariance))


def test_both_kinds_of_estimates_occur_in_that_comparison():
    ratios = [fit(simulated(seed, severity=0.6 if seed % 2 else 2.0)).ratio for seed in range(8)]
    assert min(ratios) < 0.2 < max(ratios)


def test_no_severity_means_no_correction():
    # Three projects, three jurors, a Latin square of disagreements: each juror has the same mean difference.
    design = Design(
        np.repeat([0, 1, 2], 3), np.tile([0, 1, 2], 3), np.array([9, 10, 11, 11, 9, 10, 10, 11, 9.0])
    )
    model = fit(design)
    assert (model.ratio, model.juror_variance) == (0, 0)
    assert model.effects == pytest.approx(0)


def test_perfectly_additive_marks_are_separated_exactly():
    quality, effect = np.array([8.0, 10, 12, 14]), np.array([-2.0, 0, 2])
    rows = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 0), (3, 0), (3, 1)]
    totals = np.array([quality[i] + effect[j] for i, j in rows])
    model = fit(Design(np.array([i for i, _ in rows]), np.array([j for _, j in rows]), totals))
    assert model.ratio == np.inf
    assert model.effects == pytest.approx(effect)
    assert model.corrected == pytest.approx(quality)
    assert model.juror_variance == pytest.approx(4)


def test_effects_sum_to_zero_and_the_correction_can_be_redone_by_hand():
    design = simulated(3)
    model = fit(design)
    assert model.effects.sum() == pytest.approx(0)
    for i in range(len(design.readings)):
        mine = design.projects == i
        by_hand = design.totals[mine].mean() - model.effects[design.jurors[mine]].mean()
        assert model.corrected[i] == pytest.approx(by_hand)


def test_effects_sum_to_zero_in_each_component():
    one, two = simulated(1), simulated(2)
    both = Design(
        np.concatenate([one.projects, two.projects + 12]),
        np.concatenate([one.jurors, two.jurors + 6]),
        np.concatenate([one.totals, two.totals]),
    )
    assert both.components()[0].max() == 1
    effects = fit(both).effects
    assert (effects[:6].sum(), effects[6:].sum()) == pytest.approx((0, 0))


def test_one_ballot_per_project_has_no_interval():
    model = fit(Design(np.array([0, 1]), np.array([0, 1]), np.array([9.0, 12.0])))
    assert model.interval() is None
    assert model.corrected == pytest.approx([9, 12])


def test_an_empty_design_is_refused():
    with pytest.raises(ValueError, match="no ballot"):
        fit(Design(np.array([], int), np.array([], int), np.array([])))


def test_without_eigenvalues_there_is_no_ratio():
    assert reml_ratio(np.array([]), np.array([]), 4.0, 3) == 0


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [
        (1, 6.3138),
        (2, 2.9200),
        (3, 2.3534),
        (5, 2.0150),
        (10, 1.8125),
        (30, 1.6973),
        (120, 1.6577),
        (1e6, 1.6449),
    ],
)
def test_student_agrees_with_the_printed_table(freedom, expected):
    assert student(freedom, 0.90) == pytest.approx(expected, abs=1e-4)


def test_student_falls_smoothly_where_the_method_changes():
    values = [student(freedom, 0.90) for freedom in (1.5, 2.5, 50, 199.9, 200.1, 500)]
    assert all(one > two for one, two in pairwise(values))


@pytest.mark.parametrize(("projects", "jurors"), [(12, 6), (8, 3)])
def test_nine_intervals_in_ten_hold_the_truth(projects, jurors):
    inside = []
    for seed in range(150):
        random = np.random.default_rng(seed)
        quality, effect = random.normal(12, 2, projects), random.normal(0, 1.5, jurors)
        rows = [(i, (i + t) % jurors) for i in range(projects) for t in (0, 1, 2)]
        where, who = np.array(rows).T
        model = fit(Design(where, who, quality[where] + effect[who] + random.normal(0, 1.5, len(rows))))
        low, high = model.interval()
        inside += list((low <= quality) & (quality <= high))
    assert 0.86 <= np.mean(inside) <= 0.94
