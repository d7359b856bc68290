"""May this team write now: the window, the grace, one team's reopening, and those who left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from hackathon.domain import clock, windows
from hackathon.enums import Override, WindowKind
from hackathon.models import OutgoingMail, Person
from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event
from teams.domain import reopening, standing, submitting
from teams.domain.reopening import ReopeningRefused
from teams.domain.standing import StandingRefused
from teams.domain.submitting import SubmissionClosed
from teams.enums import Standing
from teams.models import Project, Reopening
from teams.tests.factories import make_project, make_team

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


@pytest.fixture
def team(at):
    at(DURING_WORK)
    return make_team(make_event())


def save(project, title="written"):
    return submitting.save_draft(
        project=project, content={"title": title}, version=project.version, actor=None
    )


def test_deadline_is_half_open_to_the_microsecond(team, at):
    at(DEADLINE - TICK)
    assert submitting.writing(team) == submitting.Writing(True, until=DEADLINE)
    at(DEADLINE)
    assert not submitting.writing(team).is_open


@pytest.mark.parametrize(
    ("after", "is_open"),
    [(timedelta(), True), (timedelta(minutes=10) - TICK, True), (timedelta(minutes=10), False)],
)
def test_grace_begins_at_the_deadline_and_is_half_open(team, at, after, is_open):
    team.event.submission_grace = 10
    at(DEADLINE + after)
    now = submitting.writing(team)
    assert (now.is_open, now.is_late) == (is_open, is_open)
    if is_open:
        assert (now.grace, now.until) == (10, DEADLINE + timedelta(minutes=10))


def test_a_window_shut_by_hand_has_no_grace(team, at):
    team.event.submission_grace = 10
    window = windows.window_of(team.event, WindowKind.SUBMISSION)
    windows.override_window(window=window, override=Override.CLOSED, reason="incident", actor=None)
    at(DEADLINE + TICK)
    assert not submitting.writing(team).is_open


def test_what_is_handed_in_within_the_grace_is_marked_late(team, at):
    team.event.submission_grace = 10
    project = make_project(team)
    at(DEADLINE)
    assert submitting.submit_project(project=project, actor=None).is_late


def test_a_submitted_project_that_changes_late_is_marked_late_and_a_draft_is_not_yet(team, at):
    team.event.submission_grace = 10
    project = submitting.submit_project(project=make_project(team), actor=None)
    draft = make_project(make_team(team.event))
    draft.team.event = team.event
    assert not project.is_late
    at(DEADLINE)
    assert save(project).is_late
    assert not save(draft).is_late


def test_one_team_writes_again_until_then_and_the_others_do_not(team, at):
    other = make_team(team.event)
    project = make_project(team)
    until = DEADLINE + timedelta(minutes=30)
    at(DEADLINE + TICK)
    reopening.reopen_team(team=team, until=until, reason="power cut", actor=None)
    assert submitting.writing(team).reopening is not None
    assert not submitting.writing(other).is_open
    assert submitting.submit_project(project=project, actor=None).is_late
    letter = OutgoingMail.objects.get(letter="team_reopened")
    assert "power cut" in letter.text
    at(until - TICK)
    assert submitting.writing(team).is_open
    at(until)
    with pytest.raises(SubmissionClosed):
        save(project)


def test_a_reopening_ends_when_an_organiser_says_so_and_a_new_one_replaces_it(team, at):
    at(DEADLINE)
    first = reopening.reopen_team(team=team, until=DEADLINE + timedelta(hours=1), reason="a", actor=None)
    second = reopening.reopen_team(team=team, until=DEADLINE + timedelta(minutes=5), reason="b", actor=None)
    first.refresh_from_db()
    assert first.closed_at == DEADLINE
    assert submitting.writing(team).until == second.until
    reopening.close_reopening(reopening=second, actor=None)
    assert not submitting.writing(team).is_open


def test_a_reopening_given_before_the_deadline_counts_from_it(team, at):
    given = reopening.reopen_team(team=team, until=DEADLINE + timedelta(minutes=5), reason="a", actor=None)
    assert given.opens_at == DEADLINE
    assert not submitting.writing(team).is_late
    at(DEADLINE)
    assert submitting.writing(team).is_late


@pytest.mark.parametrize(
    ("reason", "until"), [(" ", timedelta(hours=1)), ("x" * 251, timedelta(hours=1)), ("why", timedelta())]
)
def test_a_reopening_without_a_reason_or_a_later_time_is_refused(team, at, reason, until):
    at(DEADLINE)
    with pytest.raises(ReopeningRefused):
        reopening.reopen_team(team=team, until=DEADLINE + until, reason=reason, actor=None)
    assert not Reopening.objects.exists()


def test_the_database_refuses_a_reopening_without_a_reason(team):
    with pytest.raises(IntegrityError):
        Reopening.objects.create(team=team, reason="", opens_at=DEADLINE, until=DEADLINE + TICK)


@pytest.mark.parametrize("gone", [Standing.WITHDRAWN, Standing.DISQUALIFIED])
def test_a_project_that_left_is_read_only_and_cannot_be_reopened(team, gone):
    project = make_project(team)
    standing.change_standing(project=project, standing=gone, reason="why", actor=None)
    assert not submitting.writing(team).is_open
    with pytest.raises(SubmissionClosed):
        save(Project.objects.with_teams().get())
    with pytest.raises(ReopeningRefused):
        reopening.reopen_team(team=team, until=DEADLINE + TICK, reason="x", actor=None)


def test_a_project_out_of_competition_is_still_written(team):
    project = make_project(team)
    standing.change_standing(project=project, standing=Standing.OUT, reason="partner", actor=None)
    assert save(project).title == "written"


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Standing.OUT, "takes no prize"),
        (Standing.WITHDRAWN, "is withdrawn"),
        (Standing.DISQUALIFIED, "is disqualified"),
    ],
)
def test_the_captain_is_told_of_each_change_with_its_reason(team, where, words):
    project = make_project(team)
    Person.objects.update(language="en")
    standing.change_standing(project=project, standing=where, reason="parce que", actor=None)
    letter = OutgoingMail.objects.get(letter="standing_changed")
    assert "parce que" in letter.text
    assert words in letter.subject + letter.text


def test_a_team_withdraws_once_and_not_after_publication(team):
    project = make_project(team)
    with pytest.raises(StandingRefused):
        standing.withdraw_project(project=project, reason=" ", actor=None)
    standing.withdraw_project(project=project, reason="we stop", actor=None)
    assert Project.objects.get().standing == Standing.WITHDRAWN
    with pytest.raises(StandingRefused):
        standing.withdraw_project(project=project, reason="again", actor=None)
    late = make_project(make_team(team.event))
    late.team.event = team.event
    team.event.published_at = DEADLINE
    with pytest.raises(StandingRefused):
        standing.withdraw_project(project=late, reason="x", actor=None)


def test_a_dissolved_team_writes_no_more(team):
    team.dissolved_at = DURING_WORK
    with override("en"), pytest.raises(SubmissionClosed, match="dissolved"):
        submitting.check_open(team)


def test_a_deadline_in_the_hour_that_comes_twice_is_one_moment(team, monkeypatch):
    """30 October 2016, 02:30 in Paris is on the wall at 00:30 and at 01:30 UTC: the deadline is the second."""
    deadline = datetime(2016, 10, 30, 1, 30, tzinfo=UTC)
    assert team.event.zone == ZoneInfo("Europe/Paris")
    windows.set_window(
        event=team.event,
        kind=WindowKind.SUBMISSION,
        opens_at=deadline - timedelta(hours=9),
        closes_at=deadline,
        actor=None,
    )
    for moment, is_open in (
        (deadline - timedelta(hours=1), True),
        (deadline - TICK, True),
        (deadline, False),
    ):
        monkeypatch.setattr(clock, "now", lambda event, moment=moment: moment)
        assert submitting.writing(team).is_open is is_open
    with override("en"):
        assert submitting.words(team.event, deadline).endswith("02:30 (CET)")
        assert submitting.words(team.event, deadline - timedelta(hours=1)).endswith("02:30 (CEST)")
