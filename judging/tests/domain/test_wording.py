"""What the jury mathematics notices is told in the reader's language."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation

from judging.domain import award_rules, wording
from judging.domain.award_rules import AwardRule
from judging.domain.remarks import Remark

PURE = ("plan_quality", "award_proposals", "coverage")


def spoken(module: str) -> set[str]:
    """Every sentence given to a Remark in that module's source."""
    tree = ast.parse((Path(wording.__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    return {
        part.value
        for part in ast.walk(tree)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and "“%(label)s”" in part.value
    }


@pytest.mark.parametrize("template", wording.TEMPLATES)
def test_every_template_has_its_french(template: str) -> None:
    with translation.override("fr"):
        assert translation.gettext(template) != template


@pytest.mark.parametrize("module", PURE)
def test_no_sentence_of_a_pure_module_is_forgotten(module: str) -> None:
    assert {text for text in spoken(module) if "{" not in text} - {"“%(label)s”: "} <= set(wording.TEMPLATES)


def test_every_contradiction_of_the_rules_is_known() -> None:
    wrong = [
        AwardRule(1, "", places=0, follow_up=-1),
        AwardRule(1, "A", scope="theme", eligible="theme_winners", theme=9),
        AwardRule(2, "A", eligible="one_theme"),
        AwardRule(3, "A", eligible="finalists", decided_by="public", when_taken="close_theme", theme=9),
        AwardRule(4, "B", eligible="theme_winners"),
        AwardRule(0, "C", eligible="theme_winners", method="lottery"),
    ]
    remarks = award_rules.check_rules(wrong, [], has_final=False)
    assert len({remark.code for remark in remarks}) > 10
    assert {remark.template for remark in remarks} <= set(wording.TEMPLATES)


def test_lists_are_named_and_counts_stay_counts() -> None:
    names = {"jurors": {3: "Ana", 4: "Bao"}, "theme": {3: "Près de chez moi"}}
    assert wording.worded(Remark("x", "%(jurors)s", {"jurors": [3, 4]}), names) == "Ana, Bao"
    assert wording.worded(Remark("x", "%(jurors)s", {"jurors": 3}), names) == "3"
    assert wording.worded(Remark("x", "%(theme)s", {"theme": 3}), names) == "Près de chez moi"
