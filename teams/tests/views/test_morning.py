from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.enums import Half
from hackathon.models import Presence, Registration
from hackathon.tests.factories import DURING_WORK, make_registration, make_staff
from teams.domain import computing, repairing
from teams.enums import ProposalState
from teams.models import Membership, Proposal, Team
from teams.tests.factories import make_crowd, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning(at, client):
    """Sixteen people in four teams, two of whom are absent, and somebody who came unannounced."""
    at(DURING_WORK)
    event = make_crowd(16, themes=1)
    people = list(Registration.objects.for_event(event).order_by("pk"))
    for start in range(0, 16, 4):
        make_team(event, people=people[start : start + 4])
    late = make_registration(event, state="accepted")
    for one in [*people[2:], late]:
        Presence.objects.create(
            registration=one, day=event.days.first(), half=Half.MORNING, in_at=DURING_WORK
        )
    client.force_login(make_staff(event))
    return event, late


def url(name, event, *args):
    return reverse(f"teams:{name}", args=[event.slug, *args])


def test_morning_says_who_is_missing_and_who_has_no_team(client, morning):
    event, late = morning
    page = client.get(url("morning", event))
    assert page.context["absent"] == 2
    assert page.context["waiting"] == [late]
    assert late.person.full_name in page.content.decode()


def test_morning_asks_the_same_number_of_queries_however_many_wait(client, morning):
    event, _late = morning

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(url("morning", event)).status_code == 200
        return len(seen)

    few = queries()
    for _ in range(10):
        one = make_registration(event, state="accepted")
        Presence.objects.create(
            registration=one, day=event.days.first(), half=Half.MORNING, in_at=DURING_WORK
        )
        make_team(event, people=1)
    assert queries() == few


def test_repair_is_computed_then_summed_up_before_it_is_applied(client, morning):
    event, late = morning
    answer = client.post(url("repair", event))
    proposal = Proposal.objects.get()
    assert answer["Location"] == url("repair_summary", event, proposal.pk)
    computing.compute(proposal=proposal)
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert [one["person"] for one in page.context["placed"]] == [late.person.full_name]
    assert url("apply", event, proposal.pk) in page.content.decode()


def test_stop_ends_the_search_with_teams(client, morning):
    event, _late = morning
    proposal = repairing.propose_repair(event=event, seconds=600, actor=None)
    assert url("stop", event, proposal.pk) in client.get(url("proposal", event, proposal.pk)).content.decode()
    client.post(url("stop", event, proposal.pk))
    assert computing.compute(proposal=proposal).state == ProposalState.READY


def test_one_press_puts_somebody_in_the_best_team(client, morning):
    event, late = morning
    page = client.get(url("place", event, late.pk))
    best = page.context["places"][0].team
    client.post(url("place", event, late.pk), {"team": best.number})
    assert Membership.objects.current().of_registration(late).get().team == best


def test_a_merge_that_is_refused_keeps_what_was_typed(client, morning):
    event, _late = morning
    small = make_team(event, people=1)
    page = client.get(url("mend", event, small.number))
    assert page.status_code == 200
    other = page.context["mates"][0]
    page = client.post(url("merge", event, small.number), {"other": other.pk, "reason": ""})
    assert page.status_code == 400
    answer = client.post(url("merge", event, small.number), {"other": other.pk, "reason": "absents"})
    assert answer.status_code == 302
    assert Team.objects.get(pk=other.pk).dissolved_at


def test_splitting_needs_two_teams_of_the_smallest_size(client, morning):
    event, _late = morning
    team = event.teams.first()
    chosen = list(team.memberships.values_list("pk", flat=True))[:2]
    data = {"people": chosen, "theme": team.theme_id, "reason": "trop nombreux"}
    page = client.post(url("split", event, team.number), data)
    assert page.status_code == 400
    assert event.teams.count() == 4


def test_tables_are_numbered_again(client, morning):
    event, _late = morning
    event.teams.filter(number=4).update(number=40)
    client.post(url("renumber", event))
    assert sorted(event.teams.values_list("number", flat=True)) == [1, 2, 3, 4]
