"""Two organisers merge the same teams in opposite directions, or place people in the last seat, at the same moment."""

from __future__ import annotations

import pytest

from hackathon.models import Event
from hackathon.tests.factories import make_registration
from teams.domain import merging, placing, tables
from teams.domain.joining import members_of
from teams.models import Membership, Team
from teams.tests.domain.test_joining_race import THREADS, all_at_once, fresh
from teams.tests.factories import make_crowd, make_plan, make_team

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event() -> Event:
    return make_crowd(0)


def team_again(team: Team) -> Team:
    return Team.objects.with_themes().get(pk=team.pk)


def test_merging_both_ways_at_once_leaves_one_team_with_everybody(event: Event) -> None:
    a, b = make_team(event, people=2), make_team(event, people=2)
    raised = all_at_once(
        lambda number: merging.merge_teams(
            into=team_again((a, b)[number % 2]), other=team_again((b, a)[number % 2]), reason="x", actor=None
        )
    )
    assert {type(error) for error in raised} == {merging.MergeRefused}
    assert len(raised) == THREADS - 1
    left = Team.objects.for_event(event).active().get()
    assert members_of(left) == 4
    assert Membership.objects.current().in_team(left).captains().count() == 1


def test_twenty_placed_in_the_last_seat_make_one(event: Event) -> None:
    team = make_team(event, people=event.team_size_max - 1)
    people = [make_registration(event, state="accepted") for _ in range(THREADS)]
    raised = all_at_once(
        lambda number: merging.place_person(
            registration=fresh(people[number]), team=team_again(team), actor=None
        )
    )
    assert members_of(team) == event.team_size_max
    assert [type(error) for error in raised] == [merging.SeatRefused] * (THREADS - 1)


def test_the_guard_is_what_keeps_the_last_seat_single(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Event.objects.__class__, "take_turn", lambda self, event: None)
    from django.db import connection

    if connection.vendor == "sqlite":
        pytest.skip("SQLite's write transactions begin at once, which is a guard of its own")
    team = make_team(event, people=event.team_size_max - 1)
    people = [make_registration(event, state="accepted") for _ in range(THREADS)]
    all_at_once(
        lambda number: merging.place_person(
            registration=fresh(people[number]), team=team_again(team), actor=None
        )
    )
    assert members_of(team) > event.team_size_max


def test_applying_twenty_times_and_numbering_tables_meanwhile_makes_each_team_once(event: Event) -> None:
    people = [make_registration(event, state="accepted") for _ in range(8)]
    proposal = make_plan(event, [people[:4], people[4:]])

    def act(number: int) -> None:
        if number % 2:
            tables.renumber(event=Event.objects.get(pk=event.pk), actor=None)
        else:
            placing.apply(
                proposal=type(proposal).objects.select_related("event").get(pk=proposal.pk), actor=None
            )

    assert all_at_once(act) == []
    assert Team.objects.for_event(event).active().count() == 2
    assert Membership.objects.for_event(event).current().count() == 8
