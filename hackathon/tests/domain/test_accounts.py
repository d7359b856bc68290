"""Accounts come to those whom an event knows; people are claimed by the address that was proven, never by another."""

import pytest

from hackathon.domain import accounts
from hackathon.models import Account, Duty
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def test_stranger_gets_no_account():
    assert accounts.ensure_account_for(email="nobody@example.org") is None
    assert not Account.objects.exists()


def test_known_person_gets_one_account_whatever_the_case():
    factories.make_person(factories.make_event(), email="luce@example.org")
    one = accounts.ensure_account_for(email="Luce@Example.org")
    assert accounts.ensure_account_for(email="luce@example.org") == one
    assert Account.objects.count() == 1


def test_claim_links_all_people_at_the_address_and_gives_no_right():
    event, other = factories.make_event(), factories.make_event()
    mine = [
        factories.make_person(event, email="luce@example.org"),
        factories.make_person(other, email="luce@example.org"),
    ]
    factories.make_person(event, email="else@example.org")
    account = factories.make_account("luce@example.org")
    assert accounts.claim_people(account=account) == 2
    assert set(account.people.all()) == set(mine)
    assert accounts.claim_people(account=account) == 0
    assert not Duty.objects.exists()


def test_claim_takes_nobody_from_another_account():
    person = factories.make_person(factories.make_event(), email="luce@example.org")
    person.account = factories.make_account()
    person.save()
    assert accounts.claim_people(account=factories.make_account("luce@example.org")) == 0
