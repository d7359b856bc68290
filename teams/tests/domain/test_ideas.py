"""The idea wall: posting within limits, supporting, hiding, and the team that comes of it."""

from __future__ import annotations

import pytest

from hackathon.domain import clock
from hackathon.enums import WindowKind
from hackathon.models import OutgoingMail, Window
from hackathon.tests.factories import DURING_REGISTRATION, DURING_WORK, make_registration, make_role
from teams.domain import ideas, joining
from teams.models import Ask, Idea, IdeaSupport
from teams.tests.factories import make_crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at):
    found = make_crowd(2)
    at(DURING_REGISTRATION)
    return found


def post(event, author=None, title="Voisins", **more):
    author = author or make_registration(event)
    theme = event.themes.first()
    return ideas.post_idea(registration=author, theme=theme, title=title, text="Pour qui", actor=None, **more)


def test_same_title_twice_is_one_idea_and_a_sixth_is_refused(event):
    author = make_registration(event)
    assert post(event, author) == post(event, author)
    for number in range(ideas.PER_PERSON - 1):
        post(event, author, f"Idée {number}")
    with pytest.raises(ideas.IdeaRefused):
        post(event, author, "De trop")
    assert Idea.objects.count() == ideas.PER_PERSON


def test_private_role_is_never_looked_for(event):
    private = make_role(event, "prive", is_private=True)
    public = make_role(event, "public")
    assert list(post(event, roles=[private, public]).wanted_roles.all()) == [public]


def test_wall_closes_with_the_rosters(event, at):
    at(DURING_WORK)
    assert clock.now(event)
    with pytest.raises(ideas.IdeaRefused):
        post(event)


def test_older_version_overwrites_nothing(event):
    idea = post(event)
    theme = event.themes.first()
    ideas.change_idea(idea=idea, theme=theme, title="Deux", text="t", version=1, actor=None)
    with pytest.raises(ideas.IdeaStale):
        ideas.change_idea(idea=idea, theme=theme, title="Trois", text="t", version=1, actor=None)
    idea.refresh_from_db()
    assert idea.title == "Deux"


def test_support_counts_once_and_never_for_oneself(event):
    author, other = make_registration(event), make_registration(event)
    idea = post(event, author)
    for _time in range(2):
        ideas.support_idea(idea=idea, registration=other, kind="like", actor=None)
    assert Idea.objects.with_likes().get().likes == 1
    ideas.support_idea(idea=idea, registration=other, kind="like", is_on=False, actor=None)
    assert not IdeaSupport.objects.exists()
    with pytest.raises(ideas.IdeaRefused):
        ideas.support_idea(idea=idea, registration=author, kind="like", actor=None)


def test_hidden_idea_is_told_to_its_author_with_the_reason(event):
    idea = post(event)
    with pytest.raises(ideas.IdeaRefused):
        ideas.hide_idea(idea=idea, reason=" ", actor=None)
    ideas.hide_idea(idea=idea, reason="Nomme une entreprise", actor=None)
    ideas.hide_idea(idea=idea, reason="Encore", actor=None)
    letter = OutgoingMail.objects.get(letter="idea_hidden")
    assert "Nomme une entreprise" in letter.text
    assert not Idea.objects.shown().exists()
    ideas.show_idea(idea=idea, actor=None)
    assert Idea.objects.shown().exists()


def test_team_of_an_idea_invites_whoever_would_join_and_has_a_place(event, at):
    idea = post(event)
    free, waiting, seated = (
        make_registration(event, state=s) for s in ("accepted", "waitlisted", "accepted")
    )
    for one in (free, waiting, seated):
        ideas.support_idea(idea=idea, registration=one, kind="join", actor=None)
    with pytest.raises(joining.RostersClosed):
        ideas.found_team_from(idea=idea, actor=None)
    at(Window.objects.get(event=event, kind=WindowKind.ROSTER).opens_at)
    joining.found_team(registration=seated, theme=event.themes.first(), actor=None)
    team = ideas.found_team_from(idea=idea, actor=None)
    assert [ask.registration for ask in Ask.objects.invitations()] == [free]
    idea.refresh_from_db()
    assert idea.team == team
    with pytest.raises(ideas.IdeaRefused):
        ideas.found_team_from(idea=idea, actor=None)


def test_search_ignores_accents(event):
    post(event, title="Économie de proximité")
    assert Idea.objects.matching(["economie", "proximite"]).exists()
    assert not Idea.objects.matching(["economie", "lointaine"]).exists()
