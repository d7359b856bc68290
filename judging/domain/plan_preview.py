"""A round's plan as an organiser reads it before it is drawn: loads, quality, running order, times, what is wrong.

The plan itself is drawing.py's; here it is only put in words and figures. Nothing is written.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ..enums import RoundKind
from ..models import Panel, Round
from . import drawing, planning
from .timing_advice import Advice, advise
from .wording import worded

#: Of the best possible design: from here on it is called good, and below `POOR` poor.
GOOD, POOR = 0.9, 0.75


@dataclass(frozen=True)
class Turn:
    position: int
    project: str
    starts_at: datetime | None
    jurors: list[str]


@dataclass(frozen=True)
class PanelPreview:
    """`load`: (juror, projects). `percent`: efficiency of the best possible design, in whole percent."""

    panel: Panel
    turns: list[Turn]
    load: list[tuple[str, int]]
    connected: bool
    percent: int
    ends_at: datetime | None
    is_late: bool
    problems: list[tuple[str, bool]]

    @property
    def kind(self) -> str:
        """Of the status that shows the efficiency."""
        return "ok" if self.percent >= GOOD * 100 else "late" if self.percent >= POOR * 100 else "bad"

    @property
    def is_blocked(self) -> bool:
        return any(blocks for _problem, blocks in self.problems)


@dataclass(frozen=True)
class WordedAdvice(Advice):
    """The advice with its durations in words."""

    @property
    def needed_words(self) -> str:
        return hours(self.needed)

    @property
    def available_words(self) -> str:
        return hours(self.available)

    @property
    def planned_words(self) -> str:
        return hours(self.planned)


def hours(minutes: int) -> str:
    """« 5 h 15 », « 45 min »."""
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes % 60:
        return _("%(hours)s h") % {"hours": minutes // 60}
    return _("%(hours)s h %(minutes)s") % {"hours": minutes // 60, "minutes": f"{minutes % 60:02}"}


@dataclass(frozen=True)
class Preview:
    """The whole round; `ballots` that it would lay out, recused ones apart."""

    round: Round
    panels: list[PanelPreview]
    projects: int
    ballots: int
    advice: WordedAdvice

    @property
    def is_blocked(self) -> bool:
        return any(panel.is_blocked for panel in self.panels)

    @property
    def is_late(self) -> bool:
        return any(panel.is_late for panel in self.panels)


def preview(round: Round, *, per_project: int | None, seed: int, minutes: int) -> Preview:
    """What `draw_round` with the same arguments would lay out."""
    round.minutes_per_project = minutes  # on the object only: nothing is saved
    names = drawing.names_of(round)
    panels = {panel.pk: panel for panel in round.panels.select_related("theme", "round")}
    plans = drawing.plan_round(round, per_project=per_project, seed=seed)
    shown = [_panel(panels[_key(plan)], plan, names, round.window.closes_at) for plan in plans]
    projects = len({turn.project for plan in plans for turn in plan.running_order})
    ballots = sum(len(jurors) for plan in plans for jurors in plan.jurors_of.values())
    available = int(_hours_of_jury(round) / timedelta(minutes=1))
    advice = advise(projects=projects, minutes=minutes, available=available)
    return Preview(round, shown, projects, ballots, WordedAdvice(**asdict(advice)))


def _hours_of_jury(round: Round) -> timedelta:
    """What all rounds last, since a final may hear some projects again; for a final, what it lasts itself."""
    rounds = [round] if round.kind == RoundKind.FINAL else Round.objects.for_event(round.event).with_window()
    return sum((one.window.closes_at - one.window.opens_at for one in rounds), timedelta())


def _key(plan: planning.PanelPlan) -> int:
    key: Any = plan.panel.key
    return int(key)


def _panel(
    panel: Panel, plan: planning.PanelPlan, names: dict[str, dict[int, str]], closes_at: datetime
) -> PanelPreview:
    jurors: dict[Any, str] = names["jurors"]
    projects: dict[Any, str] = names["projects"]
    turns = [
        Turn(
            turn.position,
            projects[turn.project],
            turn.starts_at,
            [jurors[juror] for juror in plan.jurors_of[turn.project]],
        )
        for turn in plan.running_order
    ]
    ends_at = plan.running_order[-1].ends_at if plan.running_order else None
    return PanelPreview(
        panel=panel,
        turns=turns,
        load=[(jurors[juror], len(plan.projects_of(juror))) for juror in plan.panel.jurors],
        connected=plan.quality.connected,
        percent=round_down(plan.quality.efficiency),
        ends_at=ends_at,
        is_late=ends_at is not None and ends_at > closes_at,
        problems=[(worded(problem, names), problem.blocks) for problem in plan.problems],
    )


def round_down(share: float) -> int:
    """Whole percent; 100 is said of the ideal only."""
    return int(share * 100 + 1e-6)
