"""Rankings as a page or the minutes print them: names instead of keys, figures rounded, remarks in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from hackathon.models import Event
from judging.domain import grading, proposing, tallying
from judging.domain.ladder import CASTING_VOTE, EX_AEQUO, FIRST_PLACES, JURY_VOTE, LadderResult, Step
from judging.domain.wording import worded
from judging.models import Juror, Round
from teams.models import Project


@dataclass(frozen=True)
class RankLine:
    """A project's line. `place` after the tie ladder (1, 2, 2, 4); totals out of 20; `low`, `high` 90 %."""

    place: int | None
    is_tied: bool
    project: str
    project_id: int
    mean: Decimal | None
    corrected: Decimal | None
    low: float | None
    high: float | None
    chance_first: int
    ballots: int


@dataclass(frozen=True)
class RankTable:
    """A panel's ranking. `was_corrected`: the official order is the one corrected for severity."""

    title: str
    room: str
    was_corrected: bool
    lines: list[RankLine]
    ladders: list[list[str]]
    remarks: list[str]


def of_event(event: Event) -> list[tuple[Round, list[RankTable]]]:
    """Each closed round with its panels' rankings; a round that is open shows nothing to anybody."""
    titles = {project.pk: str(project) for project in Project.objects.for_event(event).with_teams()}
    jurors = {juror.pk: str(juror) for juror in Juror.objects.for_event(event).with_people()}
    names = {"project": titles, "projects": titles, "juror": jurors, "jurors": jurors}
    return [
        (round, [_table(tally, names, _criteria(round)) for tally in tallying.tally_round(round)])
        for round in proposing.closed_rounds(event)
    ]


def _criteria(round: Round) -> dict[int, str]:
    return {criterion.pk: criterion.name for criterion in round.grid.criteria.all()}


def _table(
    tally: tallying.PanelTally, names: dict[str, dict[int, str]], criteria: dict[int, str]
) -> RankTable:
    titles = names["project"]
    figures: dict[Any, Any] = {line.project: line for line in tally.ranking.projects}
    lines = []
    place = 1
    for group in tally.order:
        lines += [_line(figures[project], place, len(group) > 1, titles) for project in group]
        place += len(group)
    placed = {project for group in tally.order for project in group}
    lines += [
        _line(line, line.place, line.tied, titles) for key, line in figures.items() if key not in placed
    ]
    return RankTable(
        title=str(tally.panel),
        room=tally.panel.room,
        was_corrected=tally.ranking.method == "corrected",
        lines=lines,
        ladders=[_steps(result, titles, criteria) for result in tally.ladders],
        remarks=[worded(remark, names) for remark in tally.ranking.warnings],
    )


def _line(line: Any, place: int | None, is_tied: bool, titles: dict[int, str]) -> RankLine:
    return RankLine(
        place=place,
        is_tied=is_tied,
        project=titles.get(line.project, "?"),
        project_id=line.project,
        mean=None if line.mean is None else grading.shown(line.mean),
        corrected=None if line.corrected is None else grading.shown(Decimal(repr(line.corrected))),
        low=line.low,
        high=line.high,
        chance_first=round(100 * (line.chance_first or 0)),
        ballots=line.ballots,
    )


def _steps(result: LadderResult, titles: dict[int, str], criteria: dict[int, str]) -> list[str]:
    """The trace of one tie, rung by rung: « Utilité et impact sur l’emploi: A 4.33, B 4.00 »."""
    return [
        _("%(rung)s: %(compared)s") % {"rung": _rung(step, criteria), "compared": _compared(step, titles)}
        for step in result.steps
    ]


def _rung(step: Step, criteria: dict[int, str]) -> str:
    names = {
        FIRST_PLACES: _("Number of first places"),
        JURY_VOTE: _("Vote of the jury"),
        CASTING_VOTE: _("Casting vote of the president"),
        EX_AEQUO: _("Ex æquo"),
    }
    return names.get(step.kind) or criteria.get(step.criterion, "?")  # type: ignore[call-overload]


def _compared(step: Step, titles: dict[int, str]) -> str:
    return ", ".join(
        titles.get(project, "?")  # type: ignore[call-overload]
        + ("" if value is None else f" {localize(grading.shown(value))}")
        for project, value in step.values.items()
    )
