"""What the ballot's page shows and what its plain form sends: a row per criterion, marks, versions, neighbours.

It reads one juror's ballots and nobody else's.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from hackathon.kit.errors import Refused
from teams.domain import project_files

from ..domain import progress, scoring
from ..enums import BallotState
from ..forms.ballots import TextsForm
from ..models import Ballot


def whole(text: str | None) -> int:
    """A version as it was posted; -1, which no mark has, for anything else."""
    try:
        return int(text or 0)
    except ValueError:
        return -1


def sheet(ballot: Ballot, *, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything the page needs; `errors` are sentences by criterion."""
    errors = errors or {}
    own = list(Ballot.objects.neighbours_of(ballot))
    marks = {mark.criterion_id: mark for mark in ballot.marks.all()}
    rows = [
        {
            "criterion": criterion,
            "name": f"mark-{criterion.key}",
            "value": int(marks[criterion.pk].value) if criterion.pk in marks else None,
            "version": marks[criterion.pk].version if criterion.pk in marks else 0,
            "error": errors.get(criterion.key, ""),
        }
        for criterion in ballot.round.grid.criteria.all()
    ]
    closed = scoring.why_closed(ballot)
    passages = ballot.panel.entries.all()
    return {
        "ballot": ballot,
        "project": ballot.project,
        "files": project_files.kept_files(ballot.project),
        "rows": rows,
        "levels": [
            {"value": level.value, "label": level.label, "guide": level.sentence}
            for level in ballot.round.grid.levels.all()
        ],
        "done": len(marks),
        "of": len(rows),
        "closed": closed,
        "words_open": not scoring.why_closed(ballot, ask_window=False),
        "texts": TextsForm(instance=ballot),
        "key": secrets.token_hex(12),
        "next": next_of(ballot, own),
        "passages": len(passages),
        "entry": next((entry for entry in passages if entry.project_id == ballot.project_id), None),
    }


def next_of(ballot: Ballot, own: list[Ballot]) -> Ballot | None:
    """The next ballot still to fill in the running order, going round to those skipped; None when all are marked."""
    unfinished = [
        other
        for other in own
        if other.pk != ballot.pk
        and other.state == BallotState.OPEN
        and progress.state_of(other) in (progress.EMPTY, progress.STARTED)
    ]
    place = (ballot.panel.position, ballot.position)
    later = [other for other in unfinished if (other.panel.position, other.position) > place]
    return next(iter(later or unfinished), None)


def save_form(ballot: Ballot, data: Any, *, actor: Any) -> dict[str, str]:
    """Record the marks of a whole form that differ from what is saved; returns refusals as sentences by criterion."""
    current = {mark.criterion_id: int(mark.value) for mark in ballot.marks.all()}
    errors = {}
    for criterion in ballot.round.grid.criteria.all():
        value = data.get(f"mark-{criterion.key}", "")
        if not value or value == str(current.get(criterion.pk, "")):
            continue
        try:
            scoring.record_mark(
                ballot=ballot,
                criterion=criterion,
                value=value,
                version=whole(data.get(f"version-{criterion.key}")),
                key=f"{data.get('key', '')[:20]}-{criterion.pk}" if data.get("key") else "",
                actor=actor,
            )
        except Refused as refusal:
            errors[criterion.key] = str(refusal)
    return errors
