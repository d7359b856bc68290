"""The record, the mail and the documents: found by the words people read, and no more shown than may be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.domain import audit
from hackathon.enums import DutyKind
from hackathon.kit.pdf import PdfUnavailable
from hackathon.kit.registry import Document, registry
from hackathon.models import Account, OutgoingMail
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def url(event, name, *args):
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


@pytest.fixture
def event():
    return factories.make_event()


@pytest.fixture
def organiser(event, browse):
    return browse(factories.make_staff(event))


def rows(client, address):
    return client.get(address).content.decode().count("<tr>") - 1


@pytest.mark.parametrize(
    ("prefix", "sought", "words"),
    [("", "prolongé", "a prolongé une période"), ("/en", "extended", "extended a window")],
)
def test_record_is_written_and_found_in_words(event, organiser, prefix, sought, words):
    audit.record(event=event, actor=None, verb="extend_window", about=event, reason="Panne de réseau")
    audit.record(event=event, actor=None, verb="seal", about=event)
    address = prefix + url(event, "record")
    text = organiser.get(address).content.decode()
    assert words in text
    assert "Panne de réseau" in text
    assert rows(organiser, f"{address}?q={sought}") == 1
    assert rows(organiser, f"{address}?q=panne") == 1
    assert rows(organiser, f"{address}?q=zzz") == -1


def test_record_spells_out_a_verb_it_has_no_words_for(event, organiser):
    audit.record(event=event, actor=None, verb="paint_the_hall", about=event)
    assert "paint the hall" in organiser.get(url(event, "record")).content.decode()


def test_record_holds_the_event_s_own_acts_only(event, organiser):
    audit.record(event=factories.make_event(), actor=None, verb="seal", reason="ailleurs")
    assert "ailleurs" not in organiser.get(url(event, "record")).content.decode()


@pytest.mark.parametrize("name", ["record", "mail"])
def test_lists_ask_the_same_of_the_database_whatever_their_rows(event, organiser, name):
    numbers = []
    for more in (1, 2, 57):
        for _ in range(more):
            audit.record(event=event, actor=None, verb="seal", about=event)
            OutgoingMail.objects.create(event=event, letter="x", to="a@example.org", subject="x", text="x")
        organiser.get(url(event, name))
        with CaptureQueriesContext(connection) as asked:
            organiser.get(url(event, name))
        numbers.append(len(asked))
    assert len(set(numbers)) == 1
    assert numbers[0] <= 10
    assert rows(organiser, url(event, name)) == 50
    assert rows(organiser, url(event, name) + "?page=2") == 10


def test_mail_shows_states_and_never_texts(event, organiser):
    OutgoingMail.objects.create(
        event=event, letter="x", to="a@example.org", subject="Sujet A", text="SECRET", state="sent"
    )
    OutgoingMail.objects.create(
        event=event,
        letter="x",
        to="b@example.org",
        subject="Sujet B",
        text="SECRET",
        state="failed",
        error="refusé",
    )
    text = organiser.get(url(event, "mail")).content.decode()
    assert "SECRET" not in text
    assert "refusé" in text
    only = organiser.get(url(event, "mail") + "?state=failed").content.decode()
    assert "Sujet B" in only
    assert "Sujet A" not in only


@pytest.fixture
def documents(monkeypatch):
    def missing(event, language):
        raise PdfUnavailable("PDFs need Pango")

    found = [
        Document("plan", "Plan", "hackathon.see_tower", lambda event, language: f"%PDF {language}".encode()),
        Document("secret", "Secret", "judging.see_deliberation", lambda event, language: b"%PDF"),
        Document(
            "later", "Later", "hackathon.see_tower", lambda event, language: b"%PDF", lambda event: False
        ),
        Document("broken", "Broken", "hackathon.see_tower", missing),
    ]
    monkeypatch.setattr(registry, "documents", found)
    return found


def test_documents_are_listed_with_what_is_not_there_yet(event, organiser, documents):
    text = organiser.get(url(event, "documents")).content.decode()
    assert url(event, "document", "plan", "en") in text
    assert "Later" in text
    assert url(event, "document", "later", "fr") not in text
    assert url(event, "document", "secret", "fr") not in text


def test_document_asks_for_its_own_permission(event, organiser, browse, documents):
    answer = organiser.get(url(event, "document", "plan", "en"))
    assert answer.content == b"%PDF en"
    assert "no-store" in answer["Cache-Control"]
    assert organiser.get(url(event, "document", "secret", "fr")).status_code == 403
    secretary = browse(factories.make_staff(event, DutyKind.SECRETARY))
    assert secretary.get(url(event, "document", "secret", "fr")).status_code == 200
    assert secretary.get(url(event, "document", "plan", "fr")).status_code == 403
    assert browse(None).get(url(event, "document", "plan", "fr")).status_code == 302


@pytest.mark.parametrize(("name", "language"), [("none", "fr"), ("plan", "de")])
def test_document_that_is_none_does_not_exist(event, organiser, documents, name, language):
    assert organiser.get(url(event, "document", name, language)).status_code == 404


def test_document_that_cannot_be_made_says_why(event, organiser, documents):
    answer = organiser.get(url(event, "document", "broken", "fr"), follow=True)
    assert answer.status_code == 200
    assert "PDFs need Pango" in answer.content.decode()


def test_back_office_shows_and_does_not_write(event, browse):
    keeper = browse(Account.objects.create_superuser("keeper@example.org"))
    registration = factories.make_registration(event)
    for model, row in (("event", event), ("registration", registration), ("person", registration.person)):
        assert keeper.get(f"/admin/hackathon/{model}/").status_code == 200
        page = keeper.get(f"/admin/hackathon/{model}/{row.pk}/change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert keeper.post(f"/admin/hackathon/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert keeper.get(f"/admin/hackathon/{model}/add/").status_code == 403
    assert (
        registration.code
        not in keeper.get(f"/admin/hackathon/registration/{registration.pk}/change/").content.decode()
    )
    for model in ("needs", "answer"):
        assert keeper.get(f"/admin/hackathon/{model}/").status_code == 404
    for model in ("mark", "award", "decision", "seal", "publication"):
        assert keeper.get(f"/admin/judging/{model}/").status_code == 404
