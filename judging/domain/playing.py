"""Playing an event with made-up people, up to the projects handed in, through the same verbs as the pages: what the demo and rehearsals share.

Each step leaves the event where a real one would be; none writes a table that a verb owns.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction

from hackathon.domain import clock, desk, registering, roster, staffing
from hackathon.enums import Half, RegistrationState
from hackathon.models import Account, Event, Registration
from judging.domain import convening
from judging.enums import RoundKind
from judging.models import Juror, Round
from teams.domain import placing, submitting
from teams.models import Project, Team

Progress = Callable[[float], Any]
DEMO = Path(settings.BASE_DIR) / "fixtures" / "demo"


def quiet(share: float) -> None:
    """Progress that nobody watches."""


def read(name: str) -> Any:
    """A file of fixtures/demo."""
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def at(event: Event, day: int, clock_time: str) -> None:
    """Move the made-up event's clock to that time of that day (0: the first; negative: before)."""
    first: date = event.days.order_by("on").first().on  # type: ignore[union-attr]
    moment = datetime.combine(first + timedelta(days=day), time.fromisoformat(clock_time), tzinfo=event.zone)
    clock.live_at(event, moment)
    event.save(update_fields=["clock_offset"])


@transaction.atomic
def appoint(event: Event, *, actor: Account | None, staff: dict[str, Any]) -> None:
    """Staff, jurors, their panels and the final. `staff` as in fixtures/demo/staff.json."""
    for member in staff["staff"]:
        for duty in member["duties"]:
            account = staffing.give_duty(
                event=event, email=member["email"], kind=duty, name=member["name"], actor=actor
            ).account
            persona(account)
    jurors = []
    for row in staff["jurors"]:
        juror = convening.add_juror(event=event, actor=actor, **row)
        account = Account.objects.ensure(row["email"], name=f"{row['first_name']} {row['last_name']}")
        persona(account)
        juror.person.account = account
        juror.person.save(update_fields=["account"])
        jurors.append(juror)
    seat(event, jurors, actor=actor)


def persona(account: Account) -> None:
    """Somebody whom /demo/ may sign in."""
    account.is_persona = True
    account.save(update_fields=["is_persona"])


def seat(event: Event, jurors: list[Juror], *, actor: Account | None) -> None:
    """Jurors dealt over the theme panels; the president and one juror of each panel in the final."""
    dealt = [juror for juror in jurors if not juror.is_president]
    president = [juror for juror in jurors if juror.is_president]
    for round in Round.objects.for_event(event).in_order():
        panels = list(round.panels.all())
        for position, panel in enumerate(panels):
            mine = dealt[position :: len(panels)]
            if round.kind == RoundKind.FINAL:
                themes = max(1, event.themes.count())
                mine = president + dealt[: 2 * themes : 2][:themes]
            for juror in mine:
                convening.seat(panel=panel, juror=juror, actor=actor)


@transaction.atomic
def confirm_everybody(event: Event, *, progress: Progress = quiet) -> None:
    """Everybody who was accepted confirms, one by one, as from their own page."""
    accepted = list(
        Registration.objects.for_event(event).in_state(RegistrationState.ACCEPTED).with_people().in_order()
    )
    for number, registration in enumerate(accepted, start=1):
        registering.confirm(registration=registration, actor=None)
        progress(number / len(accepted))


@transaction.atomic
def import_list(event: Event, data: bytes, name: str, *, actor: Account | None) -> Any:
    """Import a list as from the organiser’s screen."""
    rehearsal = roster.rehearse(event=event, data=data, name=name)
    return roster.import_rows(rehearsal=rehearsal, actor=actor)


@transaction.atomic
def arrive(
    event: Event, *, share: float, random: Random, actor: Account | None, progress: Progress = quiet
) -> int:
    """That share of the people expected come through the desk on the first day; returns how many."""
    day = event.days.earliest("on")
    expected = list(Registration.objects.for_event(event).coming().with_people().in_order())
    coming = [registration for registration in expected if random.random() < share]
    for number, registration in enumerate(coming, start=1):
        for half in Half:
            desk.check_in(registration=registration, day=day, half=half, actor=actor)
        progress(number / len(coming))
    return len(coming)


def team_up(
    event: Event, *, seconds: float, seed: int, actor: Account | None, progress: Progress = quiet
) -> list[Team]:
    """A proposal is computed, applied and announced."""
    proposal = placing.propose(event=event, seconds=seconds, seed=seed, actor=actor)
    proposal = placing.compute(proposal=proposal, progress=lambda share, _cost: progress(share))
    with transaction.atomic():
        teams = placing.apply(proposal=proposal, actor=actor)
        placing.announce(event=event, actor=actor)
    return teams


@transaction.atomic
def write_projects(
    event: Event, *, ideas: Iterable[dict[str, Any]], random: Random, progress: Progress = quiet
) -> int:
    """Every team fills in its project page, on an idea of its theme; returns how many."""
    by_theme: dict[int, list[dict[str, Any]]] = {}
    for idea in ideas:
        by_theme.setdefault(idea["theme"], []).append(idea)
    teams = list(Team.objects.for_event(event).active().with_themes().in_order())
    for number, team in enumerate(teams, start=1):
        left = by_theme.get(team.theme.position, [])
        idea = (
            left.pop(0)
            if left
            else {"title": f"Projet de la table {team.number}", "pitch": "Une idée née sur place."}
        )
        project = submitting.project_of(team)
        if not project.title:
            submitting.save_draft(
                project=project,
                content={
                    "title": idea["title"],
                    "pitch": idea["pitch"],
                    "pitch_en": idea.get("pitch_en", ""),
                    "problem": idea.get(
                        "problem", "Le besoin a été dit par les personnes concernées, le matin même."
                    ),
                    "audience": "Les personnes qui cherchent un emploi, celles qui recrutent, celles qui accompagnent.",
                    "solution": idea.get("solution", "Un premier essai, montré au jury, et la suite écrite."),
                    "works_today": random.choice(DONE),
                    "next_steps": random.choice(NEXT),
                    "licence": random.choice(("AGPL-3.0", "EUPL-1.2", "CC BY-SA 4.0", "")),
                },
                version=project.version,
                actor=None,
            )
        progress(number / len(teams))
    return len(teams)


DONE = (
    "Une maquette cliquable et un parcours complet, essayé par cinq personnes dans la salle.",
    "Un prototype qui tourne sur un téléphone, avec de vraies données publiques.",
    "Un formulaire, une base et la première mise en relation faite devant nous.",
    "Des écrans dessinés et un scénario joué ; le code commence.",
)
NEXT = (
    "Trouver deux quartiers pilotes et une association pour porter le projet.",
    "Trois mois d’essai avec une agence, puis une version ouverte à tous.",
    "Vérifier les aspects juridiques et chercher un premier financement.",
    "Ouvrir le code et réunir l’équipe une fois par semaine.",
)


@transaction.atomic
def submit_projects(event: Event, *, share: float = 1.0, progress: Progress = quiet) -> int:
    """That share of the drafts is handed in; returns how many."""
    drafts = [
        project
        for project in Project.objects.for_event(event).with_teams().in_order()
        if not project.submitted_at
    ]
    chosen = drafts[: round(len(drafts) * share)]
    for number, project in enumerate(chosen, start=1):
        with suppress(submitting.ProjectIncomplete):  # a visitor of the demo emptied it: it stays a draft
            submitting.submit_project(project=project, actor=None)
        progress(number / len(chosen))
    return len(chosen)
