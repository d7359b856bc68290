"""What the pattern of ballots allows one to say, and the warnings when it allows little.

Holds the reading of coverage: who shares projects with whom, and how much of the comparison rests on few
ballots. Refuses to rank: it looks at the design and at what the model found, and speaks.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from judging.domain.remarks import Remark
from judging.domain.severity import Design, Fit

FEW_SHARED = 2
"""A juror who shares fewer projects than this with anybody else cannot be compared with them."""


def coverage_remarks(
    design: Design | None,
    model: Fit | None,
    projects: Sequence[Hashable],
    jurors: Sequence[Hashable],
    unmarked: Sequence[Hashable],
    method: str,
    complete: bool,
) -> tuple[Remark, ...]:
    """Everything worth warning about before a ranking is read aloud; `design` None means no ballot at all."""
    if design is None or model is None:
        remarks = [Remark("no_ballot", "There is no complete ballot: nothing can be ranked.")]
        if unmarked:
            remarks.append(_unmarked(unmarked))
        return tuple(remarks)
    remarks = [_unmarked(unmarked)] if unmarked else []
    component = design.components()[0]
    parts = int(component.max()) + 1
    if parts > 1:
        remarks.append(
            Remark(
                "not_connected",
                "The ballots are not connected: %(parts)s groups of projects share no juror. "
                "Places hold within each group only.",
                {"parts": parts},
            )
        )
    if len(jurors) == 1:
        remarks.append(
            Remark(
                "single_juror",
                "One juror only (%(juror)s): severity and uncertainty cannot be estimated.",
                {"juror": jurors[0]},
            )
        )
    if len(projects) == 1:
        remarks.append(Remark("single_project", "One project only (%(project)s).", {"project": projects[0]}))
    if method == "mean" and not complete:
        remarks.append(
            Remark(
                "mean_of_partial",
                "Not every juror marked every project: plain means depend on who marked what.",
            )
        )
    if len(jurors) > 1:
        remarks += _thin(design, model, projects, jurors, complete)
    return tuple(remarks)


def shared_projects(design: Design) -> np.ndarray:
    """Per juror, how many of their projects somebody else marked too."""
    return design.incidence.T @ (design.readings > 1)


def _thin(
    design: Design, model: Fit, projects: Sequence[Hashable], jurors: Sequence[Hashable], complete: bool
) -> list[Remark]:
    remarks = []
    if model.variance is None:
        remarks.append(
            Remark(
                "one_ballot_each",
                "No project has two ballots: jurors cannot be compared and there are no intervals.",
            )
        )
        return remarks
    single = [name for name, count in zip(projects, design.readings, strict=True) if count == 1]
    if single:
        remarks.append(Remark("single_ballot", "One ballot only for: %(projects)s.", {"projects": single}))
    if model.noise == 0:
        remarks.append(
            Remark(
                "no_disagreement",
                "The ballots leave no disagreement to measure: the intervals say less than they seem to.",
            )
        )
    if complete:
        return remarks
    alone = [name for name, n in zip(jurors, shared_projects(design), strict=True) if n < FEW_SHARED]
    if alone and len(projects) > 1:
        remarks.append(
            Remark(
                "juror_overlaps_little",
                "These jurors share fewer than %(few)s projects with the others, so their severity is a "
                "guess: %(jurors)s.",
                {"jurors": alone, "few": FEW_SHARED},
            )
        )
    if model.spare < len(jurors) - 1:
        remarks.append(
            Remark(
                "too_few_overlaps",
                "Too few overlaps: %(spare)s spare comparisons for %(jurors)s jurors. "
                "Read the corrected ranking with care.",
                {"spare": model.spare, "jurors": len(jurors)},
            )
        )
    return remarks


def _unmarked(projects: Sequence[Hashable]) -> Remark:
    return Remark(
        "unmarked_project",
        "No complete ballot, hence no place, for: %(projects)s.",
        {"projects": list(projects)},
    )
