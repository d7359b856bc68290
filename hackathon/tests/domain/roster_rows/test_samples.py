"""The sample lists of the demo event: 250 people each, nobody refused."""

import datetime as dt
from pathlib import Path

import pytest

from hackathon.domain.roster_rows import clean, read_list, recognise
from hackathon.domain.roster_rows.choices import Choice

FIXTURES = Path(__file__).parents[4] / "fixtures"
ROLES = [
    Choice(key, (name,))
    for key, name in (
        ("chercheur-emploi", "Chercheur d’emploi"),
        ("entrepreneur", "Entrepreneur"),
        ("service-public-emploi", "Professionnel du service public de l’emploi"),
        ("developpeur", "Développeur"),
        ("designer", "Designer"),
        ("start-up", "Start-up"),
    )
]
THEMES = [
    Choice("1", ("Un emploi près de chez moi",)),
    Choice("2", ("Jeunes, seniors : il n’y a pas d’âge pour s’orienter ou se réorienter",)),
    Choice("3", ("Je m’engage pour l’emploi",)),
    Choice("4", ("Du temps partiel au temps complet ou comment accéder à un emploi de qualité dans un monde du travail "
                 "en pleine mutation",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shape", "first_line", "choices"),
    [("inscriptions.csv", "palmares", 2, 4), ("liste-organisateur.xlsx", "organiser", 4, 2)],
)
def test_sample_list_gives_250_people(name, shape, first_line, choices):
    table = read_list((FIXTURES / "lists" / name).read_bytes(), name)
    profile = recognise(table, roles=ROLES, themes=THEMES)
    days = [dt.date(2016, 11, 18), dt.date(2016, 11, 19)]
    roster = clean(table, profile, roles=ROLES, themes=THEMES, event_dates=days)
    assert profile.name == shape
    assert (len(roster.rows), roster.refused, roster.skipped, roster.warnings) == (250, [], [], [])
    assert [row.line for row in roster.rows] == list(range(first_line, first_line + 250))
    assert {len(row.themes) for row in roster.rows} == {choices}
    assert all(row.email and row.role for row in roster.rows)
    assert len({row.key for row in roster.rows}) == 250
