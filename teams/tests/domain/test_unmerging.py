"""A merge taken back: both teams as they were, and never by guessing."""

from __future__ import annotations

import pytest

from hackathon.domain import audit, windows
from hackathon.models import AuditEntry, Registration
from hackathon.tests.factories import DURING_WORK, make_registration
from teams.domain import merging, unmerging
from teams.domain.unmerging import UnmergeRefused
from teams.models import Membership, Project, Team
from teams.tests.factories import make_crowd, make_project, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(monkeypatch):
    """`into` has taken `other` over: three people and two, the captain of each the first."""
    monkeypatch.setattr(windows, "rosters_are_open", lambda event: True)
    event = make_crowd(5)
    people = list(Registration.objects.for_event(event).order_by("pk"))
    into, other = make_team(event, people=people[:3], name="Alpha"), make_team(event, people=people[3:])
    make_project(other, title="Theirs")
    merging.merge_teams(into=into, other=other, reason="two are absent", actor=None)
    return into, other, people


def members(team):
    return set(Membership.objects.current().in_team(team).values_list("registration_id", flat=True))


def undo(team):
    return unmerging.undo_merge(team=team, actor=None)


def test_merge_taken_back_gives_both_teams_their_people_captain_table_and_project(merged):
    into, other, people = merged
    assert unmerging.other_of(into) == other
    back = undo(into)
    assert back == other
    back.refresh_from_db()
    assert (back.dissolved_at, back.number, back.project.title) == (None, other.number, "Theirs")
    assert members(into) == {one.pk for one in people[:3]}
    assert members(back) == {one.pk for one in people[3:]}
    for team, captain in ((into, people[0]), (back, people[3])):
        leader = Membership.objects.current().in_team(team).get(is_captain=True)
        assert leader.registration_id == captain.pk
    assert AuditEntry.objects.doing("undo_merge").count() == 1


def test_merge_is_taken_back_once(merged):
    into, _other, _people = merged
    undo(into)
    assert unmerging.other_of(into) is None
    with pytest.raises(UnmergeRefused):
        undo(into)


def test_merge_stays_once_somebody_joined_or_left(merged):
    into, _other, people = merged
    Membership.objects.current().filter(registration=people[4]).update(left_at=DURING_WORK)
    assert unmerging.other_of(into) is None
    with pytest.raises(UnmergeRefused):
        undo(into)
    newcomer = make_registration(into.event, state="accepted")
    merging.place_person(registration=newcomer, team=into, actor=None)
    with pytest.raises(UnmergeRefused):
        undo(into)


def test_merge_stays_once_the_project_is_handed_in(merged):
    into, _other, _people = merged
    project = Project.objects.get(team=into)
    project.state, project.submitted_at = "submitted", DURING_WORK
    project.save()
    assert unmerging.other_of(Team.objects.get(pk=into.pk)) is not None, "handed in before"
    audit.record(event=into.event, actor=None, verb="submit_project", about=project)
    with pytest.raises(UnmergeRefused):
        undo(Team.objects.get(pk=into.pk))


def test_merge_stays_once_rosters_are_closed(merged, monkeypatch):
    into, _other, _people = merged
    monkeypatch.setattr(windows, "rosters_are_open", lambda event: False)
    with pytest.raises(UnmergeRefused):
        undo(into)


def test_team_whose_table_and_key_were_taken_gets_others(merged):
    into, other, _people = merged
    make_team(into.event, people=[make_registration(into.event)], number=other.number, key=other.key)
    back = undo(into)
    assert back.number != other.number
    assert back.key != other.key
