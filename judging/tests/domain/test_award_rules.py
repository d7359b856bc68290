"""Contradictory award rules are refused, each for its own reason."""

import pytest

from judging.domain.award_rules import AwardRule, check_rules, grand_prize_first, themes_first

THEMES = [1, 2, 3, 4]


def codes(*rules, themes=THEMES, has_final=True):
    return {problem.code for problem in check_rules(rules, themes, has_final=has_final)}


def test_both_variants_of_the_seed_stand():
    assert check_rules(grand_prize_first(), THEMES) == []
    assert check_rules(themes_first(), THEMES, has_final=False) == []


def test_the_whole_table_of_cases_stands():
    rules = [
        *grand_prize_first(),
        AwardRule(3, "Audience", method="vote", decided_by="public", cumulation="cumulative"),
        AwardRule(4, "Partner", scope="partner", decided_by="partner", cumulation="cumulative"),
        AwardRule(5, "Special mention", method="deliberation", allow_none=True),
        AwardRule(6, "Top three", places=3, rank_style="dense", cumulation="cumulative"),
        AwardRule(7, "Local", eligible="one_theme", theme=1, cumulation="cumulative"),
    ]
    assert check_rules(rules, THEMES) == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (AwardRule(1, " "), "blank_label"),
        (AwardRule(1, "x", places=0), "no_places"),
        (AwardRule(1, "x", follow_up=-1), "negative_follow_up"),
        (AwardRule(1, "x", scope="theme", theme=9), "unknown_theme"),
        (AwardRule(1, "x", eligible="one_theme"), "one_theme_without_theme"),
        (AwardRule(1, "x", theme=1), "theme_without_use"),
        (AwardRule(1, "x", scope="theme", eligible="theme_winners"), "theme_laureates_from_theme_winners"),
        (AwardRule(1, "x", decided_by="public"), "public_without_vote"),
        (AwardRule(1, "x", when_taken="close_theme"), "theme_order_outside_theme"),
        (AwardRule(1, "x", eligible="theme_winners"), "theme_winners_without_theme_prize"),
        (AwardRule(1, "x", scope="planet"), "unknown_value"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(rule, code):
    assert codes(rule) == {code}


def test_theme_prizes_need_themes_and_finalists_need_a_final():
    assert codes(AwardRule(1, "x", scope="theme"), themes=[]) == {"theme_scope_without_theme"}
    assert codes(AwardRule(1, "x", eligible="finalists"), has_final=False) == {"finalists_without_final"}


def test_a_grand_prize_among_theme_winners_cannot_come_before_them():
    grand = AwardRule(1, "Grand prize", eligible="theme_winners", cumulation="cumulative")
    assert codes(grand, AwardRule(2, "Laureate", scope="theme")) == {"theme_winners_too_early"}


def test_a_grand_prize_among_exclusive_laureates_must_be_cumulative():
    grand = AwardRule(2, "Grand prize", eligible="theme_winners")
    assert codes(AwardRule(1, "Laureate", scope="theme"), grand) == {"nobody_eligible"}


def test_repeated_sequences_and_names_are_refused():
    assert codes(AwardRule(1, "a"), AwardRule(1, "b")) == {"duplicate_sequence"}
    assert codes(AwardRule(1, "Prize"), AwardRule(2, "prize ")) == {"duplicate_label"}


def test_every_reason_comes_at_once_and_names_its_rule():
    problems = check_rules([AwardRule(3, "Odd", places=0, eligible="one_theme")], THEMES)
    assert len(problems) == 2
    assert all(problem.blocks and problem.text.startswith("“Odd” (3): ") for problem in problems)
