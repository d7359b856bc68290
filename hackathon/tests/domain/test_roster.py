"""Importing a list: said first, then done along the same path; again changes nothing; nobody's rights move."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from hackathon.domain import consenting, registering, roster
from hackathon.enums import DutyKind, Purpose, RegistrationState
from hackathon.kit import sheets
from hackathon.models import (
    Account,
    AuditEntry,
    Consent,
    Duty,
    Event,
    Needs,
    OutgoingMail,
    Person,
    Registration,
    Role,
    ThemeChoice,
)
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
    make_theme,
)

State = RegistrationState
HEADER = "Prénom;Nom;Adresse e-mail;Profil;Téléphone;Thématique 1;Thématique 2;Régime alimentaire;Droit à l'image;Inscrit le"
LUCE = "Luce;Lopes;luce@example.org;Développeur;0102030405;Local;Emploi;végétarien;Oui;20/09/2016 10:04"
TABLES = (Person, Registration, ThemeChoice, Consent, Needs, Account, Duty, OutgoingMail)


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, "developpeur", name_fr="Développeur", name_en="Developer")
    make_role(event, "designer", name_fr="Designer", name_en="Designer")
    make_theme(event, "Local")
    make_theme(event, "Emploi")
    return event


def rehearse(event: Event, *lines: str, header: str = HEADER, **more: Any) -> roster.Rehearsal:
    return roster.rehearse(event=event, data="\n".join([header, *lines]).encode(), name="list.csv", **more)


def bring(event: Event, *lines: str, **more: Any) -> roster.Rehearsal:
    return roster.import_rows(rehearsal=rehearse(event, *lines, **more), actor=None)


def rows() -> list[int]:
    return [table.objects.count() for table in TABLES]


def people(number: int, email: str = "p%d@example.org") -> list[str]:
    return [
        f"Prénom{n};Nom{n};{email % n};{('Développeur', 'Designer')[n % 2]};01020304{n % 100:02};Local;Emploi;;Oui;"
        for n in range(number)
    ]


def test_rehearsing_says_everything_and_writes_nothing(event: Event) -> None:
    before = rows()
    rehearsal = rehearse(event, LUCE, "Ana;Sol;ana@example.org;Astronaute;;;;;;")
    assert rehearsal.counts == {"new": 1, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 1}
    assert rehearsal.of_kind("new")[0].state == State.ACCEPTED
    assert "Astronaute" in str(rehearsal.of_kind("refused")[0].reasons[0])
    assert rows() == before


def test_importing_writes_what_was_said_and_again_changes_nothing(event: Event) -> None:
    assert bring(event, LUCE).counts["new"] == 1
    registration = Registration.objects.get()
    assert (registration.person.full_name, registration.role.key) == ("Luce Lopes", "developpeur")
    assert registration.submitted_at.isoformat() == "2016-09-20T08:04:00+00:00"
    assert [choice.theme.title for choice in registration.choices.all()] == ["Local", "Emploi"]
    kept = rows()
    assert bring(event, LUCE).counts == {"new": 0, "changed": 0, "unchanged": 1, "skipped": 0, "refused": 0}
    assert rows() == kept
    assert OutgoingMail.objects.count() == 0


def test_the_latest_answer_wins_and_its_difference_is_shown(event: Event) -> None:
    bring(event, LUCE)
    changed = LUCE.replace("Développeur", "Designer").replace("0102030405", "0600000000")
    rehearsal = rehearse(event, changed)
    found = {change.field: change.after for change in rehearsal.of_kind("changed")[0].differences}
    assert found == {"role": Role.objects.get(key="designer").pk, "phone": "0600000000"}
    roster.import_rows(rehearsal=rehearsal, actor=None)
    registration = Registration.objects.get()
    assert (registration.role.key, registration.person.phone) == ("designer", "0600000000")


def test_a_blank_cell_and_a_missing_column_erase_nothing(event: Event) -> None:
    bring(event, LUCE)
    counts = bring(event, "Luce;Lopes;luce@example.org;Développeur;;Local;;;;").counts
    assert counts["unchanged"] == 1
    assert Registration.objects.get().choices.count() == 2


def test_accents_case_order_and_repeats_are_one_person(event: Event) -> None:
    bring(event, LUCE)
    again = ["LUCÉ;LOPÈS;Luce@Example.org;developpeur;;;;;;", "Lopes;Luce;luce@example.org;DÉVELOPPEUR;;;;;;"]
    rehearsal = bring(event, *again)
    assert sum(rehearsal.counts.values()) == 1
    assert Person.objects.count() == 1


def test_two_people_under_one_address_stay_two(event: Event) -> None:
    bring(event, LUCE, LUCE.replace("Luce;", "Ana;"))
    assert Person.objects.reached_at("luce@example.org").count() == 2
    assert bring(event, LUCE, LUCE.replace("Luce;", "Ana;")).counts["unchanged"] == 2


def test_a_ticket_number_comes_before_the_name(event: Event) -> None:
    header, row = "Prénom;Nom;Email;Profil;Numéro de billet", "Luce;Lopes;luce@example.org;Designer;T1"
    bring(event, row, header=header)
    rehearsal = bring(event, row.replace("Luce", "Lucie"), header=header)
    assert [change.field for change in rehearsal.of_kind("changed")[0].differences] == ["first_name"]
    assert Person.objects.get().first_name == "Lucie"


def test_a_ticket_of_somebody_else_is_refused(event: Event) -> None:
    header = "Prénom;Nom;Email;Profil;Numéro de billet"
    bring(
        event, "Luce;Lopes;luce@example.org;Designer;T1", "Ana;Sol;ana@example.org;Designer;T2", header=header
    )
    rehearsal = bring(event, "Luce;Lopes;luce@example.org;Designer;T2", header=header)
    assert rehearsal.counts["refused"] == 1
    assert "Ana Sol" in str(rehearsal.of_kind("refused")[0].reasons[0])


def test_past_the_places_people_wait_in_the_order_of_their_dates(event: Event) -> None:
    Role.objects.filter(key="developpeur").update(capacity=1)
    late, early = LUCE.replace("20/09", "25/09"), LUCE.replace("Luce;", "Ana;")
    rehearsal = bring(event, late, early)
    assert (rehearsal.counts["new"], rehearsal.counts["refused"], rehearsal.waitlisted) == (2, 0, 1)
    assert Registration.objects.waiting().get().person.first_name == "Luce"


def test_somebody_cancelled_is_not_brought_back(event: Event) -> None:
    bring(event, LUCE)
    registering.cancel(registration=Registration.objects.get(), actor=None)
    rehearsal = bring(event, LUCE.replace("0102030405", "0600000000"))
    assert rehearsal.counts["skipped"] == 1
    assert Registration.objects.get().state == State.CANCELLED
    assert Person.objects.get().phone == "0102030405"


def test_a_role_that_is_full_takes_nobody_over_from_another(event: Event) -> None:
    Role.objects.filter(key="designer").update(capacity=1)
    make_registration(event, Role.objects.get(key="designer"))
    bring(event, LUCE)
    bring(event, LUCE.replace("Développeur", "Designer"))
    luce = Registration.objects.get(person__first_name="Luce")
    assert (luce.role.key, luce.state) == ("designer", State.WAITLISTED)


def test_a_list_grants_only_the_consent_it_states(event: Event) -> None:
    bring(event, LUCE, LUCE.replace("Luce;", "Ana;").replace(";Oui;", ";Non;"))
    consent = Consent.objects.get()
    assert (consent.purpose, consent.person.first_name, consent.source) == (Purpose.IMAGE, "Luce", "import")
    assert not Needs.objects.exists()
    bring(event, LUCE.replace(";Oui;", ";Non;"))
    assert not Consent.objects.in_force().exists()


def test_a_consent_taken_back_does_not_return_with_an_older_list(event: Event) -> None:
    bring(event, LUCE)
    consenting.withdraw(person=Person.objects.get(), purpose=Purpose.IMAGE, actor=None)
    assert bring(event, LUCE).counts["unchanged"] == 1
    assert not Consent.objects.in_force().exists()


def test_needs_are_kept_when_their_consent_is_vouched_for(event: Event) -> None:
    rehearsal = bring(event, LUCE, needs_agreed=True)
    assert Needs.objects.get().diet == "végétarien"
    assert Consent.objects.about(Purpose.NEEDS).count() == 1
    assert AuditEntry.objects.get(verb="import_registrations").data["needs_agreed"] is True
    assert bring(event, LUCE, needs_agreed=True).counts["unchanged"] == 1
    assert "végétarien" not in str(list(AuditEntry.objects.values_list("data", flat=True)))
    assert rehearsal.is_written


def test_an_organisers_address_makes_a_person_and_touches_no_account(event: Event) -> None:
    organiser = make_staff(event, DutyKind.ORGANISER, "luce@example.org")
    before = (organiser.password, organiser.is_staff, organiser.last_login)
    rehearsal = bring(event, LUCE)
    organiser.refresh_from_db()
    assert (organiser.password, organiser.is_staff, organiser.last_login) == before
    assert Account.objects.count() == Duty.objects.count() == 1
    assert Person.objects.get().account is None
    with override("en"):
        assert any("organiser’s address" in str(warning) for warning in rehearsal.lines[0].warnings)


def test_one_bad_line_keeps_nobody_else_out_unless_asked(event: Event) -> None:
    bad = "Ana;Sol;pas une adresse;Designer;;;;;;"
    before = rows()
    with pytest.raises(roster.ListRefused):
        roster.import_rows(rehearsal=rehearse(event, LUCE, bad), actor=None, all_or_nothing=True)
    assert rows() == before
    assert bring(event, LUCE, bad).counts == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "skipped": 0,
        "refused": 1,
    }
    assert Person.objects.count() == 1


def test_a_failure_half_way_writes_nothing(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows()
    monkeypatch.setattr("hackathon.domain.roster.audit.record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring(event, LUCE)
    assert rows() == before


def test_what_changed_since_the_rehearsal_is_taken_into_account(event: Event) -> None:
    rehearsal = rehearse(event, LUCE)
    bring(event, LUCE)
    assert roster.import_rows(rehearsal=rehearsal, actor=None).counts["unchanged"] == 1
    assert Person.objects.count() == 1


def queries(event: Event, lines: list[str]) -> Counter[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        bring(event, *lines)
    return Counter(query["sql"].split()[0] for query in captured)


def test_twenty_five_and_two_hundred_and_fifty_people_cost_the_same_queries(event: Event) -> None:
    few, many = make_like(event), make_like(event)
    assert queries(few, people(25)) == queries(many, people(250))
    change = [line.replace("010203", "060203") for line in people(250)]
    assert queries(few, change[:25]) == queries(many, change)
    assert queries(few, change[:25]) == queries(many, change)


def make_like(event: Event) -> Event:
    other = make_event()
    for role in event.roles.all():
        make_role(other, role.key, name_fr=role.name_fr)
    make_theme(other, "Local")
    make_theme(other, "Emploi")
    return other


@pytest.mark.slow
def test_ten_thousand_people_go_in_and_again_nothing_changes(event: Event) -> None:
    lines = people(10_000)
    assert bring(event, *lines).counts["new"] == 10_000
    assert bring(event, *lines).counts["unchanged"] == 10_000
    assert Registration.objects.count() == 10_000


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


def test_a_person_known_without_a_registration_gets_one(event: Event) -> None:
    make_person(event, "Luce", "Lopes", email="luce@example.org")
    assert bring(event, LUCE).counts["new"] == 1
    assert Person.objects.count() == 1


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
