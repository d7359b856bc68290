"""Bad lists sent through the organiser's screen, in both languages: what is wrong, where, what to do; rows counted.

The rest of the list lives in the rooms that refuse it: an empty file, an unknown header, role or theme and 10,000
rows (hackathon: test_roster, test_imports), a late submission and two captains at once (teams: test_submitting,
test_projects), a mark off the scale or after closing and an unfinished ballot (judging: test_scoring, test_ballots),
contradictory award rules (judging: test_prizes, test_deliberating).
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from webtest import Upload

from hackathon.domain import events
from hackathon.models import Account, Duty, Event, Person, Registration
from hackathon.tests.factories import make_event, make_role, make_staff

from .walking import Walker, form_to, words

pytestmark = pytest.mark.django_db

HEADER = "Prénom;Nom;Adresse e-mail;Profil"
LUCE = "Luce;Lopes;luce@example.org;Designer"
ANA = "Ana;Sol;luce@example.org;Designer"


@pytest.fixture
def organiser(django_app: Any) -> Walker:
    """Signed in, at an event that knows one role and nobody."""
    event = make_event(slug="essai")
    make_role(event, "designer", name_fr="Designer", name_en="Designer")
    make_staff(event, email="odile@example.org")
    walker = Walker(django_app, event.slug)
    walker.sign_in("odile@example.org")
    return walker


def send(walker: Walker, language: str, data: bytes) -> Any:
    """What comes back: the same page with its refusal, or the rehearsal."""
    walker.language = language
    page = walker.get("hackathon:import")
    form = form_to(page, page.request.path)
    form["list"] = Upload("liste.csv", data, "text/csv")
    answer = form.submit(expect_errors=True)
    return answer.follow() if answer.status_code == 302 else answer


def confirm(rehearsal: Any) -> Any:
    return (
        next(form for form in rehearsal.forms.values() if form.action.endswith("/confirm/")).submit().follow()
    )


@pytest.mark.parametrize(
    ("language", "said"), [("fr", ("ligne 3", "encodage")), ("en", ("line 3", "encoding"))]
)
def test_list_in_two_encodings_names_the_line(
    organiser: Walker, language: str, said: tuple[str, ...]
) -> None:
    data = f"{HEADER}\n{LUCE}\n".encode() + b"No\xe9mi\x81;b;n@example.org;Designer\n"
    refused = send(organiser, language, data)
    assert refused.status_code == 422
    for word in said:
        assert word in words(refused).lower()
    assert Registration.objects.count() == Person.objects.count() == 0


@pytest.mark.parametrize(("language", "said"), [("fr", "colonnes"), ("en", "columns")])
def test_list_with_a_delimiter_of_its_own_says_that_columns_are_not_found(
    organiser: Walker, language: str, said: str
) -> None:
    answer = send(organiser, language, f"{HEADER}\n{LUCE}".replace(";", "~").encode())
    assert said in words(answer)
    assert not [form for form in answer.forms.values() if form.action.endswith("/confirm/")]
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "2 personnes à importer"), ("en", "2 people to import")]
)
def test_two_people_under_one_address_are_two_people(organiser: Walker, language: str, said: str) -> None:
    rehearsal = send(organiser, language, f"{HEADER}\n{LUCE}\n{ANA}".encode())
    assert said in words(rehearsal)
    confirm(rehearsal)
    assert sorted(Person.objects.values_list("first_name", "email")) == [
        ("Ana", "luce@example.org"),
        ("Luce", "luce@example.org"),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "adresse d’un organisateur"), ("en", "is an organiser’s address")],
)
def test_address_of_an_organiser_makes_a_person_without_rights(
    organiser: Walker, language: str, said: str
) -> None:
    rehearsal = send(organiser, language, f"{HEADER}\n{LUCE}".replace("luce@", "odile@").encode())
    rehearsal = rehearsal.click(href="kind=new") if said not in words(rehearsal) else rehearsal
    assert said in words(rehearsal)
    confirm(rehearsal)
    assert Registration.objects.count() == 1
    assert Account.objects.count() == Duty.objects.count() == 1
    assert Person.objects.get().account is None


@pytest.mark.parametrize(("language", "said"), [("fr", "choisissez-en une autre"), ("en", "choose another")])
def test_event_whose_address_reads_as_a_language_is_refused(language: str, said: str) -> None:
    """`/en-route/` would be read as an English page, and be nowhere."""
    for slug in ("en-route", "en", "fr-tech"):
        with override(language), pytest.raises(events.EventRefused) as refusal:
            events.create_event(slug=slug, organiser_email="odile@example.org", actor=None)
        assert said in str(refusal.value)
    assert Event.objects.count() == 0
