"""The jury decides on what the scores propose; each departure carries a reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event
from judging.domain.award_proposals import OPEN, TIED, WAITING, SlotKey
from judging.domain.proposing import CAST, DELIBERATED, DEPARTURE, Board, Choices, board_of, rule_problems
from judging.enums import RoundState
from judging.models import Award, AwardRule, Decision, Round


class DecisionRefused(Refused):
    """`details["problems"]`: every sentence that stands in the way."""

    code = "decision_refused"


def current_decision(event: Event) -> Decision | None:
    """The latest version of the decision, or None."""
    return Decision.objects.for_event(event).latest_first().first()


@transaction.atomic
def decide(
    *,
    event: Event,
    actor: Account | None,
    choices: Choices | None = None,
    reasons: Mapping[SlotKey, str] | None = None,
    reason: str = "",
    after: int | None = None,
) -> Decision:
    """Record the jury's decision: the proposals, but for the places named in `choices`.

    `choices`: per place (sequence of the rule, theme, rank), the projects that have it; several are ex æquo, none
    leaves the prize unawarded. `reasons`: why, per place; required where the choice departs from the ranking,
    tells equals apart (the president's casting vote) or is by deliberation alone. A decision after another is a
    new version, for a `reason`. `after`: the version that whoever decides has read (0: none); None does not ask.

    Raises DecisionRefused with everything that is missing.
    """
    Event.objects.take_turn(event)
    choices = dict(choices or {})
    reasons = {key: text.strip() for key, text in (reasons or {}).items() if text.strip()}
    earlier = current_decision(event)
    version = earlier.version if earlier else 0
    board = board_of(event)
    problems = [*_disagreements(version, after, reason), *open_questions(event, board, choices, reasons)]
    if problems:
        raise DecisionRefused(" ".join(problems), problems=problems)
    decision = Decision.objects.create(
        event=event,
        version=version + 1,
        decided_by=actor,
        decided_at=clock.now(event),
        reason=reason.strip(),
    )
    Award.objects.bulk_create(_awards(decision, board, choices, reasons))
    audit.record(
        event=event, actor=actor, verb="decide", about=decision, reason=reason, version=decision.version
    )
    return decision


def _awards(
    decision: Decision, board: Board, choices: Choices, reasons: Mapping[SlotKey, str]
) -> list[Award]:
    rows = {row.sequence: row for row in AwardRule.objects.for_event(decision.event)}
    slots = board.proposal(choices)
    return [
        Award(
            decision=decision,
            rule=rows[slot.rule.sequence],
            theme_id=slot.theme,  # type: ignore[misc]
            project_id=slot.project,
            rank=slot.rank,
            is_tied=sum(other.key == slot.key for other in slots) > 1,
            departs=board.nature(slot.key, choices) == DEPARTURE,
            reason=reasons.get(slot.key, ""),
        )
        for slot in slots
    ]


def _disagreements(version: int, after: int | None, reason: str) -> list[str]:
    """Why this decision may not follow the one that stands."""
    if after is not None and after != version:
        return [
            _(
                "Version %(version)s of the decision was recorded meanwhile: read it, then decide again if need be."
            )
            % {"version": version}
        ]
    if version and not reason.strip():
        return [_("The jury has decided already: say why this decision replaces the one before.")]
    return []


def unfinished_rounds(event: Event) -> list[Round]:
    """The rounds still to be closed before a decision."""
    return [round for round in Round.objects.for_event(event).in_order() if round.state != RoundState.CLOSED]


def open_questions(event: Event, board: Board, choices: Choices, reasons: Mapping[SlotKey, str]) -> list[str]:
    """Why this cannot be decided yet, in sentences; empty when it can."""
    unfinished = unfinished_rounds(event)
    if unfinished:
        names = ", ".join(str(round) for round in unfinished)
        return [_("Close these rounds first: %(rounds)s.") % {"rounds": names}]
    if not board.rules:
        return [_("No prize is to be given: write the award rules first.")]
    contradictions = rule_problems(event, board.rules)
    if contradictions:
        return contradictions
    slots = board.proposal(choices)
    gone = choices.keys() - {slot.key for slot in slots}
    problems = [_("A prize you chose for no longer exists: look at the page again.")] if gone else []
    for slot in slots:
        if slot.remark is not None and slot.remark.blocks:
            problems.append(board.say(slot.remark))
        elif slot.status in (TIED, OPEN, WAITING):
            problems.append(_("%(prize)s: choose who receives it.") % {"prize": board.name_of(slot)})
        elif not reasons.get(slot.key):
            sentence = _reason_needed(board.nature(slot.key, choices))
            problems += [sentence % {"prize": board.name_of(slot)}] if sentence else []
    return list(dict.fromkeys(problems))


def _reason_needed(nature: str) -> str:
    """What to ask of a choice of that nature, "" when it needs no reason."""
    return {
        DEPARTURE: _(
            "%(prize)s: this is not what the ranking proposes. Write the reason: it is printed in the minutes."
        ),
        CAST: _(
            "%(prize)s: the ranking leaves these projects equal. Write the reason for the casting vote: it is "
            "printed in the minutes."
        ),
        DELIBERATED: _(
            "%(prize)s: it is given by deliberation. Write the reason: it is printed in the minutes."
        ),
    }.get(nature, "")
