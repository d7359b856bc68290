"""Bringing a list to an event, for the tests of imports."""

from __future__ import annotations

from typing import Any

from hackathon.domain import roster
from hackathon.models import (
    Account,
    Consent,
    Duty,
    Event,
    Needs,
    OutgoingMail,
    Person,
    Registration,
    ThemeChoice,
)

HEADER = "Prénom;Nom;Adresse e-mail;Profil;Téléphone;Thématique 1;Thématique 2;Régime alimentaire;Droit à l'image;Inscrit le"
LUCE = "Luce;Lopes;luce@example.org;Développeur;0102030405;Local;Emploi;végétarien;Oui;20/09/2016 10:04"
TABLES = (Person, Registration, ThemeChoice, Consent, Needs, Account, Duty, OutgoingMail)


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
