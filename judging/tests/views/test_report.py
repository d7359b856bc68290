"""The final report: the same figures on the page, on paper and as open data; nobody is named and few are counted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from hackathon.models import Account, Event, Presence, Registration
from hackathon.tests.factories import make_registration, make_role, make_staff
from judging.documents import report as paper
from judging.domain import reporting
from judging.tests.factories import make_jury

Browse = Callable[[Account | None], Client]


@pytest.fixture
def event(db: None) -> Event:
    return make_jury(themes=2).event


def arrive(event: Event, key: str, people: int) -> None:
    role = event.roles.filter(key=key).first() or make_role(event, key, name_fr=key, name_en=key)
    day = event.days.first()
    for _number in range(people):
        registration = make_registration(event, role=role)
        Presence.objects.create(registration=registration, day=day, half="am", in_at=event.now)


def rows(event: Event, key: str) -> dict[str, list[int | None]]:
    with translation.override("en"):
        found = reporting.report(event, "en")
    return dict(next(table.rows for table in found.tables if table.key == key))


def test_people_are_counted_by_role_and_half_day(event: Event) -> None:
    for key, people in {"designer": 6, "coder": 7}.items():
        arrive(event, key, people)
    by_role = rows(event, "roles")
    assert by_role["designer"][-1] == 6
    assert by_role["coder"][-1] == 7
    assert next(iter(rows(event, "half_days").values())) == [13]


def test_first_wishes_are_counted_once_a_person(event: Event) -> None:
    themes = list(event.themes.all())
    for number in range(12):
        registration = make_registration(event, themes=[themes[number % 2], themes[1 - number % 2]])
        for half in ("am", "pm"):
            Presence.objects.create(
                registration=registration, day=event.days.first(), half=half, in_at=event.now
            )
    assert list(rows(event, "wishes").values()) == [[6], [6]]


def test_a_french_theme_is_marked_on_an_english_report_and_a_translated_one_is_not(
    event: Event, browse: Browse
) -> None:
    theme = event.themes.first()
    assert theme is not None
    theme.short_title_en = "Translated"  # type: ignore[attr-defined]
    theme.save()
    text = browse(make_staff(event)).get(f"/en/{event.slug}/tower/report/").content.decode()
    assert '<th scope="row" lang="en">Translated</th>' in text
    assert '<th scope="row" lang="fr">Thématique 2</th>' in text


def test_a_few_people_are_not_counted_apart(event: Event) -> None:
    for key, people in {"designer": 2, "coder": 7, "helper": 9}.items():
        arrive(event, key, people)
    by_role = rows(event, "roles")
    assert by_role["designer"][-1] is None
    assert by_role["coder"][-1] is None, "or the total would tell"
    assert by_role["helper"][-1] == 9


def test_laureates_wait_for_the_announcement(event: Event) -> None:
    assert reporting.report(event, "fr").laureates == []


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_page_asks_the_same_however_many_came(
    event: Event, people: int, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    arrive(event, "designer", people)
    client = browse(make_staff(event))
    with django_assert_max_num_queries(28):
        assert client.get(f"/{event.slug}/tower/report/").status_code == 200


def test_the_open_data_describe_themselves_and_name_nobody(event: Event, browse: Browse) -> None:
    arrive(event, "designer", 3)
    person = Registration.objects.for_event(event).first().person
    response = browse(make_staff(event)).get(f"/en/{event.slug}/tower/report/data.zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {one["path"] for one in described["resources"]} == set(files) - {"datapackage.json"}
    for one in described["resources"]:
        lines = list(csv.reader(io.StringIO(files[one["path"]])))
        assert lines[0] == [field["name"] for field in one["schema"]["fields"]]
        assert {len(line) for line in lines} == {len(lines[0])}
    assert not any(person.last_name in text or person.email in text for text in files.values())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_is_a_pdf_in_each_language(event: Event, language: str) -> None:
    arrive(event, "designer", 6)
    assert paper.report(event, language).startswith(b"%PDF")
