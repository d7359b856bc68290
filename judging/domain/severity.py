"""How severe is each juror? The mixed model behind the corrected ranking.

    total of ballot (i, j) = project i (fixed) + juror j (random, variance β) + noise (variance ε)

Holds the design of a table of ballots, the estimation of β and ε by REML, the jurors' effects and the
uncertainty of each project. Refuses to know criteria, places, ties and the database; it sees numbered
projects and jurors and totals in points.

Everything is solved in the jurors' dimension: absorbing the projects leaves the small matrix A = Z'MZ, where Z
says who wrote each ballot and M takes each project's mean away. With A = QdQ' and u = Q'Z'My, the restricted
likelihood of the ratio λ = β / ε needs only sums over the jurors (REML: Patterson & Thompson, *Biometrika* 58,
1971; Searle, Casella & McCulloch, *Variance Components*, 1992, ch. 6):

    −2 log L(λ) = (n − P) log R(λ) + Σ log(1 + λ d) + constant,   R(λ) = SSE + Σ u² / d(1 + λ d)
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import NormalDist

import numpy as np

NOTHING = 1e-20 * 400
"""Squares below this, per ballot, are rounding: totals go from 0 to 20."""


@dataclass(frozen=True)
class Design:
    """`totals[b]` is the total of ballot b, by `jurors[b]` on `projects[b]` (numbers from 0, none unused)."""

    projects: np.ndarray
    jurors: np.ndarray
    totals: np.ndarray

    @cached_property
    def incidence(self) -> np.ndarray:
        """Projects × jurors: 1 where there is a ballot."""
        table = np.zeros((self.projects.max() + 1, self.jurors.max() + 1))
        table[self.projects, self.jurors] = 1
        return table

    @cached_property
    def readings(self) -> np.ndarray:
        """Ballots of each project."""
        return self.incidence.sum(axis=1)

    @cached_property
    def loads(self) -> np.ndarray:
        """Ballots of each juror."""
        return self.incidence.sum(axis=0)

    @cached_property
    def centred(self) -> np.ndarray:
        """Totals less their overall mean, for the sake of precision."""
        return self.totals - self.totals.mean()

    def per_project(self, values: np.ndarray) -> np.ndarray:
        """Sum over each project's ballots."""
        return np.bincount(self.projects, weights=values, minlength=len(self.readings))

    def per_juror(self, values: np.ndarray) -> np.ndarray:
        """Sum over each juror's ballots."""
        return np.bincount(self.jurors, weights=values, minlength=len(self.loads))

    def components(self) -> tuple[np.ndarray, np.ndarray]:
        """Component number of each project and of each juror, in the graph that joins whom to what they marked."""
        project_of = np.full(len(self.readings), -1)
        juror_of = np.full(len(self.loads), -1)
        number = 0
        for first in range(len(self.readings)):
            if project_of[first] >= 0:
                continue
            frontier = np.zeros(len(self.readings), dtype=bool)
            frontier[first] = True
            while frontier.any():
                project_of[frontier] = number
                reached = (self.incidence[frontier].sum(axis=0) > 0) & (juror_of < 0)
                juror_of[reached] = number
                frontier = (self.incidence[:, reached].sum(axis=1) > 0) & (project_of < 0)
            number += 1
        return project_of, juror_of


@dataclass(frozen=True)
class Fit:
    """What the model says. Points on the 0–20 scale, variances in squared points.

    `effects`: per juror, positive for the generous, summing to 0 in each component (best linear unbiased
    predictions, so they shrink when jurors agree). `corrected`: per project, its mean less the mean effect of
    its jurors. `variance` and `freedom`: per project, of `corrected`; None when no project has two ballots.
    """

    noise: float
    juror_variance: float
    ratio: float
    effects: np.ndarray
    corrected: np.ndarray
    variance: np.ndarray | None
    freedom: np.ndarray | None
    spare: int

    def interval(self, level: float = 0.90) -> tuple[np.ndarray, np.ndarray] | None:
        """Low and high of each project at `level`, from Student's t at Satterthwaite's degrees of freedom.

        They speak of the total that a jury *of such jurors* would give, hence include the luck of the jury drawn.
        """
        if self.variance is None or self.freedom is None:
            return None
        quantile = np.array([student(round(float(value), 2), level) for value in self.freedom])
        half = quantile * np.sqrt(self.variance)
        return self.corrected - half, self.corrected + half


def fit(design: Design) -> Fit:
    """Estimate the model by REML. Deterministic; a few milliseconds for 60 projects × 20 jurors.

    Raises ValueError on an empty design.
    """
    if not len(design.totals):
        raise ValueError("no ballot to fit")
    ballots, projects, jurors = len(design.totals), len(design.readings), len(design.loads)
    means = design.per_project(design.centred) / design.readings
    within = design.centred - means[design.projects]
    rank = jurors - int(design.components()[1].max() + 1)
    spare = ballots - projects - rank

    laplacian = np.diag(design.loads) - design.incidence.T @ (design.incidence / design.readings[:, None])
    roots, axes = np.linalg.eigh(laplacian)
    roots[: jurors - rank] = 0.0
    pulls = axes.T @ design.per_juror(within)
    pulls[: jurors - rank] = 0.0
    d, u = roots[jurors - rank :], pulls[jurors - rank :]

    least_squares = axes[:, jurors - rank :] @ (u / d)
    seen = design.per_project(least_squares[design.jurors]) / design.readings
    residual = within - least_squares[design.jurors] + seen[design.projects]
    sse = float(residual @ residual) if spare else 0.0
    sse = 0.0 if sse <= NOTHING * ballots else sse

    if projects == ballots or float(within @ within) <= NOTHING * ballots:
        ratio, noise, juror_variance = 0.0, 0.0, 0.0
    else:
        ratio = reml_ratio(d, u, sse, spare)
        if np.isinf(ratio):
            noise, juror_variance = 0.0, float(np.sum((u / d) ** 2) / rank)
        else:
            noise = (sse + float(np.sum(u**2 / (d * (1 + ratio * d))))) / (ballots - projects)
            juror_variance = ratio * noise

    shrink = np.zeros(jurors)
    shrink[jurors - rank :] = 1 / d if np.isinf(ratio) else ratio / (1 + ratio * d)
    effects = axes @ (shrink * pulls)
    corrected = means - design.incidence @ effects / design.readings + design.totals.mean()
    variance, freedom = None, None
    if ballots > projects:
        variance, freedom = _uncertainty(design, roots, axes, noise, juror_variance, ratio, spare)
    return Fit(noise, juror_variance, ratio, effects, corrected, variance, freedom, spare)


