from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from hackathon.tests.factories import DURING_WORK, make_account, make_registration, make_role, make_staff
from teams.tests.factories import announce_now, make_crowd, make_member, make_team

pytestmark = pytest.mark.django_db


def address(name, *args, language="fr"):
    with override(language):
        return reverse(f"teams:{name}", args=args)


@pytest.fixture
def event(at):
    at(DURING_WORK)
    return make_crowd(0)


def seated(event, *, roles, shows=()):
    """A team of one person per role key; those in `shows` show theirs."""
    by_key = {role.key: role for role in event.roles.all()}
    people = [make_registration(event, by_key[key], shows_role=key in shows) for key in roles]
    return make_team(event, people=people)


def test_team_is_not_seen_before_it_is_announced(event, browse):
    account, registration = make_member(event, make_team(event))
    registration.state = "accepted"
    registration.save()
    page = browse(account).get(address("my_team", event.slug))
    assert "ne sont pas encore annoncées" in page.content.decode()
    assert browse(account).get(address("own_team", event.slug, 1)).status_code == 404
    announce_now(event)
    assert "Qui nous sommes" in browse(account).get(address("my_team", event.slug)).content.decode()


@pytest.mark.parametrize(
    ("language", "reason"), [("fr", "Vous n’avez pas indiqué de thématique"), ("en", "You named no theme")]
)
def test_team_page_says_who_why_and_who_leads(event, browse, language, reason):
    team = make_team(event)
    account, registration = make_member(event, team, is_captain=True)
    announce_now(event)
    page = browse(account).get(address("my_team", event.slug, language=language)).content.decode()
    for member in team.memberships.all():
        assert member.registration.person.full_name in page
    assert registration.person.full_name in page
    assert reason in page
    assert ("Capitaine" if language == "fr" else "Captain") in page


def test_private_role_is_never_read_from_the_team_page(event, browse):
    """Two teams that differ only in who holds the private role read the same, but for the names."""
    event.roles.filter(key="chercheur-emploi").update(is_wanted_in_teams=True)
    texts = []
    for roles in (("chercheur-emploi", "developpeur"), ("developpeur", "developpeur")):
        team = seated(event, roles=roles)
        account, _registration = make_member(event, team)
        announce_now(event)
        page = browse(account).get(address("own_team", event.slug, team.number)).content.decode()
        assert "chercheur" not in page.lower()
        for number, member in enumerate(team.memberships.order_by("pk")):
            page = page.replace(member.registration.person.full_name, f"person {number}")
        page = page.replace(f"/team/{team.number}/", "/team/N/")
        texts.append(between(page, "Qui nous sommes", "Pourquoi cette équipe"))
    assert texts[0] == texts[1]


def test_private_role_is_not_shown_even_by_somebody_who_chose_to_show_theirs(event, browse):
    team = seated(event, roles=("chercheur-emploi",), shows=("chercheur-emploi",))
    account, _registration = make_member(event, team)
    announce_now(event)
    assert "chercheur" not in browse(account).get(address("my_team", event.slug)).content.decode().lower()


def test_hidden_role_is_not_read_from_what_the_team_lacks(event, browse):
    texts = []
    for roles in (("developpeur", "designer"), ("designer", "designer")):
        team = seated(event, roles=roles)
        account, _registration = make_member(event, team)
        announce_now(event)
        page = browse(account).get(address("own_team", event.slug, team.number)).content.decode()
        texts.append(between(page, "Profils que personne", "</p>"))
    assert texts[0] == texts[1]
    assert "Developpeur" in texts[0]


def test_role_that_is_shown_is_not_said_to_lack(event, browse):
    team = seated(event, roles=("developpeur", "designer"), shows=("developpeur", "designer"))
    account, _registration = make_member(event, team)
    announce_now(event)
    page = browse(account).get(address("own_team", event.slug, team.number)).content.decode()
    assert "role-developer" in page
    assert "Profils que personne" not in page


def test_team_of_others_does_not_exist(event, browse):
    account, _registration = make_member(event, make_team(event))
    make_team(event)
    announce_now(event)
    client = browse(account)
    assert client.get(address("own_team", event.slug, 2)).status_code == 404
    assert client.get(address("project", event.slug, 2)).status_code == 404
    assert client.post(address("name_team", event.slug, 2), {"name": "x"}).status_code == 404
    assert browse(make_staff(event)).get(address("own_team", event.slug, 2)).status_code == 404
    assert browse(None).get(address("own_team", event.slug, 2)).status_code == 302


def test_member_names_the_team(event, browse):
    team = make_team(event)
    make_team(event, name="Plateau")
    account, _registration = make_member(event, team)
    announce_now(event)
    client = browse(account)
    client.post(address("name_team", event.slug, 1), {"name": "Les Ponts"})
    team.refresh_from_db()
    assert team.name == "Les Ponts"
    refused = client.post(address("name_team", event.slug, 1), {"name": "plateau"})
    assert refused.status_code == 400
    assert "Une autre équipe s’appelle" in refused.content.decode()
    team.refresh_from_db()
    assert team.name == "Les Ponts"


def test_account_without_a_team_is_told_where_to_go(event, browse):
    announce_now(event)
    registration = make_registration(event, state="accepted")
    registration.person.account = make_account()
    registration.person.save()
    page = browse(registration.person.account).get(address("my_team", event.slug)).content.decode()
    assert "Allez voir l’organisation" in page


def test_account_of_nobody_registered_is_told_that_teams_are_of_registered_people(event, browse):
    page = browse(make_account()).get(address("my_team", event.slug)).content.decode()
    assert address("found", event.slug) not in page


def test_account_of_two_people_chooses_between_their_teams(event, browse):
    account, _registration = make_member(event, make_team(event))
    other = make_registration(event, make_role(event, "start-up"))
    other.person.account = account
    other.person.save()
    make_team(event, people=[other])
    announce_now(event)
    page = browse(account).get(address("my_team", event.slug)).content.decode()
    assert address("own_team", event.slug, 1) in page
    assert address("own_team", event.slug, 2) in page


def test_team_page_asks_the_same_queries_whatever_the_size(event, browse):
    asked = set()
    for size in (1, 3, 30):
        team = make_team(event, people=size)
        account, _registration = make_member(event, team)
        announce_now(event)
        client = browse(account)
        with CaptureQueriesContext(connection) as captured:
            client.get(address("my_team", event.slug))
        asked.add(len(captured))
    assert len(asked) == 1
    assert max(asked) <= 14


def between(text, start, end):
    return text.split(start, 1)[1].split(end, 1)[0]
