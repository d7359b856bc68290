"""The seal on a decision: digests that chain every ballot and award. Finding what was altered is in verifying.py.

Digests cover pseudonyms, marks, their log and versions, and comments by salted hash, so that erasing a person
breaks nothing.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event
from judging.domain import deliberating
from judging.models import Award, Ballot, Decision, Seal

FORMAT = "palmares-seal/1"


class SealRefused(Refused):
    code = "seal_refused"


def digest_of(*parts: Any) -> str:
    """SHA-256, in hex, of the parts as JSON with sorted keys and no blanks: the same on every machine."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def ballot_digest(ballot: Ballot) -> str:
    """The ballot's digest, given to its juror as a receipt. Fetch it `with_marks()` to spare queries."""
    keys = {mark.criterion_id: mark.criterion.key for mark in ballot.marks.all()}
    marks = sorted((mark.criterion.key, plain(mark.value), mark.version) for mark in ballot.marks.all())
    log = sorted(
        (keys.get(entry.criterion_id, str(entry.criterion_id)), entry.version, plain(entry.value))
        for entry in ballot.mark_entries.all()
    )
    comment = hashlib.sha256(f"{ballot.salt}{ballot.comment}".encode()).hexdigest()
    return digest_of("ballot", ballot.pseudonym, ballot.project_id, str(ballot.state), marks, log, comment)


@transaction.atomic
def seal(*, event: Event, actor: Account | None, version: int | None = None) -> Seal:
    """Seal the current decision; `version`: the one that was read, None does not ask.

    Raises SealRefused when there is none, it is sealed already, or another version was recorded meanwhile.
    """
    Event.objects.take_turn(event)
    decision = deliberating.current_decision(event)
    if decision is None:
        raise SealRefused(_("The jury has not decided: record its decision first, then seal it."))
    if version is not None and version != decision.version:
        raise SealRefused(
            _("Version %(version)s of the decision was recorded meanwhile: read it, then seal it.")
            % {"version": decision.version}
        )
    if Seal.objects.filter(decision=decision).exists():
        raise SealRefused(
            _("Version %(version)s of the decision is sealed already.") % {"version": decision.version}
        )
    ballots = {ballot.pseudonym: ballot_digest(ballot) for ballot in ballots_of(event)}
    content = {"ballots": ballots, "awards": award_lines(awards_of(decision))}
    made = Seal.objects.create(
        decision=decision,
        digest=chain(event, decision, content),
        content=content,
        sealed_by=actor,
        sealed_at=clock.now(event),
    )
    audit.record(event=event, actor=actor, verb="seal", about=decision, digest=made.digest)
    return made


def is_sealed(event: Event) -> bool:
    """Whether the decision that stands is sealed; a newer one that is not leaves nothing to publish."""
    decision = deliberating.current_decision(event)
    return decision is not None and Seal.objects.filter(decision=decision).exists()


def chain(event: Event, decision: Decision, content: dict[str, Any]) -> str:
    """One digest after the other: each covers all before it, ballots by pseudonym, then the awards."""
    link = digest_of(FORMAT, event.slug, decision.version, decision.reason)
    for pseudonym in sorted(content["ballots"]):
        link = digest_of(link, pseudonym, content["ballots"][pseudonym])
    return digest_of(link, content["awards"])


def grouped(digest: str, size: int = 4, groups: int = 0) -> str:
    """A digest as people read it: « 7f3a 91c0 5d2e 44b8 »; `groups` 0 shows all of it."""
    parts = [digest[start : start + size] for start in range(0, len(digest), size)]
    return " ".join(parts[:groups] if groups else parts)


def ballots_of(event: Event) -> list[Ballot]:
    """Every ballot of the event with all that its digest covers, in a fixed number of queries."""
    found = Ballot.objects.for_event(event).with_projects().with_marks()
    return list(found.prefetch_related("mark_entries"))


def awards_of(decision: Decision) -> list[Award]:
    """In the order of the seal, which no renaming changes."""
    return list(decision.awards.with_projects().order_by("rule__sequence", "theme_id", "rank", "project_id"))


def award_lines(awards: list[Award]) -> list[list[Any]]:
    """What the seal says of each award: its place, who has it and why."""
    return [
        [
            award.rule.sequence,
            award.theme_id,
            award.rank,
            award.project_id,
            award.project.title if award.project else "",
            award.is_tied,
            award.departs,
            award.reason,
        ]
        for award in awards
    ]


def plain(value: Decimal) -> str:
    """A mark as digests and sentences write it, whatever the database gives: 4 and 4.0 are « 4.00 »."""
    return f"{value:.2f}"
