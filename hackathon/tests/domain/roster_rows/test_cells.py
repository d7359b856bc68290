"""One cell at a time."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from hackathon.domain.roster_rows import cells
from hackathon.domain.roster_rows.dates import is_month_first, moment

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Luce Lopes", ("Luce", "Lopes")), ("LOPES Luce", ("Luce", "Lopes")), ("luce LOPES", ("Luce", "Lopes")),
        ("Jean-Pierre DE LA TOUR", ("Jean-Pierre", "De La Tour")), ("DE LA TOUR Jean-Pierre", ("Jean-Pierre", "De La Tour")),
        ("Jean de LA TOUR", ("Jean", "de La Tour")), ("Ana de la Tour", ("Ana", "de la Tour")),
        ("Rémy De Oliveira", ("Rémy", "De Oliveira")), ("LOPES, Luce", ("Luce", "Lopes")),
        ("Mme Luce LOPES", ("Luce", "Lopes")), ("Madonna", ("Madonna", "")), ("J. DUPONT", ("J.", "Dupont")),
    ],
)  # fmt: skip
def test_split_name(text, names):
    assert cells.split_name(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [("LOPES", "Lopes"), ("D'ARTAGNAN", "D'Artagnan"), ("MCDONALD", "MCDONALD"), ("McDonald", "McDonald"),
     ("LE GALL", "Le Gall"), ("MENDÈS", "Mendès"), ("jean-pierre", "Jean-Pierre"), ("de Gaulle", "de Gaulle")],
)  # fmt: skip
def test_tidy_name(text, name):
    assert cells.tidy_name(text) == name


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Luce.Lopes@Boite.Example ", "Luce.Lopes@boite.example"), ("mailto:a@b.fr", "a@b.fr"),
        ("Luce <l@b.fr>", "l@b.fr"), ("a @ b . fr", "a@b.fr"), ("a+x@sous.domaine.fr;", "a+x@sous.domaine.fr"),
    ],
)  # fmt: skip
def test_email_is_normalised(text, address):
    assert cells.email(text) == (address, True)


@pytest.mark.parametrize(
    "text", ["a@b", "a@@b.fr", "a@b,fr", "a b@c.fr", "é@b.fr", "a..b@c.fr", "@b.fr", "a@-b.fr"]
)
def test_email_invalid(text):
    assert not cells.email(text)[1]


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (
            True,
            [
                "Oui",
                "oui.",
                "x",
                "✓",
                "J'accepte",
                "J’accepte",
                "Yes",
                "TRUE",
                "1",
                "Oui, j'accepte d'être filmé",
            ],
        ),
        (False, ["Non", "no", "0", "FALSE", "Je refuse", "Je n’accepte pas", "Non merci", "☐"]),
        (
            None,
            [
                "",
                "-",
                "Peut-être",
                "Oui, sauf en vidéo",
                "oui mais pas de face",
                "Non, sauf de dos",
                "à voir",
            ],
        ),
    ],
)
def test_yes_or_no_never_takes_doubt_for_a_yes(answer, texts):
    assert [cells.yes_or_no(text) for text in texts] == [answer] * len(texts)


@pytest.mark.parametrize(
    ("text", "level"), [("3", 3), ("3.0", 3), ("3/5", 3), ("4 - confirmé", 4), ("Niveau 2", 2)]
)
def test_level(text, level):
    assert cells.level(text) == level


@pytest.mark.parametrize("text", ["0", "6", "3,5", "expert", "-1", "33"])
def test_level_off_the_scale(text):
    with pytest.raises(ValueError, match=text):
        cells.level(text)


def test_skills_are_split_trimmed_and_once_each():
    assert cells.skills("Python, UX/UI; python\n données |") == ("Python", "UX", "UI", "données")


def test_phones_of_one_number_share_a_key():
    texts = [
        "+33 (0)5 56 24 09 45",
        "+33 5 56 24 09 45",
        "0033556240945",
        "05.56.24.09.45",
        cells.phone("556240945")[0],
    ]
    assert {cells.phone_key(text) for text in texts} == {"0556240945"}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("20/09/2016 10:04", "2016-09-20T10:04:00+02:00"), ("2016-09-20 10:04:00+01:00", "2016-09-20T10:04:00+01:00"),
        ("2016/09/20 04:37:00 PM UTC+1", "2016-09-20T16:37:00+01:00"),
        ("2016/09/20 12:05:00 AM UTC+5:30", "2016-09-20T00:05:00+05:30"),
        ("2016-09-20 10:04:00", "2016-09-20T10:04:00+02:00"), ("42633.5", "2016-09-20T12:00:00+02:00"),
        ("20 sept. 2016 à 10h04", "2016-09-20T10:04:00+02:00"), ("Sep 20, 2016 10:04 AM", "2016-09-20T10:04:00+02:00"),
        ("2016-09-20T10:04:00Z", "2016-09-20T10:04:00+00:00"), ("9/20/2016", "2016-09-20T00:00:00+02:00"),
        ("20.09.16", "2016-09-20T00:00:00+02:00"), ("18/11/2016 10:04", "2016-11-18T10:04:00+01:00"),
    ],
)  # fmt: skip
def test_moment_in_the_shapes_people_use(text, iso):
    found = moment(text, PARIS)
    assert (found, found.utcoffset()) == ((wanted := dt.datetime.fromisoformat(iso)), wanted.utcoffset())


@pytest.mark.parametrize("text", ["lundi", "31/02/2016", "2016-13-45", "99/99/9999", "0"])
def test_moment_unreadable_is_none(text):
    assert moment(text, PARIS) is None


def test_order_of_day_and_month_is_settled_by_the_column():
    assert is_month_first(["9/2/2016 10:00", "9/20/2016 10:00"])
    assert not is_month_first(["9/2/2016", "20/9/2016"])
    assert not is_month_first(["9/2/2016"])
    assert moment("9/2/2016", PARIS, month_first=True).month == 9
