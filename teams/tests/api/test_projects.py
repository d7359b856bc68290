"""Projects over the API: drafts from a version, nothing lost, the deadline of the server."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.tests.calling import address, caller, queries_by_rows
from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event, make_staff
from teams.models import Project, ProjectVersion
from teams.models.project import CONTENT
from teams.tests.factories import announce_now, make_member, make_project, make_team


@pytest.fixture
def event(db: Any, at: Any) -> Any:
    at(DURING_WORK)
    event = make_event()
    announce_now(event)
    return event


@pytest.fixture
def team(event: Any) -> Any:
    return make_team(event)


@pytest.fixture
def captain(event: Any, team: Any) -> Any:
    return caller(make_member(event, team, is_captain=True)[0])


def test_project_is_begun_once(event: Any, team: Any, captain: Any) -> None:
    answers = [captain.post(address(event, "projects"), {"team": team.number}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"] == Project.objects.get().pk
    for wrong in ({}, {"team": "1"}, {"team": make_team(event).number}, []):
        assert captain.post(address(event, "projects"), wrong).status_code == 404


def test_patch_saves_what_was_sent_and_answers_the_next_version(event: Any, team: Any, captain: Any) -> None:
    project = make_project(team)
    place = address(event, "projects", project.pk)
    saved = captain.patch(place, {"version": 1, "pitch": "Mieux"})
    assert (saved.status_code, saved.json()["version"], saved.json()["pitch"]) == (200, 2, "Mieux")
    assert saved.json()["title"] == project.title
    silent = captain.patch(place, {"pitch": "Encore"})
    assert (silent.status_code, list(silent.json()["details"])) == (400, ["version"])


def test_put_takes_the_whole_draft(event: Any, team: Any, captain: Any) -> None:
    project = make_project(team)
    place = address(event, "projects", project.pk)
    whole = {**dict.fromkeys(CONTENT, ""), "title": "Neuf", "version": 1}
    assert captain.put(place, whole).json()["pitch"] == ""
    missing = captain.put(place, {"title": "Neuf", "version": 2})
    assert missing.status_code == 400
    assert "pitch" in missing.json()["details"]


def test_later_of_two_savings_gets_the_other_and_loses_nothing(event: Any, team: Any, captain: Any) -> None:
    project = make_project(team)
    place = address(event, "projects", project.pk)
    captain.patch(place, {"version": 1, "pitch": "Premier"})
    late = captain.patch(place, {"version": 1, "pitch": "Second"})
    assert (late.status_code, late.json()["code"]) == (409, "stale_project")
    assert late.json()["details"]["current"]["pitch"] == "Premier"
    assert late.json()["details"]["current"]["version"] == 2
    kept = ProjectVersion.objects.get(pk=late.json()["details"]["kept"])
    assert (kept.is_set_aside, kept.content) == (True, {"pitch": "Second"})


def test_addresses_of_links_are_checked(event: Any, team: Any, captain: Any) -> None:
    project = make_project(team)
    for wrong in ({"site_url": "javascript:alert(1)"}, {"title": "x" * 81}, {"pitch": None}):
        answer = captain.patch(address(event, "projects", project.pk), {"version": 1, **wrong})
        assert (answer.status_code, list(answer.json()["details"])) == (400, list(wrong))


def test_submission_gives_a_receipt_and_is_refused_at_the_deadline(
    event: Any, team: Any, captain: Any, at: Any
) -> None:
    project = make_project(team, pitch="")
    place = address(event, "projects", project.pk)
    incomplete = captain.post(place + "submit/")
    assert (incomplete.status_code, incomplete.json()["details"]) == (422, {"missing": ["pitch"]})
    captain.patch(place, {"version": 1, "pitch": "Mieux"})
    submitted = captain.post(place + "submit/")
    assert submitted.json()["state"] == "submitted"
    assert len(submitted.json()["receipt"]) == 64
    assert captain.post(place + "submit/").json() == submitted.json()
    at(DEADLINE)
    late = captain.patch(place, {"version": 2, "pitch": "Trop tard"})
    assert (late.status_code, late.json()["code"]) == (409, "submission_closed")
    assert ProjectVersion.objects.get(pk=late.json()["details"]["kept"]).content == {"pitch": "Trop tard"}
    assert captain.get(place).json()["pitch"] == "Mieux"


def test_organiser_lists_projects_in_as_many_queries_whatever_the_rows(event: Any) -> None:
    client = caller(make_staff(event))
    counts = queries_by_rows(
        lambda count: [make_project(make_team(event)) for _ in range(count)],
        lambda: client.get(address(event, "projects")),
    )
    assert len(set(counts)) == 1


def test_member_lists_their_own_project_only(event: Any, team: Any, captain: Any) -> None:
    own = make_project(team)
    foreign = make_project(make_team(event))
    assert [one["id"] for one in captain.get(address(event, "projects")).json()["results"]] == [own.pk]
    assert captain.get(address(event, "projects", foreign.pk)).status_code == 404


def test_standing_changes_for_a_reason(event: Any, team: Any) -> None:
    project, client = make_project(team), caller(make_staff(event))
    place = address(event, "projects", project.pk, "standing")
    assert client.post(place, {"standing": "out"}).status_code == 400
    assert client.post(place, {"standing": "out", "reason": "Late."}).json()["standing"] == "out"
