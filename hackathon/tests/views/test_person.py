"""One person's page: everything, a fixed number of queries, corrected without losing what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.domain import audit, people
from hackathon.enums import QuestionKind
from hackathon.models import Answer, Event, OutgoingMail, Question
from hackathon.tests.factories import (
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
    make_theme,
)


@pytest.fixture
def event(db: Any) -> Event:
    event = make_event()
    make_role(event)
    make_theme(event, "Local")
    return event


@pytest.fixture
def organiser(event: Event, browse: Any) -> Any:
    return browse(make_staff(event))


def url(event: Event, name: str, **more: Any) -> str:
    return reverse(f"hackathon:{name}", kwargs={"event": event.slug, **more})


def typed(registration: Any, **changes: Any) -> dict[str, Any]:
    person = registration.person
    facts = ("first_name", "last_name", "email", "phone", "organisation", "language")
    said = {name: getattr(person, name) for name in facts}
    return {**said, "role": registration.role_id, "seen": people.mark(registration), **changes}


def test_the_page_costs_the_same_queries_whatever_happened(event: Event, organiser: Any) -> None:
    registration = make_registration(event)
    page = url(event, "person", registration=registration.pk)
    organiser.get(page)
    counts = []
    for number in (1, 2, 27):
        for _ in range(number):
            audit.record(event=event, actor=None, verb="confirm_registration", about=registration)
            OutgoingMail.objects.create(
                event=event, person=registration.person, letter="x", to="a@example.org", subject="s", text="t"
            )
            question = Question.objects.create(event=event, kind=QuestionKind.SHORT_TEXT, label="Q")
            Answer.objects.create(registration=registration, question=question, asked="Q", value="R")
        with CaptureQueriesContext(connection) as captured:
            assert organiser.get(page).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]


def test_a_correction_is_made_and_told(event: Event, organiser: Any) -> None:
    registration = make_registration(event)
    theme = event.themes.get()
    correct = url(event, "person_correct", registration=registration.pk)
    page = organiser.post(
        correct, typed(registration, first_name="Noémi", theme_0=theme.pk, skills="a, b"), follow=True
    )
    registration.refresh_from_db()
    assert (registration.person.first_name, registration.skills) == ("Noémi", ["a", "b"])
    assert registration.choices.get().theme == theme
    assert "<del>Camille</del>" in page.text


def test_a_refused_correction_keeps_what_was_typed(event: Event, organiser: Any) -> None:
    make_registration(event, person=make_person(event, "Ana", "Sol", email="ana@example.org"))
    registration = make_registration(event)
    correct = url(event, "person_correct", registration=registration.pk)
    for changes, status in (
        ({"first_name": "Ana", "last_name": "Sol", "email": "ana@example.org"}, 409),
        ({"email": "pas une adresse", "last_name": "Sol"}, 422),
        ({"seen": "old", "last_name": "Sol"}, 409),
    ):
        page = organiser.post(correct, typed(registration, **changes))
        assert page.status_code == status
        assert 'value="Sol"' in page.text
    registration.refresh_from_db()
    assert registration.person.last_name != "Sol"


def test_the_curves_say_in_figures_what_they_draw(event: Event, organiser: Any) -> None:
    for _ in range(3):
        make_registration(event)
    page = organiser.get(url(event, "trend"))
    assert page.context["series"].totals == [3]
    assert "<desc" in page.text
    assert "Personne n’est encore inscrit" not in page.text
    other = make_event()
    assert organiser.get(url(other, "trend")).status_code == 403
