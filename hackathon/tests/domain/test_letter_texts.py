"""The organisers' own words: kept, refused with every mistake, taken back; and inert whatever is typed."""

import pytest
from django.conf import settings

from hackathon import letters
from hackathon.domain import letter_kinds, letter_texts
from hackathon.kit.problems import blockers
from hackathon.kit.registry import registry
from hackathon.models import AuditEntry, OutgoingMail
from hackathon.tests.factories import make_event, make_person, make_registration, make_staff

pytestmark = pytest.mark.django_db

WORDS = "Bonjour {first_name},\n\nVenez : {link}\n\nUne question ? {contact}\n"


@pytest.fixture
def event():
    return make_event(venue="Cité des Sciences")


@pytest.fixture
def accepted():
    return registry.letters["registration_accepted"]


def change(event, kind, text=WORDS, subject="Vous venez, {first_name}", language="fr", actor=None):
    return letter_texts.change(
        event=event, kind=kind, language=language, subject=subject, text=text, actor=actor
    )


def accepted_letter(event, number=1, **person):
    registration = make_registration(event, person=make_person(event, **person), state="accepted")
    return letters.registration_news(registration=registration, news="accepted", number=number)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_words_of_every_letter_can_be_kept_as_they_are(event, language):
    for kind in registry.letters.values():
        words = letter_texts.ours(kind, language)
        assert words.subject
        assert "{first_name}" in words.text
        assert blockers(letter_texts.mistakes(kind, words.subject, words.text)) == [], kind.name
        shown = letter_texts.shown(event=event, kind=kind, language=language, words=words)
        assert "{" not in shown.subject + shown.text, kind.name


def test_letter_leaves_in_the_words_of_its_event_and_language(event, accepted):
    change(event, accepted)
    letter = accepted_letter(event, first="Luce")
    assert letter.subject == "Vous venez, Luce"
    assert letter.text.startswith("Bonjour Luce,\n\nVenez : http")
    assert "question" not in letter.text, "no contact address: its line is left out"
    assert "Vous avez une place" in accepted_letter(make_event(), first="Ana").text
    assert "You have a place" in accepted_letter(event, first="Zoe", language="en").text


@pytest.mark.parametrize(
    "typed",
    [
        "{% load static %}", "{% include 'mail/letter.html' %}", "{{ settings.SECRET_KEY }}", "{event.__class__}",
        "{event.registrations}", "{0}", "{}", "{first_name!r}",
    ],
)  # fmt: skip
def test_what_is_no_placeholder_is_refused_by_name_and_inert_even_so(event, accepted, typed):
    with pytest.raises(letter_texts.TextRefused) as refused:
        change(event, accepted, WORDS + typed)
    assert "{first_name}, {event}" in str(refused.value), "those that may be written are listed"
    event.letter_texts.create(letter=accepted.name, language="fr", subject=typed, text=WORDS + typed)
    letter = accepted_letter(event)
    assert typed in letter.subject
    assert typed in letter.text
    assert settings.SECRET_KEY not in letter.text + letter.html


def test_html_is_text_in_both_parts(event, accepted):
    change(event, accepted, WORDS + "<script>alert(1)</script> & <b>gras</b>")
    letter = accepted_letter(event, first="<img src=x>")
    assert "<script>" in letter.text
    for tag in ("<script", "<b>", "<img"):
        assert tag not in letter.html


def test_link_that_is_left_out_is_asked_for(event, accepted):
    with pytest.raises(letter_texts.TextRefused, match=r"\{link\}"):
        change(event, accepted, "Bonjour {first_name}")


def test_nobody_spoken_to_is_only_a_warning(event, accepted):
    assert change(event, accepted, "Venez : {link}").own


def test_our_own_words_typed_again_are_no_change(event, accepted):
    words = letter_texts.ours(accepted, "fr")
    assert change(event, accepted, words.text, words.subject).own is None
    change(event, accepted)
    assert change(event, accepted, words.text, words.subject).own is None
    assert not event.letter_texts.exists()


def test_change_and_return_are_in_the_record(event, accepted):
    organiser = make_staff(event)
    change(event, accepted, actor=organiser)
    change(event, accepted, actor=organiser)
    letter_texts.reset(event=event, kind=accepted, language="fr", actor=organiser)
    letter_texts.reset(event=event, kind=accepted, language="fr", actor=organiser)
    acts = list(AuditEntry.objects.for_event(event).order_by("pk"))
    assert [act.verb for act in acts] == ["change_letter", "reset_letter"]
    assert acts[0].data["now"]["text"] == WORDS
    assert {act.actor for act in acts} == {organiser}


def test_letter_of_a_private_role_never_names_it(event):
    for kind in registry.letters.values():
        assert "role" not in letter_kinds.placeholders(kind)


def test_letter_that_does_not_leave_by_date_is_not_switched_off(event, accepted):
    with pytest.raises(letter_texts.TextRefused):
        letter_texts.switch(event=event, kind=accepted, is_on=False, actor=None)


def test_nobody_without_an_address_is_written_to(event):
    assert accepted_letter(event, email="") is None
    assert not OutgoingMail.objects.exists()
