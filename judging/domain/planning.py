"""Who marks what, in which order, at what time.

Holds the assignment of jurors to projects inside panels and the running order, with a seed so that the same
draw can be made again in public, and `plan_panels`, which does both and judges the result (`plan_quality`).
Refuses to know rounds, people and the database, and to choose who sits on a panel.

With k jurors per project the design is a greedy block design: loads as even as conflicts allow, pairs of jurors
meeting as evenly as possible, then small exchanges while they help. On simulated juries this equals a search
for the A-optimal design.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from judging.domain.plan_quality import Quality, measure, plan_problems
from judging.domain.remarks import Remark

Key = Hashable
TRIALS = 300_000
"""Exchanges tried per panel before the plan is taken as it is; it nearly always settles long before."""


@dataclass(frozen=True)
class Panel:
    """Jurors who sit together and the projects before them (a theme's, the finalists, or everybody)."""

    key: Key
    jurors: Sequence[Key]
    projects: Sequence[Key]


@dataclass(frozen=True)
class Timing:
    """When a panel starts and how long things take, in minutes; a break follows each `break_every` projects.

    Give `starts_at` in UTC: minutes are added to it as they are.
    """

    starts_at: datetime
    minutes: int = 10
    break_every: int = 0
    break_minutes: int = 0


@dataclass(frozen=True)
class Passage:
    """One project's turn; times are None when no timing was given."""

    position: int
    project: Key
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class PanelPlan:
    """jurors_of: per project, in the panel's order of jurors. running_order: drawn by lot from the seed."""

    panel: Panel
    jurors_of: Mapping[Key, tuple[Key, ...]]
    running_order: tuple[Passage, ...]
    quality: Quality
    problems: tuple[Remark, ...]

    def projects_of(self, juror: Key) -> tuple[Key, ...]:
        """What a juror marks, in the running order."""
        turns = (passage.project for passage in self.running_order)
        return tuple(project for project in turns if juror in self.jurors_of[project])


def plan_panels(
    panels: Sequence[Panel],
    *,
    conflicts: Collection[tuple[Key, Key]] = (),
    per_project: int | None = None,
    timing: Timing | None = None,
    seed: int = 0,
) -> list[PanelPlan]:
    """Plan each panel. Same arguments, same plan.

    conflicts: pairs (juror, project) never put together. per_project: how many jurors mark each project; None:
    everybody marks everything in the panel, conflicts apart. Problems are returned, the plan is as good as it
    can be despite them. Raises ValueError when per_project < 1, minutes < 1, a name is twice in its panel, or
    two panels have one key.
    """
    if per_project is not None and per_project < 1:
        raise ValueError("each project needs at least one juror")
    if len({panel.key for panel in panels}) != len(panels):
        raise ValueError("two panels have the same key")
    return [_plan(panel, set(conflicts), per_project, timing, seed) for panel in panels]


def draw_order(projects: Sequence[Key], *, seed: int, salt: Key = "") -> list[Key]:
    """The running order by lot: the same seed, salt and set of projects always give the same order."""
    drawn = sorted(projects, key=str)
    Random(f"{seed}/{salt}/order").shuffle(drawn)
    return drawn


def timetable(order: Sequence[Key], timing: Timing | None) -> tuple[Passage, ...]:
    """Positions from 1 and, given a timing, when each turn starts and ends."""
    if timing is None:
        return tuple(Passage(position, project) for position, project in enumerate(order, start=1))
    if timing.minutes < 1 or timing.break_every < 0 or timing.break_minutes < 0:
        raise ValueError("a turn takes at least one minute, and a break cannot be negative")
    turn, rest = timedelta(minutes=timing.minutes), timedelta(minutes=timing.break_minutes)
    passages, clock = [], timing.starts_at
    for position, project in enumerate(order, start=1):
        passages.append(Passage(position, project, clock, clock + turn))
        clock += turn
        if timing.break_every and position % timing.break_every == 0:
            clock += rest
    return tuple(passages)


def _plan(
    panel: Panel,
    conflicts: set[tuple[Key, Key]],
    per_project: int | None,
    timing: Timing | None,
    seed: int,
) -> PanelPlan:
    for names in (panel.jurors, panel.projects):
        if len(set(names)) != len(names):
            raise ValueError(f"panel {panel.key} names somebody twice")
    free = {
        project: [juror for juror in panel.jurors if (juror, project) not in conflicts]
        for project in panel.projects
    }
    if per_project is None:
        chosen = {project: set(jurors) for project, jurors in free.items()}
    else:
        chosen = _Assignment(panel, free, per_project, Random(f"{seed}/{panel.key}/jurors")).solve()
    jurors_of = {
        project: tuple(juror for juror in panel.jurors if juror in chosen[project])
        for project in panel.projects
    }
    quality = measure(panel.jurors, jurors_of)
    problems = plan_problems(panel.key, panel.jurors, jurors_of, free, per_project, quality)
    order = timetable(draw_order(panel.projects, seed=seed, salt=panel.key), timing)
    return PanelPlan(panel, jurors_of, order, quality, problems)


class _Assignment:
    """k jurors per project: greedy, hardest projects first, then exchanges that lower the cost.

    The cost is lexicographic: Σ load², then Σ meetings² over pairs of jurors. Even meetings connect the design.
    """

    def __init__(self, panel: Panel, free: Mapping[Key, Sequence[Key]], wanted: int, random: Random) -> None:
        self.panel, self.free, self.wanted, self.random = panel, free, wanted, random
        self.load = dict.fromkeys(panel.jurors, 0)
        self.met: dict[Key, dict[Key, int]] = {
            juror: dict.fromkeys(panel.jurors, 0) for juror in panel.jurors
        }
        self.chosen: dict[Key, set[Key]] = {project: set() for project in panel.projects}
        self.allowed = {project: set(jurors) for project, jurors in free.items()}
        self.teams_with: dict[Key, dict[Key, None]] = {juror: {} for juror in panel.jurors}
        self.trials = TRIALS

    def solve(self) -> dict[Key, set[Key]]:
        order = sorted(self.panel.projects, key=str)
        self.random.shuffle(order)
        order.sort(key=lambda project: len(self.free[project]))
        for project in order:
            luck = {juror: self.random.random() for juror in self.free[project]}
            while len(self.chosen[project]) < min(self.wanted, len(luck)):
                team = self.chosen[project]
                left = [juror for juror in luck if juror not in team]
                self.add(project, min(left, key=lambda j: (self.load[j], self.meetings(j, team), luck[j])))
        while self.trials > 0 and sum(self.improve(project) for project in order):
            continue
        return self.chosen

    def meetings(self, juror: Key, team: Collection[Key]) -> int:
        return sum(self.met[juror][other] for other in team)

    def add(self, project: Key, juror: Key, by: int = 1) -> None:
        if by < 0:
            self.chosen[project].remove(juror)
            del self.teams_with[juror][project]
        for other in self.chosen[project]:
            self.met[juror][other] += by
            self.met[other][juror] += by
        if by > 0:
            self.chosen[project].add(juror)
            self.teams_with[juror][project] = None
        self.load[juror] += by

    def improve(self, project: Key) -> bool:
        """Replace one juror of the project if that evens loads, or meetings at equal loads; or swap with another."""
        for out in sorted(self.chosen[project], key=lambda juror: (-self.load[juror], str(juror))):
            rest = self.chosen[project] - {out}
            spare = [juror for juror in self.free[project] if juror not in self.chosen[project]]
            if not spare:
                return False
            best = min(spare, key=lambda juror: (self.load[juror], self.meetings(juror, rest)))
            lighter = self.load[out] - 1 - self.load[best]
            closer = self.meetings(out, rest) - len(rest) - self.meetings(best, rest)
            if lighter > 0 or (lighter == 0 and closer > 0):
                self.add(project, out, -1)
                self.add(project, best)
                return True
            if any(self.swap(project, out, juror) for juror in spare):
                return True
        return False

    def swap(self, project: Key, out: Key, into: Key) -> bool:
        """Exchange two jurors between two projects when their meetings become more even; loads do not change."""
        here = self.chosen[project] - {out}
        one, two = self.met[out], self.met[into]
        for other in self.teams_with[into]:
            team = self.chosen[other]
            if out in team or out not in self.allowed[other]:
                continue
            self.trials -= 1
            gain = sum(one[juror] - two[juror] - 1 for juror in here if juror not in team)
            gain += sum(two[juror] - one[juror] - 1 for juror in team if juror not in here and juror != into)
            if gain > 0:
                for where, juror, by in (
                    (project, out, -1),
                    (other, into, -1),
                    (project, into, 1),
                    (other, out, 1),
                ):
                    self.add(where, juror, by)
                return True
        return False
