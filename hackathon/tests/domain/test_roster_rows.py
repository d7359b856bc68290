"""People's lists → people: five shapes recognised, every reason of a line at once, one person counted once."""

import datetime as dt

import pytest

from hackathon.domain.roster_choices import Choice, Chooser
from hackathon.domain.roster_people import CleanRow
from hackathon.domain.roster_rows import clean, read_list, recognise, why_unknown

ROLES = [
    Choice("chercheur-emploi", ("Chercheur d’emploi", "Job seeker")),
    Choice("entrepreneur", ("Entrepreneur",)),
    Choice("service-public-emploi", ("Professionnel du service public de l’emploi",)),
    Choice("developpeur", ("Développeur", "Developer")),
    Choice("designer", ("Designer",)),
    Choice("start-up", ("Start-up",)),
]
THEMES = [
    Choice("1", ("Un emploi près de chez moi", "Près de chez moi")),
    Choice(
        "2",
        (
            "Jeunes, seniors : il n’y a pas d’âge pour s’orienter ou se réorienter",
            "Pas d’âge pour s’orienter",
        ),
    ),
    Choice("3", ("Je m’engage pour l’emploi", "Je m’engage")),
    Choice(
        "4",
        ("Du temps partiel au temps complet ou comment accéder à un emploi de qualité", "Du temps partiel"),
    ),
]
DAYS = [dt.date(2016, 11, 18), dt.date(2016, 11, 19)]

TEMPLATE = (
    "Prénom;Nom;Adresse e-mail;Profil;Organisation;Téléphone;Compétences;Niveau (1-5);Thématique 1;Thématique 2;"
    "Thématique 3;Thématique 4;Régime alimentaire;Besoins d'accessibilité;Droit à l'image;Présence jour 1;"
    "Présence jour 2;Inscrit le\r\n"
    "Luce;Lopes;luce@exemple.test;Développeur;;+33 (0)5 56 24 09 45;Python, JS;5;Je m’engage pour l’emploi;"
    "Un emploi près de chez moi;;;sans porc;;Oui;Oui;Non;20/09/2016 10:04\r\n"
)
HELLOASSO = (
    "Référence commande;Date de la commande;Statut de la commande;Nom participant;Prénom participant;Nom payeur;"
    "Prénom payeur;Email payeur;Raison sociale;Moyen de paiement;Billet;Numéro de billet;Tarif;Montant tarif;Code Promo;"
    "Montant code promo;Adresse e-mail du participant;Thématique préférée;Deuxième choix;Compétences\r\n"
)
EVENTBRITE = (
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee #,Group,Order Type,Total Paid,"
    "Attendee Status,Cell Phone,Company,Thématique préférée / Preferred theme,Compétences / Skills\n"
    "7,2016-09-20 10:04:00+01:00,Luce,Lopes,Luce@Exemple.Test,1,Développeur,9,,Free Order,0.00,Attending,,ACME,"
    "Je m’engage pour l’emploi,Python; JS\n"
)
GOOGLE = (
    "Horodateur,Adresse e-mail,Nom et prénom,Vous êtes…,Votre structure,Thématique souhaitée (1er choix),"
    "Thématique souhaitée (2e choix),Vos compétences,Droit à l'image\n"
    "2016/09/20 04:37:00 PM UTC+1,luce@exemple.test,Luce Lopes,Développeur,,Je m’engage pour l’emploi,"
    "Un emploi près de chez moi,Python,J'accepte\n"
)


def roster_of(text: str, *, encoding: str = "utf-8", **options):
    table = read_list(text.encode(encoding), "liste.csv")
    profile = recognise(table, roles=ROLES, themes=THEMES)
    assert profile is not None
    return clean(table, profile, roles=ROLES, themes=THEMES, event_dates=DAYS, **options)


def people(*lines: str, header: str = "Prénom;Nom;E-mail;Profil"):
    return roster_of("\n".join([header, *lines, ""]))


def codes(roster) -> list[str]:
    return [problem.code for refused in roster.refused for problem in refused.problems]


def helloasso(*orders: str):
    """Each order: status, last, first, payer's last, payer's first, payer's mail, ticket, mail."""
    lines = []
    for order in orders:
        status, last, first, payer_last, payer_first, payer_mail, ticket, mail = order.split(",")
        lines.append(
            f"4;20/09/2016 10:04;{status};{last};{first};{payer_last};{payer_first};{payer_mail};;Gratuit;Designer;"
            f"{ticket};Gratuit;0,00;;;{mail};;;\r\n"
        )
    return roster_of(HELLOASSO + "".join(lines))


# --- shapes ---------------------------------------------------------------------------------------------------------


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
            contact_email="luce@exemple.test",
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


# --- reasons --------------------------------------------------------------------------------------------------------


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


# --- counting people ------------------------------------------------------------------------------------------------


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
    assert [(p.email, p.contact_email) for p in roster.rows] == [
        ("luce@x.fr", "luce@x.fr"),
        ("", "luce@x.fr"),
        ("zoe@x.fr", "zoe@x.fr"),
    ]
    assert roster.rows[1].payer_name == "Luce Lopes"


# --- roles and themes -----------------------------------------------------------------------------------------------


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