def reml_ratio(d: np.ndarray, u: np.ndarray, sse: float, spare: int) -> float:
    """λ = juror variance / noise variance at the highest restricted likelihood; 0 and infinity are possible.

    d: positive eigenvalues of A; u: what the data say along each; `spare`: ballots beyond projects and juror
    contrasts. Where the likelihood is flat the smallest λ is taken: no correction without evidence.
    """
    if not len(d):
        return 0.0
    freedom = len(d) + spare
    if sse == 0.0 and spare > 0:
        return np.inf

    def deviance(ratio: np.ndarray) -> np.ndarray:
        shrunk = 1 + np.multiply.outer(ratio, d)
        return freedom * np.log(sse + (u**2 / d / shrunk).sum(axis=-1)) + np.log(shrunk).sum(axis=-1)

    def slope(ratio: float) -> float:
        shrunk = 1 + ratio * d
        rest = sse + np.sum(u**2 / d / shrunk)
        return float(np.sum(d / shrunk) - freedom * np.sum((u / shrunk) ** 2) / rest)

    ratios = np.concatenate([[0.0], np.geomspace(1e-5 / d.max(), 1e8 / d.min(), 260)])
    heights = deviance(ratios)
    best = int(np.argmin(heights))
    if spare == 0:
        at_infinity = freedom * np.log(np.sum((u / d) ** 2)) + np.sum(np.log(d))
        if at_infinity < heights[best] - 1e-9 and best >= len(ratios) - 2:
            return np.inf
    if heights[best] > heights[0] - 1e-9:
        return 0.0
    low, high = ratios[max(best - 1, 0)], ratios[min(best + 1, len(ratios) - 1)]
    for _ in range(200):
        middle = (low + high) / 2
        if slope(middle) < 0:
            low = middle
        else:
            high = middle
    return float((low + high) / 2)


def _uncertainty(
    design: Design,
    roots: np.ndarray,
    axes: np.ndarray,
    noise: float,
    juror_variance: float,
    ratio: float,
    spare: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Variance of each corrected total and its degrees of freedom.

    Variance: mixed-model equations (Henderson, *Biometrics* 31, 1975). Degrees of freedom: Satterthwaite's 2v²/Var(v), with the
    expected REML information of the two variances (Giesbrecht & Burns, *Biometrics* 41, 1985).
    """
    along = (design.incidence @ axes / design.readings[:, None]) ** 2
    shrunk = np.where(roots > 0, 1 / (1 + ratio * roots) if np.isfinite(ratio) else 0.0, 1.0)
    variance = noise / design.readings + along @ (juror_variance * shrunk)
    free = max(len(design.totals) - len(design.readings), 1)
    if noise <= 0:
        return variance, np.full(len(variance), max(float((roots > 0).sum()), 1.0))
    d = roots[roots > 0]
    tau = noise + juror_variance * d
    info = 0.5 * np.array(
        [
            [spare / noise**2 + np.sum(tau**-2), np.sum(d / tau**2)],
            [np.sum(d / tau**2), np.sum((d / tau) ** 2)],
        ]
    )
    if np.linalg.det(info) <= 1e-12 * info[0, 0] * info[1, 1]:
        return variance, np.full(len(variance), float(free))
    whole = noise + juror_variance * roots
    by_noise = 1 / design.readings + along @ (juror_variance**2 * roots / whole**2)
    by_jurors = along @ (noise / whole) ** 2
    gradient = np.stack([by_noise, by_jurors])
    spread = np.einsum("ai,ab,bi->i", gradient, np.linalg.inv(info), gradient)
    return variance, np.clip(2 * variance**2 / spread, 1.0, 1e6)


@lru_cache(maxsize=4096)
def student(freedom: float, level: float) -> float:
    """t such that a Student variable of `freedom` (≥ 1, real) lies within ±t with probability `level`.

    With t = √ν·tan θ the density becomes cos^(ν−1) θ, integrated and inverted here to about 1e-6; beyond 200
    degrees the expansion of Abramowitz & Stegun 26.7.5.
    """
    if freedom > 200:
        x = NormalDist().inv_cdf((1 + level) / 2)
        return x + (x**3 + x) / (4 * freedom) + (5 * x**5 + 16 * x**3 + 3 * x) / (96 * freedom**2)
    angles = np.linspace(0, np.pi / 2, 8193)
    density = np.cos(angles) ** (freedom - 1)
    area = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return float(np.sqrt(freedom) * np.tan(np.interp(level * area[-1], area, angles)))
