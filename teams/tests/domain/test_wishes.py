"""With whom, and with whom not: understood only when it is certain, kept to organisers, forgotten with the person."""

from __future__ import annotations

import pytest

from hackathon.domain import privacy as everything
from hackathon.models import AuditEntry, Registration
from hackathon.tests.factories import DURING_REGISTRATION, DURING_WORK, make_person, make_registration
from teams.domain import ideas, privacy, wishes
from teams.domain.problem_file import problem_of
from teams.models import Idea, Wish
from teams.tests.factories import make_crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at):
    found = make_crowd(0)
    at(DURING_REGISTRATION)
    return found


def named(event, first, last, **fields):
    return make_registration(event, person=make_person(event, first, last, **fields))


def keep(registration, **more):
    wishes.keep_preferences(
        **{"registration": registration, "themes": [], "skills": [], "level": None, "actor": None} | more
    )


def test_address_or_unique_name_is_understood_and_two_namesakes_are_not(event):
    own = named(event, "Ada", "Roy")
    friend = named(event, "Zoé", "Petit", email="zoe@example.org")
    named(event, "Jean", "Martin")
    named(event, "Jean", "Martin")
    keep(own, comes_with=["ZOE@example.org", "zoe petit", "Jean Martin", "Inconnu"])
    found = {wish.named: wish.other for wish in Wish.objects.all()}
    assert found == {"ZOE@example.org": friend, "zoe petit": friend, "Jean Martin": None, "Inconnu": None}


def test_saving_again_keeps_what_an_organiser_understood(event):
    own, meant = named(event, "Ada", "Roy"), named(event, "Luc", "Noir")
    keep(own, apart_from=["le grand Luc"])
    wishes.choose_person(wish=Wish.objects.get(), other=meant, actor=None)
    keep(own, apart_from=["le grand Luc"], level=3)
    assert Wish.objects.get().other == meant
    entry = AuditEntry.objects.filter(verb="keep_preferences").latest("pk")
    assert entry.data == {"fields": ["level"]}
    with pytest.raises(wishes.WishRefused):
        wishes.choose_person(wish=Wish.objects.get(), other=own, actor=None)


@pytest.mark.parametrize(
    "boxes",
    [
        {"comes_with": ["Ada Roy"]},
        {"comes_with": ["Luc"], "apart_from": ["luc"]},
        {"comes_with": [f"Personne {n}" for n in range(6)]},
        {"comes_with": ["x" * 161]},
    ],
)
def test_impossible_wishes_are_refused_and_nothing_is_kept(event, boxes):
    own = named(event, "Ada", "Roy")
    with pytest.raises(wishes.WishRefused):
        keep(own, level=5, **boxes)
    own.refresh_from_db()
    assert own.level is None
    assert not Wish.objects.exists()


def test_preferences_are_settled_with_the_rosters(event, at):
    own = named(event, "Ada", "Roy")
    at(DURING_WORK)
    with pytest.raises(wishes.WishRefused):
        keep(own)


def test_somebody_who_registers_later_is_found_when_one_looks_again(event):
    keep(named(event, "Ada", "Roy"), comes_with=["Luc Noir"])
    late = named(event, "Luc", "Noir")
    assert wishes.look_again(event=event, actor=None) == 1
    assert Wish.objects.get().other == late


def test_export_holds_what_one_wrote_and_not_what_others_wrote_of_one(event):
    own, other = named(event, "Ada", "Roy"), named(event, "Luc", "Noir")
    keep(own, apart_from=["Luc Noir"])
    assert "Luc Noir" in str(privacy.export(own.person))
    assert "Ada" not in str(privacy.export(other.person)["wishes"])


def test_erasing_forgets_what_one_wrote_and_who_named_one(event):
    own, other = named(event, "Ada", "Roy"), named(event, "Luc", "Noir")
    keep(other, comes_with=["Ada Roy"])
    keep(own, apart_from=["Luc Noir"])
    theme = event.themes.first()
    ideas.post_idea(registration=own, theme=theme, title="Idée", text="t", actor=None)
    everything.erase_person(person=own.person, actor=None)
    assert not Wish.objects.exists()
    assert not Idea.objects.exists()


def test_pair_asked_to_be_kept_apart_is_not_kept_together():
    people = list(Registration.objects.for_event(make_crowd(6)).order_by("pk"))
    first, second, third = people[:3]
    for who, kind, other in (
        (first, "with", second),
        (second, "apart", first),
        (third, "with", first),
        (third, "with", second),
    ):
        Wish.objects.create(registration=who, kind=kind, named=other.person.full_name, other=other)
    problem = problem_of(first.event)
    a, b, c = (str(one.pk) for one in (first, second, third))
    assert problem["apart"] == [(a, b)]
    # a friend of both does not bring them together either
    assert problem["together"] == [[a, c], [b, c]]
