"""Marks and ballots: each tap saved, never lost, never silently overwritten; handing in, recusing, reopening.

An absent mark is no row. The log (MarkEntry) is only added to. Totals and ranks are computed elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account

from ..enums import BallotState
from ..models import Ballot, Criterion, Mark, MarkEntry
from . import grids, sealing
from .closedness import BallotClosed, refuse_if_closed, why_closed
from .recusing import ReasonNeeded, recuse, reopen

__all__ = [
    "BallotClosed",
    "BallotIncomplete",
    "KeyReused",
    "OutOfScale",
    "ReasonNeeded",
    "StaleMark",
    "UnknownCriterion",
    "close_ballot",
    "hand_in",
    "hand_in_all",
    "missing_criteria",
    "record_mark",
    "recuse",
    "refuse_if_closed",
    "reopen",
    "save_texts",
    "why_closed",
]


class OutOfScale(Refused):
    """`details`: criterion, scale (lowest, highest)."""

    code = "out_of_scale"


class UnknownCriterion(Refused):
    code = "unknown_criterion"


class StaleMark(Stale):
    """Another device saved first. `details`: criterion, value (None: no mark) and version as they are now."""

    code = "stale_mark"


class KeyReused(Refused):
    code = "key_reused"


class BallotIncomplete(Refused):
    """`details["missing"]`: the names of the criteria without a mark."""

    code = "incomplete"


def record_mark(
    *,
    ballot: Ballot,
    criterion: Criterion | str,
    value: Any,
    version: int,
    key: str,
    actor: Account | None,
) -> Mark:
    """Save one mark; the ballot's progress is on the answer's `ballot` as `marked` and `criteria`.

    criterion: or its key. value: a whole number of the scale, in any exact form. version: of the mark the person
    saw, 0 for none. key: names this tap; sent again with the same mark, it answers the same and writes nothing,
    even once the ballot is closed. Raises BallotClosed, OutOfScale, UnknownCriterion, StaleMark, KeyReused.
    """
    name = criterion.key if isinstance(criterion, Criterion) else str(criterion)
    wanted = {"criterion": name, "value": value, "version": version, "key": key, "actor": actor}
    try:
        return _record_mark(ballot, **wanted)
    except IntegrityError:
        # Another device was first by a breath, and the log's constraints told: look again, and say so.
        return _record_mark(ballot, **wanted)


@transaction.atomic
def _record_mark(
    ballot: Ballot, *, criterion: str, value: Any, version: int, key: str, actor: Account | None
) -> Mark:
    row: Any = Ballot.objects.to_mark(criterion, key).get(pk=ballot.pk)  # with its annotations
    if row.entry_version is not None:
        return _same_again(row, criterion, value, key)
    closed = why_closed(row)
    if closed:
        raise BallotClosed(closed, **_current(row, criterion))
    mark = _on_the_scale(row, criterion, value)
    if version != (row.mark_version or 0):
        raise _stale(row, criterion)
    if not key or len(key) > 64:
        raise KeyReused(_("This mark arrived without its own number: reload the page and give it again."))
    grids.freeze(row.round.grid)
    facts = {"criterion_id": row.criterion_pk, "value": mark, "version": version + 1}
    MarkEntry.objects.create(ballot=row, key=key, actor=actor, **facts)
    saved = Mark(pk=row.mark_pk, ballot=row, saved_at=clock.now(row.event), **facts)
    saved.save(force_insert=row.mark_pk is None, force_update=row.mark_pk is not None)
    row.marked += row.mark_pk is None
    return saved


def _same_again(row: Any, criterion: str, value: Any, key: str) -> Mark:
    """The answer already given to this key; nothing is written."""
    if row.entry_criterion != criterion or _number(value) != row.entry_value:
        raise KeyReused(_("The number of this tap was used for another mark: reload the page."), key=key)
    return Mark(
        pk=row.mark_pk,
        ballot=row,
        criterion_id=row.criterion_pk,
        value=row.entry_value,
        version=row.entry_version,
        saved_at=clock.now(row.event),
    )


def _on_the_scale(row: Any, criterion: str, value: Any) -> Decimal:
    if row.criterion_pk is None:
        raise UnknownCriterion(
            _("The grid has no criterion “%(criterion)s”: reload the page.") % {"criterion": criterion}
        )
    number = _number(value)
    low, high = row.round.grid.scale
    if number is None or number != number.to_integral_value() or not low <= number <= high:
        raise OutOfScale(
            _("%(value)s is not a mark of this grid: choose a whole number from %(low)s to %(high)s.")
            % {"value": str(value)[:20] or "—", "low": low, "high": high},
            scale=(low, high),
            **_current(row, criterion),
        )
    return number


def _current(row: Any, criterion: str) -> dict[str, Any]:
    """The mark as it is, for a refusal to show."""
    return {"criterion": criterion, "value": _plain(row.mark_value), "version": row.mark_version or 0}


def _stale(row: Any, criterion: str) -> StaleMark:
    current = _plain(row.mark_value)
    message = (
        _(
            "Another device has already marked this criterion: the mark is %(value)s. Choose again if it is wrong."
        )
        if current is not None
        else _("This mark is no longer on the ballot: choose it again.")
    )
    return StaleMark(
        message % {"value": current}, criterion=criterion, value=current, version=row.mark_version or 0
    )


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


@transaction.atomic
def save_texts(
    *, ballot: Ballot, actor: Account | None, note: str | None = None, comment: str | None = None
) -> Ballot:
    """Keep the private note and the comment for the team; None leaves one as it is. Raises BallotClosed.

    Words may be finished after the hours for marks, until the ballot is handed in: its receipt covers the comment.
    """
    row = Ballot.objects.locked().get(pk=ballot.pk)
    refuse_if_closed(row, ask_window=False)
    row.note = row.note if note is None else note.strip()
    row.comment = row.comment if comment is None else comment.strip()
    row.save(update_fields=["note", "comment"])
    return row


def missing_criteria(ballot: Ballot) -> list[str]:
    """The names of the criteria without a mark, in the grid's order; one query."""
    unmarked = Criterion.objects.filter(grid=ballot.round.grid_id).exclude(marks__ballot=ballot)
    return [str(criterion) for criterion in unmarked]


