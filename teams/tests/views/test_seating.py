"""The pages of the tables, of a small team whose people move, of a merge taken back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.domain import windows
from hackathon.models import Registration
from hackathon.tests.factories import DURING_WORK, make_staff
from teams.domain import merging
from teams.models import Membership, Team
from teams.tests.factories import make_crowd, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at, client):
    at(DURING_WORK)
    found = make_crowd(10, themes=1)
    client.force_login(make_staff(found))
    return found


def url(name, event, *args):
    return reverse(f"teams:{name}", args=[event.slug, *args])


def test_tables_are_swapped_and_a_double_is_said_at_both_teams(client, event):
    one, two = make_team(event, people=1, name="Alpha"), make_team(event, people=1, name="Beta")
    answer = client.post(url("tables", event), {f"table_{one.pk}": 2, f"table_{two.pk}": 2})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {f"table_{one.pk}", f"table_{two.pk}"}
    assert "Alpha" in str(answer.context["form"].errors[f"table_{two.pk}"])
    client.post(url("tables", event), {f"table_{one.pk}": 2, f"table_{two.pk}": 1})
    assert [*Team.objects.order_by("pk").values_list("number", flat=True)] == [2, 1]


def test_tables_page_asks_the_same_number_of_queries_for_any_number_of_teams(client, event):
    counts = []
    for _ in range(3):
        for _more in range(3):
            make_team(event, people=1)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url("tables", event)).status_code == 200
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_people_of_a_small_team_are_previewed_then_moved(client, event):
    people = list(Registration.objects.for_event(event).order_by("pk"))
    make_team(event, people=people[:4])
    make_team(event, people=people[4:8])
    small = make_team(event, people=people[8:])
    page = client.get(url("disperse", event, small.number))
    form = page.context["form"]
    assert people[8].person.full_name in page.content.decode()
    assert Membership.objects.current().in_team(small).count() == 2  # nothing changes by looking
    sent = {field.html_name: field.field.choices[0][0] for _offer, field in form.rows}
    answer = client.post(url("disperse", event, small.number), sent | {"reason": "too few"})
    assert answer.status_code == 302
    assert Team.objects.get(pk=small.pk).dissolved_at


def test_merge_is_taken_back_from_the_page_of_the_team(client, event, monkeypatch):
    monkeypatch.setattr(windows, "rosters_are_open", lambda event: True)
    people = list(Registration.objects.for_event(event).order_by("pk"))
    into, other = make_team(event, people=people[:3]), make_team(event, people=people[3:5])
    assert client.get(url("team", event, into.number)).context["merged"] is None
    merging.merge_teams(into=into, other=other, reason="small", actor=None)
    assert client.get(url("team", event, into.number)).context["merged"] == other
    client.post(url("undo_merge", event, into.number))
    assert Membership.objects.current().in_team(other).count() == 2
