"""An event's roles and themes, and lists in the shapes people have, for the tests."""

import datetime as dt

from hackathon.domain.roster_rows import clean, read_list, recognise
from hackathon.domain.roster_rows.choices import Choice

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
