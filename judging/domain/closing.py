"""Closing a round: when every expected ballot is in; else refused, naming the cells that are missing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.domain import audit, clock
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from ..enums import BallotState, RoundState
from ..models import Ballot, Juror, PanelMember, Round
from . import scoring
from .drawing import RoundRefused

NAMED = 8
"""How many missing cells the sentence names; `details["missing"]` has them all."""


class RoundIncomplete(Refused):
    """`details["missing"]`: (juror, project) as names, for each ballot still expected."""

    code = "round_incomplete"


class ExcuseRefused(Refused):
    code = "excuse_refused"


def missing_cells(round: Round) -> list[Ballot]:
    """The ballots still expected. Recused ones, those set aside and withdrawn projects' are not."""
    return list(Ballot.objects.in_round(round).unfinished().with_projects().in_running_order())


@transaction.atomic
def close_round(*, round: Round, actor: Account | None) -> Round:
    """Close an open round: its ballots no longer change, its ranking can be read. Raises RoundIncomplete, RoundRefused."""
    Event.objects.take_turn(round.event)
    round.refresh_from_db(fields=["state"])
    if round.state != RoundState.OPEN:
        raise RoundRefused(
            _("The round “%(round)s” is not under way: it cannot be closed.") % {"round": round}
        )
    cells = [(str(ballot.juror), str(ballot.project)) for ballot in missing_cells(round)]
    if cells:
        raise RoundIncomplete(_missing_sentence(cells), missing=cells)
    # a withdrawn project's ballots: taking them also waits for a mark being written at this moment
    Ballot.objects.in_round(round).open().update(state=BallotState.SET_ASIDE)
    round.state, round.closed_at = RoundState.CLOSED, clock.now(round.event)
    round.save(update_fields=["state", "closed_at"])
    audit.record(event=round.event, actor=actor, verb="close_round", about=round)
    return round


def _missing_sentence(cells: list[tuple[str, str]]) -> str:
    named = ", ".join(f"{juror} × {project}" for juror, project in cells[:NAMED])
    more = "…" if len(cells) > NAMED else ""
    return ngettext(
        "One ballot is missing: %(cells)s. Wait for it, or let the president excuse the juror.",
        "%(count)s ballots are missing: %(cells)s. Wait for them, or let the president excuse the jurors.",
        len(cells),
    ) % {"count": len(cells), "cells": named + more}


@transaction.atomic
def excuse_juror(*, round: Round, juror: Juror, reason: str, actor: Account | None) -> list[Ballot]:
    """Excuse an absent juror from the rest of a round: complete ballots stay, partial ones are set aside.

    A complete ballot that was not handed in is handed in. Returns the juror's ballots. Raises ExcuseRefused.
    """
    Event.objects.take_turn(round.event)
    round.refresh_from_db(fields=["state"])
    if round.state == RoundState.CLOSED:
        raise ExcuseRefused(_("The round “%(round)s” is closed: nobody is waited for.") % {"round": round})
    if not reason.strip():
        raise ExcuseRefused(
            _("Say why %(juror)s is excused: the reason is printed in the minutes.") % {"juror": juror}
        )
    seats = PanelMember.objects.filter(panel__round=round, juror=juror)
    why = reason.strip()[:250]
    if not seats.update(excused_at=clock.now(round.event), excuse=why):
        raise ExcuseRefused(
            _("%(juror)s has no seat in the round “%(round)s”.") % {"juror": juror, "round": round}
        )
    for row in Ballot.objects.in_round(round).for_juror(juror).open().locked():
        if scoring.missing_criteria(row):
            row.state = BallotState.SET_ASIDE
            row.save(update_fields=["state"])
        else:
            scoring.close_ballot(row, actor=actor, verb="hand_in_for_excused", reason=why)
    audit.record(
        event=round.event, actor=actor, verb="excuse_juror", about=juror, reason=why, round=round.key
    )
    return list(Ballot.objects.in_round(round).for_juror(juror).with_projects())
