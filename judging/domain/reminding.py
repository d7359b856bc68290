"""Writing to the jurors whose ballots a round still waits for."""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from hackathon.domain import audit, clock
from hackathon.models import Account

from .. import letters
from ..models import Juror, Round
from .closing import missing_cells


@transaction.atomic
def remind_jurors(*, round: Round, actor: Account | None) -> int:
    """Queue a letter to each; at most one per juror, round and hour. Returns how many letters were queued."""
    left = Counter(ballot.juror_id for ballot in missing_cells(round))
    stamp = f"{clock.now(round.event):%Y%m%d%H}"
    jurors = Juror.objects.for_event(round.event).filter(pk__in=left).with_people()
    sent = [
        letter
        for juror in jurors
        if (letter := letters.ballots_left(juror, round=round, left=left[juror.pk], stamp=stamp)) is not None
    ]
    audit.record(event=round.event, actor=actor, verb="remind_jurors", about=round, letters=len(sent))
    return len(sent)
