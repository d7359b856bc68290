"""The files of a project over HTTP: parts, resuming, the plain form, who reads what and with which headers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from hackathon.models import Event
from hackathon.tests.decks import PDF
from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event, make_staff
from teams.domain import project_files
from teams.models import Project, ProjectFile
from teams.tests.factories import announce_now, make_image, make_member, make_project, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(DURING_WORK, tick=False), override("en"):
        yield


@pytest.fixture
def project(db: Any) -> Project:
    event = make_event()
    project = make_project(make_team(event, people=1))
    announce_now(event)
    return project


@pytest.fixture
def member(project: Project) -> Client:
    account, _own = make_member(project.event, project.team)
    return signed_in(account)


def signed_in(account: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def at(name: str, project: Project) -> str:
    return reverse(f"teams:{name}", args=[project.event.slug, project.team.number])


def of(name: str, file: ProjectFile, *more: Any) -> str:
    return reverse(f"teams:{name}", args=[file.event.slug, file.pk, *more])


def begin(client: Client, project: Project, **more: Any) -> Any:
    return client.post(at("begin_file", project), {"kind": "deck", "name": "d.pdf", "size": len(PDF), **more})


def send_part(client: Client, url: str, offset: Any, data: bytes) -> Any:
    headers = {} if offset is None else {"upload-offset": str(offset)}
    return client.post(url, data, content_type="application/octet-stream", headers=headers)


def test_a_file_goes_on_from_where_the_network_cut_it(member: Client, project: Project) -> None:
    place = begin(member, project).json()
    assert send_part(member, place["part"], 0, PDF[:30]).json() == {"offset": 30}
    gap = send_part(member, place["part"], 40, PDF[40:])
    assert (gap.status_code, gap.json()["code"], gap.json()["offset"]) == (409, "gap", 30)
    again = begin(member, project).json()
    assert again == {**place, "offset": 30}
    assert member.get(place["part"]).json() == {"offset": 30, "size": len(PDF), "state": "arriving"}
    assert send_part(member, place["part"], 0, b"another file").json()["code"] == "different_file"
    assert member.post(place["finish"]).status_code == 409
    assert send_part(member, place["part"], 30, PDF[30:]).json() == {"offset": len(PDF)}
    assert member.post(place["finish"]).json()["state"] == "kept"
    assert send_part(member, place["part"], 0, PDF).status_code == 410


@pytest.mark.parametrize(
    ("offset", "data", "status"),
    [(None, b"x", 400), ("-1", b"x", 400), ("9" * 30, b"x", 400), (0, b"x" * (1024 * 1024 + 1), 413)],
)
def test_a_part_that_says_nothing_of_itself_or_too_much_is_refused(
    member: Client, project: Project, offset: Any, data: bytes, status: int
) -> None:
    place = begin(member, project).json()
    assert send_part(member, place["part"], offset, data).status_code == status
    assert member.get(place["part"]).json()["offset"] == 0


@pytest.mark.parametrize(
    ("more", "status"), [({"size": "x"}, 422), ({"size": 20 * 1024**2 + 1}, 422), ({"kind": "exe"}, 422)]
)
def test_a_beginning_is_refused_with_words(
    member: Client, project: Project, more: dict[str, Any], status: int
) -> None:
    answer = begin(member, project, **more)
    assert answer.status_code == status
    assert answer.json()["message"]


def test_parts_write_nothing_to_the_database(
    member: Client, project: Project, django_assert_max_num_queries: Any
) -> None:
    place = begin(member, project).json()
    with django_assert_max_num_queries(8) as asked:
        send_part(member, place["part"], 0, PDF[:30])
    assert [each["sql"] for each in asked if not each["sql"].startswith("SELECT")] == []


def test_the_plain_form_sends_a_file_and_shows_what_is_refused(member: Client, project: Project) -> None:
    url = at("files", project)
    answer = member.post(url, {"kind": "deck", "file": SimpleUploadedFile("d.pdf", PDF)}, follow=True)
    assert "has arrived whole" in answer.content.decode()
    bad = member.post(url, {"kind": "deck", "file": SimpleUploadedFile("d.pptx", b"<html>")})
    assert (bad.status_code, "not what is asked" in bad.content.decode()) == (422, True)
    assert "Choose a file first" in member.post(url, {"kind": "deck"}).content.decode()


def test_after_the_deadline_nothing_begins_and_nothing_changes(member: Client, project: Project) -> None:
    file = make_image(project)
    with time_machine.travel(DEADLINE, tick=False):
        answer = begin(member, project)
        assert (answer.status_code, answer.json()["code"]) == (403, "submission_closed")
        assert member.post(of("change_file", file), {"act": "remove"}).status_code == 403
        page = member.get(at("files", project)).content.decode()
    assert "data-upload=" not in page
    assert "Remove" not in page


def test_a_file_is_saved_and_a_picture_shown_each_with_its_headers(member: Client, project: Project) -> None:
    file = make_image(project)
    whole, picture = member.get(of("file", file)), member.get(of("picture", file, 480))
    assert whole["Content-Disposition"] == 'attachment; filename="ecran.png"'
    assert (picture["Content-Type"], picture["Content-Disposition"][:6]) == ("image/webp", "inline")
    for answer in (whole, picture):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "private, no-store"
        assert read(answer)


def test_others_never_know_that_a_file_exists(project: Project) -> None:
    file = make_image(project)
    other, _own = make_member(project.event, make_team(project.event, people=1))
    foreign = make_event()
    for client in (signed_in(other), signed_in(make_staff(foreign))):
        for url in (of("file", file), of("picture", file, 480), of("file_part", file)):
            assert client.get(url).status_code == 404
    assert Client().get(of("file", file)).status_code == 302
    there = reverse("teams:file", args=[foreign.slug, file.pk])
    assert signed_in(make_staff(foreign)).get(there).status_code == 404


def test_the_public_sees_pictures_of_handed_in_projects_once_results_are_out_and_never_the_file(
    project: Project,
) -> None:
    file = make_image(project)
    Event.objects.filter(pk=project.event.pk).update(published_at=DURING_WORK)
    assert Client().get(of("picture", file, 480)).status_code == 302
    Project.objects.filter(pk=project.pk).update(state="submitted", submitted_at=DURING_WORK)
    answer = Client().get(of("picture", file, 480))
    assert answer.status_code == 200
    assert read(answer)
    assert Client().get(of("file", file)).status_code == 302
    Project.objects.filter(pk=project.pk).update(standing="disqualified", standing_reason="x")
    assert Client().get(of("picture", file, 480)).status_code == 302


def test_the_page_asks_as_much_whatever_the_files(member: Client, project: Project) -> None:
    asked = []
    for rows in (1, 3, 6):
        while ProjectFile.objects.count() < rows:
            make_image(project, position=ProjectFile.objects.count())
        with CaptureQueriesContext(connection) as queries:
            member.get(at("files", project))
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 14


def test_an_organiser_judges_late_files_with_a_reason(project: Project) -> None:
    file = make_image(project, state="late")
    organiser = signed_in(make_staff(project.event))
    assert (
        "ecran.png" in organiser.get(reverse("teams:late_files", args=[project.event.slug])).content.decode()
    )
    url = of("judge_late_file", file)
    assert organiser.post(url, {"act": "accept", "reason": ""}).status_code == 422
    organiser.post(url, {"act": "accept", "reason": "network"})
    file.refresh_from_db()
    assert file.state == "kept"
    assert project_files.kept_files(project) == [file]
