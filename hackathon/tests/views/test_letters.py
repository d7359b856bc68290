"""The letters of an event on the organisers' pages: listed, changed, previewed, switched, and sent again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hackathon.enums import MailState
from hackathon.models import AuditEntry, OutgoingMail
from hackathon.tests.factories import make_event, make_person, make_registration, make_staff

pytestmark = pytest.mark.django_db

GOOD = {"subject": "Vous venez, {first_name}", "text": "Bonjour {first_name},\n\nVenez : {link}"}
ACCEPTED = ("registration_accepted", "fr")


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def organiser(event, browse):
    return browse(make_staff(event))


def url(event, name, *args, language="fr"):
    with override(language):
        return reverse(f"hackathon:{name}", args=[event.slug, *args])


def write(event, **fields):
    fields = {"letter": "x", "to": "a@example.org", "subject": "Sujet", "text": "SECRET"} | fields
    return OutgoingMail.objects.create(event=event, **fields)


def test_list_asks_the_same_of_the_database_whatever_was_written_and_changed(event, organiser):
    numbers = []
    for more in (1, 2, 27):
        for number in range(more):
            write(event, letter="registration_accepted")
            event.letter_texts.get_or_create(letter=f"x{number}", language="fr", subject="x", text="x")
        organiser.get(url(event, "letters"))
        with CaptureQueriesContext(connection) as asked:
            organiser.get(url(event, "letters"))
        numbers.append(len(asked))
    assert len(set(numbers)) == 1


def test_letter_is_changed_and_taken_back(event, organiser):
    page = url(event, "letter", *ACCEPTED)
    assert "{first_name}" in organiser.get(page).text
    assert organiser.post(page, GOOD).status_code == 302
    assert event.letter_texts.get().text == GOOD["text"] + "\n"
    assert "yours" in organiser.get(url(event, "letters", language="en")).text
    organiser.post(url(event, "letter_reset", *ACCEPTED))
    assert not event.letter_texts.exists()


def test_mistake_is_said_beside_its_field_and_loses_nothing_typed(event, organiser):
    answer = organiser.post(
        url(event, "letter", *ACCEPTED, language="en"), GOOD | {"text": "Hello {name} {link}"}
    )
    assert answer.status_code == 422
    assert "{name} is no placeholder" in answer.text
    assert "Hello {name} {link}" in answer.text
    assert not event.letter_texts.exists()


def test_preview_shows_what_is_typed_as_that_person_receives_it_and_keeps_nothing(event, organiser):
    make_registration(event, person=make_person(event, "Luce", "Lopes"))
    typed = GOOD | {"reader": "lopes luce", "text": GOOD["text"] + "<script>x</script>"}
    part = organiser.post(url(event, "letter_preview", *ACCEPTED), typed, headers={"hx-request": "true"})
    assert "Vous venez, Luce" in part.text
    assert "<html" not in part.text
    assert "<script>x" not in part.text
    page = organiser.post(url(event, "letter_preview", *ACCEPTED), typed)
    assert "<html" in page.text
    assert "Vous venez, Luce" in page.text
    assert not event.letter_texts.exists()


def test_preview_of_nothing_and_of_nobody_is_a_page(event, organiser):
    answer = organiser.post(url(event, "letter_preview", *ACCEPTED), {"reader": "zzz"})
    assert answer.status_code == 200


def test_people_of_another_event_are_not_shown(event, organiser):
    make_registration(make_event(), person=make_person(make_event(), "Ailleurs", "Lopes"))
    answer = organiser.post(url(event, "letter_preview", *ACCEPTED), GOOD | {"reader": "Ailleurs"})
    assert "Vous venez, Ailleurs" not in answer.text


def test_letter_as_a_mail_program_shows_it(event, organiser):
    organiser.post(url(event, "letter", *ACCEPTED), GOOD)
    text = organiser.get(url(event, "letter_seen", *ACCEPTED)).text
    assert "Vous venez, " in text
    assert "<table" in text


@pytest.mark.parametrize("asked", [("none", "fr"), ("registration_accepted", "de")])
def test_letter_or_language_that_is_none_does_not_exist(event, organiser, asked):
    assert organiser.get(url(event, "letter", *asked)).status_code == 404


def test_letter_by_date_is_switched_off_and_on(event, organiser):
    for is_on, off in (("no", ["your_code"]), ("yes", [])):
        organiser.post(url(event, "letter_switch", "your_code"), {"is_on": is_on})
        event.refresh_from_db()
        assert event.letters_off == off


def test_mail_is_found_by_kind_state_and_person(event, organiser):
    person = make_person(event, "Zoé", "Roy", email="zoe@example.org")
    write(event, person=person, to="zoe@example.org", subject="Pour Zoé", state=MailState.FAILED)
    write(event, letter="registration_accepted", subject="Pour un autre")
    for query in ("?q=zoe+roy", "?q=zoe@example.org", "?state=failed", "?letter=x"):
        text = organiser.get(url(event, "mail") + query).text
        assert "Pour Zoé" in text, query
        assert "Pour un autre" not in text, query


def test_failed_letter_is_sent_again_alone_or_with_all(event, organiser):
    first, second = (write(event, state=MailState.FAILED) for _ in range(2))
    organiser.post(url(event, "mail_again"), {"mail": first.pk})
    assert OutgoingMail.objects.waiting().get() == first
    organiser.post(url(event, "mail_again"), {"all": "failed"})
    assert set(OutgoingMail.objects.waiting()) == {first, second}
    foreign = write(make_event(), state=MailState.FAILED)
    organiser.post(url(event, "mail_again"), {"mail": foreign.pk})
    assert OutgoingMail.objects.refused().get() == foreign


@pytest.mark.parametrize("typed", ["", "x", "-1", "99999999999999999999999", "²"])
def test_sending_nothing_again_says_so(event, organiser, typed):
    assert organiser.post(url(event, "mail_again"), {"mail": typed}, follow=True).status_code == 200


def test_doubt_is_shown_and_ended(event, organiser):
    letter = write(event, state=MailState.UNSURE, handed_at=timezone.now())
    assert "Decide" in organiser.get(url(event, "tower", language="en")).text
    assert "It arrived" in organiser.get(url(event, "mail", language="en")).text
    organiser.post(url(event, "mail_taken", letter.pk))
    letter.refresh_from_db()
    assert letter.state == MailState.SENT


def test_letters_that_wait_for_no_worker_are_said(event, organiser):
    write(event, due_at=timezone.now() - timedelta(minutes=5))
    assert "no worker runs" in organiser.get(url(event, "tower", language="en")).text
    assert "no worker runs" in organiser.get(url(event, "mail", language="en")).text


def test_text_is_read_on_its_own_page_and_recorded(event, organiser):
    letter = write(event)
    assert "SECRET" in organiser.get(url(event, "mail_letter", letter.pk)).text
    assert AuditEntry.objects.about(letter).get().verb == "read_letter"


def test_secret_letter_is_its_reader_s_alone(event, organiser):
    letter = write(event, is_secret=True)
    assert "SECRET" not in organiser.get(url(event, "mail_letter", letter.pk)).text
    assert not AuditEntry.objects.about(letter).exists()
