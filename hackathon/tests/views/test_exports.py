"""What leaves: chosen columns, quoted formulas, phones that stay phones; sheets without names, or for named staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.domain import roster
from hackathon.enums import DutyKind, RegistrationState
from hackathon.kit import sheets
from hackathon.models import AuditEntry, Event, Needs, Registration
from hackathon.tests.factories import (
    DAY_2,
    DURING_REGISTRATION,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)

State = RegistrationState


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, attendance_rate=50)
    return event


@pytest.fixture
def organiser(event: Event, browse: Any) -> Any:
    return browse(make_staff(event))


def url(event: Event, name: str, **more: Any) -> str:
    return reverse(f"hackathon:{name}", kwargs={"event": event.slug, **more})


def eater(event: Event, diet: str, state: str = State.CONFIRMED, **more: Any) -> Registration:
    registration = make_registration(event, state=state, **more)
    if diet:
        Needs.objects.create(person=registration.person, diet=diet)
    return registration


def test_only_the_ticked_columns_leave_and_are_remembered(event: Event, organiser: Any) -> None:
    registration = make_registration(
        event, person=make_person(event, "=1+1", "Sol", phone="+33 6 12 34 56 78")
    )
    Needs.objects.create(person=registration.person, diet="secret-diet")
    for kind in ("csv", "xlsx"):
        said = {"columns": ["first_name", "phone", "image"], "format": kind}
        data = organiser.post(url(event, "people_export"), said).content
        table = sheets.read_table(data)
        assert table.header[:2] == ["Prénom", "Téléphone"]
        assert table.rows[0].cells[2] == "non"
        assert table.rows[0].cells[:2] == ["=1+1", "+33 6 12 34 56 78"]
        assert b"secret-diet" not in data
    assert organiser.get(url(event, "people_export")).context["form"].initial["columns"] == said["columns"]
    entry = AuditEntry.objects.filter(verb="export_registrations").latest("pk")
    assert (entry.data["columns"], entry.data["count"]) == (said["columns"], 1)
    assert organiser.post(url(event, "people_export"), {"format": "csv"}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+33 6 12 34 56 78+A1", "'+33 6 12 34 56 78+A1"),
    ],
)
def test_phones_leave_readable_and_formulas_quoted(
    event: Event, organiser: Any, typed: str, written: str
) -> None:
    make_registration(event, person=make_person(event, phone=typed))
    assert f";{written};" in organiser.get(url(event, "people_csv")).content.decode("utf-8-sig")


def test_an_export_imported_again_finds_the_same_phones(event: Event, organiser: Any) -> None:
    make_registration(event, person=make_person(event, phone="0612345678", email="p@example.org"))
    data = organiser.get(url(event, "people_csv")).content
    rehearsal = roster.rehearse(event=event, data=data, name="liste.csv")
    assert (rehearsal.counts["unchanged"], rehearsal.counts["changed"]) == (1, 0)


def test_an_export_costs_the_same_queries_whatever_its_length(event: Event, organiser: Any) -> None:
    page = organiser.get(url(event, "people_export"))
    every = [key for key, _words in page.context["form"].fields["columns"].choices]
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            make_registration(event)
        with CaptureQueriesContext(connection) as captured:
            assert (
                organiser.post(url(event, "people_export"), {"columns": every, "format": "csv"}).status_code
                == 200
            )
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_meals_are_counted_by_diet_without_a_name_and_without_those_who_skip_the_day(
    event: Event, organiser: Any
) -> None:
    for diet in ("Végétarien", "vegetarien", "Végétarien", ""):
        eater(event, diet)
    eater(event, "Végétarien", day_intentions={DAY_2.isoformat(): False})
    eater(event, "Halal", state=State.WAITLISTED)
    found = organiser.get(url(event, "catering")).context["found"]
    assert [(line.diet, line.meals) for line in found.lines] == [("Végétarien", [(4, 2), (3, 2)])]
    assert (found.plain.meals, found.total.meals) == ([(1, 1), (1, 1)], [(5, 3), (4, 2)])
    for kind in ("csv", "xlsx"):
        data = organiser.get(url(event, "catering"), {"format": kind}).content
        assert sheets.read_table(data).rows[0].cells == ["Végétarien", "4", "2", "3", "2"]
        assert b"Camille" not in data


def test_needs_by_name_are_for_named_staff_and_each_reading_is_recorded(event: Event, browse: Any) -> None:
    registration = eater(event, "Halal")
    assert browse(make_staff(event)).get(url(event, "needs_sheet")).status_code == 403
    page = browse(make_staff(event, DutyKind.CARE)).get(url(event, "needs_sheet"))
    assert "Halal" in page.text
    assert AuditEntry.objects.filter(verb="read_needs").count() == 1
    person = url(event, "person", registration=registration.pk)
    assert "Halal" not in browse(make_staff(event)).get(person).text


def test_text_messages_go_to_mobiles_once_each_of_those_who_come(event: Event, organiser: Any) -> None:
    for phone, state in (
        ("06 12 34 56 78", State.CONFIRMED),
        ("+33612345678", State.ACCEPTED),
        ("01 45 67 89 01", State.CONFIRMED),
        ("0700000000", State.CANCELLED),
    ):
        make_registration(event, state=state, person=make_person(event, phone=phone))
    found = organiser.get(url(event, "sms")).context["found"]
    assert (len(found.reachable), found.numbers, len(found.unreachable)) == (2, ["+33612345678"], 1)
    assert not AuditEntry.objects.exists()
    assert organiser.get(url(event, "sms"), {"format": "txt"}).content == b"+33612345678"
    organiser.get(url(event, "sms"), {"format": "csv", "role": "x"})
    assert [entry.data["what"] for entry in AuditEntry.objects.order_by("pk")] == ["sms", "sms"]
