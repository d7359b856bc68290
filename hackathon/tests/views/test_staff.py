"""Giving and taking duties on screen."""

import pytest
from django.urls import reverse

from hackathon.models import Duty
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def url(event, name="staff", *args):
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


def test_duty_is_given_and_taken(browse):
    event = factories.make_event()
    client = browse(factories.make_staff(event))
    answer = client.post(url(event), {"email": "Ana@example.org", "name": "Ana", "kind": "desk"}, follow=True)
    assert "Ana a maintenant la fonction « Accueil »" in answer.content.decode().replace("\u00a0", " ")
    duty = Duty.objects.get(kind="desk")
    client.post(url(event, "duty_take", duty.pk))
    assert not Duty.objects.filter(kind="desk").exists()


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "n’est pas une adresse"), ("/en", "is not an e-mail address")]
)
def test_bad_address_is_sent_back(browse, prefix, words):
    event = factories.make_event()
    answer = browse(factories.make_staff(event)).post(prefix + url(event), {"email": "ana", "kind": "desk"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Duty.objects.count() == 1


def test_last_organiser_stays_and_one_who_leaves_is_led_away(browse):
    event = factories.make_event()
    client = browse(factories.make_staff(event))
    own = Duty.objects.get()
    answer = client.post(url(event, "duty_take", own.pk), follow=True)
    assert "nommez-en d’abord une autre" in answer.content.decode()
    factories.make_staff(event)
    answer = client.post(url(event, "duty_take", own.pk))
    assert answer["Location"] == reverse("hackathon:account")
    assert client.get(url(event)).status_code == 403


def test_duty_of_another_event_does_not_exist(browse):
    event, other = factories.make_event(), factories.make_event()
    factories.make_staff(other)
    duty = Duty.objects.get(event=other)
    assert browse(factories.make_staff(event)).post(url(event, "duty_take", duty.pk)).status_code == 404
