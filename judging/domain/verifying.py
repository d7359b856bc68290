"""What finds out whether anything was altered since the seal: everything is recomputed from what is stored.

Each finding names one thing, where it is. It repairs nothing and knows no page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hackathon.kit.problems import Problem
from hackathon.models import Event
from judging.domain import proposing
from judging.domain.sealing import (
    SealRefused,
    award_lines,
    awards_of,
    ballot_digest,
    ballots_of,
    chain,
    grouped,
    plain,
)
from judging.enums import BallotState
from judging.models import Award, Ballot, Publication, Seal


@dataclass(frozen=True)
class Verification:
    """`digest` is recomputed from what is stored now; each of `altered` names one thing that does not agree."""

    is_intact: bool
    digest: str
    altered: list[Problem]


def verify(event: Event, *, digest: str = "") -> Verification:
    """Recompute everything and compare it with what is stored and, if given, with the digest in the minutes.

    `digest` may hold blanks and be the first 16 digits or more: only it can tell a rewriting of everything at
    once. Raises SealRefused when nothing is sealed.
    """
    seals = list(
        Seal.objects.filter(decision__event=event).select_related("decision").order_by("-decision__version")
    )
    if not seals:
        raise SealRefused(_("Nothing is sealed yet for this event: there is nothing to verify."))
    ballots = ballots_of(event)
    current = {ballot.pseudonym: ballot_digest(ballot) for ballot in ballots}
    newest = seals[0]
    altered = [
        *_log_differences(ballots),
        *_ballot_differences(ballots, newest.content.get("ballots", {}), current),
    ]
    for made in seals:
        awards = awards_of(made.decision)
        sealed = current if made is newest else made.content.get("ballots", {})
        recomputed = chain(event, made.decision, {"ballots": sealed, "awards": award_lines(awards)})
        altered += _award_differences(made.content.get("awards", []), awards)
        altered += _publication_differences(made, awards)
        if recomputed != made.digest:
            altered.append(
                Problem("seal", _("The seal does not agree with what is stored."), where=_version(made))
            )
        if made is newest:
            altered += _ranking_differences(event, awards)
            altered += _digest_difference(recomputed, digest)
            answer = recomputed
    return Verification(not altered, answer, altered)


def _version(made: Seal) -> str:
    return _("Seal of version %(version)s") % {"version": made.decision.version}


def _digest_difference(recomputed: str, digest: str) -> list[Problem]:
    printed = "".join(digest.split()).lower()
    if not printed or (len(printed) >= 16 and recomputed.startswith(printed)):
        return []
    if len(printed) < 16:
        message = _("Give at least the first sixteen digits of the digest printed in the minutes.")
    else:
        message = _("What is stored does not have the digest printed in the minutes (now: %(digest)s).") % {
            "digest": grouped(recomputed)
        }
    return [Problem("digest", message, where=_("Minutes"))]


def _log_differences(ballots: list[Ballot]) -> list[Problem]:
    """Marks that are not the last entry of their log, and logs that miss an entry."""
    found = []
    for ballot in ballots:
        last: dict[int, tuple[int, str]] = {}
        entries: Counter[int] = Counter()
        for entry in sorted(ballot.mark_entries.all(), key=lambda entry: entry.version):
            last[entry.criterion_id] = (entry.version, plain(entry.value))
            entries[entry.criterion_id] += 1
        for mark in ballot.marks.all():
            logged = last.pop(mark.criterion_id, None)
            names = {"criterion": mark.criterion, "stored": mark.value.normalize()}
            if logged != (mark.version, plain(mark.value)):
                names["logged"] = logged[1] if logged else "—"
                message = _("The mark for “%(criterion)s” is %(stored)s, its log says %(logged)s.") % names
                found.append(Problem("mark", message, where=str(ballot)))
            elif entries[mark.criterion_id] != mark.version:
                message = _("The log of the mark for “%(criterion)s” misses an entry.") % names
                found.append(Problem("log", message, where=str(ballot)))
        found += [Problem("mark", _("A mark of its log is gone."), where=str(ballot)) for _criterion in last]
    return found


def _ballot_differences(
    ballots: list[Ballot], sealed: dict[str, str], current: dict[str, str]
) -> list[Problem]:
    names = {ballot.pseudonym: ballot for ballot in ballots}
    found = []
    for pseudonym in sorted(sealed.keys() | current.keys()):
        ballot = names.get(pseudonym)
        if ballot is None:
            message = _("This ballot was sealed and is gone.")
        elif pseudonym not in sealed:
            message = _("This ballot was added after the seal.")
        elif sealed[pseudonym] != current[pseudonym]:
            message = _("This ballot was altered after the seal.")
        elif ballot.state == BallotState.HANDED_IN and ballot.receipt != current[pseudonym]:
            message = _("This ballot is not the one its juror has a receipt for.")
        else:
            continue
        found.append(Problem("ballot", message, where=str(ballot or pseudonym[:12])))
    return found


def _award_differences(sealed: list[Any], awards: list[Award]) -> list[Problem]:
    """Awards that are not, or no longer, as they were sealed."""
    found = []
    lines = award_lines(awards)
    for award, line in zip(awards, lines, strict=True):
        if line in sealed:
            continue
        before = ", ".join(old[4] for old in sealed if old[:3] == line[:3] and old[4]) or "—"
        message = _("This award was altered after the seal (sealed: %(sealed)s).") % {"sealed": before}
        found.append(Problem("award", message, where=str(award)))
    if len(sealed) > len(lines):
        found.append(Problem("award", _("An award was sealed and is gone."), where=_("Awards")))
    return found


def _ranking_differences(event: Event, awards: list[Award]) -> list[Problem]:
    """Awards that the marks as stored do not give, without saying that they depart from the ranking."""
    board = proposing.board_of(event)
    choices: dict[Any, list[int]] = {}
    for award in awards:
        held = choices.setdefault((award.rule.sequence, award.theme_id, award.rank), [])
        held += [award.project_id] if award.project_id else []
    departing = {key for key in choices if board.nature(key, choices) == proposing.DEPARTURE}
    return [
        Problem("ranking", _("The marks as stored do not give this award."), where=str(award))
        for award in awards
        if not award.departs and (award.rule.sequence, award.theme_id, award.rank) in departing
    ]


def _publication_differences(made: Seal, awards: list[Award]) -> list[Problem]:
    """Whether the announcement, in each language, names who has the prizes, and nobody else."""
    published = Publication.objects.filter(decision=made.decision).first()
    if published is None:
        return []
    wanted = sorted((award.project_id or 0, award.rank, award.is_tied) for award in awards)
    titles = {award.project_id: award.project.title for award in awards if award.project}
    found = []
    for language, content in sorted(published.content.items()):
        prizes = [*content["grand"], *content["prizes"]]
        said = sorted((prize["project_id"] or 0, prize["rank"], prize["is_tied"]) for prize in prizes)
        misnamed = [prize for prize in prizes if prize["project"] != titles.get(prize["project_id"], "")]
        if said != wanted or misnamed:
            message = _("The announcement (%(language)s) does not say what was decided.") % {
                "language": language
            }
            found.append(
                Problem(
                    "publication",
                    message,
                    where=_("Results, version %(version)s") % {"version": published.version},
                )
            )
    return found