@transaction.atomic
def hand_in(*, ballot: Ballot, actor: Account | None) -> Ballot:
    """Hand in a complete ballot, with its digest as a receipt; harmless when it was handed in already.

    Allowed after the hours for marks, as long as the round is open. Raises BallotIncomplete, BallotClosed.
    """
    row = Ballot.objects.locked().get(pk=ballot.pk)
    if row.state == BallotState.HANDED_IN:
        return row
    refuse_if_closed(row, ask_window=False)
    missing = missing_criteria(row)
    if missing:
        raise BallotIncomplete(
            _("The ballot for “%(project)s” is not complete. Still to mark: %(criteria)s.")
            % {"project": row.project, "criteria": get_text_list(missing, _("and"))},
            missing=missing,
        )
    return close_ballot(row, actor=actor, verb="hand_in")


def close_ballot(row: Ballot, *, actor: Account | None, verb: str, reason: str = "") -> Ballot:
    """Mark a complete, locked ballot as handed in and compute its receipt."""
    row.state = BallotState.HANDED_IN
    row.handed_in_at = clock.now(row.event)
    row.save(update_fields=["state", "handed_in_at"])
    row.receipt = sealing.ballot_digest(Ballot.objects.with_marks().get(pk=row.pk))
    row.save(update_fields=["receipt"])
    audit.record(event=row.event, actor=actor, verb=verb, about=row, reason=reason, receipt=row.receipt)
    return row


@transaction.atomic
def hand_in_all(*, ballots: Iterable[Ballot], actor: Account | None) -> list[Ballot]:
    """Hand in those of a juror's ballots that are complete; the others stay as they are."""
    handed_in = []
    for ballot in ballots:
        try:
            handed_in.append(hand_in(ballot=ballot, actor=actor))
        except (BallotIncomplete, BallotClosed):
            continue
    return handed_in
