"""Made-up people for rehearsals, as the list an organiser would receive. Pure: a seed and a shape in, rows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from hackathon.kit.folding import fold

FIRST = (
    "Adèle Agathe Aïcha Alix Amandine Anaïs Antoine Armand Aurélie Bastien Blanche Bruno Camille Caroline Cécile "
    "Chloé Clément Damien Djamila Élise Émile Étienne Fanny Fatou Félix Florian Gaëlle Grégoire Hélène Hugo Idriss "
    "Inès Jean-Baptiste Jeanne Jonas Julie Karim Kevin Laure Léa Léon Louise Lucas Maëlle Mamadou Margaux Mathilde "
    "Mehdi Nadia Nathan Noémie Octave Olga Paul Pauline Quentin Rachid Romane Samir Sarah Simon Solène Sofia Théo "
    "Valentine Victor Yasmine Yves Zoé"
).split()
LAST = (
    "Albert Allard Aubert Bailly Barbier Baron Benali Besson Blondel Bouvier Boyer Brun Carpentier Chevalier Colas "
    "Collet Cordier Coulon Da-Silva Delmas Diallo Dufour Dupré Fabre Faure Fontaine Gaillard Gauthier Gérard Girard "
    "Guérin Hamon Henry Humbert Jacquet Julien Klein Konaté Lacroix Lambert Launay Leclerc Lecoq Legrand Lemoine "
    "Lopez Lucas Mallet Marchal Martel Masson Mendès Meunier Millet Morel Nguyen Normand Olivier Pelletier Perret "
    "Picard Poirier Prévost Renard Renaud Rey Riviere Robin Rolland Roussel Royer Samson Sanchez Schmitt Tanguy "
    "Texier Thomas Traoré Vasseur Vidal Weber"
).split()
SKILLS = (
    "Python JavaScript UX données cartographie graphisme pitch commercial animation rédaction prototypage"
).split()
HEADER = (
    "Prénom;Nom;Adresse e-mail;Profil;Organisation;Téléphone;Compétences;Niveau (1-5);"
    "Thématique 1;Thématique 2;Thématique 3;Thématique 4;Droit à l'image;Inscrit le"
).split(";")


@dataclass(frozen=True)
class Crowd:
    """What a made-up crowd is like: role names with their weights, theme titles with their appeal (weights)."""

    roles: Sequence[tuple[str, float]]
    themes: Sequence[tuple[str, float]]


def crowd_rows(crowd: Crowd, count: int, *, opens_at: datetime, days: int, random: Random) -> list[list[str]]:
    """`count` rows under HEADER: distinct people, at distinct addresses, registering faster near the end."""
    roles = [name for name, _weight in crowd.roles]
    weights = [weight for _name, weight in crowd.roles]
    rows = []
    for number in range(count):
        first, last = FIRST[number % len(FIRST)], LAST[(number // len(FIRST) * 7 + number) % len(LAST)]
        role = random.choices(roles, weights)[0]
        when = opens_at + timedelta(minutes=int(days * 1440 * random.betavariate(2.2, 1.3)))
        address = fold(f"{first} {last}").replace(" ", ".")
        rows.append(
            [
                first,
                last,
                f"{address}.{number}@repetition.example",
                role,
                "",
                f"01 {number // 10**6 % 100:02d} {number // 10**4 % 100:02d} {number // 100 % 100:02d} {number % 100:02d}",
                ", ".join(random.sample(SKILLS, random.randint(1, 3))),
                str(random.choices((1, 2, 3, 4, 5), (1, 3, 5, 3, 1))[0]),
                *(themes_in_order(crowd, random) + [""] * 4)[:4],
                random.choice(("Oui", "Oui", "Non")),
                when.strftime("%d/%m/%Y %H:%M"),
            ]
        )
    return rows


def themes_in_order(crowd: Crowd, random: Random) -> list[str]:
    """All themes, drawn without replacement by their appeal."""
    left = list(crowd.themes)
    order = []
    while left:
        chosen = random.choices(left, [max(weight, 0.001) for _title, weight in left])[0]
        left.remove(chosen)
        order.append(chosen[0])
    return order


def drawn_mark(
    quality: float, severity: float, *, low: int, high: int, random: Random, noise: float = 0.45
) -> int:
    """A juror's mark: the project's worth on the scale, less the juror's severity, give or take."""
    return max(low, min(high, round(quality - severity + random.gauss(0, noise))))
