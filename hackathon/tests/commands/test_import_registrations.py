"""The command: exits, JSON keys, and that standard output holds the answer alone."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hackathon.models import AuditEntry, Event, Person
from hackathon.tests.factories import DURING_REGISTRATION, make_account, make_event, make_role

LIST = "Prénom;Nom;Adresse e-mail;Profil;Statut\nLuce;Lopes;luce@example.org;Designer;\nAna;Sol;ana@example.org;Astronaute;\nZoe;Roy;zoe@example.org;Designer;Annulé\n"


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, "designer", name_fr="Designer")
    return event


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(*arguments: Any, code: int = 0) -> dict[str, Any]:
    out = io.StringIO()
    try:
        call_command("import_registrations", *map(str, arguments), "--json", stdout=out, stderr=io.StringIO())
        left = 0
    except CommandError as error:
        left = error.returncode
    assert left == code
    return json.loads(out.getvalue()) if out.getvalue() else {}


def test_good_rows_go_in_and_the_answer_has_the_promised_keys(event: Event, file: Path) -> None:
    account = make_account("boss@example.org")
    answer = run(event.slug, file, "--as", "boss@example.org")
    assert list(answer) == ["format", "new", "changed", "unchanged", "skipped", "refused"]
    assert (answer["new"], answer["changed"], answer["unchanged"], answer["skipped"]) == (1, 0, 0, 1)
    assert [refused["line"] for refused in answer["refused"]] == [3]
    assert "Astronaute" in answer["refused"][0]["reasons"][0]
    assert AuditEntry.objects.get(verb="import_registrations").actor == account
    assert run(event.slug, file)["unchanged"] == 1


def test_a_rehearsal_writes_nothing(event: Event, file: Path) -> None:
    assert run(event.slug, file, "--rehearse")["new"] == 1
    assert not Person.objects.exists()


@pytest.mark.parametrize("more", [[], ["--rehearse"]])
def test_all_or_nothing_with_a_bad_row_exits_one(event: Event, file: Path, more: list[str]) -> None:
    answer = run(event.slug, file, "--all-or-nothing", *more, code=1)
    assert answer["refused"]
    assert answer["new"] == 0
    assert not Person.objects.exists()


@pytest.mark.parametrize("data", [b"", b"Rouge;Vert\n1;2\n", b"%PDF-1.4", LIST.split("\n")[0].encode()])
def test_a_file_without_anybody_exits_one_with_a_reason(event: Event, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert run(event.slug, file, code=1)["refused"][0]["reasons"][0]
    assert not Person.objects.exists()


def test_wrong_usage_exits_two(event: Event, file: Path) -> None:
    assert run("no-such-event", file, code=2) == {}
    assert run(event.slug, file.with_name("missing.csv"), code=2) == {}
    assert run(event.slug, file, "--as", "nobody@example.org", code=2) == {}


def test_the_answer_for_a_person_says_each_reason(event: Event, file: Path) -> None:
    out = io.StringIO()
    call_command("import_registrations", event.slug, str(file), "--rehearse", stdout=out)
    assert "Astronaute" in out.getvalue()
    assert "1 nouvelles" in out.getvalue()


def test_a_saved_mapping_is_stated_by_its_name(event: Event, file: Path) -> None:
    from hackathon.domain import roster

    file.write_text("A;B;C\nLuce;Lopes;Designer\n", encoding="utf-8")
    assert run(event.slug, file, code=1)["refused"]
    mapping = {0: "first_name", 1: "last_name", 2: "role"}
    roster.save_profile(event=event, name="Cité", header=["A", "B", "C"], mapping=mapping, actor=None)
    assert run(event.slug, file, "--profile", "Cité", "--rehearse")["format"] == "Cité"
    assert run(event.slug, file)["new"] == 1
    assert run(event.slug, file, "--profile", "Cité")["unchanged"] == 1


def test_an_unknown_profile_is_wrong_usage_and_names_the_known(event: Event, file: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_registrations", event.slug, str(file), "--profile", "jamais-vu")
    assert refusal.value.returncode == 2
    assert "helloasso" in str(refusal.value)
    assert not Person.objects.exists()
