"""The pages of the idea wall and of the team preferences: what they show, to whom, in how many queries."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from hackathon.tests.factories import (
    DURING_REGISTRATION,
    make_account,
    make_person,
    make_registration,
    make_role,
    make_staff,
)
from teams.domain import ideas
from teams.models import Idea, Wish
from teams.tests.factories import make_crowd

pytestmark = pytest.mark.django_db


def address(name, *args):
    with override("fr"):
        return reverse(f"teams:{name}", args=args)


@pytest.fixture
def event(at):
    found = make_crowd(0)
    at(DURING_REGISTRATION)
    return found


@pytest.fixture
def somebody(event, browse):
    """(client, registration) of somebody registered."""

    def made(role=None, **fields):
        registration = make_registration(event, role, person=make_person(event, "Ada", "Roy"), **fields)
        registration.person.account = make_account()
        registration.person.save()
        return browse(registration.person.account), registration

    return made


def post(event, registration, title="Voisins", text="Pour qui"):
    theme = event.themes.first()
    return ideas.post_idea(registration=registration, theme=theme, title=title, text=text, actor=None)


def test_idea_is_posted_and_keeps_what_was_typed_when_refused(event, somebody):
    client, _registration = somebody()
    page = client.post(address("idea_new", event.slug), {"title": "x", "text": "Mon texte"})
    assert page.status_code == 422
    assert "Mon texte" in page.text
    theme = event.themes.first().pk
    client.post(address("idea_new", event.slug), {"title": "Voisins", "text": "Texte", "theme": theme})
    assert Idea.objects.get().title == "Voisins"


def test_others_read_a_first_name_no_hidden_role_and_no_html(event, somebody):
    private = make_role(event, "demandeur", is_private=True, name_fr="Chercheur secret")
    _client, author = somebody(private, shows_role=True)
    idea = post(event, author, text="<script>alert(1)</script>")
    reader, _own = somebody(event.roles.first())
    for page in (reader.get(address("ideas", event.slug)), reader.get(address("idea", event.slug, idea.pk))):
        assert "Ada" in page.text
        assert "Roy" not in page.text.split("<main")[1]
        assert "Chercheur secret" not in page.text
        assert "<script>alert" not in page.text


def test_who_would_join_is_for_the_author_and_the_organisers(event, somebody, browse):
    author_client, author = somebody()
    idea = post(event, author)
    joiner = make_registration(event, person=make_person(event, "Wilhelmine", "Bleu"))
    ideas.support_idea(idea=idea, registration=joiner, kind="join", actor=None)
    reader, _own = somebody()
    page = address("idea", event.slug, idea.pk)
    assert "Wilhelmine" not in reader.get(page).text
    assert "Wilhelmine" in author_client.get(page).text
    assert "Wilhelmine" in browse(make_staff(event)).get(page).text


def test_hidden_idea_does_not_exist_for_others(event, somebody):
    author_client, author = somebody()
    idea = post(event, author)
    ideas.hide_idea(idea=idea, reason="Non", actor=None)
    reader, _own = somebody()
    page = address("idea", event.slug, idea.pk)
    assert reader.get(page).status_code == 404
    assert reader.post(address("idea_support", event.slug, idea.pk), {"kind": "like"}).status_code == 404
    assert author_client.get(page).status_code == 200


def test_wall_is_narrowed_and_costs_the_same_for_any_number(event, somebody):
    client, _own = somebody()
    counts = set()
    for wanted in (1, 3, 30):
        while Idea.objects.count() < wanted:
            post(event, make_registration(event), title=f"Idée {Idea.objects.count()}")
        client.get(address("ideas", event.slug))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address("ideas", event.slug))
        counts.add(len(queries))
        assert page.status_code == 200
    assert len(counts) == 1
    assert "Idée 7" in client.get(address("ideas", event.slug), {"q": "idee 7"}).text
    assert "Idée 8" not in client.get(address("ideas", event.slug), {"q": "idee 7"}).text
    assert client.get(address("ideas", event.slug), {"theme": "nonsense"}).status_code == 200


def test_preferences_answer_the_same_whether_or_not_somebody_is_registered(event, somebody):
    client, own = somebody()
    make_registration(event, person=make_person(event, "Luc", "Noir"))
    pages = []
    for name in ("Luc Noir", "Léo Vert"):
        page = client.post(address("wishes", event.slug), {"comes_with": name}, follow=True)
        shown = page.text.replace(name, "").split("<main")[1]
        pages.append(re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", shown))
    assert pages[0] == pages[1]
    assert [wish.named for wish in Wish.objects.of_registration(own)] == ["Léo Vert"]


def test_organisers_choose_who_was_meant(event, somebody, browse):
    client, _own = somebody()
    client.post(address("wishes", event.slug), {"apart_from": "Lucky"})
    wish = Wish.objects.get()
    meant = make_registration(event, person=make_person(event, "Luc", "Noir"))
    organiser = browse(make_staff(event))
    assert "Lucky" in organiser.get(address("wish_list", event.slug)).text
    organiser.post(address("wish_person", event.slug, wish.pk), {"person": f"Luc Noir #{meant.pk}"})
    wish.refresh_from_db()
    assert wish.other == meant
    assert client.get(address("wish_list", event.slug)).status_code == 403
