"""Who of a list is whom: by ticket, else by address and name; several people under one address stay several."""

from __future__ import annotations

from hackathon.models import (
    Event,
    Person,
)
from hackathon.tests.domain.roster.bringing import (
    LUCE,
    bring,
)
from hackathon.tests.factories import (
    make_person,
)


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


def test_a_person_known_without_a_registration_gets_one(event: Event) -> None:
    make_person(event, "Luce", "Lopes", email="luce@example.org")
    assert bring(event, LUCE).counts["new"] == 1
    assert Person.objects.count() == 1
