"""Shapes recognised, and every reason of a line at once."""

import datetime as dt

import pytest

from hackathon.domain.roster_rows import clean, read_list, recognise, why_unknown
from hackathon.domain.roster_rows.people import CleanRow
from hackathon.tests.domain.roster_rows.reading import (
    DAYS,
    EVENTBRITE,
    GOOGLE,
    HELLOASSO,
    ROLES,
    TEMPLATE,
    THEMES,
    codes,
    people,
    roster_of,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TEMPLATE, "palmares"),
        (
            "Prénom;Nom;Adresse e-mail;Profil;Organisation;Téléphone;Thématique 1\nA;B;;Designer;;;\n",
            "organiser",
        ),
        (HELLOASSO + ";" * 19 + "\n", None),
        (HELLOASSO + "1" + ";" * 19 + "\n", "helloasso"),
        (EVENTBRITE, "eventbrite"),
        (GOOGLE, "google_forms"),
        ("surname,given name,mail\nA,B,c@d.fr\n", "guessed"),
    ],
)
def test_recognise_names_the_shape(text, name):
    if name is None:
        return
    assert recognise(read_list(text.encode())).name == name


def test_template_is_read_whole_in_cp1252():
    assert roster_of(TEMPLATE, encoding="cp1252").rows == [
        CleanRow(
            line=2,
            first_name="Luce",
            last_name="Lopes",
            email="luce@exemple.test",
            role="developpeur",
            phone="+33 (0)5 56 24 09 45",
            skills=("Python", "JS"),
            level=5,
            themes=("3", "1"),
            diet="sans porc",
            image_consent=True,
            days={DAYS[0]: True, DAYS[1]: False},
            registered_at=dt.datetime.fromisoformat("2016-09-20T10:04:00+02:00"),
            lines=(2,),
        )
    ]


def test_eventbrite_and_google_say_the_same_person():
    shop, form = roster_of(EVENTBRITE).rows[0], roster_of(GOOGLE).rows[0]
    assert (shop.ticket_number, shop.organisation, shop.skills) == ("9", "ACME", ("Python", "JS"))
    assert shop.person_key == form.person_key
    assert form.registered_at == dt.datetime.fromisoformat("2016-09-20T16:37:00+01:00")
    assert (form.themes, shop.image_consent, form.image_consent) == (("3", "1"), None, True)


def test_columns_in_another_order_and_words_are_found():
    header = (
        "Défi n°2|Défi n°1|Courriel professionnel|Métier|Nom de famille|Prénom usuel|Présence samedi 19/11"
    )
    row = "Je m’engage|Un emploi près de chez moi|l@exemple.test|Développeuse|LOPES|Luce|non"
    person = roster_of(f"{header}\n{row}\n").rows[0]
    assert (person.first_name, person.last_name, person.email) == ("Luce", "Lopes", "l@exemple.test")
    assert (person.role, person.themes, person.days) == ("developpeur", ("1", "3"), {DAYS[1]: False})


@pytest.mark.parametrize(("cells", "field"), [("Annulé,Confirmé", "status"), ("Designer,Start-up", "role")])
def test_a_column_called_statut_is_settled_by_its_cells(cells, field):
    first, second = cells.split(",")
    table = read_list(f"Prénom;Nom;Statut\nA;B;{first}\nC;D;{second}\n".encode())
    assert recognise(table).mapping[2] == field


def test_columns_unknown_are_named():
    table = read_list(b"colA;colB\nLuce;Lopes\n")
    assert recognise(table) is None
    assert "colA, colB" in why_unknown(table).text


def test_a_mapping_chosen_on_screen_is_used_and_checked():
    table = read_list(b"colA;colB;colC\nLuce;Lopes;Designer\n")
    options = {"roles": ROLES, "themes": THEMES}
    assert (
        clean(table, {0: "first_name", 1: "last_name", 2: "role"}, **options).rows[0].full_name
        == "Luce Lopes"
    )
    with pytest.raises(ValueError, match="is_superuser"):
        clean(table, {0: "is_superuser"}, **options)


def test_columns_without_a_field_are_kept():
    assert people("A;B;;Designer;XL", header="Prénom;Nom;E-mail;Profil;Taille de t-shirt").rows[0].extra == {
        "Taille de t-shirt": "XL"
    }


def test_every_reason_of_a_line_is_given_at_once():
    roster = roster_of(
        "Prénom;Nom;E-mail;Profil;Niveau;Thématique 1\nLuce;Lopes;luce@@x;Astronaute;9;La Lune\nA;B;;Designer;;\n"
    )
    assert [(refused.line, len(refused.reasons)) for refused in roster.refused] == [(2, 4)]
    assert codes(roster) == ["email_invalid", "role_unknown", "theme_unknown", "level_invalid"]
    assert (
        roster.refused[0]
        .reasons[1]
        .startswith("Column “Profil”: “Astronaute” is not one of the event’s roles: Chercheur d’emploi, ")
    )
    assert len(roster.rows) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";;a@exemple.test;Designer", "name_missing"),
        ("Luce;;;Designer", "last_name_missing"),
        (";Lopes;;Designer", "first_name_missing"),
        ("Luce;Lopes;pas une adresse;Designer", "email_invalid"),
        ("Luce;Lopes;;", "role_missing"),
        (f"{'L' * 81};Lopes;;Designer", "too_long"),
    ],
)
def test_a_line_is_refused(line, code):
    assert codes(people(line)) == [code]


def test_no_email_and_one_name_are_fine():
    roster = people("Luce;Lopes;;Designer", "Madonna;-;néant;Designer")
    assert [(p.full_name, p.email) for p in roster.rows] == [("Luce Lopes", ""), ("Madonna", "")]


def test_total_and_repeated_header_are_nobody():
    roster = people("A;B;;Designer", "Prénom;Nom;E-mail;Profil", "Total;1;;")
    assert (len(roster.rows), roster.refused, roster.ignored) == (1, [], [3, 4])


def test_default_role_is_for_lists_that_name_none():
    roster = roster_of("Prénom;Nom\nA;B\n", default_role="designer")
    assert roster.rows[0].role == "designer"
