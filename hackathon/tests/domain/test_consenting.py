"""Consents: one by one, versioned and dated; withdrawing works at once and reaches what rests on it."""

import pytest

from hackathon.domain import consenting, correcting
from hackathon.enums import Purpose
from hackathon.models import Needs, Person, Registration
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def luce(at):
    at(factories.DURING_REGISTRATION)
    return factories.make_registration(factories.make_event()).person


def give(person, *purposes):
    return consenting.give(person=person, purposes=purposes, source="form", actor=None)


def row(person, purpose):
    return next(each for each in consenting.standing(person) if each.purpose == purpose)


def test_image_consent_reaches_lists_at_once(luce):
    assert not Person.objects.with_image_consent().get().agrees_to_image
    give(luce, Purpose.IMAGE)
    assert Person.objects.with_image_consent().get().agrees_to_image
    assert Registration.objects.with_image_consent().get().agrees_to_image
    consenting.withdraw_own(person=luce, purpose=Purpose.IMAGE, actor=None)
    assert not Person.objects.with_image_consent().get().agrees_to_image
    assert not Registration.objects.with_image_consent().get().agrees_to_image


def test_history_keeps_every_turn_with_its_version(luce):
    give(luce, Purpose.IMAGE)
    consenting.withdraw_own(person=luce, purpose=Purpose.IMAGE, actor=None)
    give(luce, Purpose.IMAGE)
    history = row(luce, Purpose.IMAGE).history
    assert [each.withdrawn_at is None for each in history] == [True, False]
    assert {each.version for each in history} == {"1"}


def test_new_rules_are_asked_again_and_the_old_yes_stays_in_the_history(luce):
    give(luce, Purpose.RULES)
    luce.event.rules_version = "2"
    assert row(luce, Purpose.RULES).is_outdated
    give(luce, Purpose.RULES)
    assert not row(luce, Purpose.RULES).is_outdated
    assert [each.version for each in row(luce, Purpose.RULES).history] == ["2", "1"]


def test_rules_are_not_taken_back_alone(luce):
    give(luce, Purpose.RULES)
    with pytest.raises(consenting.ConsentRefused):
        consenting.withdraw_own(person=luce, purpose=Purpose.RULES, actor=None)
    assert consenting.missing(luce) == []


def test_needs_go_with_their_consent(luce):
    correcting.correct_needs(
        person=luce, diet="Végétarien", access="", agrees=True, source="form", actor=None
    )
    assert row(luce, Purpose.NEEDS).in_force
    consenting.withdraw_own(person=luce, purpose=Purpose.NEEDS, actor=None)
    assert not Needs.objects.exists()


def test_needs_without_consent_are_refused_and_emptied_ones_withdraw_it(luce):
    with pytest.raises(correcting.CorrectionRefused):
        correcting.correct_needs(person=luce, diet="x", access="", agrees=False, source="form", actor=None)
    correcting.correct_needs(person=luce, diet="x", access="", agrees=True, source="form", actor=None)
    correcting.correct_needs(person=luce, diet="", access="", agrees=False, source="form", actor=None)
    assert not Needs.objects.exists()
    assert row(luce, Purpose.NEEDS).in_force is None


def test_each_purpose_is_separate(luce):
    give(luce, Purpose.NEWSLETTER)
    assert [each.purpose for each in consenting.standing(luce) if each.in_force] == [Purpose.NEWSLETTER]
