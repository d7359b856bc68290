"""The wall and the schedule file: what a room and an app read of the public programme, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hackathon.domain import windows
from hackathon.enums import WindowKind
from hackathon.models import Account, Event, ProgrammeItem
from hackathon.tests import factories

pytestmark = pytest.mark.django_db

Browse = Callable[[Account | None], Client]


@pytest.fixture
def event(at: Any) -> Event:
    event = factories.make_event()
    start = factories.DURING_WORK
    for hours, title, is_public in ((-1, "Travail", True), (2, "Repas", True), (3, "Réunion du jury", False)):
        ProgrammeItem.objects.create(
            event=event,
            title_fr=title,
            starts_at=start + timedelta(hours=hours),
            ends_at=start + timedelta(hours=hours + 1.5),
            room="Agora" if title == "Repas" else "",
            is_public=is_public,
        )
    windows.set_window(
        event=event,
        kind=WindowKind.SUBMISSION,
        opens_at=start - timedelta(hours=2),
        closes_at=start + timedelta(hours=4),
        actor=None,
    )
    at(start)
    return Event.objects.get(pk=event.pk)


def test_the_room_reads_what_is_left_now_and_next(event: Event, browse: Browse) -> None:
    text = browse(None).get(f"/en/{event.slug}/screen/").content.decode()
    assert "left to hand the project in" in text
    assert text.index("Travail") < text.index("Repas") < text.index("Agora")
    assert "Réunion du jury" not in text


def test_a_french_line_is_marked_on_an_english_screen(event: Event, browse: Browse) -> None:
    assert '<span lang="fr">Travail</span>' in browse(None).get(f"/en/{event.slug}/screen/").content.decode()


def test_a_screen_that_shows_it_already_is_told_so(event: Event, browse: Browse, at: Any) -> None:
    client, address = browse(None), f"/{event.slug}/screen/part/"
    first = client.get(address)
    at(factories.DURING_WORK + timedelta(seconds=40))
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    at(factories.DURING_WORK + timedelta(hours=2))
    later = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert later["ETag"] != first["ETag"]


def test_the_wall_stays_calm_without_a_programme(browse: Browse) -> None:
    event = factories.make_event()
    assert event.name in browse(None).get(f"/{event.slug}/screen/").content.decode()


@pytest.mark.parametrize("address", ["screen/", "screen/part/", "programme/schedule.json"])
def test_a_hidden_event_has_no_wall(browse: Browse, address: str) -> None:
    event = factories.make_event(is_public=False)
    assert browse(None).get(f"/{event.slug}/{address}").status_code == 404


def test_the_schedule_is_what_schedule_apps_read(event: Event, browse: Browse) -> None:
    found = browse(None).get(f"/{event.slug}/programme/schedule.json").json()["schedule"]["conference"]
    assert (found["acronym"], found["time_zone_name"]) == (event.slug, "Europe/Paris")
    assert found["daysCount"] == len(found["days"]) == 1
    rooms = found["days"][0]["rooms"]
    assert [one["title"] for one in rooms["Agora"]] == ["Repas"]
    assert rooms["Agora"][0]["duration"] == "01:30"
    assert {one["name"] for one in found["rooms"]} == set(rooms)
    guids = [one["guid"] for lines in rooms.values() for one in lines]
    assert len(set(guids)) == 2
    assert "jury" not in str(found)


def test_the_schedule_of_an_empty_programme_is_empty(browse: Browse) -> None:
    event = factories.make_event()
    found = browse(None).get(f"/{event.slug}/programme/schedule.json").json()["schedule"]["conference"]
    assert (found["daysCount"], found["days"]) == (0, [])


def test_the_schedule_changes_its_version_with_its_lines(event: Event, browse: Browse) -> None:
    address = f"/{event.slug}/programme/schedule.json"
    before = browse(None).get(address).json()["schedule"]["version"]
    item = ProgrammeItem.objects.get(title_fr="Repas")
    item.ends_at += timedelta(minutes=10)
    item.save()
    assert browse(None).get(address).json()["schedule"]["version"] != before


def test_the_last_moment_of_a_day_does_not_last_all_night(browse: Browse, at: Any) -> None:
    event = factories.make_event()
    for number, title in enumerate(("Clôture", "Accueil")):
        starts_at = factories.DURING_WORK + timedelta(hours=18 * number)
        ProgrammeItem.objects.create(event=event, title_fr=title, starts_at=starts_at)
    at(factories.DURING_WORK + timedelta(hours=9))
    text = browse(None).get(f"/{event.slug}/screen/").content.decode()
    assert "Accueil" in text
    assert "Clôture" not in text


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_the_wall_asks_the_same_however_long_the_day(
    browse: Browse, at: Any, lines: int, django_assert_max_num_queries: Any
) -> None:
    event = factories.make_event()
    for number in range(lines):
        starts_at = factories.DURING_WORK + timedelta(minutes=10 * number)
        ProgrammeItem.objects.create(event=event, title_fr=f"Ligne {number}", starts_at=starts_at)
    at(factories.DURING_WORK)
    with django_assert_max_num_queries(5):
        browse(None).get(f"/{event.slug}/screen/part/")
