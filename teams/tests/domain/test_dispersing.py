"""The people of a team too small find other teams, all of them or none."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hackathon.enums import Half
from hackathon.models import Presence, Registration
from hackathon.tests.factories import DURING_WORK, make_registration
from teams.domain import dispersing
from teams.domain.dispersing import DisperseRefused
from teams.models import Membership, Team
from teams.tests.factories import make_crowd, make_project, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    """A team of two beside two teams of four with room for one each, on one theme."""
    event = make_crowd(10, themes=1)
    people = list(Registration.objects.for_event(event).order_by("pk"))
    others = [make_team(event, people=people[:4]), make_team(event, people=people[4:8])]
    return make_team(event, people=people[8:]), others, people


def disperse(team, places, reason="too few"):
    return dispersing.disperse_team(team=team, places=places, reason=reason, actor=None)


def best(team):
    return {offer.registration.pk: offer.teams[0] for offer in dispersing.offers_for(team) if offer.teams}


def members(team):
    return set(Membership.objects.current().in_team(team).values_list("registration_id", flat=True))


def test_each_is_offered_the_best_team_with_room_and_the_place_is_counted(small):
    team, others, people = small
    places = best(team)
    # room for one in each: the second person is not offered the place of the first
    assert set(places.values()) == set(others)
    disperse(team, places)
    assert {len(members(other)) for other in others} == {5}
    assert {one.pk for one in people[8:]} <= members(others[0]) | members(others[1])
    assert Team.objects.get(pk=team.pk).dissolved_at


def test_nobody_present_is_left_without_a_team_and_nothing_is_half_done(small):
    team, others, people = small
    with pytest.raises(DisperseRefused):
        disperse(team, {people[8].pk: others[0]})
    with pytest.raises(DisperseRefused):
        disperse(team, {one.pk: others[0] for one in people[8:]})
    with pytest.raises(DisperseRefused):
        disperse(team, best(team), reason=" ")
    assert len(members(team)) == 2
    assert Team.objects.get(pk=team.pk).dissolved_at is None


def test_team_that_handed_in_stays_and_so_does_one_that_is_settled(small):
    team, others, people = small
    make_project(others[0], submitted=True)
    assert all(others[0] not in offer.teams for offer in dispersing.offers_for(team))
    with pytest.raises(DisperseRefused):
        disperse(team, {people[8].pk: others[0], people[9].pk: others[1]})
    make_project(team, submitted=True)
    with pytest.raises(DisperseRefused):
        disperse(team, best(team))


def test_absent_people_get_no_place(small, at):
    at(DURING_WORK)
    team, _others, people = small
    for one in people[:9]:
        Presence.objects.create(
            registration=one, day=team.event.days.first(), half=Half.MORNING, in_at=DURING_WORK
        )
    absent = [offer.registration for offer in dispersing.offers_for(team) if offer.is_absent]
    assert absent == [people[9]]
    disperse(team, best(team))
    assert not Membership.objects.current().of_registration(people[9]).exists()
    assert Membership.objects.current().of_registration(people[8]).exists()


def test_offers_ask_the_same_number_of_queries_however_many_teams(small):
    team, _others, _people = small
    dispersing.offers_for(team)  # what an event remembers is asked once
    counts = []
    for more in (0, 3):
        for _ in range(more):
            make_team(team.event, people=[make_registration(team.event) for _ in range(3)])
        with CaptureQueriesContext(connection) as seen:
            dispersing.offers_for(team)
        counts.append(len(seen))
    assert counts[0] == counts[1]
