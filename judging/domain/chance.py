"""The chance that each project is really first.

Holds a seeded simulation; it is the only place of the ranking that uses a prior, and nothing official rests on
it. Refuses to know places, ties and the database.

Prior: the projects of a jury are exchangeable, normal about an unknown mean (flat prior); the jurors likewise
about 0; the two standard deviations, in units of the noise, are half-Cauchy(1) (Gelman, *Bayesian Analysis* 1,
2006; Polson & Scott, ibid. 7, 2012), the noise variance has the usual 1/ε. So a project read once by a lenient
juror is not declared first, and no variance is taken for known when it is not. The two ratios live on a grid
of equal prior mass, the rest is integrated in closed form or drawn. On simulated juries the chance announced for
the likeliest project is right on average for 30 projects × 10 jurors and more, and some 6 points too modest for a
single panel of 8 × 5, where two variances must be learnt from 40 figures.
"""

import numpy as np

from judging.domain.severity import NOTHING, Design

PROJECT_NODES, JUROR_NODES = 24, 48
DRAWS, DRAWN_FIGURES = 4_000, 4_000_000
"""Draws per ranking; fewer when draws × projects would pass DRAWN_FIGURES (never below 1,000)."""


def chances(design: Design, component: np.ndarray, seed: int) -> np.ndarray:
    """Per project, the share of draws in which it has the highest quality of its component (they sum to 1 each).

    Same design and seed: same answer. 4,000 draws leave a Monte-Carlo error (one standard deviation) of at most 0.008.
    """
    members = [np.flatnonzero(component == number) for number in range(int(component.max()) + 1)]
    shares = np.zeros(len(component))
    if float(design.centred @ design.centred) <= NOTHING * len(design.totals):
        for group in members:
            shares[group] = 1 / len(group)
        return shares
    draws = int(np.clip(DRAWN_FIGURES // len(component), 1_000, DRAWS))
    random = np.random.default_rng(seed)
    nodes = [Absorbed(design, ratio) for ratio in _half_cauchy(PROJECT_NODES)]
    juror_ratios = _half_cauchy(JUROR_NODES)
    weight = np.stack([node.log_likelihood(juror_ratios) for node in nodes])
    weight = np.exp(weight - weight.max())
    picks = _allot(weight.ravel() / weight.sum(), draws, random).reshape(weight.shape)
    for node, counts in zip(nodes, picks, strict=True):
        if not counts.sum():
            continue
        quality = node.draw(np.repeat(juror_ratios, counts), random)
        for group in members:
            firsts = group[np.argmax(quality[:, group], axis=1)]
            np.add.at(shares, firsts, 1 / draws)
    return shares


class Absorbed:
    """The design with the projects (spread ratio `ratio` × noise) and the overall mean integrated out."""

    def __init__(self, design: Design, ratio: float) -> None:
        self.design, self.ratio = design, ratio
        readings, seen = design.readings, design.incidence
        pull = 1 / (readings + 1 / ratio)
        self.left = 1 - pull * readings
        self.weight = float(readings @ self.left)
        sums = design.per_project(design.centred)
        towards_mean = seen.T @ self.left
        self.mean = float(self.left @ sums) / self.weight
        matrix = np.diag(design.loads) - seen.T @ (pull[:, None] * seen)
        matrix -= np.outer(towards_mean, towards_mean) / self.weight
        self.roots, self.axes = np.linalg.eigh(matrix)
        self.roots = np.maximum(self.roots, 0.0)
        self.u = self.axes.T @ (
            design.per_juror(design.centred) - seen.T @ (pull * sums) - towards_mean * self.mean
        )
        self.squares = float(design.centred @ design.centred - pull @ sums**2 - self.mean**2 * self.weight)
        self.constant = float(np.sum(np.log1p(ratio * readings)) + np.log(self.weight))
        self.freedom = len(design.totals) - 1

    def _rest(self, ratios: np.ndarray) -> np.ndarray:
        share = ratios[:, None] / (1 + ratios[:, None] * self.roots)
        floor = NOTHING * len(self.design.totals)
        return np.maximum(self.squares - (share * self.u**2).sum(axis=1), floor)

    def log_likelihood(self, ratios: np.ndarray) -> np.ndarray:
        """Of each juror ratio, with the noise variance integrated out, up to one constant for all nodes."""
        spread = np.log1p(ratios[:, None] * self.roots).sum(axis=1)
        return -0.5 * (self.freedom * np.log(self._rest(ratios)) + spread + self.constant)

    def draw(self, ratios: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """One draw of every project's quality (less the overall mean) per ratio: array draws × projects."""
        design, count = self.design, len(ratios)
        noise = np.sqrt(self._rest(ratios) / random.chisquare(self.freedom, count))[:, None]
        share = ratios[:, None] / (1 + ratios[:, None] * self.roots)
        normal = random.standard_normal((count, len(self.roots)))
        # Through the symmetric root, so that the sign and order of eigenvectors cannot change the answer.
        jurors = (share * self.u + noise * np.sqrt(share) * (normal @ self.axes)) @ self.axes.T
        sums = design.per_project(design.centred) - jurors @ design.incidence.T
        mean = (sums @ self.left)[:, None] / self.weight
        mean = mean + noise / np.sqrt(self.weight) * random.standard_normal((count, 1))
        narrow = 1 / (design.readings + 1 / self.ratio)
        spread = noise * np.sqrt(narrow) * random.standard_normal((count, len(design.readings)))
        return narrow * (sums + mean / self.ratio) + spread


def _half_cauchy(nodes: int) -> np.ndarray:
    """Variance ratios at the middles of `nodes` slices of equal mass of a half-Cauchy(1) standard deviation."""
    return np.tan(np.pi / 2 * (np.arange(nodes) + 0.5) / nodes) ** 2


def _allot(shares: np.ndarray, draws: int, random: np.random.Generator) -> np.ndarray:
    """Systematic sampling: how many of the draws each grid point gets, in proportion to its weight."""
    ticks = (np.arange(draws) + random.random()) / draws
    edges = np.cumsum(shares)
    places = np.minimum(np.searchsorted(edges, ticks, side="right"), len(shares) - 1)
    return np.bincount(places, minlength=len(shares))
