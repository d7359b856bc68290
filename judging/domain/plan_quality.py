"""How good an assignment of jurors is, in figures an organiser can read, and what is wrong with it.

Holds the measures (loads, connection, evenness of meetings, A-efficiency) and the problems. Refuses to make or
mend a plan.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from judging.domain.remarks import Remark

Key = Hashable


@dataclass(frozen=True)
class Quality:
    """load: projects per juror. meetings: projects shared by a pair of jurors, over all pairs.

    `efficiency`: average variance of the juror-adjusted difference of two projects, ideal ÷ this plan, so 1 is
    ideal; 0 when the plan is not connected (some differences cannot be known), 1 with a single project.
    """

    load_min: int
    load_max: int
    connected: bool
    meetings_min: int
    meetings_max: int
    efficiency: float


def measure(jurors: Sequence[Key], jurors_of: Mapping[Key, Sequence[Key]]) -> Quality:
    """Quality of one panel's assignment; jurors without a project count in the loads, not in the design."""
    column = {juror: j for j, juror in enumerate(jurors)}
    table = np.zeros((len(jurors_of), len(jurors)))
    for i, team in enumerate(jurors_of.values()):
        for juror in team:
            table[i, column[juror]] = 1
    loads = table.sum(axis=0).astype(int)
    together = (table.T @ table)[np.triu_indices(len(jurors), k=1)].astype(int)
    efficiency = a_efficiency(table)
    return Quality(
        load_min=int(loads.min()) if len(loads) else 0,
        load_max=int(loads.max()) if len(loads) else 0,
        connected=efficiency > 0,
        meetings_min=int(together.min()) if len(together) else 0,
        meetings_max=int(together.max()) if len(together) else 0,
        efficiency=efficiency,
    )


def a_efficiency(table: np.ndarray) -> float:
    """A-efficiency of a 0/1 table of projects × jurors, against a bound that no design of its size can pass.

    With jurors as blocks the information on projects is C = diag(r) − N diag(1/k) N', and the average variance
    of a difference is proportional to tr C⁺. The bound is that of a perfectly balanced design: equal non-zero
    eigenvalues, and r for the P − J eigenvalues that no juror touches when there are more projects than jurors
    (John & Williams, *Cyclic and Computer Generated Designs*, 1995, ch. 2).
    """
    if not len(table) or not table.any(axis=1).all():
        return 0.0
    table = table[:, table.any(axis=0)]
    projects, jurors = table.shape
    if projects == 1:
        return 1.0
    readings = table.sum(axis=1)
    information = np.diag(readings) - (table / table.sum(axis=0)) @ table.T
    roots = np.linalg.eigvalsh(information)[1:]
    if roots[0] <= 1e-9:
        return 0.0
    ideal = (projects - 1) ** 2 / (readings.sum() - jurors)
    reading = readings[0]
    if (readings == reading).all() and jurors <= projects and reading > 1:
        ideal = (projects - jurors) / reading
        if jurors > 1:
            ideal += (jurors - 1) ** 2 / (jurors * (reading - 1))
    return float(min(1.0, ideal / np.sum(1 / roots)))


def plan_problems(
    panel: Key,
    jurors: Sequence[Key],
    jurors_of: Mapping[Key, Sequence[Key]],
    free: Mapping[Key, Sequence[Key]],
    per_project: int | None,
    quality: Quality,
) -> tuple[Remark, ...]:
    """What an organiser must know before adopting the plan; `free`: per project, jurors without a conflict."""
    problems = []

    def say(code: str, template: str, blocks: bool, **params: object) -> None:
        problems.append(Remark(code, template, {"panel": panel, **params}, blocks))

    if not jurors_of:
        say("panel_without_project", "Panel %(panel)s has no project.", False)
        return tuple(problems)
    if not jurors:
        say("panel_without_juror", "Panel %(panel)s has no juror.", True)
        return tuple(problems)
    orphans = [project for project, able in free.items() if not able]
    if orphans:
        template = "Every juror of panel %(panel)s has a conflict with: %(projects)s."
        say("project_without_juror", template, True, projects=orphans)
    if per_project is not None and per_project > len(jurors):
        template = "Panel %(panel)s has %(jurors)s jurors for %(wanted)s marks per project."
        say("too_few_jurors", template, True, jurors=len(jurors), wanted=per_project)
    elif per_project is not None:
        short = [project for project, able in free.items() if 0 < len(able) < per_project]
        if short:
            template = "Conflicts leave fewer than %(wanted)s jurors for: %(projects)s."
            say("too_many_conflicts", template, False, wanted=per_project, projects=short)
    if len(jurors) == 1:
        say("single_juror", "Panel %(panel)s has one juror only.", False)
    idle = [juror for juror in jurors if not any(juror in team for team in jurors_of.values())]
    if idle:
        say("idle_juror", "Nothing to mark for: %(jurors)s.", False, jurors=idle)
    if not quality.connected and not orphans:
        template = (
            "Panel %(panel)s is not connected: some projects cannot be compared. Add marks per project."
        )
        say("not_connected", template, False)
    if quality.load_max - quality.load_min > 1:
        template = "Loads are uneven in panel %(panel)s: from %(low)s to %(high)s projects."
        say("uneven_load", template, False, low=quality.load_min, high=quality.load_max)
    return tuple(problems)
