"""The rehearsal: a whole event played with made-up people through the same verbs as the pages, and what it teaches.

It writes in whatever database it is given: the command gives it one of its own, thrown away afterwards.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import events, windows
from hackathon.enums import WindowKind
from hackathon.models import Account, Event, Registration, Role, Theme
from judging.domain import casting, playing, playing_jury, verifying
from judging.enums import RoundKind
from judging.models import Ballot, Round
from teams.models import Project, Team

SLUG = "repetition"
ORGANISER = "organisatrice@repetition.example"
Progress = Callable[[str, float], Any]

#: How a crowd of the model event is made up: its sample list, in shares.
ROLE_SHARES = {
    "chercheur-emploi": 0.36,
    "entrepreneur": 0.10,
    "service-public-emploi": 0.14,
    "developpeur": 0.18,
    "designer": 0.12,
    "start-up": 0.10,
}
THEME_APPEAL = (0.32, 0.30, 0.24, 0.14)


@dataclass
class Report:
    """What happened, stage by stage, and what would have gone wrong. Times in seconds."""

    stages: list[tuple[str, float]] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    event: Event | None = None


class Stopwatch:
    """Plays the stages in order, keeping the time of each."""

    def __init__(self, report: Report, progress: Progress) -> None:
        self.report, self.progress = report, progress

    def play(self, name: str, act: Callable[[Callable[[float], Any]], Any]) -> Any:
        """Run `act(tell)`, keep its time, return its answer."""
        started = perf_counter()
        self.progress(name, 0.0)
        answer = act(lambda share: self.progress(name, share))
        self.progress(name, 1.0)
        self.report.stages.append((name, perf_counter() - started))
        return answer


def rehearse(*, participants: int, seed: int, watch: Stopwatch) -> Report:
    """Play a whole event of that many registrations; the same seed plays the same event."""
    report = watch.report
    random = Random(seed)
    event, organiser = watch.play("set-up", lambda tell: _set_up(participants))
    report.event = event
    president = event.jurors.get(is_president=True).person.account
    watch.play("registration", lambda tell: _register(event, participants, random, organiser, tell))
    playing.at(event, 0, "09:10")
    present = watch.play(
        "welcome",
        lambda tell: playing.arrive(event, share=0.72, random=random, actor=organiser, progress=tell),
    )
    playing.at(event, 0, "10:20")
    seconds = 3 if participants <= 300 else 10
    watch.play(
        "teams",
        lambda tell: playing.team_up(event, seconds=seconds, seed=seed, actor=organiser, progress=tell),
    )
    watch.play("projects", lambda tell: _hand_in(event, random, tell))
    worth = playing_jury.worths(event, random=random, ideas=playing.read("projects.json"))
    severity = playing_jury.severities(event, random=random)

    def judge(kind: str, opens: str, tell: Callable[[float], Any]) -> None:
        """Open the round, mark every ballot, close it."""
        playing.at(event, 1, opens)
        round = playing_jury.open_round(event, kind, seed=seed, actor=organiser)
        playing_jury.mark_round(round, worth=worth, severity=severity, random=random, progress=tell)
        playing_jury.close_round(round, actor=president)

    watch.play("panels", partial(judge, RoundKind.PANELS, "13:46"))
    watch.play("final", partial(judge, RoundKind.FINAL, "15:42"))
    playing.at(event, 1, "17:45")
    watch.play(
        "decision", lambda tell: playing_jury.announce(event, president=president, organiser=organiser)
    )
    verification = watch.play("verification", lambda tell: verifying.verify(event))
    report.warnings += [str(problem) for problem in verification.altered]
    report.figures = _figures(event, present)
    report.warnings += what_would_go_wrong(event)
    return report


@transaction.atomic
def _set_up(participants: int) -> tuple[Event, Account]:
    organiser = Account.objects.ensure(ORGANISER)
    event = events.create_event(slug=SLUG, organiser_email=organiser.email, actor=organiser, is_demo=True)
    event.capacity = None if participants > (event.capacity or 0) else event.capacity
    event.declared_attendance = None
    event.save(update_fields=["capacity", "declared_attendance"])
    playing.at(event, -20, "10:00")
    playing.appoint(event, actor=organiser, staff=playing.read("staff.json"))
    return event, organiser


def _register(
    event: Event, participants: int, random: Random, actor: Account, tell: Callable[[float], Any]
) -> None:
    opening = windows.window_of(event, WindowKind.REGISTRATION)
    assert opening is not None  # every template has one
    crowd = casting.Crowd(
        roles=[
            (role.name, ROLE_SHARES.get(role.key, 0.1)) for role in Role.objects.for_event(event).in_order()
        ],
        themes=list(
            zip(
                [theme.title for theme in Theme.objects.for_event(event).in_order()],
                THEME_APPEAL,
                strict=False,
            )
        ),
    )
    rows = casting.crowd_rows(
        crowd,
        participants,
        opens_at=event.local(opening.opens_at),
        days=58,
        random=random,
    )
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=";").writerows([list(casting.HEADER), *rows])
    playing.import_list(event, sheet.getvalue().encode("utf-8-sig"), "repetition.csv", actor=actor)
    tell(0.4)
    playing.at(event, -4, "09:00")
    playing.confirm_everybody(event, progress=lambda share: tell(0.4 + 0.6 * share))


def _hand_in(event: Event, random: Random, tell: Callable[[float], Any]) -> None:
    """Drafts in the morning, and the rush: two thirds are handed in in the last half hour."""
    playing.at(event, 1, "11:00")
    playing.write_projects(
        event, ideas=playing.read("projects.json"), random=random, progress=lambda share: tell(share / 2)
    )
    playing.at(event, 1, "12:55")
    playing.submit_projects(event, share=0.35)
    playing.at(event, 1, "13:29")
    playing.submit_projects(event, progress=lambda share: tell(0.5 + share / 2))


def _figures(event: Event, present: int) -> dict[str, int]:
    return {
        "registrations": Registration.objects.for_event(event).count(),
        "present": present,
        "teams": Team.objects.for_event(event).active().count(),
        "projects": Project.objects.for_event(event).submitted().count(),
        "ballots": Ballot.objects.for_event(event).handed_in().count(),
        "letters": event.letters.count(),
    }


def what_would_go_wrong(event: Event) -> list[str]:
    """Too few jurors for the time, a theme without a project, people left without a team: in sentences."""
    found = []
    for round in Round.objects.for_event(event).with_grid().in_order():
        minutes = (round.window.closes_at - round.window.opens_at).total_seconds() / 60
        for panel in round.panels.counting():
            needed = panel.passages * round.minutes_per_project
            if needed > minutes:
                found.append(
                    _(
                        "%(round)s, %(panel)s: %(count)s projects of %(each)s minutes take %(needed)s minutes; "
                        "the window has %(minutes)s. Add a panel or shorten the passages."
                    )
                    % {
                        "round": round,
                        "panel": panel,
                        "count": panel.passages,
                        "each": round.minutes_per_project,
                        "needed": needed,
                        "minutes": int(minutes),
                    }
                )
            if panel.seats < 2:
                found.append(_("%(panel)s: fewer than two jurors.") % {"panel": panel})
    themes = {theme.pk: theme for theme in Theme.objects.for_event(event).in_order()}
    chosen = set(Team.objects.for_event(event).active().values_list("theme_id", flat=True))
    found += [_("Nobody works on “%(theme)s”.") % {"theme": themes[pk]} for pk in themes if pk not in chosen]
    return found
