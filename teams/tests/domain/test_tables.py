"""Tables: given all at once, two teams changing places included, and never one to two teams."""

from __future__ import annotations

import pytest

from hackathon.models import AuditEntry
from teams.domain import tables
from teams.domain.tables import TableRefused
from teams.models import Team
from teams.tests.factories import make_crowd, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams():
    event = make_crowd(0)
    return [make_team(event, people=1, name=name) for name in ("Alpha", "Beta", "Gamma")]


def numbers():
    return list(Team.objects.order_by("pk").values_list("number", flat=True))


def give(teams, *wanted):
    found = {team.pk: number for team, number in zip(teams, wanted, strict=False)}
    return tables.set_tables(event=teams[0].event, numbers=found, actor=None)


def test_teams_change_places_at_once(teams):
    assert give(teams, 2, 1, 30) == 3
    assert numbers() == [2, 1, 30]
    assert AuditEntry.objects.doing("set_table").count() == 3
    assert give(teams, 2, 1, 30) == 0
    assert AuditEntry.objects.doing("set_table").count() == 3


@pytest.mark.parametrize("wanted", [(2,), (7, 7, 3), (0,), (10_000,)])
def test_table_of_two_teams_or_of_no_hall_is_refused_and_nothing_changes(teams, wanted):
    with pytest.raises(TableRefused):
        give(teams, *wanted)
    assert numbers() == [1, 2, 3]


def test_refusal_names_both_teams(teams):
    with pytest.raises(TableRefused, match="Alpha, Beta"):
        give(teams, 2)


def test_table_of_a_dissolved_team_is_free(teams):
    Team.objects.filter(pk=teams[1].pk).update(dissolved_at=teams[1].created_at)
    give(teams[:1], 2)
    assert numbers()[0] == 2
    with pytest.raises(TableRefused):
        give(teams, 5, 6)
