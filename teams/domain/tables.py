"""Which table a team sits at: the first free number, another one, all of them numbered again."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from ..models import Team

#: While all are numbered again, each table passes through a number that no hall has: two never share one.
ASIDE = 15_000
HIGHEST = 9_999


class TableRefused(Refused):
    code = "table_refused"


def free_table(event: Event) -> int:
    """The first number that no team has; ask for it under the event's turn."""
    taken = set(Team.objects.for_event(event).active().values_list("number", flat=True))
    return next(number for number in count(1) if number not in taken)


@transaction.atomic
def set_table(*, team: Team, number: int, actor: Account | None) -> Team:
    """Give a team another table. Harmless when repeated; raises TableRefused when another team sits there."""
    Event.objects.take_turn(team.event)
    if not 0 < number <= HIGHEST:
        raise TableRefused(_("Tables have numbers from 1 to %(most)s.") % {"most": HIGHEST})
    there = Team.objects.for_event(team.event).active().at_table(number).first()
    if there is not None and there.pk != team.pk:
        raise TableRefused(
            _("%(team)s sits at table %(number)s: choose a free table, or move that team first.")
            % {"team": there, "number": number}
        )
    if there is None:
        before, team.number = team.number, number
        team.save(update_fields=["number"])
        audit.record(event=team.event, actor=actor, verb="set_table", about=team, before=before, now=number)
    return team


@transaction.atomic
def set_tables(*, event: Event, numbers: Mapping[int, int], actor: Account | None) -> int:
    """Give several teams (by id) their tables at once, two that change places included; returns how many changed.

    All of it or nothing. Raises TableRefused for a number out of range, or one that two teams would have.
    """
    Event.objects.take_turn(event)
    teams = list(Team.objects.for_event(event).active().in_order())
    wanted = {team.pk: numbers.get(team.pk, team.number) for team in teams}
    if numbers.keys() - wanted.keys():
        raise TableRefused(_("One of these teams is dissolved in the meantime: look at the list again."))
    if not all(0 < number <= HIGHEST for number in wanted.values()):
        raise TableRefused(_("Tables have numbers from 1 to %(most)s.") % {"most": HIGHEST})
    for number, doubled in doubles(wanted).items():
        names = [str(team) for team in teams if team.pk in doubled]
        raise TableRefused(
            _("Table %(number)s is given to %(teams)s: each team needs a table of its own.")
            % {"number": number, "teams": ", ".join(names)}
        )
    moving = [team for team in teams if wanted[team.pk] != team.number]
    before = {team.pk: team.number for team in moving}
    Team.objects.filter(pk__in=before).update(number=F("number") + ASIDE)
    for team in moving:
        team.number = wanted[team.pk]
    Team.objects.bulk_update(moving, ["number"])
    for team in moving:
        audit.record(
            event=event, actor=actor, verb="set_table", about=team, before=before[team.pk], now=team.number
        )
    return len(moving)


def doubles(numbers: Mapping[int, int]) -> dict[int, list[int]]:
    """The tables that several teams would have, each with the ids of those teams; the smallest first."""
    teams_at: dict[int, list[int]] = {}
    for team, number in numbers.items():
        teams_at.setdefault(number, []).append(team)
    return {number: teams for number, teams in sorted(teams_at.items()) if len(teams) > 1}


@transaction.atomic
def renumber(*, event: Event, actor: Account | None) -> int:
    """Number the tables 1, 2, 3… theme by theme, without gaps; returns how many teams changed table."""
    Event.objects.take_turn(event)
    teams = list(Team.objects.for_event(event).active().in_order())
    moving = [(team, number) for number, team in enumerate(teams, start=1) if team.number != number]
    Team.objects.filter(pk__in=[team.pk for team, _number in moving]).update(number=F("number") + ASIDE)
    for team, number in moving:
        team.number = number
    Team.objects.bulk_update([team for team, _number in moving], ["number"])
    if moving:
        audit.record(event=event, actor=actor, verb="renumber_tables", about=event, teams=len(moving))
    return len(moving)
