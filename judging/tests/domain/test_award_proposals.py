"""What the scores propose, case by case of the design's table."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from judging.domain.award_proposals import propose_awards
from judging.domain.award_rules import AwardRule, grand_prize_first, themes_first
from judging.domain.standings import Standings

THEME_OF = {
    "Jobkontact": 1,
    "Voisins": 1,
    "Lunchtime Mentoring": 2,
    "Passerelle": 2,
    "Adopte un chômeur": 3,
    "Plateau": 4,
    "Horaires": 4,
}
PANELS = {
    1: [["Jobkontact"], ["Voisins"]],
    2: [["Lunchtime Mentoring"], ["Passerelle"]],
    3: [["Adopte un chômeur"]],
    4: [["Plateau"], ["Horaires"]],
}
FINAL = [
    ["Lunchtime Mentoring"],
    ["Jobkontact"],
    ["Plateau"],
    ["Adopte un chômeur"],
    ["Voisins"],
    ["Passerelle"],
    ["Horaires"],
]
DEMO = Standings([1, 2, 3, 4], THEME_OF, PANELS, FINAL)


def brief(slots):
    return [(slot.rule.label, slot.theme, slot.rank, slot.status, slot.project) for slot in slots]


def names(slots):
    return [(slot.rank, slot.project) for slot in slots]


def test_grand_prize_first_gives_one_laureate_to_each_other_theme():
    assert brief(propose_awards(grand_prize_first(), DEMO)) == [
        ("Grand prize", None, 1, "proposed", "Lunchtime Mentoring"),
        ("Theme laureate", 1, 1, "proposed", "Jobkontact"),
        ("Theme laureate", 3, 1, "proposed", "Adopte un chômeur"),
        ("Theme laureate", 4, 1, "proposed", "Plateau"),
    ]


def test_themes_first_shows_the_grand_prize_first_and_keeps_its_theme():
    slots = propose_awards(themes_first(), DEMO)
    assert brief(slots)[:3] == [
        ("Grand prize", None, 1, "proposed", "Lunchtime Mentoring"),
        ("Theme laureate", 1, 1, "proposed", "Jobkontact"),
        ("Theme laureate", 2, 1, "proposed", "Lunchtime Mentoring"),
    ]
    assert [slot.shown_with for slot in slots] == [None, None, 2, None, None]


def test_a_grand_winner_second_in_its_panel_still_closes_its_theme_by_default():
    upset = replace(DEMO, final=[["Passerelle"], *FINAL[:5], ["Horaires"]])
    themes = [slot.theme for slot in propose_awards(grand_prize_first(), upset)]
    assert themes == [None, 1, 3, 4]


def test_leave_and_next_give_the_theme_of_the_grand_winner_otherwise():
    grand, laureate = grand_prize_first()
    upset = replace(DEMO, final=[["Passerelle"], *FINAL[:5], ["Horaires"]])
    left = propose_awards([grand, replace(laureate, when_taken="leave")], upset)
    assert [slot.project for slot in left if slot.theme == 2] == ["Lunchtime Mentoring"]
    assert not [
        s for s in propose_awards([grand, replace(laureate, when_taken="leave")], DEMO) if s.theme == 2
    ]
    passed = propose_awards([grand, replace(laureate, when_taken="next")], DEMO)
    assert [slot.project for slot in passed if slot.theme == 2] == ["Passerelle"]


def test_top_three_dense_and_standard():
    groups = [["a"], ["b", "c"], ["d"], ["e"]]
    standings = Standings([], dict.fromkeys("abcde"), event=groups)
    rule = AwardRule(1, "Top three", places=3, tie="shared", rank_style="dense")
    assert names(propose_awards([rule], standings)) == [(1, "a"), (2, "b"), (2, "c"), (3, "d")]
    rule = replace(rule, rank_style="standard")
    assert names(propose_awards([rule], standings)) == [(1, "a"), (2, "b"), (2, "c")]


def test_a_tie_waits_for_the_ladder_and_what_follows_waits_for_it():
    tied = replace(DEMO, final=[["Lunchtime Mentoring", "Jobkontact"], *FINAL[2:]])
    slots = propose_awards(grand_prize_first(), tied)
    assert (slots[0].status, slots[0].candidates) == ("tied", ("Lunchtime Mentoring", "Jobkontact"))
    assert [(slot.theme, slot.status) for slot in slots[1:]] == [
        (1, "waiting"),
        (2, "waiting"),
        (3, "proposed"),
        (4, "proposed"),
    ]


def test_a_decision_outranks_the_scores_and_moves_the_rest():
    slots = propose_awards(grand_prize_first(), DEMO, decided={(1, None, 1): ["Jobkontact"]})
    assert brief(slots) == [
        ("Grand prize", None, 1, "decided", "Jobkontact"),
        ("Theme laureate", 2, 1, "proposed", "Lunchtime Mentoring"),
        ("Theme laureate", 3, 1, "proposed", "Adopte un chômeur"),
        ("Theme laureate", 4, 1, "proposed", "Plateau"),
    ]


def test_a_decision_on_one_rank_leaves_the_others_to_the_ranking():
    standings = Standings([], dict.fromkeys("abcd"), event=[["a"], ["b"], ["c"], ["d"]])
    rule = AwardRule(1, "Top three", places=3)
    slots = propose_awards([rule], standings, decided={(1, None, 1): ["b"]})
    assert names(slots) == [(1, "b"), (2, "a"), (3, "c")]
    slots = propose_awards([rule], standings, decided={(1, None, 1): ["b", "c"]})
    assert names(slots) == [(1, "b"), (1, "c"), (3, "a")]


def test_ties_declared_equal_are_shared():
    standings = Standings([], dict.fromkeys("abc"), event=[["a", "b"], ["c"]])
    rule = AwardRule(1, "Prize")
    assert [slot.status for slot in propose_awards([rule], standings)] == ["tied"]
    slots = propose_awards([rule], standings, ex_aequo=[frozenset("ab")])
    assert names(slots) == [(1, "a"), (1, "b")]


def test_audience_prize_counts_votes_and_may_go_to_the_grand_winner():
    audience = AwardRule(3, "Audience", method="vote", decided_by="public", cumulation="cumulative")
    voted = replace(DEMO, votes={3: {"Lunchtime Mentoring": 40, "Plateau": 39, "Horaires": 0, "gone": 99}})
    slot = propose_awards([*grand_prize_first(), audience], voted)[-1]
    assert (slot.status, slot.project) == ("proposed", "Lunchtime Mentoring")
    exclusive = replace(audience, cumulation="exclusive")
    assert propose_awards([*grand_prize_first(), exclusive], voted)[-1].status == "empty"


def test_partner_prize_follows_its_own_jury():
    rule = AwardRule(5, "Partner", scope="partner", decided_by="partner", cumulation="cumulative")
    slots = propose_awards([rule], replace(DEMO, own={5: [["Horaires"], ["Plateau"]]}))
    assert names(slots) == [(1, "Horaires")]
    assert propose_awards([rule], DEMO)[0].status == "open"


def test_an_exclusive_partner_prize_does_not_close_a_theme():
    partner = AwardRule(1, "Partner", scope="partner")
    laureate = AwardRule(2, "Theme laureate", scope="theme")
    slots = propose_awards([partner, laureate], replace(DEMO, own={1: [["Plateau"]]}))
    assert [slot.project for slot in slots if slot.theme == 4] == ["Horaires"]


def test_special_mention_is_open_to_everybody_without_an_exclusive_prize():
    mention = AwardRule(3, "Special mention", method="deliberation", allow_none=True)
    slot = propose_awards([*grand_prize_first(), mention], DEMO)[-1]
    assert slot.status == "open"
    assert slot.candidates == ("Voisins", "Passerelle", "Horaires")
    slot = propose_awards([*grand_prize_first(), mention], DEMO, decided={(3, None, 1): []})[-1]
    assert (slot.status, slot.remark) == ("withheld", None)


def test_a_decision_against_its_rule_is_kept_with_a_blocking_remark():
    rules = grand_prize_first()
    decided = {(1, None, 1): [], (2, 3, 1): ["nobody knows it"]}
    slots = {slot.key: slot for slot in propose_awards(rules, DEMO, decided=decided)}
    assert slots[1, None, 1].remark.code == "cannot_withhold"
    assert slots[2, 3, 1].remark.code == "not_in_competition"
    decided = {(1, None, 1): ["Plateau"], (2, 4, 1): ["Plateau"]}
    slots = {slot.key: slot for slot in propose_awards(rules, DEMO, decided=decided)}
    assert slots[2, 4, 1].remark.blocks


def test_a_withheld_grand_prize_closes_no_theme():
    grand, laureate = grand_prize_first()
    slots = propose_awards([replace(grand, allow_none=True), laureate], DEMO, decided={(1, None, 1): []})
    assert [slot.theme for slot in slots] == [None, 1, 2, 3, 4]


def test_a_theme_nobody_entered_says_so():
    slots = propose_awards(grand_prize_first(), replace(DEMO, themes=[1, 2, 3, 4, 5]))
    assert (slots[-1].theme, slots[-1].status, slots[-1].remark.code) == (5, "empty", "theme_without_project")


def test_fewer_projects_than_prizes_says_so():
    standings = Standings([], {"a": None}, event=[["a"]])
    slots = propose_awards([AwardRule(1, "Top three", places=3)], standings)
    assert [slot.status for slot in slots] == ["proposed", "empty", "empty"]
    assert slots[-1].remark.code == "fewer_projects_than_prizes"


def test_panels_are_never_compared():
    rule = AwardRule(1, "Best of all")
    slot = propose_awards([rule], replace(DEMO, final=None))[0]
    assert slot.status == "open"
    themes = propose_awards(themes_first(), replace(DEMO, final=None))
    assert (themes[0].status, set(themes[0].candidates)) == (
        "open",
        {"Jobkontact", "Lunchtime Mentoring", "Adopte un chômeur", "Plateau"},
    )


def test_a_final_without_every_theme_laureate_leaves_the_grand_prize_to_the_jury():
    partial = replace(DEMO, final=[group for group in FINAL if group != ["Plateau"]])
    grand = propose_awards(themes_first(), partial)[0]
    assert (grand.status, grand.project) == ("open", None)
    assert "Plateau" in grand.candidates


def test_grand_prize_among_theme_winners_waits_while_a_theme_is_tied():
    tied = replace(DEMO, panels={**PANELS, 4: [["Plateau", "Horaires"]]})
    slots = propose_awards(themes_first(), tied)
    assert (slots[0].rule.label, slots[0].status) == ("Grand prize", "waiting")


def test_one_theme_prize_uses_that_theme_only():
    rule = AwardRule(1, "Local prize", eligible="one_theme", theme=4)
    assert names(propose_awards([rule], DEMO)) == [(1, "Plateau")]


ORDERS = st.permutations(list(THEME_OF)).flatmap(
    lambda order: st.lists(st.booleans(), min_size=len(order), max_size=len(order)).map(
        lambda joins: cut(order, joins)
    )
)


def cut(order, joins):
    """A ranking: each project alone, or tied with the one before where `joins` says so."""
    groups = []
    for project, join in zip(order, joins, strict=True):
        if join and groups:
            groups[-1].append(project)
        else:
            groups.append([project])
    return groups


@given(
    ORDERS, ORDERS, st.sampled_from(["shared", "ladder"]), st.sampled_from(["close_theme", "leave", "next"])
)
def test_nobody_ever_holds_two_exclusive_prizes(final, plenary, tie, when_taken):
    panels = {
        theme: [kept for group in plenary if (kept := [p for p in group if THEME_OF[p] == theme])]
        for theme in (1, 2, 3, 4)
    }
    rules = [
        AwardRule(1, "Grand prize", eligible="finalists", tie=tie),
        AwardRule(2, "Theme laureate", scope="theme", tie=tie, when_taken=when_taken),
        AwardRule(3, "Podium", places=3, tie=tie, rank_style="dense"),
    ]
    slots = propose_awards(rules, Standings([1, 2, 3, 4], THEME_OF, panels, final, plenary))
    given_to = [slot.project for slot in slots if slot.project is not None]
    assert len(given_to) == len(set(given_to))
    for slot in slots:
        assert (slot.project is not None) == (slot.status == "proposed")
        assert slot.theme is None or slot.project is None or THEME_OF[slot.project] == slot.theme
        assert 1 <= slot.rank <= slot.rule.places
