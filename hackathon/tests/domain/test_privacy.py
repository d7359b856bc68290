"""What is held about a person: all of it handed over, and none of it left when they ask."""

import json

import pytest
from django.forms.models import model_to_dict

from hackathon import letters
from hackathon.domain import audit, privacy
from hackathon.enums import QuestionKind, RegistrationState
from hackathon.models import (
    Account,
    Answer,
    AuditEntry,
    Consent,
    Needs,
    OutgoingMail,
    Person,
    Question,
    Registration,
)  # fmt: skip
from hackathon.tests import factories

pytestmark = pytest.mark.django_db
SECRETS = (
    "Luce",
    "Garnier",
    "luce@example.org",
    "06 01 02 03 04",
    "Sans gluten",
    "Fauteuil",
    "Conseillère",
    "T-777",
    "Python",
)


@pytest.fixture
def luce(at):
    at(factories.DURING_REGISTRATION)
    event = factories.make_event()
    account = factories.make_account("luce@example.org", name="Luce Garnier")
    person = factories.make_person(
        event, "Luce", "Garnier", email="luce@example.org", phone="06 01 02 03 04", account=account
    )
    registration = factories.make_registration(
        event, person=person, ticket_number="T-777", skills=["Python"], themes=[factories.make_theme(event)]
    )
    Needs.objects.create(person=person, diet="Sans gluten", access="Fauteuil")
    Consent.objects.create(person=person, purpose="image")
    question = Question.objects.create(event=event, kind=QuestionKind.SHORT_TEXT, label_fr="Votre métier ?")
    Answer.objects.create(
        registration=registration, question=question, asked="Votre métier ?", value="Conseillère"
    )
    audit.record(
        event=event,
        actor=account,
        verb="register",
        about=registration,
        reason="Luce l’a dit",
        email=person.email,
    )
    letters.post(
        template="registration_accepted", to=person.email, language="fr", key="x", event=event, person=person,
        context={"registration": registration, "url": "/"},
    )  # fmt: skip
    OutgoingMail.objects.update(state="sent")
    return person


def everything_stored() -> str:
    tables = (Person, Registration, Needs, Consent, Answer, OutgoingMail, AuditEntry, Account)
    return json.dumps(
        [model_to_dict(row) for table in tables for row in table.objects.all()],
        default=str,
        ensure_ascii=False,
    )


def test_export_holds_everything(luce):
    held = json.dumps(privacy.everything_about(luce), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret not in held] == []


def test_erasure_leaves_nothing_that_says_who_it_was(luce):
    assert all(secret in everything_stored() for secret in SECRETS)
    privacy.erase_person(person=luce, actor=luce.account)
    left = everything_stored()
    assert [secret for secret in SECRETS if secret in left] == []


def test_erasure_gives_the_place_back_before_the_event_and_keeps_the_counts_after(luce, at):
    privacy.erase_person(person=luce, actor=None)
    assert Registration.objects.get().state == RegistrationState.CANCELLED
    other = factories.make_registration(luce.event, role=luce.event.roles.get())
    at(factories.DURING_PANELS.replace(month=12))
    privacy.erase_person(person=other.person, actor=None)
    other.refresh_from_db()
    assert other.state == RegistrationState.CONFIRMED
    assert AuditEntry.objects.filter(verb="erase_person").count() == 2


def test_erased_person_is_erased_once(luce):
    privacy.erase_person(person=luce, actor=None)
    luce.refresh_from_db()
    with pytest.raises(privacy.ErasureRefused):
        privacy.erase_person(person=luce, actor=None)


def test_account_that_serves_elsewhere_stays(luce):
    other = factories.make_person(factories.make_event(), account=luce.account)
    privacy.erase_person(person=luce, actor=None)
    other.refresh_from_db()
    assert other.account.email == "luce@example.org"
