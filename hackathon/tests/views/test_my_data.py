"""My data on screen: corrected, taken away, consented to; each person of an account apart from the others."""

import io

import pypdf
import pytest
from django.urls import reverse

from hackathon.domain import passes
from hackathon.models import AuditEntry, Consent, Needs, Person
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
    account = factories.make_account("luce@example.org")
    person = factories.make_person(event, "Luce", "Garnier", account=account)
    factories.make_registration(event, person=person)
    return person


@pytest.fixture(params=["account", "pass"])
def client(request, browse, event, luce):
    """Luce's browser: signed in, or with the code of a slip."""
    if request.param == "account":
        return browse(luce.account)
    opened = browse(None)
    opened.post(url(event, "pass"), {"code": passes.make_pass(registration=luce.registration, actor=None)})
    return opened


def typed(**more):
    return {"first_name": "Lucie", "last_name": "Garnier", "language": "en", **more}


def test_one_corrects_oneself_and_the_record_says_which_fields_only(event, luce, client):
    themes = [factories.make_theme(event, title) for title in ("Un", "Deux")]
    form = url(event, "my_data_correct", luce.pk)
    assert "theme_1" in client.get(form).content.decode()
    answer = client.post(form, typed(phone="06 01 02 03 04", theme_1=themes[1].pk, theme_2=themes[0].pk))
    assert answer["Location"] == url(event, "my_data")
    luce.refresh_from_db()
    assert (luce.first_name, luce.language, luce.phone) == ("Lucie", "en", "06 01 02 03 04")
    assert [choice.theme for choice in luce.registration.choices.all()] == themes[::-1]
    entry = AuditEntry.objects.filter(verb="correct_own_data").earliest("pk")
    assert "06 01" not in str(entry.data)


def test_themes_are_not_offered_once_registration_is_closed(event, luce, client, at):
    theme = factories.make_theme(event)
    at(factories.DURING_WORK)
    form = url(event, "my_data_correct", luce.pk)
    if client.get(form).status_code == 302:  # the pass lasts 12 hours
        return
    assert "theme_1" not in client.get(form).content.decode()
    client.post(form, typed(theme_1=theme.pk))
    assert not luce.registration.choices.exists()


def test_needs_ask_for_their_own_yes_and_lose_nothing_typed(event, luce, client):
    form = url(event, "my_data_correct", luce.pk)
    answer = client.post(form, typed(diet="Sans gluten"))
    assert answer.status_code == 422
    assert "Sans gluten" in answer.content.decode()
    assert not Needs.objects.exists()
    client.post(form, typed(diet="Sans gluten", needs_agreed="on"))
    assert Needs.objects.get().diet == "Sans gluten"


def test_name_of_somebody_else_at_the_same_address_is_refused(event, luce, browse):
    factories.make_person(event, "Ana", "Garnier", email=luce.email, account=luce.account)
    answer = browse(luce.account).post(
        url(event, "my_data_correct", luce.pk), typed(first_name="Ana"), follow=True
    )
    assert answer.status_code == 422
    assert Person.objects.get(pk=luce.pk).first_name == "Luce"


def test_consent_is_given_and_taken_back_one_at_a_time(event, luce, client):
    change = url(event, "consent_change", luce.pk)
    client.post(change, {"purpose": "image", "given": "1"})
    assert Consent.objects.of(luce).in_force().get().purpose == "image"
    page = client.get("/en" + url(event, "my_data")).content.decode()
    assert "Take back: Image rights" in page
    client.post(change, {"purpose": "image"})
    assert not Consent.objects.of(luce).in_force().exists()
    assert client.post(change, {"purpose": "everything", "given": "1"}).status_code == 404
    client.post(change, {"purpose": "rules", "given": "1"})
    refused = client.post("/en" + change, {"purpose": "rules"}, follow=True).content.decode()
    assert "cancel your registration" in refused
    assert Consent.objects.of(luce).in_force().exists()


def test_data_are_taken_away_as_a_tagged_pdf(event, luce, client):
    answer = client.get(url(event, "my_data_pdf", luce.pk))
    assert answer["Content-Type"] == "application/pdf"
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    assert "Garnier" in "".join(page.extract_text() for page in document.pages)
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("name", ["my_data_pdf", "my_data_correct", "my_data_file", "my_data_erase"])
def test_pages_of_others_do_not_exist(event, client, name):
    other = factories.make_registration(event).person
    assert client.get(url(event, name, other.pk)).status_code == 404


def test_consent_of_others_does_not_exist(event, client):
    other = factories.make_registration(event).person
    change = url(event, "consent_change", other.pk)
    assert client.post(change, {"purpose": "image", "given": "1"}).status_code == 404
    assert not Consent.objects.exists()


def test_everybody_of_an_account_is_listed_apart(event, luce, browse):
    factories.make_registration(
        event, person=factories.make_person(event, "Ana", "Petit", account=luce.account)
    )
    text = browse(luce.account).get(url(event, "my_data")).content.decode()
    assert "Luce Garnier" in text
    assert "Ana Petit" in text


def test_needs_are_on_no_page_of_an_organiser_without_the_duty(event, luce, browse):
    Needs.objects.create(person=luce, diet="Sans arachide", access="Fauteuil roulant")
    client = browse(factories.make_staff(event))
    for name in ("people", "tower", "record", "mail", "staff"):
        text = client.get(url(event, name)).content.decode()
        assert "arachide" not in text
        assert "Fauteuil" not in text
    assert "arachide" not in client.get(url(event, "person", luce.registration.pk)).content.decode()
    api = client.get(f"/api/v1/events/{event.slug}/registrations/").content.decode()
    assert "Garnier" in api
    assert "arachide" not in api
