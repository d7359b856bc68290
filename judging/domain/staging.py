"""The demo event at each point of its life: the model event, with its real public facts and made-up people."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hackathon.domain import events, windows
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Registration
from judging.domain import playing, playing_jury, wiping
from judging.enums import RoundKind
from judging.models import Ballot, Round
from teams.models import Project, Team

SLUG = "hackathon-emploi-2016"
ORGANISER = "organisatrice@demo.example"
SEED = 2016
LIST = Path(settings.BASE_DIR) / "fixtures" / "lists" / "inscriptions.csv"

STAGES = (
    ("setup", _("Registration is open, nobody has registered")),
    ("registration", _("250 people have registered")),
    ("teams", _("Day 1: people are present and the teams announced")),
    ("submission", _("Day 2, 42 minutes before the deadline")),
    ("judging", _("Day 2: the theme panels are under way")),
    ("results", _("Day 2, 17:50: the results are published")),
)
KEYS = [key for key, _label in STAGES]

Progress = Callable[[str, float], Any]


class StageRefused(Refused):
    code = "stage_refused"


def stage_of(event: Event) -> str:
    """The last stage that the event has reached, read from what exists."""
    if event.published_at:
        return "results"
    if Ballot.objects.for_event(event).exists():
        return "judging"
    if Project.objects.for_event(event).submitted().exists():
        return "submission"
    if Team.objects.for_event(event).active().exists():
        return "teams"
    if Registration.objects.for_event(event).exists():
        return "registration"
    return "setup"


def stage_demo(
    *, until: str = "results", fresh: bool = False, progress: Progress = lambda stage, share: None
) -> Event:
    """The demo event at that stage, made or played on from where it is, with what visitors did.

    Each step is whole or not at all, but for the search for teams, which starts again. Raises StageRefused when the event is already past that stage: `fresh` starts again.
    """
    if until not in KEYS:
        raise StageRefused(
            gettext("There is no stage “%(stage)s”: %(stages)s.")
            % {"stage": until, "stages": ", ".join(KEYS)}
        )
    event = Event.objects.demo().filter(slug=SLUG).first()
    if event is not None and fresh:
        wiping.wipe(event=event)
        event = None
    if event is None:
        event = make()
        reached = "setup"
    else:
        reached = stage_of(event)
    progress("setup", 1.0)
    if KEYS.index(reached) > KEYS.index(until):
        raise StageRefused(
            gettext("The demo event is already at “%(stage)s”: add --fresh to start again.")
            % {"stage": reached}
        )
    for key in KEYS[KEYS.index(reached) + 1 : KEYS.index(until) + 1]:
        windows.forget(event)
        STEPS[key](event, partial(progress, key))
        progress(key, 1.0)
    windows.forget(event)
    return event


@transaction.atomic
def make() -> Event:
    """The event itself, its staff and its jury, on a clock of its own."""
    organiser = Account.objects.ensure(ORGANISER, name="Odile Organisatrice")
    event = events.create_event(slug=SLUG, organiser_email=ORGANISER, actor=organiser, is_demo=True)
    playing.at(event, -20, "10:00")
    playing.appoint(event, actor=organiser, staff=playing.read("staff.json"))
    return event


def organiser() -> Account | None:
    """The demo’s organiser."""
    return Account.objects.by_email(ORGANISER)


def president(event: Event) -> Account | None:
    """The account of the demo’s president."""
    return event.jurors.get(is_president=True).person.account


@transaction.atomic
def to_registration(event: Event, progress: Callable[[float], Any]) -> None:
    """The sample list is imported and everybody accepted confirms."""
    playing.import_list(event, LIST.read_bytes(), LIST.name, actor=organiser())
    playing.at(event, -4, "09:00")
    playing.confirm_everybody(event, progress=progress)
    give_personas(event)


def give_personas(event: Event) -> None:
    """Four participants whom /demo/ may sign in, one who keeps a private role among them."""
    for key in ("developpeur", "designer", "chercheur-emploi", "entrepreneur"):
        registration = (
            Registration.objects.for_event(event)
            .coming()
            .filter(role__key=key)
            .with_people()
            .in_order()
            .first()
        )
        if registration is None:
            continue
        person = registration.person
        account = Account.objects.ensure(person.email, name=person.full_name)
        playing.persona(account)
        person.account = account
        person.save(update_fields=["account"])


def to_teams(event: Event, progress: Callable[[float], Any]) -> None:
    """Day 1: people arrive, teams are formed and announced."""
    playing.at(event, 0, "09:10")
    playing.arrive(
        event, share=0.92, random=Random(SEED), actor=organiser(), progress=lambda share: progress(share / 3)
    )
    playing.at(event, 0, "10:20")
    playing.team_up(
        event, seconds=3, seed=SEED, actor=organiser(), progress=lambda share: progress(1 / 3 + share * 2 / 3)
    )
    playing.at(event, 0, "11:00")


@transaction.atomic
def to_submission(event: Event, progress: Callable[[float], Any]) -> None:
    """Day 2: projects in draft, two thirds handed in."""
    playing.at(event, 1, "12:40")
    playing.write_projects(event, ideas=playing.read("projects.json"), random=Random(SEED), progress=progress)
    playing.submit_projects(event, share=0.66)
    playing.at(event, 1, "12:48")


@transaction.atomic
def to_judging(event: Event, progress: Callable[[float], Any]) -> None:
    """All projects are in; the theme panels have marked about half."""
    playing.at(event, 1, "13:28")
    playing.submit_projects(event)
    playing.at(event, 1, "13:46")
    round = playing_jury.open_round(event, RoundKind.PANELS, seed=SEED, actor=organiser())
    playing.at(event, 1, "14:20")
    mark(event, round, share=0.55, progress=progress)


@transaction.atomic
def to_results(event: Event, progress: Callable[[float], Any]) -> None:
    """Panels and final closed, decided, sealed, published."""
    close_rounds(event, lambda share: progress(share * 0.95))
    announce(event)


def close_rounds(event: Event, progress: Callable[[float], Any]) -> None:
    """Every ballot of the panels, then of the final, is in; both rounds are closed."""
    playing.at(event, 1, "15:05")
    panels = Round.objects.for_event(event).with_grid().get(kind=RoundKind.PANELS)
    mark(event, panels, share=1, progress=lambda share: progress(share * 0.65))
    playing_jury.close_round(panels, actor=president(event))
    playing.at(event, 1, "15:42")
    final = playing_jury.open_round(event, RoundKind.FINAL, seed=SEED, actor=organiser())
    playing.at(event, 1, "16:50")
    mark(event, final, share=1, progress=lambda share: progress(0.65 + share * 0.35))
    playing_jury.close_round(final, actor=president(event))


def announce(event: Event) -> None:
    """The jury decides and seals, the organiser publishes."""
    playing.at(event, 1, "17:45")
    playing_jury.announce(event, president=president(event), organiser=organiser())
    playing.at(event, 1, "17:50")


def mark(event: Event, round: Round, *, share: float, progress: Callable[[float], Any]) -> None:
    """Jurors mark that share of what is open."""
    random = Random(SEED)
    playing_jury.mark_round(
        round,
        worth=playing_jury.worths(event, random=random, ideas=playing.read("projects.json")),
        severity=playing_jury.severities(event, random=random),
        random=random,
        share=share,
        progress=progress,
    )


STEPS: dict[str, Callable[[Event, Callable[[float], Any]], None]] = {
    "registration": to_registration,
    "teams": to_teams,
    "submission": to_submission,
    "judging": to_judging,
    "results": to_results,
}
