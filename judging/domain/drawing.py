"""From a planned round to an open one: who marks what, the running order drawn by lot, the ballots.

The mathematics is planning.py's; the finalists are shortlisting.py's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event
from teams.models import Project

from ..enums import BallotState, RoundKind, RoundState
from ..models import Ballot, Entry, Juror, Panel, PanelMember, Round
from . import conflicts as known_conflicts
from . import planning, shortlisting
from .wording import worded


class RoundRefused(Refused):
    """`details["problems"]` holds every reason, as sentences."""

    code = "round_refused"


def plan_round(round: Round, *, per_project: int | None = None, seed: int = 1) -> list[planning.PanelPlan]:
    """Who would mark what, in which order and when; panels and projects by primary key. Reads, writes nothing.

    per_project None: every member marks every project of the panel. Problems are in each plan.
    """
    panels = _panels(round)
    timing = planning.Timing(round.window.opens_at.astimezone(UTC), round.minutes_per_project)
    eligible = _eligible(round, panels)
    return planning.plan_panels(
        [
            planning.Panel(panel.pk, [seat.juror_id for seat in _sitting(panel)], eligible[panel.pk])
            for panel in panels
        ],
        conflicts=set(conflicts(round)),
        per_project=per_project,
        timing=timing,
        seed=seed,
    )


def conflicts(round: Round) -> dict[tuple[int, int], str]:
    """(juror, project) → why they are kept apart: a member of the team, a conflict in force, or a recusal of this round."""
    found = known_conflicts.kept_apart(round.event)
    recused = Ballot.objects.in_round(round).filter(state=BallotState.RECUSED)
    found |= {(ballot.juror_id, ballot.project_id): ballot.recusal_reason for ballot in recused}
    return found


@transaction.atomic
def draw_round(
    *,
    round: Round,
    actor: Account | None,
    seed: int = 1,
    per_project: int | None = None,
    minutes: int | None = None,
) -> list[planning.PanelPlan]:
    """Draw the running order by lot and lay out the ballots of a round that is still planned; may be done again.

    A member in conflict with a project gets a ballot that is recused from the start. Raises RoundRefused with
    every blocking problem (a panel without a juror, finalists not known yet…). `minutes` per project, if they change.
    """
    Event.objects.take_turn(round.event)
    round.refresh_from_db(fields=["state"])
    if round.state != RoundState.PLANNED:
        raise RoundRefused(
            _("The round “%(round)s” has opened: its running order is fixed.") % {"round": round}
        )
    if minutes is not None:
        round.minutes_per_project = minutes
        round.save(update_fields=["minutes_per_project"])
    kept_apart = conflicts(round)
    chosen_by_hand = {
        (entry.panel_id, entry.project_id): entry.reason
        for panel in _panels(round)
        for entry in panel.entries.all()
    }
    plans = plan_round(round, per_project=per_project, seed=seed)
    problems = [problem for plan in plans for problem in plan.problems if problem.blocks]
    if problems:
        names = names_of(round)
        sentences = [worded(problem, names) for problem in problems]
        raise RoundRefused(" ".join(sentences), problems=sentences)
    Ballot.objects.in_round(round).delete()
    Entry.objects.filter(panel__round=round).delete()
    plan: Any  # its keys are our primary keys
    for plan in plans:
        Entry.objects.bulk_create(
            Entry(
                panel_id=plan.panel.key,
                project_id=turn.project,
                position=turn.position,
                starts_at=turn.starts_at,
                reason=chosen_by_hand.get((plan.panel.key, turn.project), ""),
            )
            for turn in plan.running_order
        )
        Ballot.objects.bulk_create(_ballots(round, plan, kept_apart))
    audit.record(
        event=round.event, actor=actor, verb="draw_round", about=round, seed=seed, per_project=per_project
    )
    return plans


@transaction.atomic
def open_round(*, round: Round, actor: Account | None, seed: int = 1) -> Round:
    """Let the jury mark, within the round's hours. Draws the running order from `seed` if that was not done.

    Raises RoundRefused: not planned, nothing to mark, a panel without a juror, or a draw that no longer agrees
    with the projects handed in and the seats.
    """
    Event.objects.take_turn(round.event)
    round.refresh_from_db(fields=["state"])
    if round.state != RoundState.PLANNED:
        raise RoundRefused(_("The round “%(round)s” has been opened already.") % {"round": round})
    if not Ballot.objects.in_round(round).exists():
        draw_round(round=round, actor=actor, seed=seed)
    problems = _out_of_date(round)
    if problems:
        raise RoundRefused(" ".join(problems), problems=problems)
    round.state = RoundState.OPEN
    round.save(update_fields=["state"])
    audit.record(event=round.event, actor=actor, verb="open_round", about=round, seed=seed)
    return round


@transaction.atomic
def seat(*, panel: Panel, juror: Juror, actor: Account | None) -> PanelMember:
    """Give a juror a seat; harmless when they sit there already. In an open round the newcomer marks everything.

    Raises RoundRefused once the round is closed.
    """
    round = panel.round
    Event.objects.take_turn(round.event)
    round.refresh_from_db(fields=["state"])
    if round.state == RoundState.CLOSED:
        raise RoundRefused(
            _("The round “%(round)s” is closed: its jury no longer changes.") % {"round": round}
        )
    member, is_new = PanelMember.objects.get_or_create(panel=panel, juror=juror)
    if not is_new and member.excused_at is None:
        return member
    member.excused_at, member.excuse = None, ""
    member.save(update_fields=["excused_at", "excuse"])
    if round.state == RoundState.OPEN:
        _give_ballots(panel, juror)
    audit.record(event=round.event, actor=actor, verb="seat", about=juror, panel=str(panel), round=round.key)
    return member


def _give_ballots(panel: Panel, juror: Juror) -> None:
    """A ballot per project of the panel; those set aside when they were excused come back."""
    panel.ballots.filter(juror=juror, state=BallotState.SET_ASIDE).update(state=BallotState.OPEN)
    kept_apart = conflicts(panel.round)
    Ballot.objects.bulk_create(
        [
            _ballot(panel.round, panel.pk, juror.pk, entry.project_id, entry.position, kept_apart)
            for entry in panel.entries.all()
        ],
        ignore_conflicts=True,
    )


def _panels(round: Round) -> list[Panel]:
    return list(Round.objects.with_passages().get(pk=round.pk).panels.all())


def _sitting(panel: Panel) -> list[PanelMember]:
    return [seat for seat in panel.members.all() if seat.excused_at is None]


def _eligible(round: Round, panels: Collection[Panel]) -> dict[int, list[int]]:
    """The projects before each panel: its theme's, all of them, or the finalists."""
    competing = list(Project.objects.for_event(round.event).competing().in_order().select_related("team"))
    if round.kind == RoundKind.FINAL:
        known = {project.pk for project in competing}
        return {panel.pk: [pk for pk in _in_the_final(panel) if pk in known] for panel in panels}
    by_theme: dict[int | None, list[int]] = defaultdict(list)
    for project in competing:
        by_theme[project.team.theme_id].append(project.pk)
    everybody = [project.pk for project in competing]
    return {panel.pk: by_theme[panel.theme_id] if panel.theme_id else everybody for panel in panels}


