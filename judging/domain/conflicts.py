"""Conflicts of interest: declared by jurors, suggested from what is known, confirmed or set aside by organisers.

Those in force keep a juror's ballots from a team's project, in rounds already laid out as in those to come. A
suggestion names what is shared and never another person. Drawing, repairing and reopening ask `kept_apart`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.kit.folding import fold
from hackathon.models import Account, Event, Person
from teams.domain import mentoring
from teams.models import Membership, Team

from ..enums import ConflictState
from ..models import Ballot, Conflict, Juror
from .recusing import recuse

#: Addresses that anybody may have, and those reserved for made-up people (RFC 2606): sharing one says nothing.
GENERIC = frozenset(
    "gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com yahoo.com yahoo.fr "
    "ymail.com icloud.com me.com mac.com proton.me protonmail.com pm.me gmx.com gmx.fr gmx.de mail.com laposte.net "
    "orange.fr wanadoo.fr free.fr sfr.fr neuf.fr bbox.fr numericable.fr aol.com tutanota.com zaclys.net mailo.com "
    "example.org example.com example.net".split()
)


class ConflictRefused(Refused):
    code = "conflict_refused"


@dataclass(frozen=True)
class Suggestion:
    """`reason`: everything that is shared, as one sentence."""

    juror: Juror
    team: Team
    reason: str


@transaction.atomic
def declare(*, juror: Juror, team: Team, reason: str, actor: Account | None) -> Conflict:
    """A juror says that they must not mark a team. Their ballots on it are recused. Raises ConflictRefused."""
    why = reason.strip()[:250] or _("Declared by the juror")
    return _decide(juror, team, ConflictState.DECLARED, why, actor, "declare_conflict")


@transaction.atomic
def confirm(*, juror: Juror, team: Team, reason: str, actor: Account | None) -> Conflict:
    """An organiser keeps a juror from a team, suggested or not. Raises ConflictRefused without a reason."""
    return _decide(juror, team, ConflictState.CONFIRMED, reason.strip()[:250], actor, "confirm_conflict")


@transaction.atomic
def dismiss(*, juror: Juror, team: Team, reason: str, actor: Account | None) -> Conflict:
    """An organiser sets a suggestion or a conflict aside. Ballots recused meanwhile stay so until they are reopened.

    Raises ConflictRefused without a reason.
    """
    return _decide(juror, team, ConflictState.DISMISSED, reason.strip()[:250], actor, "dismiss_conflict")


def _decide(
    juror: Juror, team: Team, state: ConflictState, why: str, actor: Account | None, verb: str
) -> Conflict:
    Event.objects.take_turn(juror.event)
    if team.event_id != juror.event_id:
        raise ConflictRefused(_("This team is another event’s."))
    if not why:
        raise ConflictRefused(_("Say what stands between this juror and this team: the reason is kept."))
    conflict, _is_new = Conflict.objects.update_or_create(
        juror=juror,
        team=team,
        defaults={"state": state, "reason": why, "decided_by": actor, "decided_at": timezone.now()},
    )
    if state != ConflictState.DISMISSED:
        for ballot in Ballot.objects.for_juror(juror).on_team(team).still_changing():
            recuse(ballot=ballot, reason=why, actor=actor)
    audit.record(event=juror.event, actor=actor, verb=verb, about=juror, team=team.number, reason=why)
    return conflict


def kept_apart(event: Event) -> dict[tuple[int, int], str]:
    """(juror, project) → why: a member of the team, or a conflict in force. Two queries."""
    found = {
        (juror, project): _("Member of the team")
        for juror, project in Membership.objects.current()
        .for_event(event)
        .filter(registration__person__juror__isnull=False, team__project__isnull=False)
        .values_list("registration__person__juror", "team__project")
    }
    rows = Conflict.objects.for_event(event).in_force().filter(team__project__isnull=False)
    return found | {
        (juror, project): reason
        for juror, project, reason in rows.values_list("juror_id", "team__project", "reason")
    }


def suggestions(event: Event) -> list[Suggestion]:
    """What may be a conflict and nobody has answered yet, by juror and team. Five queries, whatever the size."""
    jurors = list(Juror.objects.for_event(event).sitting().with_people())
    teams = list(Team.objects.for_event(event).active().with_themes().select_related("project").in_order())
    answered = set(Conflict.objects.for_event(event).values_list("juror_id", "team_id"))
    people: dict[int, list[Person]] = defaultdict(list)
    members = Membership.objects.current().for_event(event).select_related("registration__person")
    for membership in members:
        people[membership.team_id].append(membership.registration.person)
    helped = mentoring.mentors_of(event)
    found = []
    for juror in jurors:
        for team in teams:
            own = {one.pk for one in people[team.pk]}
            if (juror.pk, team.pk) in answered or juror.person_id in own:
                continue  # a member of the team is kept apart without being asked
            shared = _shared(juror.person, people[team.pk])
            if (juror.person.account_id, team.pk) in helped:
                shared.append(_("helped this team at the mentor desk"))
            if shared:
                found.append(Suggestion(juror, team, _sentence(shared)))
    return found


def _shared(person: Person, others: list[Person]) -> list[str]:
    """What somebody has in common with one of those people, without saying whom."""
    reasons: list[str] = []
    if _any(fold(person.organisation), [fold(one.organisation) for one in others]):
        reasons.append(_("same organisation as a member (%(name)s)") % {"name": person.organisation})
    if _any(fold(person.last_name), [fold(one.last_name) for one in others]):
        reasons.append(_("same surname as a member"))
    domain = domain_of(person.email)
    if domain not in GENERIC and _any(domain, [domain_of(one.email) for one in others]):
        reasons.append(_("same e-mail domain as a member (%(name)s)") % {"name": domain})
    return reasons


def _any(one: str, others: list[str]) -> bool:
    return bool(one) and one in others


def domain_of(email: str) -> str:
    """What follows the @, in small letters; empty without one."""
    return email.rpartition("@")[2].strip().lower() if "@" in email else ""


def _sentence(parts: list[str]) -> str:
    joined: Any = ", ".join(parts)
    return (joined[:1].upper() + joined[1:])[:250]
