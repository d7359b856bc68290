"""One person counted once: repeats, cancelled rows, payers."""

import pytest

from hackathon.tests.domain.roster_rows.reading import (
    helloasso,
    people,
    roster_of,
)


def test_repeats_collapse_and_the_latest_answer_wins():
    rows = "9/22/2016 10:00:00,A@X.fr,LOPES Luce,Designer", "9/21/2016 10:00:00,a@x.fr,Luce Lopes,Start-up"
    roster = roster_of("\n".join(["Horodateur,Adresse e-mail,Nom et prénom,Vous êtes…", *rows, ""]))
    assert [(p.role, p.line, p.lines) for p in roster.rows] == [("designer", 2, (2, 3))]
    assert roster.repeated == [(3, 2)]


def test_without_dates_the_last_line_wins():
    roster = people("Luce;Lopes;a@x.fr;Designer", "Luce;Lopes;a@x.fr;Start-up")
    assert [p.role for p in roster.rows] == ["start-up"]


def test_two_people_under_one_email_stay_two():
    assert len(people("Luce;Lopes;a@x.fr;Designer", "Paul;Lopes;a@x.fr;Designer").rows) == 2


def test_homonyms_without_email_are_told_apart_by_phone():
    header = "Prénom;Nom;Téléphone;Profil"
    assert len(people("A;B;0556240945;Designer", "A;B;0556240946;Designer", header=header).rows) == 2
    same = people("A;B;0556240945;Designer", "A;B;+33 (0)5 56 24 09 45;Designer", header=header)
    assert (len(same.rows), same.warnings[0].problem.code) == (1, "same_name")


def test_a_later_bad_answer_does_not_block_the_earlier_good_one():
    roster = people("A;B;a@x.fr;Designer", "A;B;a@x.fr;Astronaute")
    assert ([p.line for p in roster.rows], [r.line for r in roster.refused]) == ([2], [3])


@pytest.mark.parametrize(
    "status",
    ["Annulé", "annulée", "Remboursé", "REFUSÉ", "Cancelled", "Canceled", "Deleted", "Refunded", "Not Attending",
     "Transferred", "Supprimé(e)", "Annulé par le participant", "Participante annulée"],
)  # fmt: skip
def test_cancelled_rows_are_skipped(status):
    roster = helloasso(f"{status},LOPES,Luce,,,,1,")
    assert ([s.reason for s in roster.skipped], roster.rows, roster.refused) == ([status], [], [])


@pytest.mark.parametrize(
    "status", ["Validé", "Attending", "En attente", "Partiellement remboursé", "", "Mystère"]
)
def test_other_rows_are_people(status):
    roster = helloasso(f"{status},LOPES,Luce,,,,1,")
    assert (len(roster.rows), roster.skipped) == (1, [])
    assert [w.problem.code for w in roster.warnings] == (["status_unknown"] if status == "Mystère" else [])


def test_one_cancelled_and_one_valid_row_is_a_person():
    roster = helloasso("Validé,LOPES,Luce,,,,1,a@x.fr", "Annulé,LOPES,Luce,,,,2,a@x.fr")
    assert ([p.ticket_number for p in roster.rows], roster.skipped) == (["1"], [])


def test_same_ticket_twice_is_one_person():
    assert len(helloasso("Validé,LOPES,Luce,,,,1,", "Validé,LOPES,Luce,,,,1,").rows) == 1


def test_payers_address_is_own_only_when_the_names_agree():
    roster = helloasso(
        "Validé,LOPES,Luce,lopes,LUCE,luce@x.fr,1,",
        "Validé,PETIT,Paul,LOPES,Luce,luce@x.fr,2,",
        "Validé,ROY,Zoé,LOPES,Luce,luce@x.fr,3,zoe@x.fr",
    )
    assert [(p.email, p.payer) for p in roster.rows] == [
        ("luce@x.fr", ""),
        ("", "Luce Lopes <luce@x.fr>"),
        ("zoe@x.fr", "Luce Lopes <luce@x.fr>"),
    ]
