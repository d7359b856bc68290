"""« My hackathon » and my data: one's own and nobody else's."""

import json

import pytest
from django.urls import reverse

from hackathon.models import Person
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def url(event, name, *args):
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


@pytest.fixture
def event(at):
    at(factories.DURING_REGISTRATION)
    return factories.make_event()


@pytest.fixture
def luce(event):
    person = factories.make_person(
        event, "Luce", "Garnier", account=factories.make_account("luce@example.org")
    )
    return factories.make_registration(event, person=person)


def test_me_shows_the_badge_and_its_letters(event, luce, browse):
    text = browse(luce.person.account).get(url(event, "me")).content.decode()
    assert f'aria-label="{luce.code}"' in text
    assert "<svg" in text
    assert "style=" not in text.split("<main", 1)[1]
    other = factories.make_registration(event)
    assert other.code not in text


def test_me_shows_a_badge_for_each_person_of_the_account(event, luce, browse):
    child = factories.make_person(event, "Ana", "Garnier", account=luce.person.account)
    factories.make_registration(event, person=child)
    text = browse(luce.person.account).get(url(event, "me")).content.decode()
    assert text.count('class="qr"') == 2
    assert "Ana Garnier" in text


def test_me_without_registration_says_what_to_do(event, browse):
    account = factories.make_account("lost@example.org")
    text = browse(account).get(url(event, "me")).content.decode()
    assert "lost@example.org" in text
    assert url(event, "register") in text
    assert browse(None).get(url(event, "me")).status_code == 302


def test_my_data_is_shown_and_downloaded(event, luce, browse):
    client = browse(luce.person.account)
    assert "Garnier" in client.get(url(event, "my_data")).content.decode()
    answer = client.get(url(event, "my_data_file", luce.person.pk))
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["registration"]["person"]["last_name"] == "Garnier"


@pytest.mark.parametrize("name", ["my_data_file", "my_data_erase"])
def test_data_of_others_does_not_exist(event, luce, browse, name):
    assert browse(factories.make_account()).get(url(event, name, luce.person.pk)).status_code == 404
    assert browse(factories.make_staff(event)).get(url(event, name, luce.person.pk)).status_code == 404
    assert browse(None).get(url(event, name, luce.person.pk)).status_code == 302


def test_erasure_is_the_third_click_and_says_first_what_happens(event, luce, browse):
    client = browse(luce.person.account)
    first = client.get(url(event, "my_data")).content.decode()
    assert url(event, "my_data_erase", luce.person.pk) in first
    client.get(url(event, "my_data_erase", luce.person.pk))
    assert Person.objects.get(pk=luce.person.pk).first_name == "Luce"
    done = client.post(url(event, "my_data_erase", luce.person.pk), follow=True)
    assert "Vos données sont effacées" in done.content.decode()
    assert Person.objects.get(pk=luce.person.pk).email == ""
    assert "Se connecter" in done.content.decode()
