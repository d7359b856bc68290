"""Teams over the API: a member's own table, with the roles that people show; the organiser's acts."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.tests.calling import address, caller, queries_by_rows
from hackathon.tests.factories import DURING_WORK, make_event, make_registration, make_role, make_staff
from teams.tests.factories import announce_now, make_member, make_project, make_team


@pytest.fixture
def event(db: Any, at: Any) -> Any:
    at(DURING_WORK)
    return make_event()


def test_member_reads_their_own_team_and_shown_roles_only(event: Any) -> None:
    seeker = make_role(event, "chercheur-emploi", is_private=True)
    designer = make_role(event, "designer")
    people = [make_registration(event, seeker), make_registration(event, designer, shows_role=True)]
    team = make_team(event, people=people)
    make_team(event)
    account, _own = make_member(event, team)
    announce_now(event)
    listed = caller(account).get(address(event, "teams"))
    assert [one["number"] for one in listed.json()["results"]] == [team.number]
    roles = {one["registration"]: one["role"] for one in listed.json()["results"][0]["members"]}
    assert roles[people[0].pk] == "Participant·e"
    assert roles[people[1].pk] == "Designer"
    assert "chercheur" not in listed.content.decode().lower()


def test_nobody_reads_teams_before_they_are_announced(event: Any) -> None:
    team = make_team(event)
    account, _own = make_member(event, team)
    assert caller(account).get(address(event, "teams")).status_code == 403
    assert caller(account).get(address(event, "teams", team.number)).status_code == 404
    announce_now(event)
    assert caller(account).get(address(event, "teams", team.number)).status_code == 200


def test_organiser_reads_every_team_in_as_many_queries_whatever_the_rows(event: Any) -> None:
    client = caller(make_staff(event))
    counts = queries_by_rows(
        lambda count: [make_project(make_team(event)) for _ in range(count)],
        lambda: client.get(address(event, "teams")),
    )
    assert len(set(counts)) == 1


def test_captain_changes_to_a_member_only(event: Any) -> None:
    team, client = make_team(event), caller(make_staff(event))
    stranger, member = make_registration(event), team.memberships.last().registration
    refused = client.post(address(event, "teams", team.number, "captain"), {"registration": stranger.pk})
    assert (refused.status_code, refused.json()["code"]) == (409, "joining_refused")
    done = client.post(address(event, "teams", team.number, "captain"), {"registration": member.pk})
    captains = [one["registration"] for one in done.json()["members"] if one["is_captain"]]
    assert captains == [member.pk]
    assert (
        client.post(address(event, "teams", team.number, "lock"), {"is_locked": True}).json()["is_locked"]
        is True
    )


def test_member_names_the_team(event: Any) -> None:
    team = make_team(event)
    account, _own = make_member(event, team)
    announce_now(event)
    answer = caller(account).patch(address(event, "teams", team.number), {"name": "  Les   Voisins "})
    assert answer.json()["name"] == "Les Voisins"