def _in_the_final(panel: Panel) -> list[int]:
    """The entries once they are named (some by hand, perhaps), else those the panels' rankings name."""
    named = [entry.project_id for entry in panel.entries.all()]
    return named or [finalist.project.pk for finalist in shortlisting.finalists(panel.round)]


def _out_of_date(round: Round) -> list[str]:
    """How the draw differs from the projects and the seats of now, in sentences."""
    panels = _panels(round)
    eligible = _eligible(round, panels)
    marking = set(Ballot.objects.in_round(round).values_list("panel_id", "juror_id"))
    problems = []
    if not any(panel.entries.all() for panel in panels):
        problems.append(_("No project is handed in and in competition: there is nothing to mark."))
    for panel in panels:
        drawn = {entry.project_id for entry in panel.entries.all()}
        if drawn != set(eligible[panel.pk]):
            problems.append(
                _("The projects of “%(panel)s” have changed since the draw: draw the running order again.")
                % {"panel": panel}
            )
        late = [str(seat.juror) for seat in _sitting(panel) if (panel.pk, seat.juror_id) not in marking]
        if drawn and late:
            problems.append(
                _("Seated in “%(panel)s” after the draw: %(jurors)s. Draw the running order again.")
                % {"panel": panel, "jurors": ", ".join(late)}
            )
    return problems


def _ballots(round: Round, plan: Any, kept_apart: dict[tuple[int, int], str]) -> list[Ballot]:
    return [
        _ballot(round, plan.panel.key, juror, turn.project, turn.position, kept_apart)
        for turn in plan.running_order
        for juror in plan.panel.jurors
        if juror in plan.jurors_of[turn.project] or (juror, turn.project) in kept_apart
    ]


def _ballot(
    round: Round, panel: int, juror: int, project: int, position: int, kept_apart: dict[tuple[int, int], str]
) -> Ballot:
    why = kept_apart.get((juror, project), "")
    return Ballot(
        round=round,
        panel_id=panel,
        juror_id=juror,
        project_id=project,
        position=position,
        state=BallotState.RECUSED if why else BallotState.OPEN,
        recusal_reason=why,
    )


def names_of(round: Round) -> dict[str, dict[int, str]]:
    """What the plan's keys are called, by the name of the parameter that holds them."""
    jurors = Juror.objects.for_event(round.event).with_people()
    projects = Project.objects.for_event(round.event).with_teams()
    return {
        "panel": {panel.pk: str(panel) for panel in round.panels.select_related("theme", "round")},
        "jurors": {juror.pk: str(juror) for juror in jurors},
        "projects": {project.pk: str(project) for project in projects},
    }
