"""The jury's part of what is known about a person: to hand over, and to erase.

Marks and comments stay, without anybody's name: the person behind the juror is made nobody upstream, digests cover
pseudonyms, and what a team was told remains what it was told.
"""

from __future__ import annotations

from typing import Any

from hackathon.models import Person
from judging.models import Ballot, Conflict, Juror, JurorLink


def export(person: Person) -> dict[str, Any]:
    """Their seat in the jury and their own ballots; empty for somebody who is no juror."""
    juror = Juror.objects.filter(person=person).first()
    if juror is None:
        return {}
    ballots = Ballot.objects.for_juror(juror).with_marks().with_projects().in_running_order()
    return {
        "function": juror.title,
        "presides": juror.is_president,
        "conflicts": [
            {"team": str(one.team), "state": one.state, "reason": one.reason}
            for one in Conflict.objects.of_juror(juror).with_names()
        ],
        "ballots": [_ballot(ballot) for ballot in ballots],
    }


def erase(person: Person) -> None:
    """Forget their function, their private notes, why they kept apart from teams, and their links."""
    Juror.objects.filter(person=person).update(title="")
    Ballot.objects.filter(juror__person=person).update(note="")
    Conflict.objects.filter(juror__person=person).update(reason="")
    JurorLink.objects.filter(juror__person=person).delete()


def _ballot(ballot: Ballot) -> dict[str, Any]:
    return {
        "project": str(ballot.project),
        "state": ballot.state,
        "marks": {mark.criterion.key: str(mark.value.normalize()) for mark in ballot.marks.all()},
        "note": ballot.note,
        "comment": ballot.comment,
        "recusal_reason": ballot.recusal_reason,
    }
