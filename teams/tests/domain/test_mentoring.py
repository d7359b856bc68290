"""The mentor desk: asked, taken by one, handed over, closed with a word; waiting times."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hackathon.enums import DutyKind
from hackathon.tests.factories import DURING_WORK, make_account, make_staff
from teams.domain import mentoring
from teams.enums import HelpState
from teams.models import HelpRequest
from teams.tests.factories import make_crowd, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at):
    at(DURING_WORK)
    return make_crowd(0)


@pytest.fixture
def asked(event):
    return lambda topic="Pitch", team=None: mentoring.ask_help(
        team=team or make_team(event, people=1), registration=None, topic=topic, actor=None
    )


@pytest.fixture
def mentor(event):
    return make_staff(event, DutyKind.MENTOR)


def test_same_topic_asked_twice_is_one_request(event, asked):
    team = make_team(event)
    assert asked(team=team) == asked(team=team)
    assert HelpRequest.objects.count() == 1


def test_team_waits_at_its_table_unless_it_says_where(event):
    team = make_team(event, number=7)
    first = mentoring.ask_help(team=team, registration=None, topic="Pitch", actor=None)
    second = mentoring.ask_help(team=team, registration=None, topic="Design", place="Hall", actor=None)
    assert (first.place, second.place) == ("Table 7", "Hall")


def test_fourth_open_request_is_refused(event, asked):
    team = make_team(event)
    for topic in ("Pitch", "Design", "Droit"):
        asked(topic, team)
    with pytest.raises(mentoring.HelpRefused, match="3"):
        asked("Code", team)


def test_of_two_mentors_one_has_it_and_the_other_is_told_who(asked, mentor):
    request = asked()
    mentoring.take_help(request=request, actor=mentor)
    mentoring.take_help(request=HelpRequest.objects.get(pk=request.pk), actor=mentor)
    with pytest.raises(mentoring.TakenByAnother, match=str(mentor)):
        mentoring.take_help(request=HelpRequest.objects.get(pk=request.pk), actor=make_account())
    request.refresh_from_db()
    assert request.mentor == mentor


def test_handed_over_it_keeps_its_place_and_the_word(asked, mentor, at):
    first = asked()
    at(DURING_WORK + timedelta(minutes=5))
    second = asked()
    mentoring.take_help(request=first, actor=mentor)
    mentoring.hand_help_over(request=first, note="Plutôt du droit", actor=mentor)
    queue = list(HelpRequest.objects.waiting().longest_waiting_first())
    assert queue == [first, second]
    assert queue[0].note == "Plutôt du droit"


def test_closing_needs_a_word_and_a_mentor(asked, mentor):
    request = asked()
    with pytest.raises(mentoring.HelpRefused):
        mentoring.close_help(request=request, tag="droit", actor=mentor)
    mentoring.take_help(request=request, actor=mentor)
    with pytest.raises(mentoring.HelpRefused):
        mentoring.close_help(request=request, tag=" ", actor=mentor)
    mentoring.close_help(request=request, tag="droit", actor=mentor)
    mentoring.close_help(request=request, tag="autre", actor=mentor)
    request.refresh_from_db()
    assert (request.state, request.tag) == (HelpState.CLOSED, "droit")


def test_what_was_taken_back_is_taken_by_nobody(asked, mentor):
    request = asked()
    mentoring.cancel_help(request=request, actor=None)
    with pytest.raises(mentoring.HelpRefused):
        mentoring.take_help(request=request, actor=mentor)


def test_waiting_times(event, asked, mentor, at):
    for minutes in (4, 10, 60):
        at(DURING_WORK)
        request = asked()
        at(DURING_WORK + timedelta(minutes=minutes))
        mentoring.take_help(request=request, actor=mentor)
    at(DURING_WORK)
    asked()
    found = mentoring.waits(event, DURING_WORK + timedelta(minutes=20))
    assert (found.waiting, found.longest) == (1, timedelta(minutes=20))
    assert (found.served, found.usual) == (3, timedelta(minutes=10))


def test_whoever_helped_is_known_to_the_jury(event, asked, mentor):
    request = asked()
    assert mentoring.mentors_of(event) == set()
    mentoring.take_help(request=request, actor=mentor)
    assert mentoring.mentors_of(event) == {(mentor.pk, request.team_id)}
    mentoring.close_help(request=request, tag="droit", actor=mentor)
    assert mentoring.mentors_of(event) == {(mentor.pk, request.team_id)}


def test_whoever_helped_is_asked_once_however_many_teams(event, asked, mentor, django_assert_num_queries):
    for _ in range(3):
        mentoring.take_help(request=asked(), actor=mentor)
    with django_assert_num_queries(1):
        mentoring.mentors_of(event)
