"""Mending a round when a juror is absent: their projects not started yet go to the others, the rest stays.

The changes are shown by `propose` and made by `repair`, which refuses when they are no longer those shown. Excusing
the juror for good, with what they had begun, is the president's (closing.py).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event

from ..enums import BallotState, RoundState
from ..models import Ballot, Juror, PanelMember
from . import drawing


class RepairRefused(Refused):
    code = "repair_refused"


class RepairStale(Stale):
    """Somebody began to mark since the changes were shown."""

    code = "repair_stale"


@dataclass(frozen=True)
class Change:
    """A project's ballot passes from the absent juror to `to`."""

    ballot: Ballot
    to: Juror

    @property
    def key(self) -> str:
        return f"{self.ballot.pk}-{self.to.pk}"


@dataclass(frozen=True)
class Repair:
    """`kept`: the ballots that the absent juror began, which stay theirs. `left`: those that nobody else can take.

    Both are still expected; only the president excuses somebody from them, for a reason.
    """

    changes: list[Change]
    kept: list[Ballot]
    left: list[Ballot]

    @property
    def key(self) -> str:
        """Tells these changes from any others."""
        return ".".join(change.key for change in self.changes)


def propose(*, member: PanelMember, substitute: Juror | None = None) -> Repair:
    """Who would mark instead of that seat's juror. With a substitute, they take everything that they can.

    Otherwise each project goes to the member of the panel with the least to do who has no conflict with it and does
    not mark it already.
    """
    panel, absent = member.panel, member.juror
    rows = Ballot.objects.in_panel(panel).with_projects().in_running_order()
    own = [ballot for ballot in rows if ballot.juror_id == absent.pk]
    unstarted = set(Ballot.objects.in_panel(panel).for_juror(absent).unstarted().values_list("pk", flat=True))
    others = [
        seat.juror for seat in PanelMember.objects.seated_in(panel).present() if seat.juror_id != absent.pk
    ]
    apart = drawing.conflicts(panel.round)
    busy = {
        (juror, project)
        for juror, project in Ballot.objects.in_round(panel.round).values_list("juror_id", "project_id")
    }
    load = Counter(ballot.juror_id for ballot in rows if ballot.state != BallotState.RECUSED)
    changes, left = [], []
    for ballot in own:
        if ballot.pk not in unstarted:
            continue
        able = [
            juror
            for juror in ([substitute] if substitute else others)
            if (juror.pk, ballot.project_id) not in apart and (juror.pk, ballot.project_id) not in busy
        ]
        to = min(able, key=lambda juror: (load[juror.pk], juror.pk), default=None)
        if to is None:
            left.append(ballot)
            continue
        load[to.pk] += 1
        busy.add((to.pk, ballot.project_id))
        changes.append(Change(ballot, to))
    kept = [ballot for ballot in own if ballot.pk not in unstarted and ballot.state == BallotState.OPEN]
    return Repair(changes, kept, left)


@transaction.atomic
def repair(
    *, member: PanelMember, substitute: Juror | None = None, shown: str, actor: Account | None
) -> list[Change]:
    """Make the changes that `propose` showed, `shown` being their key. Raises RepairRefused, RepairStale."""
    panel = member.panel
    round = panel.round
    Event.objects.take_turn(round.event)
    round.refresh_from_db(fields=["state"])
    if round.state == RoundState.CLOSED:
        raise RepairRefused(
            _("The round “%(round)s” is closed: its ballots no longer change.") % {"round": round}
        )
    list(Ballot.objects.in_panel(panel).for_juror(member.juror).locked())  # a mark being written now waits
    found = propose(member=member, substitute=substitute)
    if not found.changes:
        raise RepairRefused(
            _("None of the projects of %(juror)s can be given to others.") % {"juror": member.juror}
        )
    if found.key != shown:
        raise RepairStale(_("Ballots have changed since this was shown: read the changes again."))
    if substitute is not None:
        seat, _is_new = PanelMember.objects.get_or_create(panel=panel, juror=substitute)
        seat.excused_at, seat.excuse = None, ""
        seat.save(update_fields=["excused_at", "excuse"])
    for change in found.changes:
        change.ballot.state = BallotState.SET_ASIDE
        change.ballot.save(update_fields=["state"])
        Ballot.objects.create(
            round=round,
            panel=panel,
            juror=change.to,
            project_id=change.ballot.project_id,
            position=change.ballot.position,
        )
    audit.record(
        event=round.event,
        actor=actor,
        verb="repair_round",
        about=member.juror,
        round=round.key,
        given=len(found.changes),
    )
    return found.changes
