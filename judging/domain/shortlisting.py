"""Who passes to the final: the best of each panel, and those the president adds or takes out, with a reason.

When the ladder leaves projects ex æquo at the last place, all of them pass: nobody is left out by lot.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event
from teams.enums import ProjectState, Standing
from teams.models import Project

from ..enums import RoundKind, RoundState
from ..models import Entry, Panel, Round
from . import tallying


class FinalistRefused(Refused):
    code = "finalist_refused"


@dataclass(frozen=True)
class Finalist:
    """`place` in the panel's order after the tie ladder; `is_tied`: passes ex æquo."""

    project: Project
    panel: Panel
    place: int
    is_tied: bool


def source_of(final: Round) -> Round | None:
    """The panels that feed a final: the nearest round of panels before it."""
    return Round.objects.before(final).of_panels().with_grid().first()


def finalists(round: Round) -> list[Finalist]:
    """The first `finalists_per_panel` of each panel; `round` is the panels' or the final they feed.

    Raises FinalistRefused until the panels are closed.
    """
    panels = source_of(round) if round.kind == RoundKind.FINAL else round
    if panels is None:
        raise FinalistRefused(
            _("No round of panels comes before the final: there are no finalists to take from it.")
        )
    if panels.state != RoundState.CLOSED:
        raise FinalistRefused(
            _("The finalists are known when the round “%(round)s” is closed.") % {"round": panels}
        )
    passing: list[tuple[Panel, int, int, bool]] = []
    for tally in tallying.tally_round(panels):
        place = 1
        for group in tally.order:
            if place > panels.finalists_per_panel:
                break
            passing += [(tally.panel, project, place, len(group) > 1) for project in group]
            place += len(group)
    projects = Project.objects.with_teams().in_bulk([project for _panel, project, _place, _tied in passing])
    return [Finalist(projects[project], panel, place, tied) for panel, project, place, tied in passing]


@transaction.atomic
def add_finalist(*, final: Round, project: Project, reason: str, actor: Account | None) -> Entry:
    """Let a project pass that the rankings did not, before the final opens; it goes last until the next draw."""
    panel = _still_planned(final, reason)
    project = Project.objects.with_teams().get(pk=project.pk)
    if (project.state, project.standing) != (ProjectState.SUBMITTED, Standing.COMPETING):
        raise FinalistRefused(
            _("“%(project)s” is not handed in and in competition: it cannot pass.") % {"project": project}
        )
    if panel.entries.filter(project=project).exists():
        raise FinalistRefused(_("“%(project)s” is a finalist already.") % {"project": project})
    last = panel.entries.aggregate(last=Max("position"))["last"] or 0
    entry = Entry.objects.create(panel=panel, project=project, position=last + 1, reason=reason.strip()[:250])
    final.ballots.all().delete()  # laid out again by the next draw
    audit.record(event=final.event, actor=actor, verb="add_finalist", about=project, reason=reason.strip())
    return entry


@transaction.atomic
def remove_finalist(*, final: Round, project: Project, reason: str, actor: Account | None) -> None:
    """Take a finalist out before the final opens: with `add_finalist`, this replaces one."""
    panel = _still_planned(final, reason)
    entry = panel.entries.filter(project=project).first()
    if entry is None:
        raise FinalistRefused(_("“%(project)s” is not a finalist.") % {"project": project})
    entry.delete()
    final.ballots.all().delete()
    audit.record(event=final.event, actor=actor, verb="remove_finalist", about=project, reason=reason.strip())


def _still_planned(final: Round, reason: str) -> Panel:
    """The final's panel with its finalists named. Raises FinalistRefused."""
    Event.objects.take_turn(final.event)
    final.refresh_from_db(fields=["state"])
    if final.kind != RoundKind.FINAL or final.state != RoundState.PLANNED:
        raise FinalistRefused(_("The final has opened: its finalists no longer change."))
    if not reason.strip():
        raise FinalistRefused(_("Say why: a choice by hand carries a reason, printed in the minutes."))
    panel = final.panels.get()
    if not panel.entries.exists():
        Entry.objects.bulk_create(
            Entry(panel=panel, project=one.project, position=place)
            for place, one in enumerate(finalists(final), start=1)
        )
    return panel
