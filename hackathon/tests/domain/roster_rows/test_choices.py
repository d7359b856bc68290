"""Roles and themes as people write them."""

import pytest

from hackathon.domain.roster_rows import clean, read_list, recognise
from hackathon.domain.roster_rows.choices import Choice, Chooser
from hackathon.tests.domain.roster_rows.reading import (
    ROLES,
    THEMES,
    codes,
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("CHERCHEUR D'EMPLOI", "chercheur-emploi"), ("Chercheuse d’emploi", "chercheur-emploi"),
        ("Chercheur·se d’emploi", "chercheur-emploi"), ("job seeker", "chercheur-emploi"),
        ("Développeuse", "developpeur"), ("Développeur·euse", "developpeur"), ("Développeur(se)", "developpeur"),
        ("developpeur/euse", "developpeur"), ("Développeurs", "developpeur"), ("Dév.", "developpeur"),
        ("Développeur – entrée gratuite", "developpeur"), ("start up", "start-up"), ("Startups", "start-up"),
        ("Professionnelle du service public de l'emploi", "service-public-emploi"),
        ("Professionnel", "service-public-emploi"), ("Entrepreneuse", "entrepreneur"), ("designer ", "designer"),
    ],
)  # fmt: skip
def test_roles_match_as_people_write_them(text, key):
    assert Chooser(ROLES).one(text) == {key}


@pytest.mark.parametrize("text", ["Astronaute", "Pro", "De", "", "Développeur Astronaute", "…"])
def test_roles_unknown_are_not_guessed(text):
    assert Chooser(ROLES).one(text) == frozenset()


def test_an_abbreviation_of_two_roles_is_ambiguous():
    roles = [*ROLES, Choice("devops", ("DevOps",))]
    assert Chooser(roles).one("dev") == {"developpeur", "devops"}
    table = read_list("Prénom;Nom;Profil\nA;B;dev\n".encode())
    assert codes(clean(table, recognise(table), roles=roles, themes=[])) == ["role_ambiguous"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Jeunes, seniors : il n'y a pas d'age pour s'orienter ou se reorienter", ["2"]),
        ("Jeunes seniors : il n’y a pas…", ["2"]), ("1. Un emploi près de chez moi", ["1"]),
        ("Je m’engage", ["3"]), ("Du temps partiel au temps complet ou comm", ["4"]),
        ("Un emploi près de chez moi : comment faire se rencontrer", ["1"]),
        ("Un emploi près de chez moi, Jeunes, seniors : il n’y a pas d’âge pour s’orienter ou se réorienter", ["1", "2"]),
        ("Je m’engage;Près de chez moi", ["3", "1"]), ("sans préférence", []), ("-", []),
    ],
)  # fmt: skip
def test_themes_match_whole_cut_short_or_several_in_a_cell(text, keys):
    assert Chooser(THEMES).several(text) == (keys, [])


def test_a_number_alone_is_no_theme():
    assert Chooser(THEMES).several("3") == ([], ["3"])
