"""The mentor desk and the team's page to ask for help."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from hackathon.enums import DutyKind
from hackathon.tests.factories import DURING_WORK, make_account, make_staff
from teams.domain import mentoring
from teams.models import HelpRequest
from teams.tests.factories import announce_now, make_crowd, make_member, make_team

pytestmark = pytest.mark.django_db


def address(name, *args, language="fr"):
    with override(language):
        return reverse(f"teams:{name}", args=args)


@pytest.fixture
def event(at):
    at(DURING_WORK)
    found = make_crowd(0)
    announce_now(found)
    return found


@pytest.mark.parametrize(("language", "word"), [("fr", "Demander un mentor"), ("en", "Ask a mentor")])
def test_from_the_table_to_the_closed_request(event, browse, language, word):
    team = make_team(event, number=12)
    account, registration = make_member(event, team)
    mentor = make_staff(event, DutyKind.MENTOR)
    client, desk = browse(account), browse(mentor)
    page = address("help", event.slug, 12, language=language)
    assert word in client.get(page).text
    topic = client.get(page).context["form"].fields["topic"].choices[0][0]
    client.post(page, {"topic": topic, "text": "Notre base de données", "place": ""})
    asked = HelpRequest.objects.get()
    assert asked.asked_by == registration
    queue = desk.get(address("mentors", event.slug, language=language)).text
    assert "Notre base de données" in queue
    assert "Table 12" in queue
    desk.post(address("take_help", event.slug, asked.pk))
    assert str(mentor) in client.get(page).text
    desk.post(address("close_help", event.slug, asked.pk), {"tag": "SQL"})
    asked.refresh_from_db()
    assert asked.tag == "SQL"


def test_queue_is_asked_for_again_as_a_fragment(event, browse):
    desk = browse(make_staff(event, DutyKind.MENTOR))
    page = desk.get(address("mentors", event.slug), headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "<html" not in page.text


def test_desk_is_for_mentors_and_organisers(event, browse):
    assert browse(make_account()).get(address("mentors", event.slug)).status_code == 403
    assert browse(make_staff(event)).get(address("mentors", event.slug)).status_code == 200
    assert browse(make_staff(event, DutyKind.DESK)).get(address("mentors", event.slug)).status_code == 403


def test_another_teams_request_does_not_exist(event, browse):
    account, _own = make_member(event, make_team(event, number=1))
    other = make_team(event, number=2)
    asked = mentoring.ask_help(team=other, registration=None, topic="Pitch", actor=None)
    client = browse(account)
    assert client.post(address("cancel_help", event.slug, 2, asked.pk)).status_code == 404
    assert client.post(address("cancel_help", event.slug, 1, asked.pk)).status_code == 404


def test_queue_asks_the_same_queries_whatever_the_rows(event, browse):
    desk, asked = browse(make_staff(event, DutyKind.MENTOR)), []
    for rows in (1, 3, 30):
        while HelpRequest.objects.count() < rows:
            mentoring.ask_help(team=make_team(event, people=1), registration=None, topic="Pitch", actor=None)
        desk.get(address("mentors", event.slug))
        with CaptureQueriesContext(connection) as queries:
            desk.get(address("mentors", event.slug))
        asked.append(len(queries))
    assert len(set(asked)) == 1, asked
