"""Everything there is comes back as it was, or nothing does."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from hackathon.domain import audit, sent_lists
from hackathon.enums import MailState
from hackathon.kit import kept_files, whole_copy
from hackathon.models import Event, OutgoingMail, Person
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_registration

pytestmark = pytest.mark.django_db(transaction=True)


def run(command: str, path: Path, code: int = 0) -> dict[str, Any]:
    out, left = io.StringIO(), 0
    try:
        call_command(command, str(path), "--json", stdout=out, stderr=io.StringIO())
    except CommandError as error:
        left = error.returncode
    assert left == code, out.getvalue()
    return json.loads(out.getvalue()) if out.getvalue() else {}


def all_rows() -> dict[str, list[Any]]:
    """Every row of every table, but the record: making the backup is an act of its own."""
    return {
        model._meta.label: list(
            models.QuerySet(model)
            .order_by("pk")
            .values_list(*[field.attname for field in model._meta.local_concrete_fields])
        )
        for model in whole_copy._tables()
        if model._meta.label != "hackathon.AuditEntry"
    }


def empty_everything(media: Path) -> None:
    call_command("flush", "--no-input", verbosity=0)
    for path in sorted(media.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "private").mkdir(parents=True)
    (settings.MEDIA_ROOT / "private" / "deck.pdf").write_bytes(b"%PDF-1.7 \x00\xff")
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def event(media: Path, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event(name_fr="Un événement « à nous »", name_en="An event")
    make_registration(event)
    audit.record(event=event, actor=None, verb="create_event")
    return event


def test_what_was_backed_up_comes_back_exactly(event: Event, media: Path, tmp_path: Path) -> None:
    before, file = all_rows(), tmp_path / "all.zip"
    answer = run("backup", file)
    assert answer["files"] == 1
    assert answer["rows"] > 5
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "personal data: for the owner only"
    empty_everything(media)
    assert not Person.objects.exists()
    assert run("restore", file)["rows"] == answer["rows"]
    assert all_rows() == before
    assert (media / "private" / "deck.pdf").read_bytes() == b"%PDF-1.7 \x00\xff"
    assert make_registration(Event.objects.get()).pk, "new rows get new numbers"


def test_a_list_that_waits_for_its_import_is_not_taken_along(
    event: Event, media: Path, tmp_path: Path
) -> None:
    kept_files.keep(sent_lists.KIND, b"needs", {})
    assert run("backup", tmp_path / "all.zip")["files"] == 1
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert not [name for name in archive.namelist() if "imports" in name]


def test_a_disk_that_fills_up_leaves_nothing_behind(
    event: Event, media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (media / "private" / "second.pdf").write_bytes(b"%PDF-1.7")
    run("backup", tmp_path / "all.zip")
    empty_everything(media)

    def full(source: Any, out: Any) -> str:
        if out is not None:
            raise OSError("No space left on device")
        return poured(source, out)

    poured = whole_copy._poured
    monkeypatch.setattr(whole_copy, "_poured", full)
    with pytest.raises(OSError, match="No space"):
        run("restore", tmp_path / "all.zip")
    assert not Person.objects.exists()
    assert not list(media.rglob("*.pdf"))
    monkeypatch.undo()
    run("restore", tmp_path / "all.zip")
    assert Person.objects.exists()


def test_a_letter_that_waited_is_not_sent_again_by_itself(event: Event, media: Path, tmp_path: Path) -> None:
    OutgoingMail.objects.all().delete()
    for state in MailState.values:
        OutgoingMail.objects.create(
            event=event, letter="received", to="a@example.org", subject="s", state=state
        )
    run("backup", tmp_path / "all.zip")
    empty_everything(media)
    assert run("restore", tmp_path / "all.zip")["letters_perhaps_sent"] == 2
    assert not OutgoingMail.objects.waiting().exists()
    assert OutgoingMail.objects.unsure().count() == 3


def test_a_backup_never_writes_over_a_file(event: Event, tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("mine")
    run("backup", file, code=1)
    assert file.read_text() == "mine"
    assert "refused" in run("backup", tmp_path / "no" / "such" / "folder.zip", code=1)


def test_nothing_is_restored_over_what_is_there(event: Event, media: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "all.zip")
    before = all_rows()
    assert "hackathon.Event" in run("restore", tmp_path / "all.zip", code=1)["refused"][0]
    assert all_rows() == before


def test_a_broken_backup_changes_nothing(event: Event, media: Path, tmp_path: Path) -> None:
    whole = tmp_path / "all.zip"
    run("backup", whole)
    empty_everything(media)
    for name, spoil in {
        "altered": lambda name, data: data.replace(b"registered", b"registeres") + b"[]\n",
        "renamed": lambda name, data: data,
    }.items():
        broken = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
            for entry in source.namelist():
                data = source.read(entry)
                where = "files/../../evil" if name == "renamed" and entry.startswith("files/") else entry
                target.writestr(where, spoil(entry, data) if entry == whole_copy.ROWS else data)
        assert run("restore", broken, code=1)["refused"]
        assert not Person.objects.exists()
        assert not list(media.rglob("*.pdf"))
    damaged = bytearray(whole.read_bytes())
    for at in range(200, 260):
        damaged[at] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(damaged)
    run("restore", tmp_path / "damaged.zip", code=1)
    (tmp_path / "empty.zip").touch()
    run("restore", tmp_path / "empty.zip", code=1)
    (tmp_path / "half.zip").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    run("restore", tmp_path / "half.zip", code=1)
    run("restore", tmp_path / "none.zip", code=2)
