"""Counting a round (« dépouillement »): from the rows of complete ballots to each panel's ranking and its ties.

The arithmetic is in grading, ranking and ladder; this file only feeds them, in a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from judging.domain import grading, ladder, ranking
from judging.enums import Method
from judging.models import Ballot, Criterion, Grid, Panel, Round
from teams.models import Project


@dataclass(frozen=True)
class PanelTally:
    """A panel's count. Projects and jurors are primary keys; `order` is best first, ex æquo together, after the
    ladder; `ladders` holds its trace, one per tie; `totals` the exact total of each (juror, project)."""

    panel: Panel
    ranking: ranking.Ranking
    order: tuple[tuple[Any, ...], ...]
    ladders: tuple[ladder.LadderResult, ...]
    totals: dict[tuple[int, int], Fraction]


def tally_round(round: Round) -> list[PanelTally]:
    """Each panel of the round counted on the ballots handed in for projects in competition."""
    weights, scale = terms(round.grid)
    marks: dict[int, dict[tuple[int, int], dict[int, object]]] = defaultdict(lambda: defaultdict(dict))
    competing = set(Project.objects.for_event(round.event).competing().values_list("pk", flat=True))
    rows = Ballot.objects.in_round(round).handed_in().mark_rows()
    for panel_id, juror_id, project_id, criterion_id, value in rows:
        if project_id in competing and criterion_id in weights:
            marks[panel_id][juror_id, project_id][criterion_id] = value
    entered = defaultdict(list)
    for panel_id, project_id in round.entry_rows():
        if project_id in competing:
            entered[panel_id].append(project_id)
    method = None if round.method == Method.AUTO else str(round.method)
    return [
        _tally(panel, marks[panel.pk], entered[panel.pk], weights, scale, method)
        for panel in round.panels.select_related("theme").all()
    ]


def terms(grid: Grid) -> tuple[dict[Any, int], grading.Scale]:
    """A grid as the arithmetic takes it: weight per criterion's key, in the grid's order, and the scale."""
    criteria: Iterable[Criterion] = sorted(
        grid.criteria.all(), key=lambda criterion: (criterion.position, criterion.pk)
    )
    return {criterion.pk: criterion.weight for criterion in criteria}, grading.Scale(
        grid.scale_min, grid.scale_max
    )


def _tally(
    panel: Panel,
    marks: dict[tuple[int, int], dict],
    entered: list[int],
    weights: Mapping[Any, int],
    scale: grading.Scale,
    method: str | None,
) -> PanelTally:
    totals = {
        cell: grading.exact_total(some, weights, scale)
        for cell, some in marks.items()
        if not grading.missing_marks(some, weights)
    }
    ballots = [ranking.Ballot(juror, project, total) for (juror, project), total in totals.items()]
    ranked = ranking.rank_ballots(ballots, method=method, projects=entered)
    means = ladder.criterion_means(
        (project, criterion, value)
        for (_juror, project), some in marks.items()
        for criterion, value in some.items()
    )
    firsts = ladder.first_places((juror, project, total) for (juror, project), total in totals.items())
    order: list[tuple[Any, ...]] = []
    ladders = []
    # panels that share no juror, even through others, cannot be compared: the order is left to the deliberation
    parts = {line.component for line in ranked.projects if line.place is not None}
    for group in ranked.groups(next(iter(parts))) if len(parts) == 1 else ():
        if len(group) == 1:
            order.append(group)
            continue
        contenders = [ladder.Contender(one, means.get(one, {}), firsts.get(one, 0)) for one in group]
        result = ladder.resolve_tie(contenders, weights)
        ladders.append(result)
        order.extend(result.order)
    return PanelTally(panel, ranked, tuple(order), tuple(ladders), totals)
