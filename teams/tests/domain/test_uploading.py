"""A project's files: parts, the deadline, what is refused, what is kept, what is cleaned away."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from hackathon.domain import windows
from hackathon.enums import WindowKind
from hackathon.kit import arriving
from hackathon.kit.uploads import UploadRefused
from hackathon.models import AuditEntry, Event
from hackathon.tests.decks import PDF, a_pptx, an_odp
from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event
from teams.domain import keeping_files, privacy, project_files, uploading
from teams.domain.writing import SubmissionClosed
from teams.enums import FileState
from teams.models import Project, ProjectFile
from teams.tests.factories import make_image, make_member, make_project, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with override("en"), time_machine.travel(DURING_WORK, tick=False):
        yield


@pytest.fixture
def project(db: Any) -> Project:
    return make_project(make_team(make_event()))


def afresh(project: Project) -> Project:
    """As another request finds it: the windows are read again."""
    found = Project.objects.with_teams().get(pk=project.pk)
    found.team.event = Event.objects.get(pk=found.team.event_id)
    return found


def begin(
    project: Project, data: bytes = PDF, name: str = "deck.pdf", kind: str = "deck", **more: Any
) -> ProjectFile:
    return uploading.begin_upload(project=project, kind=kind, name=name, size=len(data), actor=None, **more)


def send(project: Project, data: bytes = PDF, name: str = "deck.pdf", kind: str = "deck") -> ProjectFile:
    file = begin(project, data, name, kind)
    uploading.receive_part(file=file, offset=0, data=data)
    return uploading.finish_upload(file=file, actor=None)


def test_a_file_arrives_in_parts_and_is_kept_with_its_digest(project: Project) -> None:
    file = begin(project)
    assert uploading.receive_part(file=file, offset=0, data=PDF[:20]) == 20
    with pytest.raises(uploading.UploadIncomplete) as refusal:
        uploading.finish_upload(file=file, actor=None)
    assert refusal.value.details["offset"] == 20
    assert uploading.receive_part(file=file, offset=20, data=PDF[20:]) == len(PDF)
    kept = uploading.finish_upload(file=file, actor=None)
    assert (kept.state, kept.digest) == ("kept", hashlib.sha256(PDF).hexdigest())
    assert project_files.place(kept).read_bytes() == PDF
    assert project_files.place(kept).stat().st_mode & 0o077 == 0
    assert uploading.finish_upload(file=kept, actor=None).state == "kept"
    assert AuditEntry.objects.filter(verb="send_file").count() == 1


def test_a_part_sent_again_is_harmless_a_gap_is_not_and_another_file_is_told_apart(project: Project) -> None:
    file = begin(project)
    uploading.receive_part(file=file, offset=0, data=PDF[:20])
    assert uploading.receive_part(file=file, offset=0, data=PDF[:20]) == 20
    assert uploading.receive_part(file=file, offset=10, data=PDF[10:30]) == 30
    with pytest.raises(arriving.Gap) as gap:
        uploading.receive_part(file=file, offset=40, data=b"x")
    assert gap.value.details["offset"] == 30
    with pytest.raises(arriving.Gap):
        uploading.receive_part(file=file, offset=30, data=b"x" * len(PDF))
    with pytest.raises(arriving.Different):
        uploading.receive_part(file=file, offset=0, data=b"another")
    assert arriving.received(project_files.place(file)) == 30


def test_the_same_file_chosen_again_goes_on_and_another_begins_afresh(project: Project) -> None:
    file = begin(project)
    uploading.receive_part(file=file, offset=0, data=PDF[:20])
    assert begin(project).pk == file.pk
    assert begin(project, PDF + b"\n").pk != file.pk
    again = begin(project, afresh=True)
    assert again.pk != file.pk
    file.refresh_from_db()
    assert file.removed_at


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!doctype html><script>alert(1)</script>", "not what is asked"),
        (b"MZ\x90\0" + b"\0" * 100, "not what is asked"),
        (PDF.replace(b"%%EOF", b""), "not whole"),
        (PDF.replace(b"1 0 obj", b"<script>alert(1)</script>"), "two kinds"),
        (PDF + a_pptx(), "two kinds"),
        (a_pptx({"ppt/vbaProject.bin": b"x"}), "macros"),
    ],
)
def test_slides_are_judged_by_their_content_and_deleted_when_refused(
    project: Project, data: bytes, words: str
) -> None:
    with pytest.raises(UploadRefused, match=words):
        send(project, data, "deck.pptx")
    file = ProjectFile.objects.get()
    assert file.state == "refused"
    assert words in file.problem


def test_what_is_refused_leaves_nothing_on_the_disk(
    project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(UploadRefused):
        send(project, b"<html>" * 10)
    assert not project_files.place(ProjectFile.objects.get()).exists()


def test_slides_and_images_do_not_pass_for_each_other(project: Project) -> None:
    with pytest.raises(UploadRefused, match="not what is asked"):
        send(project, PDF, "a.png", "image")
    assert send(project, a_pptx(), "a.pdf").name == "a.pptx"
    assert send(project, an_odp(), "b.odp").content_type == "application/vnd.oasis.opendocument.presentation"


@pytest.mark.parametrize("size", [0, -1, uploading.LIMIT + 1])
def test_empty_and_too_large_are_refused_before_anything_is_sent(project: Project, size: int) -> None:
    with pytest.raises(UploadRefused):
        uploading.begin_upload(project=project, kind="deck", name="a.pdf", size=size, actor=None)
    assert not ProjectFile.objects.exists()


def test_twenty_megabytes_exactly_may_begin(project: Project) -> None:
    assert uploading.begin_upload(
        project=project, kind="deck", name="a.pdf", size=uploading.LIMIT, actor=None
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\secret\\deck.pdf", "deck.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("deck.pdf.exe", "deck.pdf.exe"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_a_name_is_only_ever_shown(project: Project, name: str, shown: str) -> None:
    file = begin(project, name=name)
    assert file.name == shown
    assert project_files.place(file).name == file.pk.hex


def test_a_name_of_300_signs_is_cut(project: Project) -> None:
    assert len(begin(project, name="a" * 300 + ".pdf").name) <= 120


def test_new_slides_take_the_place_of_others_which_can_come_back(project: Project) -> None:
    first, second = send(project), send(project, PDF + b"\n")
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "kept")
    keeping_files.put_back(file=first, actor=None)
    second.refresh_from_db()
    assert (first.state, second.state) == ("kept", "replaced")


def test_replaced_slides_go_once_the_others_were_handed_in(
    project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    first, _second = send(project), send(project, PDF + b"\n")
    assert uploading.tend_files() == 0
    Project.objects.filter(pk=project.pk).update(
        state="submitted", submitted_at=DURING_WORK + timedelta(minutes=1)
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert uploading.tend_files() == 1
    assert not project_files.place(first).exists()


def test_what_began_before_the_deadline_and_ends_after_it_is_kept_late_for_an_organiser(
    project: Project,
) -> None:
    file = begin(project)
    with time_machine.travel(DEADLINE, tick=False):
        with pytest.raises(SubmissionClosed):
            begin(afresh(project), PDF + b"\n")
        file.project = afresh(project)
        uploading.receive_part(file=file, offset=0, data=PDF)
        assert uploading.finish_upload(file=file, actor=None).state == "late"
        assert project_files.kept_files(project) == []
        with pytest.raises(SubmissionClosed):
            keeping_files.remove_file(file=file, actor=None)
        with pytest.raises(keeping_files.FileRefused):
            keeping_files.judge_late_file(file=file, accept=True, reason=" ", actor=None)
        keeping_files.judge_late_file(file=file, accept=True, reason="the network fell", actor=None)
    assert project_files.kept_files(project) == [file]
    assert AuditEntry.objects.get(verb="accept_late_file").reason == "the network fell"


def test_a_late_file_refused_is_deleted_and_says_why(
    project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    file = begin(project)
    with time_machine.travel(DEADLINE, tick=False), django_capture_on_commit_callbacks(execute=True):
        file.project = afresh(project)
        uploading.receive_part(file=file, offset=0, data=PDF)
        uploading.finish_upload(file=file, actor=None)
        keeping_files.judge_late_file(file=file, accept=False, reason="an hour late", actor=None)
        with pytest.raises(keeping_files.FileRefused, match="meantime"):
            keeping_files.judge_late_file(file=file, accept=True, reason="after all", actor=None)
    assert (file.state, file.problem) == ("refused", "an hour late")
    assert not project_files.place(file).exists()


def test_an_extended_deadline_counts(project: Project) -> None:
    file = begin(project)
    window = windows.window_of(project.event, WindowKind.SUBMISSION)
    assert window
    windows.extend_window(window=window, closes_at=DEADLINE + timedelta(hours=1), reason="x", actor=None)
    with time_machine.travel(DEADLINE + timedelta(minutes=5), tick=False):
        file.project = afresh(project)
        uploading.receive_part(file=file, offset=0, data=PDF)
        assert uploading.finish_upload(file=file, actor=None).state == "kept"


def test_a_team_has_so_many_uploads_images_and_bytes(project: Project, monkeypatch: Any) -> None:
    for number in range(uploading.AT_ONCE):
        begin(project, name=f"{number}.pdf")
    with pytest.raises(UploadRefused, match="arriving already"):
        begin(project, name="one-more.pdf")
    ProjectFile.objects.all().delete()
    for number in range(project_files.MOST_IMAGES):
        make_image(project, position=number)
    with pytest.raises(UploadRefused, match="6 images"):
        begin(project, kind="image", name="7.png")
    monkeypatch.setattr(uploading, "ROOM", 10)
    with pytest.raises(UploadRefused, match="together"):
        begin(project)


def test_images_keep_the_order_they_are_given(project: Project) -> None:
    one, two, three = (make_image(project, position=at, name=f"{at}.png") for at in (1, 2, 3))
    keeping_files.move_file(file=three, up=True, actor=None)
    keeping_files.move_file(file=one, up=True, actor=None)
    assert project_files.kept_files(project) == [one, three, two]


def test_what_nothing_touched_for_a_day_is_given_up(
    project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    old, fresh = begin(project), begin(project, name="b.pdf")
    stray = project_files.place(fresh).with_name("0" * 32)
    stray.write_bytes(b"x")
    before = DURING_WORK.timestamp() - uploading.PATIENCE - 1
    for path in (project_files.place(old), stray):
        os.utime(path, (before, before))
    os.utime(project_files.place(fresh), (DURING_WORK.timestamp(),) * 2)
    with django_capture_on_commit_callbacks(execute=True):
        assert uploading.tend_files() == 2
    assert not stray.exists()
    assert not project_files.place(old).exists()
    assert ProjectFile.objects.arriving().get() == fresh
    with pytest.raises(uploading.UploadEnded):
        uploading.receive_part(file=old, offset=0, data=PDF)


def test_removal_deletes_the_bytes_and_the_pictures(
    project: Project, django_capture_on_commit_callbacks: Any
) -> None:
    file = make_image(project)
    assert project_files.picture_of(file, 480).exists()
    with django_capture_on_commit_callbacks(execute=True):
        keeping_files.remove_file(file=file, actor=None)
    assert list(project_files.place(file).parent.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        project_files.picture_of(file, 480)


def test_a_form_without_script_goes_the_same_way(project: Project) -> None:
    sent = SimpleUploadedFile("deck.pdf", PDF)
    assert uploading.send_whole(project=project, kind="deck", sent=sent, actor=None).state == FileState.KEPT


def test_whoever_sent_a_file_reads_it_in_their_data_and_is_forgotten(project: Project) -> None:
    account, own = make_member(project.event, project.team)
    file = make_image(project, uploaded_by=account, name="Luce-en-vacances.png")
    assert privacy.export(own.person)["files_sent"][0]["name"] == "Luce-en-vacances.png"
    privacy.erase(own.person)
    file.refresh_from_db()
    assert (file.uploaded_by, file.name) == (None, "image.png")
