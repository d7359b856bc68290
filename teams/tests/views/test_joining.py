"""« My team » for those who have none, and the captain's page of the team's people."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from hackathon.enums import WindowKind
from hackathon.models import Window
from hackathon.tests.factories import make_account, make_registration, make_role
from teams.domain import recruiting
from teams.models import Ask, Membership, Search, Team
from teams.tests.factories import announce_now, make_crowd, make_member, make_team

pytestmark = pytest.mark.django_db


def address(name, *args, language="fr"):
    with override(language):
        return reverse(f"teams:{name}", args=args)


@pytest.fixture
def event(at):
    found = make_crowd(0)
    at(Window.objects.get(event=found, kind=WindowKind.ROSTER).opens_at)
    return found


@pytest.fixture
def newcomer(event):
    """Somebody with a place and an account: (account, registration)."""
    return lambda **fields: _newcomer(event, **fields)


def _newcomer(event, account=None, **fields):
    registration = make_registration(event, fields.pop("role", None), state="accepted", **fields)
    registration.person.account = account or make_account()
    registration.person.save()
    return registration.person.account, registration


def test_founding_a_team_leads_to_its_code(event, browse, newcomer):
    account, registration = newcomer()
    client = browse(account)
    assert address("found", event.slug) in client.get(address("my_team", event.slug)).text
    theme = event.themes.first().pk
    page = client.post(address("found", event.slug), {"theme": theme, "name": "Les voisins"}, follow=True)
    team = Team.objects.get(name="Les voisins")
    assert page.redirect_chain[-1][0] == address("people", event.slug, team.number)
    assert team.invitation_code[:4] in page.text
    assert "data:image/svg+xml" in page.text
    again = client.post(address("found", event.slug), {"theme": theme})
    assert again.status_code == 409
    assert Team.objects.for_event(event).count() == 1
    assert Membership.objects.get().registration == registration


def test_link_of_the_code_fills_the_box_and_joins_on_a_press_only(event, browse, newcomer):
    team = make_team(event)
    account, registration = newcomer()
    client = browse(account)
    page = client.get(address("my_team", event.slug), {"code": team.invitation_code})
    assert f'value="{team.invitation_code}"' in page.text
    assert not Membership.objects.of_registration(registration).exists()
    client.post(address("join", event.slug), {"code": team.invitation_code})
    assert Membership.objects.current().of_registration(registration).get().team == team


def test_wrong_code_keeps_what_was_typed_and_says_what_to_do(event, browse, newcomer):
    page = browse(newcomer()[0]).post(address("join", event.slug), {"code": "ABCD"})
    assert page.status_code == 409
    assert 'value="ABCD"' in page.text


def test_request_is_answered_on_the_captains_page(event, browse, newcomer):
    team = make_team(event, people=1, is_recruiting=True)
    captain, _own = make_member(event, team, is_captain=True)
    announce_now(event)
    account, registration = newcomer()
    browse(account).post(address("ask", event.slug, team.number), {"message": "Je dessine"})
    page = browse(captain).get(address("people", event.slug, team.number))
    assert "Je dessine" in page.text
    ask = Ask.objects.get()
    browse(captain).post(address("answer_ask", event.slug, ask.pk), {"answer": "yes"})
    assert Membership.objects.current().of_registration(registration).get().team == team


def test_strangers_to_an_ask_do_not_know_of_it(event, browse, newcomer):
    ask = Ask.objects.create(team=make_team(event), registration=newcomer()[1])
    client = browse(newcomer()[0])
    assert client.post(address("answer_ask", event.slug, ask.pk), {"answer": "yes"}).status_code == 404
    assert client.post(address("take_ask_back", event.slug, ask.pk)).status_code == 404


def test_team_that_does_not_look_for_people_is_not_shown(event, browse, newcomer):
    make_team(event, name="Discrète")
    make_team(event, name="Ouverte", is_recruiting=True)
    page = browse(newcomer()[0]).get(address("my_team", event.slug)).text
    assert "Ouverte" in page
    assert "Discrète" not in page


def test_page_names_no_private_role(event, browse, newcomer):
    role = event.roles.get(is_private=True)
    team = make_team(event, people=1, is_recruiting=True)
    captain, _own = make_member(event, team, is_captain=True)
    announce_now(event)
    _account, seeker = newcomer(role=role)
    recruiting.look_for_team(registration=seeker, text="Motivé", actor=None)
    page = browse(captain).get(address("people", event.slug, team.number)).text
    assert "Motivé" in page
    assert role.name not in page


def test_account_of_two_people_says_for_whom(event, browse, newcomer):
    account, first = newcomer()
    _same, second = newcomer(account=account)
    team = make_team(event)
    browse(account).post(
        address("join", event.slug), {"code": team.invitation_code, "registration": second.pk}
    )
    assert Membership.objects.current().of_registration(second).exists()
    assert not Membership.objects.of_registration(first).exists()
    # the other still has no team: but the page shows the team of the one who has
    assert str(team) in browse(account).get(address("my_team", event.slug)).text


def test_searching_shows_and_hides_somebody(event, browse, newcomer):
    client = browse(newcomer()[0])
    client.post(address("search", event.slug), {"text": "Je code"})
    assert Search.objects.get().text == "Je code"
    client.post(address("search", event.slug), {"stop": "1"})
    assert not Search.objects.exists()


def test_leaving_asks_why(event, browse):
    team = make_team(event)
    account, registration = make_member(event, team)
    announce_now(event)
    client = browse(account)
    assert client.post(address("leave", event.slug, team.number), {"reason": ""}).status_code == 422
    client.post(address("leave", event.slug, team.number), {"reason": "Je dois rentrer"})
    assert not Membership.objects.current().of_registration(registration).exists()


def test_captain_hands_over_and_loses_the_page(event, browse):
    team = make_team(event, people=0)
    captain, _own = make_member(event, team, is_captain=True)
    _other, registration = make_member(event, team)
    announce_now(event)
    client = browse(captain)
    member = Membership.objects.current().of_registration(registration).get()
    client.post(address("give_lead", event.slug, team.number), {"captain": member.pk})
    assert client.get(address("people", event.slug, team.number)).status_code == 403


def test_pages_ask_the_same_queries_whatever_the_rows(event, browse, newcomer):
    role = make_role(event, "graphiste")
    home = make_team(event, people=1, is_recruiting=True)
    captain, _own = make_member(event, home, is_captain=True)
    announce_now(event)
    asked = []
    for rows in (1, 3, 30):
        account, _registration = newcomer()
        while Team.objects.looking_for_people().count() < rows + 1:
            make_team(event, people=1, is_recruiting=True).wanted_roles.add(role)
        while Ask.objects.count() < rows:
            Ask.objects.create(team=home, registration=newcomer()[1])
        while Search.objects.count() < rows:
            Search.objects.create(registration=newcomer(role=role, shows_role=True)[1])
        for account_, page in (
            (account, address("my_team", event.slug)),
            (captain, address("people", event.slug, home.number)),
        ):
            client = browse(account_)
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(page).status_code == 200
            asked.append(len(queries))
    assert len(set(asked[0::2])) == len(set(asked[1::2])) == 1, asked
