"""Made-up juries for the tests: plain functions, each with the least it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from hackathon.models import Account, Event, Theme
from hackathon.tests.factories import make_account, make_event, make_theme
from judging.domain import convening, grids, scoring
from judging.enums import RoundKind
from judging.models import Ballot, Criterion, Grid, Juror, Round
from teams.enums import ProjectState
from teams.models import Project, Team

PANELS_OPEN = datetime(2016, 11, 19, 12, 45, tzinfo=UTC)
DURING_PANELS = datetime(2016, 11, 19, 13, 0, tzinfo=UTC)
PANELS_CLOSE = datetime(2016, 11, 19, 14, 15, tzinfo=UTC)
FINAL_OPENS = datetime(2016, 11, 19, 14, 40, tzinfo=UTC)
DURING_FINAL = datetime(2016, 11, 19, 15, 0, tzinfo=UTC)
FINAL_CLOSES = datetime(2016, 11, 19, 16, 0, tzinfo=UTC)

_number = count(1)


@dataclass
class Jury:
    """An event whose panels are set up; `projects` and `jurors` in the order they were made."""

    event: Event
    grid: Grid
    panels: Round
    final: Round
    jurors: list[Juror] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)

    @property
    def criteria(self) -> list[Criterion]:
        return list(self.grid.criteria.all())

    def ballot(self, juror: int, project: int, round: Round | None = None) -> Ballot:
        rows = Ballot.objects.in_round(round or self.panels).with_projects()
        return rows.get(juror=self.jurors[juror], project=self.projects[project])

    def account(self, juror: int) -> Account:
        account = self.jurors[juror].person.account
        assert account is not None
        return account


def make_project(event: Event, theme: Theme, title: str = "", **fields: Any) -> Project:
    """A project handed in and in competition."""
    number = (
        event.teams.count() + 1
    )  # of this event alone: a count shared by all meets chosen numbers one day
    team = Team.objects.create(event=event, theme=theme, key=f"t{number}", number=number, name=title)
    fields.setdefault("state", ProjectState.SUBMITTED)
    fields.setdefault("submitted_at", datetime(2016, 11, 19, 12, 0, tzinfo=UTC))
    return Project.objects.create(team=team, title=title or f"Projet {number}", **fields)


def make_juror(event: Event, **fields: Any) -> Juror:
    """A juror with an account to sign in with."""
    number = next(_number)
    email = fields.pop("email", f"juror{number}@example.org")
    make_account(email)
    fields.setdefault("first_name", "Jeanne")
    fields.setdefault("last_name", f"Morel {number}")
    fields.setdefault("actor", None)
    return convening.add_juror(event=event, email=email, **fields)


def make_jury(
    *, themes: int = 1, projects: int = 2, jurors: int = 2, opened: bool = True, **event: Any
) -> Jury:
    """Panels of each theme (`projects` and `jurors` each) and a final; the first juror presides and sits in both."""
    made = make_event(**event)
    for number in range(themes):
        make_theme(made, f"Thématique {number + 1}")
    grid = grids.make_default_grid(made)
    rounds = [
        convening.set_up_round(
            event=made, key=key, name_fr=french, name_en=english, kind=kind, grid=grid, opens_at=opens,
            closes_at=closes, position=position, finalists_per_panel=finalists, actor=None,
        )
        for position, (key, french, english, kind, opens, closes, finalists) in enumerate(
            (
                ("panels", "Jurys", "Panels", RoundKind.PANELS, PANELS_OPEN, PANELS_CLOSE, 2),
                ("final", "Finale", "Final", RoundKind.FINAL, FINAL_OPENS, FINAL_CLOSES, 0),
            ),
            start=1,
        )
    ]  # fmt: skip
    jury = Jury(made, grid, *rounds)
    for panel in jury.panels.panels.all():
        jury.projects += [make_project(made, panel.theme) for _ in range(projects)]
        for _ in range(jurors):
            jury.jurors.append(make_juror(made, is_president=not jury.jurors))
            convening.seat(panel=panel, juror=jury.jurors[-1], actor=None)
    if jury.jurors:
        convening.seat(panel=jury.final.panels.get(), juror=jury.jurors[0], actor=None)
    if opened:
        convening.open_round(round=jury.panels, actor=None)
    return jury


def tap(ballot: Ballot, criterion: Criterion | str, value: Any, *, version: int = 0, key: str = "") -> Any:
    """One tap on a mark, with a key of its own unless one is given."""
    return scoring.record_mark(
        ballot=ballot,
        criterion=criterion,
        value=value,
        version=version,
        key=key or f"key-{next(_number)}",
        actor=None,
    )


def mark_all(ballot: Ballot, value: int = 3, *, hand_in: bool = True) -> Ballot:
    """Every criterion of the ballot at that mark, then handed in."""
    for criterion in ballot.round.grid.criteria.all():
        tap(ballot, criterion, value)
    return scoring.hand_in(ballot=ballot, actor=None) if hand_in else ballot
