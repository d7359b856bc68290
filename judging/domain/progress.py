"""How far the jury has got: ballots expected and handed in, who has not started, who has which ballot.

Organisers read this: states only, never a mark, never a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from hackathon.models import Event

from ..enums import BallotState, RoundState
from ..models import Ballot, Entry, Juror, Panel, PanelMember, Round

EMPTY, STARTED, COMPLETE, HANDED_IN, RECUSED, SET_ASIDE, NONE = (
    "empty", "started", "complete", "handed_in", "recused", "set_aside", "none",
)  # fmt: skip
#: What a cell says, and the kind of its status.
CELLS: dict[str, tuple[Any, str]] = {
    EMPTY: (_("Not started"), "quiet"),
    STARTED: (_("Under way"), "late"),
    COMPLETE: (_("To hand in"), "late"),
    HANDED_IN: (_("Handed in"), "ok"),
    RECUSED: (_("Recused"), "quiet"),
    SET_ASIDE: (_("Set aside"), "quiet"),
    NONE: (_("Not asked"), "quiet"),
}


@dataclass(frozen=True)
class Cell:
    """One juror and one project. `ballot` is None when the juror was not asked to mark it."""

    state: str
    juror: str
    ballot: Ballot | None = None

    @property
    def label(self) -> Any:
        return CELLS[self.state][0]

    @property
    def kind(self) -> str:
        return CELLS[self.state][1]

    @property
    def can_reopen(self) -> bool:
        return self.state in (HANDED_IN, RECUSED)


@dataclass(frozen=True)
class PanelCoverage:
    """`rows`: each entry with one cell per member, in the order of `members`."""

    panel: Panel
    members: list[PanelMember]
    rows: list[tuple[Entry, list[Cell]]]


@dataclass
class RoundProgress:
    """`expected` and `handed_in` count ballots; `panels_without_juror` only while the round can still be filled."""

    round: Round
    expected: int = 0
    handed_in: int = 0
    not_started: list[str] = field(default_factory=list)
    panels_without_juror: list[Panel] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.expected - self.handed_in


def state_of(ballot: Ballot) -> str:
    """The cell of a ballot that was read `counting_marks()`."""
    if ballot.state != BallotState.OPEN:
        return str(ballot.state)
    if not ballot.marked:  # type: ignore[attr-defined]
        return EMPTY
    return COMPLETE if ballot.marked >= ballot.criteria else STARTED  # type: ignore[attr-defined]


def coverage(round: Round) -> list[PanelCoverage]:
    """Who has which ballot, panel by panel, in the running order; the same number of queries whatever the size."""
    found = Round.objects.with_passages().get(pk=round.pk)
    ballots = {
        (ballot.panel_id, ballot.juror_id, ballot.project_id): ballot
        for ballot in Ballot.objects.in_round(round).counting_marks()
    }
    answer = []
    for panel in found.panels.all():
        members = list(panel.members.all())
        rows = []
        for entry in panel.entries.all():
            cells = []
            for member in members:
                ballot = ballots.get((panel.pk, member.juror_id, entry.project_id))
                cells.append(Cell(state_of(ballot) if ballot else NONE, str(member.juror), ballot))
            rows.append((entry, cells))
        answer.append(PanelCoverage(panel, members, rows))
    return answer


def with_seats(
    jurors: Iterable[Juror], rounds: Iterable[Round]
) -> list[tuple[Juror, list[tuple[Round, Panel]]]]:
    """Each juror and where they sit, from rounds read `with_panels()`; no query of its own."""
    seats: dict[int, list[tuple[Round, Panel]]] = defaultdict(list)
    for round in rounds:
        for panel in round.panels.all():
            for member in panel.members.all():
                if member.excused_at is None:
                    seats[member.juror_id].append((round, panel))
    return [(juror, seats[juror.pk]) for juror in jurors]


def of_event(event: Event) -> list[RoundProgress]:
    """Each round's progress, in order; four queries, kept on the event for the request."""
    if "_jury_progress" not in event.__dict__:
        event.__dict__["_jury_progress"] = _of_event(event)
    return event.__dict__["_jury_progress"]


def _of_event(event: Event) -> list[RoundProgress]:
    rounds = {
        round.pk: RoundProgress(round) for round in Round.objects.for_event(event).with_window().in_order()
    }
    counted = (
        Ballot.objects.for_event(event)
        .expected()
        .values("round_id", "juror_id", "juror__person__first_name", "juror__person__last_name")
        .annotate(n=Count("pk", distinct=True), handed=Count("pk", filter=Q(state=BallotState.HANDED_IN), distinct=True),
                  marked=Count("marks"))
        .order_by("juror__person__last_name", "juror_id")
    )  # fmt: skip
    for row in counted:
        one = rounds[row["round_id"]]
        one.expected += row["n"]
        one.handed_in += row["handed"]
        if one.round.state == RoundState.OPEN and not row["marked"]:
            one.not_started.append(
                f"{row['juror__person__first_name']} {row['juror__person__last_name']}".strip()
            )
    seated: dict[int, int] = defaultdict(int)
    for panel_id in PanelMember.objects.filter(panel__round__event=event, excused_at=None).values_list(
        "panel_id", flat=True
    ):
        seated[panel_id] += 1
    for panel in Panel.objects.filter(round__event=event).select_related("theme"):
        one = rounds[panel.round_id]
        panel.round = one.round
        if one.round.state != RoundState.CLOSED and not seated[panel.pk]:
            one.panels_without_juror.append(panel)
    return list(rounds.values())
