"""The organisers' list of people: found, filtered, taken out, acted upon; a fixed number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.enums import DutyKind, RegistrationState
from hackathon.kit import sheets
from hackathon.models import AuditEntry, Event, Needs, OutgoingMail, Registration
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
    make_theme,
)

State = RegistrationState


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, "developpeur", name_fr="Développeur")
    make_role(event, "chercheur-emploi", name_fr="Chercheur d’emploi", is_private=True)
    return event


@pytest.fixture
def organiser(event: Event, browse: Any) -> Any:
    return browse(make_staff(event, DutyKind.ORGANISER))


def url(event: Event, name: str, **more: Any) -> str:
    return reverse(f"hackathon:{name}", kwargs={"event": event.slug, **more})


def test_the_list_costs_the_same_queries_whatever_its_length(event: Event, organiser: Any) -> None:
    themes = [make_theme(event, "Local"), make_theme(event, "Emploi")]
    organiser.get(url(event, "people"))
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            make_registration(event, themes=themes)
        with CaptureQueriesContext(connection) as captured:
            organiser.get(url(event, "people"))
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 10


def test_searching_does_without_accents_and_capitals(event: Event, organiser: Any) -> None:
    make_registration(event, person=make_person(event, "Noémi", "Lecoq"))
    make_registration(event, person=make_person(event, "Ana", "Sol"))
    page = organiser.get(url(event, "people"), {"q": "NOEMI lec"}).text
    assert "Noémi Lecoq" in page
    assert "Ana Sol" not in page


def test_filters_sort_and_pages_go_together(event: Event, organiser: Any) -> None:
    developer, seeker = event.roles.in_order()
    for number in range(60):
        make_registration(event, developer, person=make_person(event, "Dev", f"{number:02}"))
    make_registration(event, seeker, state=State.WAITLISTED, person=make_person(event, "Sam", "Attend"))
    page = organiser.get(url(event, "people"), {"role": developer.pk, "page": "2"})
    assert len(page.context["page_obj"].object_list) == 10
    assert "Sam Attend" in organiser.get(url(event, "people"), {"state": "waitlisted"}).text
    assert organiser.get(url(event, "people"), {"role": "999", "sort": "x", "page": "zz"}).status_code == 200


def test_the_export_follows_the_filter_is_recorded_and_runs_nothing(event: Event, organiser: Any) -> None:
    person = make_person(event, "=HYPERLINK(1)", "Sol", phone="+33 1", organisation="@sum")
    registration = make_registration(event, event.roles.first(), person=person)
    Needs.objects.create(person=person, diet="secret-diet")
    make_registration(event, event.roles.first(), state=State.CANCELLED)
    for kind in ("csv", "xlsx"):
        data = organiser.get(url(event, f"people_{kind}"), {"state": registration.state}).content
        table = sheets.read_table(data)
        assert len(table.rows) == 1
        assert table.rows[0].cells[0] == "=HYPERLINK(1)"
        assert b"secret-diet" not in data
    text = organiser.get(url(event, "people_csv")).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'@sum" in text
    entry = AuditEntry.objects.filter(verb="export_registrations").first()
    assert entry is not None
    assert (entry.data["count"], entry.data["filters"]) == (1, {"state": registration.state})


@pytest.mark.parametrize("name", ["people", "people_csv", "people_xlsx", "import"])
def test_nobody_but_the_organisers_sees_the_people(event: Event, browse: Any, name: str) -> None:
    make_registration(event)
    assert browse(None).get(url(event, name)).status_code == 302
    assert browse(make_account()).get(url(event, name)).status_code == 403
    for kind in (DutyKind.DESK, DutyKind.MENTOR, DutyKind.PARTNER):
        assert browse(make_staff(event, kind)).get(url(event, name)).status_code == 403
    assert browse(make_staff(make_event())).get(url(event, name)).status_code == 403


def test_a_person_of_another_event_does_not_exist(event: Event, organiser: Any) -> None:
    other = make_registration(make_event())
    assert organiser.get(url(event, "person", registration=other.pk)).status_code == 404
    assert (
        organiser.post(url(event, "person_act", registration=other.pk), {"act": "accept"}).status_code == 404
    )


def test_acting_needs_a_reason_for_a_no_and_leaves_a_trace(event: Event, organiser: Any) -> None:
    registration = make_registration(event, state=State.SUBMITTED)
    act = url(event, "person_act", registration=registration.pk)
    refused = organiser.post(act, {"act": "decline"})
    assert (refused.status_code, "Dites pourquoi" in refused.text) == (422, True)
    registration.refresh_from_db()
    assert registration.state == State.SUBMITTED
    organiser.post(act, {"act": "decline", "reason": "Trop de demandes"})
    registration.refresh_from_db()
    assert registration.state == State.DECLINED
    assert "Trop de demandes" in organiser.get(url(event, "person", registration=registration.pk)).text
    assert "Trop de demandes" in OutgoingMail.objects.get().text


def test_places_are_offered_in_order_and_never_more_than_are_free(event: Event, organiser: Any) -> None:
    role = event.roles.first()
    role.capacity = 2
    role.save()
    make_registration(event, role)
    waiting = [make_registration(event, role, state=State.WAITLISTED) for _ in range(3)]
    organiser.post(url(event, "offer_places"), {"count": 3, "hours": 24})
    states = [Registration.objects.get(pk=each.pk).state for each in waiting]
    assert states == [State.OFFERED, State.WAITLISTED, State.WAITLISTED]
    assert OutgoingMail.objects.get().letter == "registration_offered"


def test_an_empty_list_says_how_people_come(event: Event, organiser: Any) -> None:
    assert "Personne n’est encore inscrit" in organiser.get(url(event, "people")).text
