"""From complete ballots to places.

Holds the choice of method, the ranking itself, what it warns about, and `rank_file` for a table of marks.
Refuses to know rounds, events and the database, and never breaks a tie (see `ladder`) nor gives a prize (see
`award_rules`).

`mean` is the plain mean of a project's totals, compared as exact fractions. `corrected` takes off the severity
of its jurors (`severity`), compared to within `TOLERANCE`. When every juror marked every project the two are
the same number, and the exact one is used. Nothing depends on the order of the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from judging.domain.chance import chances
from judging.domain.coverage import coverage_remarks
from judging.domain.grid_file import read_grid
from judging.domain.marks_file import read_marks
from judging.domain.remarks import Remark
from judging.domain.severity import Design, fit

METHODS = ("mean", "corrected")
LEVEL = 0.90
TOLERANCE = 1e-9
"""Corrected totals, in points out of 20, closer than this are equal: far above rounding, far below a mark."""

Key = int | str


@dataclass(frozen=True)
class Ballot:
    """One complete ballot. `total` out of 20; give the exact fraction so that ties are true."""

    juror: Key
    project: Key
    total: Fraction | Decimal | int


@dataclass(frozen=True)
class RankedProject:
    """One line. `place` is within `component` (1, 2, 2, 4) and None when no complete ballot exists.

    `mean` is exact; `corrected`, `low`, `high` are points on the 0–20 scale (`low`, `high`: 90 %, for a jury of
    such jurors, may pass the ends of the scale; None when no project has two ballots).
    """

    project: Key
    place: int | None
    tied: bool
    mean: Fraction | None
    corrected: float | None
    low: float | None
    high: float | None
    chance_first: float | None
    ballots: int
    component: int


@dataclass(frozen=True)
class JurorEffect:
    """`effect` in points, positive for a juror more generous than the average; 0 without a complete ballot."""

    juror: Key
    effect: float
    ballots: int


@dataclass(frozen=True)
class Ranking:
    """Lines in order of component, place and name; `noise` and `juror_variance` in squared points."""

    method: str
    projects: tuple[RankedProject, ...]
    jurors: tuple[JurorEffect, ...]
    connected: bool
    warnings: tuple[Remark, ...]
    juror_variance: float = 0.0
    noise: float = 0.0

    def groups(self, component: int = 1) -> tuple[tuple[Key, ...], ...]:
        """Projects of one component, best first, those of equal place together."""
        places: dict[int, list[Key]] = defaultdict(list)
        for line in self.projects:
            if line.place is not None and line.component == component:
                places[line.place].append(line.project)
        return tuple(tuple(places[place]) for place in sorted(places))


def rank_ballots(
    ballots: Iterable[Ballot],
    *,
    method: str | None = None,
    seed: int = 0,
    projects: Iterable[Key] = (),
    jurors: Iterable[Key] = (),
) -> Ranking:
    """Rank projects by complete ballots.

    method: None chooses `mean` if every juror marked every project, else `corrected`. `projects`, `jurors`: names
    to list even when they have no complete ballot (all keys of one kind must sort together). `seed` moves
    `chance_first` only. Raises ValueError on an unknown method or two ballots of one juror for one project.
    """
    if method is not None and method not in METHODS:
        raise ValueError(f"unknown method {method!r}")
    cells: dict[tuple[Key, Key], Fraction] = {}
    for ballot in ballots:
        if (ballot.project, ballot.juror) in cells:
            raise ValueError(f"two ballots of {ballot.juror} for {ballot.project}")
        cells[ballot.project, ballot.juror] = Fraction(ballot.total)
    marked = sorted({project for project, _ in cells})
    marking = sorted({juror for _, juror in cells})
    unmarked = sorted(set(projects) - set(marked))
    idle = sorted(set(jurors) - set(marking))
    complete = len(cells) == len(marked) * len(marking)
    method = method or ("mean" if complete else "corrected")
    idle_effects = tuple(JurorEffect(juror, 0.0, 0) for juror in idle)
    if not cells:
        warnings = coverage_remarks(None, None, marked, marking, unmarked, method, complete)
        blank = tuple(_unranked(project, number) for number, project in enumerate(unmarked, start=1))
        return Ranking(method, blank, idle_effects, len(unmarked) <= 1, warnings)

    design = _design(cells, marked, marking)
    model = fit(design)
    component, _ = design.components()
    row = design_index(marked)
    totals: list[list[Fraction]] = [[] for _ in marked]
    for (project, _), total in sorted(cells.items()):
        totals[row[project]].append(total)
    means = [sum(some, Fraction(0)) / len(some) for some in totals]
    exact = method == "mean" or complete
    corrected = [float(mean) for mean in means] if complete else [float(value) for value in model.corrected]
    places = _places(means if exact else corrected, component, Fraction(0) if exact else TOLERANCE)
    interval = model.interval(LEVEL)
    chance = chances(design, component, seed)
    lines = [
        RankedProject(
            project=project,
            place=places[i][0],
            tied=places[i][1],
            mean=means[i],
            corrected=corrected[i],
            low=None if interval is None else float(interval[0][i]),
            high=None if interval is None else float(interval[1][i]),
            chance_first=round(float(chance[i]), 6),
            ballots=len(totals[i]),
            component=int(component[i]) + 1,
        )
        for i, project in enumerate(marked)
    ]
    lines.sort(key=lambda line: (line.component, line.place))
    parts = int(component.max()) + 1
    lines += [_unranked(project, parts + number) for number, project in enumerate(unmarked, start=1)]
    effects = [
        JurorEffect(juror, float(model.effects[j]) + 0.0, int(design.loads[j]))
        for j, juror in enumerate(marking)
    ]
    return Ranking(
        method=method,
        projects=tuple(lines),
        jurors=tuple(effects) + idle_effects,
        connected=parts == 1 and not unmarked,
        warnings=coverage_remarks(design, model, marked, marking, unmarked, method, complete),
        juror_variance=model.juror_variance,
        noise=model.noise,
    )


def rank_file(
    path: str | Path,
    *,
    grid: str | Path | None = None,
    method: str | None = None,
    seed: int = 0,
    say: Callable[[Remark], Any] = str,
) -> dict[str, Any]:
    """Rank a CSV of `juror,project,criterion,mark`: the answer of the `rank` command, ready for JSON.

    `say` turns each warning into what the answer shows (English text by default). Raises
    `grid_file.Unreadable`, whose `problems` list every error of both files with its line.
    """
    table = read_marks(Path(path), None if grid is None else read_grid(Path(grid)))
    ballots = [Ballot(juror, project, total) for (juror, project), total in table.totals.items()]
    ranking = rank_ballots(ballots, method=method, seed=seed, projects=table.projects, jurors=table.jurors)
    return as_answer(replace(ranking, warnings=table.warnings + ranking.warnings), say)


def as_answer(ranking: Ranking, say: Callable[[Remark], Any] = str) -> dict[str, Any]:
    """The ranking in plain numbers and lists, totals as floats rounded to the ninth decimal."""

    def number(value: Fraction | float | None) -> float | None:
        return None if value is None else round(float(value), 9) + 0.0

    return {
        "method": ranking.method,
        "projects": [
            {
                "project": line.project,
                "place": line.place,
                "tied": line.tied,
                "mean": number(line.mean),
                "corrected": number(line.corrected),
                "low": number(line.low),
                "high": number(line.high),
                "chance_first": number(line.chance_first),
                "ballots": line.ballots,
                "component": line.component,
            }
            for line in ranking.projects
        ],
        "jurors": [
            {"juror": line.juror, "effect": number(line.effect), "ballots": line.ballots}
            for line in ranking.jurors
        ],
        "connected": ranking.connected,
        "warnings": [say(remark) for remark in ranking.warnings],
    }


def design_index(names: Sequence[Key]) -> dict[Key, int]:
    """Number of each name."""
    return {name: number for number, name in enumerate(names)}


def _design(
    cells: Mapping[tuple[Key, Key], Fraction], projects: Sequence[Key], jurors: Sequence[Key]
) -> Design:
    row, column = design_index(projects), design_index(jurors)
    ordered = sorted(cells.items())
    return Design(
        np.array([row[project] for (project, _), _ in ordered]),
        np.array([column[juror] for (_, juror), _ in ordered]),
        np.array([float(total) for _, total in ordered]),
    )


def _places(
    values: Sequence[Any], component: np.ndarray, tolerance: Fraction | float
) -> list[tuple[int, bool]]:
    """(place, tied) of each value within its component: standard competition places, 1, 2, 2, 4."""
    answer: list[tuple[int, bool]] = [(0, False)] * len(values)
    by_part: dict[int, list[int]] = defaultdict(list)
    for i, part in enumerate(component):
        by_part[int(part)].append(i)
    for members in by_part.values():
        members.sort(key=lambda i: values[i], reverse=True)
        groups: list[list[int]] = []
        for i in members:
            if groups and values[groups[-1][-1]] - values[i] <= tolerance:
                groups[-1].append(i)
            else:
                groups.append([i])
        place = 1
        for group in groups:
            for i in group:
                answer[i] = (place, len(group) > 1)
            place += len(group)
    return answer


def _unranked(project: Key, component: int) -> RankedProject:
    return RankedProject(project, None, False, None, None, None, None, None, 0, component)
