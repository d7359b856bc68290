from __future__ import annotations

import ast
import inspect

import pytest
from django.utils.translation import override

from teams.domain import wording
from teams.domain.matching import TEMPLATES, Problem, Team, contradicting, framing, reasons

pytestmark = pytest.mark.django_db


def codes_said_in(module):
    tree = ast.parse(inspect.getsource(module))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
            found |= {leaf.value for leaf in ast.walk(node.args[0]) if isinstance(leaf, ast.Constant)}
    return found & set(TEMPLATES)


@pytest.mark.parametrize("module", [reasons, framing, contradicting])
def test_every_code_a_person_may_read_has_its_sentence(module):
    assert not codes_said_in(module) - set(wording.SENTENCES)


@pytest.mark.parametrize("code", sorted(wording.SENTENCES))
def test_every_sentence_exists_in_both_languages(code):
    with override("en"):
        english = str(wording.SENTENCES[code])
    with override("fr"):
        french = str(wording.SENTENCES[code])
    assert english != french


def test_reasons_never_speak_of_a_role():
    for language in ("fr", "en"):
        with override(language):
            for words in wording.REASONS.values():
                assert not {"role", "rôle", "profil", "chômeur", "emploi"} & set(str(words).lower().split())


def test_reasons_are_the_same_whoever_holds_the_private_role():
    """Also for those who have none: what some hear, the silence of others would give away."""
    told = []
    for roles in (("job", "dev", "guest", "dev"), ("guest", "dev", "job", "dev"), ("guest", "dev") * 2):
        problem = problem_of(roles, wanted=["job", "dev"])
        told.append(said_of(problem))
    assert told[0] == told[1] == told[2]
    assert ["Your team needed your role: dev." in said for said in told[0].values()] == [
        False,
        True,
        False,
        True,
    ]


def test_nothing_is_said_of_roles_where_silence_would_tell_the_private_one():
    """Every public role is wanted: whoever hears nothing of theirs would be known to have the private one."""
    said = said_of(problem_of(("dev", "dev", "job", "dev"), wanted=["dev"]))
    assert not any("role" in sentence for sentences in said.values() for sentence in sentences)


def problem_of(roles, *, wanted):
    return Problem.from_json(
        {
            "people": [{"id": str(n), "role": role, "themes": ["x"]} for n, role in enumerate(roles)],
            "themes": [{"id": "x"}, {"id": "y"}],
            "team_size": {"min": 2, "max": 2, "wanted": 2},
            "roles": {"wanted": wanted, "never_alone": ["job"], "private": ["job"], "diversity": 2},
        }
    )


def said_of(problem):
    teams = (Team("a", "x", ("0", "1")), Team("b", "y", ("2", "3")))
    return {person: [str(one) for one in said] for person, said in reasons.reasons_of(problem, teams).items()}


def test_a_role_is_told_by_the_name_it_is_given_or_not_at_all():
    message = {"code": "role_needed", "params": {"role": "dev"}}
    with override("en"):
        assert wording.sentences([message], roles={"dev": "Developer"}) == [
            "Your team needed what you bring: Developer."
        ]
        assert wording.sentences([message]) == []


def test_sentence_puts_names_for_ids():
    message = {"code": "theme_over", "params": {"theme": "7", "count": 9, "most": 8}}
    with override("en"):
        said = wording.sentence(message, themes={"7": "Near home"})
    assert said == "The theme “Near home” has 9 people: it takes at most 8."


def test_contradiction_joins_its_parts():
    part = {"code": "part_team_minimum", "params": {"least": 3}}
    with override("en"):
        said = wording.sentence({"code": "contradiction", "params": {"parts": [part, part]}})
    assert said.count("a team has at least 3 people") == 2


@pytest.mark.parametrize(
    ("gap", "cost", "word"),
    [(0, 0, "Every wish"), (0.0, 5, "proven"), (None, 5, "No better limit"), (0.034, 5, "3.4%")],
)
def test_cost_in_plain_words(gap, cost, word):
    with override("en"):
        assert word in wording.cost_words(gap, cost)
