"""From a reviewed proposal to real teams, and telling everybody. Nobody is told before `announce`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hackathon.domain import audit
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event, Registration, Theme

from .. import letters
from ..enums import ProposalState
from ..models import Membership, Proposal, Team
from . import wording
from .problem_file import role_names, stays_as_it_is


class NotReady(Refused):
    code = "proposal_not_ready"


class TeamsChanged(Stale):
    code = "teams_changed"


class NothingToAnnounce(Refused):
    code = "nothing_to_announce"


@transaction.atomic
def apply(*, proposal: Proposal, actor: Account | None, version: int | None = None) -> list[Team]:
    """Make the proposal's teams real: those that stay keep key, table, name and captain; the others are dissolved.

    Applying again changes nothing. With `version`, only that version is applied. Somebody who has withdrawn since is
    left out. Raises NotReady, or TeamsChanged (nothing written) when the proposal or the teams changed meanwhile.
    """
    event = proposal.event
    Event.objects.take_turn(event)
    proposal.refresh_from_db()
    if proposal.state == ProposalState.APPLIED:
        return list(Team.objects.for_event(event).active().in_order())
    if proposal.state != ProposalState.READY:
        raise NotReady(
            _("This proposal is not to be reviewed any more: open the current one, or compute one.")
        )
    if version is not None and version != proposal.version:
        raise TeamsChanged(
            _("Somebody changed the proposal in the meantime: nothing was applied. Look at it again.")
        )
    coming = {
        str(registration.pk): registration
        for registration in Registration.objects.for_event(event).coming().with_people()
    }
    current = list(Membership.objects.for_event(event).current().select_related("team"))
    _check_teams_are_the_same(proposal, coming, current)
    wanted = [team for team in proposal.plan["teams"] if any(person in coming for person in team["people"])]
    teams = _make_teams(event, wanted)
    _seat(proposal, wanted, teams, coming, current)
    proposal.state = ProposalState.APPLIED
    proposal.applied_at = timezone.now()
    proposal.save(update_fields=["state", "applied_at"])
    audit.record(
        event=event,
        actor=actor,
        verb="apply_teams",
        about=proposal,
        teams=len(teams),
        cost=proposal.plan["cost"],
    )
    return list(Team.objects.for_event(event).active().in_order())


@transaction.atomic
def announce(*, event: Event, actor: Account | None) -> int:
    """Tell everybody their team, table, theme and why, once each, in their language; returns how many letters.

    From then on people see their team. Announcing again writes only to those who changed team since.
    """
    Event.objects.take_turn(event)
    members = list(
        Membership.objects.for_event(event)
        .current()
        .filter(team__dissolved_at=None)
        .select_related("team__theme", "team__event", "registration__person")
    )
    if not members:
        raise NothingToAnnounce(_("There is no team to announce: apply a proposal first."))
    captains = {
        member.team_id: member.registration.person.full_name for member in members if member.is_captain
    }
    written = 0
    for member in members:
        language = member.registration.person.language
        with override(language):
            sentences = wording.sentences(member.reasons, roles=role_names(event))
        sent = letters.team_announced(
            membership=member,
            sentences=sentences,
            captain=captains.get(member.team_id, ""),
            language=language,
        )
        written += sent is not None
    event.teams_announced_at = timezone.now()
    event.save(update_fields=["teams_announced_at"])
    audit.record(event=event, actor=actor, verb="announce_teams", people=len(members), letters=written)
    return written


def best_captain(registrations: Iterable[Registration]) -> Registration:
    """Who leads a team that has no captain: somebody we can write to, experienced, registered early. Deterministic."""
    return min(
        registrations,
        key=lambda one: (not one.person.email, -(one.level or 3), one.submitted_at or timezone.now(), one.pk),
    )


def _check_teams_are_the_same(
    proposal: Proposal, coming: dict[str, Registration], current: list[Membership]
) -> None:
    """Whoever joined or changed team since the computation would be moved back without anybody deciding it."""
    then = {p: key for p, key in proposal.problem.get("previous", {}).items() if p in coming}
    now = {str(m.registration_id): m.team.key for m in current if str(m.registration_id) in coming}
    if then != now:
        raise TeamsChanged(
            _("Teams have changed since this proposal was computed: nothing was applied. Compute a new one.")
        )


def _make_teams(event: Event, wanted: list[dict[str, Any]]) -> dict[str, Team]:
    """The team of each key wanted, kept or new; teams no longer wanted are dissolved, those kept as they are never."""
    keys = {team["key"] for team in wanted}
    active = {team.key: team for team in Team.objects.for_event(event).active().with_projects()}
    gone = [team.pk for key, team in active.items() if key not in keys and not stays_as_it_is(team)]
    Team.objects.filter(pk__in=gone).update(dissolved_at=timezone.now())
    teams = {key: team for key, team in active.items() if team.pk not in gone}
    taken = {team.number for team in teams.values()}
    free = (number for number in count(1) if number not in taken)
    themes = {str(theme.pk): theme for theme in Theme.objects.for_event(event)}
    new = []
    for entry in sorted(wanted, key=lambda entry: themes[entry["theme"]].position):
        theme = themes[entry["theme"]]
        team = teams.get(entry["key"])
        if team is None:
            new.append(Team(event=event, theme=theme, key=entry["key"], number=next(free)))
        elif team.theme_id != theme.pk:
            team.theme = theme
            team.save(update_fields=["theme"])
    Team.objects.bulk_create(new)
    return teams | {team.key: team for team in new}


def _seat(
    proposal: Proposal,
    wanted: list[dict[str, Any]],
    teams: dict[str, Team],
    coming: dict[str, Registration],
    current: list[Membership],
) -> None:
    """Everybody in their team, each team with one captain; a membership that ends keeps its dates."""
    moment = timezone.now()
    place = {
        person: teams[entry["key"]] for entry in wanted for person in entry["people"] if person in coming
    }
    staying = {str(m.registration_id): m for m in current if place.get(str(m.registration_id)) == m.team}
    leaving = [m.pk for m in current if str(m.registration_id) not in staying]
    Membership.objects.filter(pk__in=leaving).update(left_at=moment, leaving_reason="placed elsewhere")
    why = proposal.plan.get("why", {})
    captained = {m.team_id for m in staying.values() if m.is_captain}
    new = []
    for entry in wanted:
        team = teams[entry["key"]]
        people = [coming[person] for person in entry["people"] if person in coming]
        captain = None if team.pk in captained else best_captain(people)
        for person in people:
            member = staying.get(str(person.pk))
            if member is None:
                new.append(
                    Membership(team=team, registration=person, is_captain=person is captain, joined_at=moment,
                               reasons=why.get(str(person.pk), []))
                )  # fmt: skip
            elif person is captain:
                member.is_captain = True
                member.save(update_fields=["is_captain"])
    Membership.objects.bulk_create(new)
