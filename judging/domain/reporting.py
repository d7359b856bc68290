"""The final report (« bilan ») of an event: one function computes it, and the page, the PDF and the open data show it.

It names nobody but the laureates once they are announced, and no group of fewer than five people. It refuses to
know why people came or went: it counts what was recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hackathon.domain import clock
from hackathon.domain.event_words import dates, place
from hackathon.enums import COMING, HOLDING, Half, RegistrationState
from hackathon.models import Event, Presence, Registration, Role, Theme
from hackathon.models.attendance import Tally
from judging.domain import publishing
from judging.domain.small_groups import hide_small
from judging.enums import BallotState
from judging.models import Ballot
from teams.domain import mentoring
from teams.models import Project, Team


@dataclass(frozen=True)
class Table:
    """`rows`: (name, one number per column, None where it is hidden). `key` names the file of the open data.

    `languages`: of each name, by row; none where all are in the language of the report.
    """

    key: str
    title: str
    columns: list[tuple[str, str]]  # (key, heading)
    rows: list[tuple[str, list[int | None]]]
    languages: tuple[str, ...] = ()

    @property
    def has_hidden(self) -> bool:
        return any(number is None for _name, numbers in self.rows for number in numbers)

    @property
    def lines(self) -> list[tuple[str, str, list[tuple[str, int | None, int]]]]:
        """Rows to draw: (name, its language or "", [(heading, number, its bar, 100 for the table's longest)])."""
        longest = max((number or 0 for _name, numbers in self.rows for number in numbers), default=0) or 1
        return [
            (
                name,
                self.languages[at] if self.languages else "",
                [
                    (heading, number, round(100 * (number or 0) / longest))
                    for (_key, heading), number in zip(self.columns, numbers, strict=True)
                ],
            )
            for at, (name, numbers) in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Report:
    event: str
    dates: str
    place: str
    counted_at: Any
    is_over: bool
    is_demo: bool
    figures: list[tuple[str, str, str]]  # (key, number, words)
    tables: list[Table]
    laureates: list[publishing.Prize]


def report(event: Event, language: str) -> Report:
    """Everything that is known now, in the active language; the same number of queries however many people came."""
    tally = Registration.objects.for_event(event).tally()
    announced = publishing.announcement(event, language) if event.published_at else None
    return Report(
        event=str(event),
        dates=dates(event),
        place=place(event),
        counted_at=clock.now(event),
        is_over=event.is_over,
        is_demo=event.is_demo,
        figures=_figures(event, tally),
        tables=[_by_role(event, tally), _by_half_day(event), *_by_theme(event), _jury(event)],
        laureates=[*announced.grand, *announced.prizes] if announced else [],
    )


def _people(tally: Sequence[Tally], keep: Callable[[Tally], bool]) -> int:
    return sum(row.people for row in tally if keep(row))


def is_registered(row: Tally) -> bool:
    """Everybody who sent the form, whatever became of it."""
    return row.state != RegistrationState.DRAFT


def has_a_place(row: Tally) -> bool:
    """Whoever could have come in the end."""
    return row.state in HOLDING


def _figures(event: Event, tally: Sequence[Tally]) -> list[tuple[str, str, str]]:
    came = _people(tally, lambda row: row.is_seen)
    expected = _people(tally, lambda row: row.state in COMING)
    missed = _people(tally, lambda row: row.state in COMING and not row.is_seen)
    projects = Project.objects.for_event(event).of_active_teams().submitted().count()
    waits = mentoring.waits(event, clock.now(event))
    found = [
        ("registered", str(_people(tally, is_registered)), _("people registered")),
        ("with_a_place", str(_people(tally, has_a_place)), _("had a place")),
        (
            "confirmed",
            str(_people(tally, lambda row: row.state == RegistrationState.CONFIRMED)),
            _("confirmed"),
        ),
        ("present", str(came), _("came")),
    ]
    if event.is_over and expected:
        found.append(
            ("no_show_percent", f"{round(100 * missed / expected)} %", _("of those expected did not come"))
        )
    found += [
        ("teams", str(Team.objects.for_event(event).active().count()), _("teams")),
        ("projects", str(projects), _("projects handed in")),
    ]
    if waits.served:
        minutes = str(round(waits.usual.total_seconds() / 60))
        found += [
            ("help_served", str(waits.served), _("calls answered by mentors")),
            ("help_wait_minutes", minutes, _("minutes of usual wait for a mentor")),
        ]
    return found


def _hidden_by_column(rows: Sequence[tuple[str, Sequence[int]]]) -> list[tuple[str, list[int | None]]]:
    """Each column hides its own small groups: each has its own total."""
    if not rows:
        return []
    columns = [hide_small(column) for column in zip(*(numbers for _name, numbers in rows), strict=True)]
    return [(name, [column[at] for column in columns]) for at, (name, _numbers) in enumerate(rows)]


def _by_role(event: Event, tally: Sequence[Tally]) -> Table:
    counts: dict[int, Counter[str]] = {}
    for row in tally:
        of_role = counts.setdefault(row.role, Counter())
        of_role["registered"] += row.people * is_registered(row)
        of_role["with_a_place"] += row.people * has_a_place(row)
        of_role["present"] += row.people * row.is_seen
    columns = [("registered", _("Registrations")), ("with_a_place", _("Had a place")), ("present", _("Came"))]
    rows = [
        (str(role), [counts.get(role.pk, Counter())[key] for key, _heading in columns])
        for role in Role.objects.for_event(event).in_order()
    ]
    return Table("roles", _("People by role"), columns, _hidden_by_column(rows))


def _by_half_day(event: Event) -> Table:
    seen = {
        (day, half): people for day, half, people in Presence.objects.for_event(event).count_by_half_day()
    }
    rows = [
        (f"{date_format(day.on, 'l j F')} – {Half(half).label}", [seen.get((day.pk, half), 0)])
        for day in event.whole_days
        for half in Half.values
    ]
    return Table(
        "half_days", _("People present, by half-day"), [("present", _("People"))], _hidden_by_column(rows)
    )


def _by_theme(event: Event) -> list[Table]:
    """First wishes (people: small groups are hidden), then teams and projects, which are public."""
    themes = list(Theme.objects.for_event(event).in_order())
    wishes = Counter(Registration.objects.for_event(event).seen().first_themes())
    teams = Counter(Team.objects.for_event(event).active().theme_ids())
    projects = Counter(Project.objects.for_event(event).of_active_teams().submitted().theme_ids())
    here = get_language() or "fr"
    languages = tuple(here if getattr(theme, f"short_title_{here}", "") else "fr" for theme in themes)
    wished = [(str(theme), [wishes[theme.pk]]) for theme in themes]
    worked = [(str(theme), [teams[theme.pk], projects[theme.pk]]) for theme in themes]
    return [
        Table(
            "wishes",
            _("First wish of those who came"),
            [("first_wish", _("First wish"))],
            _hidden_by_column(wished),
            languages=languages,
        ),
        Table(
            "themes",
            _("Teams and projects by theme"),
            [("teams", _("Teams")), ("projects", _("Projects"))],
            [(name, list(numbers)) for name, numbers in worked],
            languages=languages,
        ),
    ]


def _jury(event: Event) -> Table:
    """Ballots, round by round: jurors sit in public, so nothing is hidden."""
    by_round: dict[str, Counter[str]] = {}
    for name, state, number in Ballot.objects.count_by_round_and_state(event):
        by_round.setdefault(name, Counter())[state] += number
    columns = [
        (str(BallotState.HANDED_IN), _("Ballots handed in")),
        (str(BallotState.OPEN), _("Not handed in")),
        (str(BallotState.RECUSED), _("Recusals")),
    ]
    rows: list[tuple[str, list[int | None]]] = [
        (name, [counts[key] for key, _heading in columns]) for name, counts in by_round.items()
    ]
    return Table("ballots", _("Ballots of the jury"), columns, rows)
