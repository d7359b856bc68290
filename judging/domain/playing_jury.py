"""The jury of a made-up event: it marks, closes its rounds, decides, seals; the organiser publishes. Same verbs as the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from django.db import transaction

from hackathon.models import Account, Event
from judging.domain import casting, convening, deliberating, proposing, publishing, scoring, sealing
from judging.domain.award_proposals import OPEN, TIED
from judging.enums import RoundState
from judging.models import Ballot, Decision, Juror, Publication, Round, Seal
from teams.models import Project

Progress = Callable[[float], Any]


def quiet(share: float) -> None:
    """Progress that nobody watches."""


@transaction.atomic
def mark_round(
    round: Round,
    *,
    worth: dict[int, float],
    severity: dict[int, float],
    random: Random,
    share: float = 1.0,
    progress: Progress = quiet,
) -> int:
    """Jurors mark and hand in that share of the open ballots, the last of them half done; returns marks saved.

    `worth` of a project on the grid's scale; `severity` of a juror in marks.
    """
    criteria = list(round.grid.criteria.all())
    ballots = list(
        Ballot.objects.in_round(round).unfinished().with_projects().with_marks().in_running_order()
    )
    random.shuffle(ballots)
    chosen = ballots[: -(-len(ballots) * int(share * 1000) // 1000)] if share < 1 else ballots
    saved = 0
    for number, ballot in enumerate(chosen, start=1):
        is_half_done = share < 1 and number > len(chosen) * 0.9
        marked = {mark.criterion_id for mark in ballot.marks.all()}
        for criterion in criteria[:2] if is_half_done else criteria:
            if criterion.pk in marked:
                continue
            value = casting.drawn_mark(
                worth.get(ballot.project_id, 3.0),
                severity.get(ballot.juror_id, 0.0),
                low=round.grid.scale_min,
                high=round.grid.scale_max,
                random=random,
                noise=0.0 if worth.get(ballot.project_id, 0) >= round.grid.scale_max else 0.45,
            )
            scoring.record_mark(
                ballot=ballot,
                criterion=criterion,
                value=value,
                version=0,
                key=f"{ballot.pk}-{criterion.pk}",
                actor=None,
            )
            saved += 1
        if not is_half_done:
            scoring.hand_in(ballot=ballot, actor=None)
        progress(number / len(chosen))
    return saved


def worths(event: Event, *, random: Random, ideas: Iterable[dict[str, Any]]) -> dict[int, float]:
    """How good each project really is: the demo's laureates on top, the grand prize above all."""
    known = {idea["title"]: idea for idea in ideas if idea.get("is_laureate")}
    found = {}
    for project in Project.objects.for_event(event).in_order():
        idea = known.get(project.title)
        found[project.pk] = random.uniform(2.0, 3.8) if idea is None else 6.0 if idea["theme"] == 2 else 4.6
    return found


def severities(event: Event, *, random: Random) -> dict[int, float]:
    """How severe each juror is, in marks: between generous and strict."""
    return {juror.pk: random.gauss(0, 0.35) for juror in Juror.objects.for_event(event).order_by("pk")}


def open_round(event: Event, kind: str, *, seed: int, actor: Account | None) -> Round:
    """Open the event’s round of that kind, unless somebody did."""
    round = Round.objects.for_event(event).with_grid().get(kind=kind)
    return (
        convening.open_round(round=round, seed=seed, actor=actor)
        if round.state == RoundState.PLANNED
        else round
    )


def close_round(round: Round, *, actor: Account | None) -> Round:
    """Close it, as its president, unless somebody did."""
    return round if round.state == RoundState.CLOSED else convening.close_round(round=round, actor=actor)


def announce(event: Event, *, president: Account | None, organiser: Account | None) -> Publication:
    """The jury decides as the scores propose, giving a reason where equals must be told apart; then seal, publish.

    What a visitor of the demo did already is kept.
    """
    decision = deliberating.current_decision(event) or decide(event, president=president)
    if not Seal.objects.filter(decision=decision).exists():
        sealing.seal(event=event, actor=president)
    return publishing.publish(event=event, actor=organiser)


def decide(event: Event, *, president: Account | None) -> Decision:
    """Place after place: one choice may leave the next open."""
    choices: dict[Any, list[int]] = {}
    reasons: dict[Any, str] = {}
    board = proposing.board_of(event)
    while True:
        open_ones = (
            slot
            for slot in board.proposal(choices)
            if slot.status in (TIED, OPEN) and slot.candidates and slot.key not in choices
        )
        slot = next(open_ones, None)
        if slot is None:
            return deliberating.decide(event=event, choices=choices, reasons=reasons, actor=president)
        choices[slot.key] = [int(slot.candidates[0])]  # type: ignore[call-overload]
        reasons[slot.key] = "Voix prépondérante : le projet répond au besoin le plus immédiat."
