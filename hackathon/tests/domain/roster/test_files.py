"""Files as people have them: those that cannot be used say why; what we export comes back unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from hackathon.domain import roster
from hackathon.kit import sheets
from hackathon.models import (
    Event,
    Person,
    Registration,
)
from hackathon.tests.domain.roster.bringing import (
    HEADER,
    LUCE,
    bring,
    people,
    rows,
)

BAD_FILES: list[tuple[str, bytes, str, str, str]] = [
    ("empty", b"", "", "est vide", "is empty"),
    ("header only", HEADER.encode(), "", "personne", "nobody below"),
    ("unknown columns", b"Rouge;Vert;Bleu\n1;2;x\n3;4;y", "", "colonnes", "columns are not recognised"),
]


@pytest.mark.parametrize(
    ("data", "french", "english"), [(b[1], b[3], b[4]) for b in BAD_FILES], ids=[b[0] for b in BAD_FILES]
)
def test_a_file_that_cannot_be_used_says_so_in_both_languages(
    event: Event, data: bytes, french: str, english: str
) -> None:
    before = rows()
    for language, words in (("fr", french), ("en", english)):
        with override(language), pytest.raises(roster.UnreadableList) as refusal:
            roster.rehearse(event=event, data=data, name="list.csv")
        assert words in str(refusal.value)
        assert "%(" not in str(refusal.value)
    assert rows() == before


@pytest.mark.parametrize(
    ("line", "french", "english"),
    [
        (LUCE.replace("Développeur", "Astronaute"), "profils", "not one of the event’s roles"),
        (LUCE.replace("Local", "La Lune"), "thématiques", "not one of the event’s themes"),
        (LUCE.replace("luce@example.org", "luce at example"), "adresse e-mail", "not an e-mail address"),
        (LUCE.replace("Luce;Lopes", ";"), "nom", "There is no name"),
    ],
)
def test_a_refused_line_says_what_where_and_what_to_do(
    event: Event, line: str, french: str, english: str
) -> None:
    rehearsal = bring(event, LUCE.replace("Luce;", "Ana;"), line)
    refused = rehearsal.of_kind("refused")
    assert [each.line for each in refused] == [3]
    for language, words in (("fr", french), ("en", english)):
        with override(language):
            assert words in rehearsal.as_json()["refused"][0]["reasons"][0]
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "|")],
)
def test_encodings_and_separators_are_found(event: Event, encoding: str, delimiter: str) -> None:
    data = "\r\n".join([HEADER, LUCE.replace("Luce", "Noémi")]).replace(";", delimiter).encode(encoding)
    rehearsal = roster.rehearse(event=event, data=data, name="liste.txt")
    roster.import_rows(rehearsal=rehearsal, actor=None)
    assert Person.objects.get().first_name == "Noémi"


def test_columns_can_be_said_by_hand(event: Event) -> None:
    header = "A;B;C;D"
    data = f"{header}\nLuce;Lopes;luce@example.org;Designer\n".encode()
    mapping = {0: "first_name", 1: "last_name", 2: "email", 3: "role"}
    rehearsal = roster.rehearse(event=event, data=data, name="x.csv", mapping=mapping)
    assert rehearsal.counts["new"] == 1


def test_an_exported_list_comes_back_unchanged(event: Event) -> None:
    from hackathon.resources import FORMATS, RegistrationResource

    bring(event, LUCE.replace("Lopes", "=Lopes+1"), *people(3))
    for language in ("fr", "en"):
        with override(language):
            found = list(Registration.objects.for_event(event).with_people().with_choices())
            dataset = RegistrationResource(event.themes.all()).export(found)
            for format_ in FORMATS.values():
                data = format_.export_data(dataset)
                assert b"\t=Lopes" not in data
                rehearsal = roster.rehearse(event=event, data=data, name="out")
                assert rehearsal.counts["unchanged"] == 4, [
                    str(d) for line in rehearsal.lines for d in line.differences
                ]
    table = sheets.read_table(FORMATS["csv"].export_data(dataset))
    assert "Lopes" in str(table.rows)


@pytest.mark.parametrize("name", ["inscriptions.csv", "liste-organisateur.xlsx"])
def test_the_samples_shipped_with_the_demo_import_whole(name: str, event: Event, settings: Any) -> None:
    from hackathon.domain import events

    found = sorted(Path(settings.BASE_DIR).glob(f"fixtures/**/{name}"))
    if not found:
        pytest.skip("the samples are not here")
    demo = events.create_event(slug="essai-250", organiser_email="o@example.org", actor=None)
    for kind in ("new", "unchanged"):
        rehearsal = roster.rehearse(event=demo, data=found[0].read_bytes(), name=name)
        assert roster.import_rows(rehearsal=rehearsal, actor=None).counts[kind] == 250
