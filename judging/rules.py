"""Who may do what with the jury, its ballots and its decisions; each line should read as a sentence.

Organisers see progress, never marks or totals; a juror sees nobody else's ballot; the president decides.
"""

from __future__ import annotations

from typing import Any

from rules import add_perm, predicate

from hackathon.domain import clock, windows
from hackathon.models import Account, Event
from hackathon.rules import is_organiser, is_secretary

from .domain import sealing
from .enums import BallotState, RoundState
from .models import Ballot, Juror, Round


def seats_of(user: Account, event: Event) -> list[Juror]:
    """The jurors this account stands for in this event, asked of the database once per request."""
    cache = user.__dict__.setdefault("_jurors", {})
    if event.pk not in cache:
        cache[event.pk] = list(Juror.objects.for_event(event).of(user).sitting())
    return cache[event.pk]


@predicate
def is_juror(user: Any, subject: Any) -> bool:
    return bool(user.is_authenticated and subject is not None and seats_of(user, subject.event))


@predicate
def is_president(user: Any, subject: Any) -> bool:
    return bool(
        user.is_authenticated
        and subject is not None
        and any(juror.is_president for juror in seats_of(user, subject.event))
    )


@predicate
def is_ballot_juror(user: Any, ballot: Ballot | None) -> bool:
    return bool(
        user.is_authenticated
        and ballot is not None
        and ballot.juror.is_active
        and ballot.juror.person.account_id == user.pk
    )


@predicate
def has_no_recusal(user: Any, ballot: Ballot) -> bool:
    return ballot.state != BallotState.RECUSED


@predicate
def is_not_handed_in(user: Any, ballot: Ballot) -> bool:
    return ballot.state == BallotState.OPEN


@predicate
def round_is_under_way(user: Any, ballot: Ballot) -> bool:
    return ballot.round.state == RoundState.OPEN


@predicate
def round_is_open(user: Any, ballot: Ballot) -> bool:
    """The president opened the round and its hours are running."""
    round = ballot.round
    return round.state == RoundState.OPEN and windows.is_open(round.window, at=clock.now(round.event))


@predicate
def ranking_is_known(user: Any, subject: Any) -> bool:
    """The round is closed; asked of an event: one of its rounds is."""
    if isinstance(subject, Round):
        return subject.state == RoundState.CLOSED
    return Round.objects.for_event(subject.event).closed().exists()


@predicate
def results_are_published(user: Any, subject: Any) -> bool:
    return subject.event.published_at is not None


@predicate
def decision_is_sealed(user: Any, subject: Any) -> bool:
    return sealing.is_sealed(subject.event)


may_prepare_results = is_president | is_secretary | (is_organiser & decision_is_sealed)

add_perm("judging.see_my_projects", is_juror)
add_perm("judging.see_ballot", is_ballot_juror)
add_perm("judging.mark_ballot", is_ballot_juror & has_no_recusal & is_not_handed_in & round_is_open)
add_perm("judging.hand_in_ballot", is_ballot_juror & has_no_recusal & round_is_under_way)
add_perm("judging.recuse", is_ballot_juror & has_no_recusal & round_is_under_way)

add_perm("judging.see_coverage", is_organiser | is_secretary | is_president)
add_perm("judging.change_jury", is_organiser)
add_perm("judging.repair_round", is_organiser | is_president)
add_perm("judging.open_round", is_organiser | is_president)
add_perm("judging.close_round", is_organiser | is_president)
add_perm("judging.excuse_juror", is_president)
add_perm("judging.reopen_ballot", is_president)
add_perm("judging.choose_finalists", is_president)

add_perm("judging.see_ranking", (is_president | is_secretary) & ranking_is_known)

add_perm("judging.see_deliberation", is_president | is_secretary)
add_perm("judging.decide", is_president)
add_perm("judging.seal", is_president)
add_perm("judging.publish", is_organiser)
add_perm("judging.preview_results", may_prepare_results)
add_perm("judging.see_results", results_are_published | may_prepare_results)
add_perm("judging.change_award_rules", is_organiser)
add_perm("judging.see_report", is_organiser)

# The API: a token is given each right by name, and the verb itself says why a ballot takes nothing more
add_perm("judging.write_ballot", is_ballot_juror)
