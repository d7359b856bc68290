"""The decision: both orders of the seed, contradictions, reasons, ties, versions; rows counted."""

from __future__ import annotations

import pytest
from django.utils import translation

from hackathon.models import Account, AuditEntry, Event
from judging.domain import deliberating, prizes, proposing, staging, tallying
from judging.enums import AwardMethod, Cumulation, Eligible, Scope
from judging.models import Award, AwardRule, Decision, Round

GRAND = (1, None, 1)


def president(event: Event) -> Account:
    account = staging.president(event)
    assert account is not None
    return account


def given(decision: Decision) -> list[tuple[str, str]]:
    return [
        (award.rule.label_fr, award.project.title if award.project else "") for award in decision.awards.all()
    ]


def titles(event: Event) -> dict[str, int]:
    return {title: pk for pk, title in proposing.board_of(event).titles.items()}


def test_grand_prize_first_gives_each_other_theme_its_laureate(closed_demo: Event) -> None:
    decision = deliberating.decide(event=closed_demo, actor=president(closed_demo))
    assert given(decision) == [
        ("Grand prix du jury", "Lunchtime Mentoring"),
        ("Lauréat de la thématique", "Jobkontact"),
        ("Lauréat de la thématique", "Adopte un chômeur"),
        ("Lauréat de la thématique", "Plateau"),
    ]
    assert [award.departs for award in decision.awards.all()] == [False] * 4
    assert AuditEntry.objects.filter(verb="decide").count() == 1


def test_themes_first_gives_every_theme_its_laureate_and_one_the_grand_prize(closed_demo: Event) -> None:
    prizes.use_preset(event=closed_demo, preset="themes_first", actor=None)
    decision = deliberating.decide(event=closed_demo, actor=president(closed_demo))
    assert sorted(given(decision)) == [
        ("Grand prix du jury", "Lunchtime Mentoring"),
        ("Lauréat de la thématique", "Adopte un chômeur"),
        ("Lauréat de la thématique", "Jobkontact"),
        ("Lauréat de la thématique", "Lunchtime Mentoring"),
        ("Lauréat de la thématique", "Plateau"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "it is reserved to theme laureates, but they are named after it. Put the theme prizes first."),
        ("fr", "il est réservé aux lauréats des thématiques, mais ils sont désignés après lui."),
    ],
)
def test_contradictory_rules_refuse_the_decision(closed_demo: Event, language: str, sentence: str) -> None:
    AwardRule.objects.filter(is_grand_prize=True).update(eligible=Eligible.THEME_WINNERS)
    with translation.override(language), pytest.raises(deliberating.DecisionRefused) as refusal:
        deliberating.decide(event=closed_demo, actor=president(closed_demo))
    assert sentence in str(refusal.value)
    assert Decision.objects.count() == Award.objects.count() == 0
    assert not AuditEntry.objects.filter(verb="decide").exists()


def test_an_open_round_refuses_the_decision(judging_demo: Event) -> None:
    with (
        translation.override("en"),
        pytest.raises(deliberating.DecisionRefused, match="Close these rounds first"),
    ):
        deliberating.decide(event=judging_demo, actor=president(judging_demo))
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(("language", "sentence"), [("en", "Write the reason"), ("fr", "Écrivez le motif")])
def test_a_departure_without_a_reason_is_refused(closed_demo: Event, language: str, sentence: str) -> None:
    choices = {GRAND: [titles(closed_demo)["Plateau"]]}
    with translation.override(language), pytest.raises(deliberating.DecisionRefused, match=sentence):
        deliberating.decide(
            event=closed_demo, actor=president(closed_demo), choices=choices, reasons={GRAND: "  "}
        )
    assert Decision.objects.count() == Award.objects.count() == 0


def test_a_departure_keeps_its_reason_and_moves_the_laureates(closed_demo: Event) -> None:
    choices = {GRAND: [titles(closed_demo)["Plateau"]]}
    decision = deliberating.decide(
        event=closed_demo, actor=president(closed_demo), choices=choices, reasons={GRAND: "Une équipe prête."}
    )
    grand = decision.awards.get(rule__is_grand_prize=True)
    assert (grand.departs, grand.reason) == (True, "Une équipe prête.")
    assert ("Lauréat de la thématique", "Lunchtime Mentoring") in given(decision)
    assert ("Lauréat de la thématique", "Plateau") not in given(decision)


def test_a_project_outside_its_rule_is_refused_whatever_the_reason(closed_demo: Event) -> None:
    theme = closed_demo.themes.get(position=1)
    place = (2, theme.pk, 1)
    choices = {place: [titles(closed_demo)["Plateau"]]}
    with (
        translation.override("en"),
        pytest.raises(deliberating.DecisionRefused, match="Plateau is not eligible"),
    ):
        deliberating.decide(event=closed_demo, actor=None, choices=choices, reasons={place: "Quand même."})


def tie_the_final(event: Event) -> tuple[int, int]:
    """Two finalists with the same marks from everybody, better than the others'."""
    final = Round.objects.get(event=event, kind="final")
    known = titles(event)
    pair = known["Jobkontact"], known["Plateau"]
    for ballot in final.ballots.all():
        ballot.marks.update(value=5 if ballot.project_id in pair else 2)
    return pair


@pytest.mark.parametrize(("language", "sentence"), [("en", "casting vote"), ("fr", "voix prépondérante")])
def test_a_tie_takes_a_casting_vote_with_a_reason(closed_demo: Event, language: str, sentence: str) -> None:
    one, _other = tie_the_final(closed_demo)
    with pytest.raises(deliberating.DecisionRefused):
        deliberating.decide(event=closed_demo, actor=president(closed_demo))
    with translation.override(language), pytest.raises(deliberating.DecisionRefused, match=sentence):
        deliberating.decide(event=closed_demo, actor=president(closed_demo), choices={GRAND: [one]})
    decision = deliberating.decide(
        event=closed_demo,
        actor=president(closed_demo),
        choices={GRAND: [one]},
        reasons={GRAND: "Le plus utile."},
    )
    grand = decision.awards.get(rule__is_grand_prize=True)
    assert (grand.project_id, grand.departs, grand.reason) == (one, False, "Le plus utile.")


def test_a_tie_may_stay_ex_aequo_without_a_reason(closed_demo: Event) -> None:
    pair = tie_the_final(closed_demo)
    decision = deliberating.decide(event=closed_demo, actor=president(closed_demo), choices={GRAND: pair})
    grand = decision.awards.filter(rule__is_grand_prize=True)
    assert {award.project_id for award in grand} == set(pair)
    assert {(award.is_tied, award.departs, award.rank) for award in grand} == {(True, False, 1)}


def test_a_mention_by_deliberation_needs_its_reason(closed_demo: Event) -> None:
    AwardRule.objects.create(
        event=closed_demo,
        sequence=3,
        label_fr="Mention spéciale",
        label_en="Special mention",
        scope=Scope.EVENT,
        method=AwardMethod.DELIBERATION,
        cumulation=Cumulation.CUMULATIVE,
    )
    place = (3, None, 1)
    with (
        translation.override("en"),
        pytest.raises(deliberating.DecisionRefused, match="choose who receives it"),
    ):
        deliberating.decide(event=closed_demo, actor=None)
    choices = {place: [titles(closed_demo)["Bus emploi"]]}
    with translation.override("en"), pytest.raises(deliberating.DecisionRefused, match="by deliberation"):
        deliberating.decide(event=closed_demo, actor=None, choices=choices)
    decision = deliberating.decide(
        event=closed_demo, actor=None, choices=choices, reasons={place: "Son élan."}
    )
    assert decision.awards.get(rule__sequence=3).departs is False


def test_deciding_again_is_a_new_version_for_a_reason(closed_demo: Event) -> None:
    deliberating.decide(event=closed_demo, actor=president(closed_demo), after=0)
    with translation.override("en"), pytest.raises(deliberating.DecisionRefused, match="say why"):
        deliberating.decide(event=closed_demo, actor=president(closed_demo), after=1)
    second = deliberating.decide(
        event=closed_demo, actor=president(closed_demo), after=1, reason="Erreur de saisie."
    )
    assert (second.version, Decision.objects.count(), Award.objects.count()) == (2, 2, 8)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "recorded meanwhile"), ("fr", "enregistrée entre-temps")]
)
def test_nobody_decides_over_a_decision_they_have_not_read(
    closed_demo: Event, language: str, sentence: str
) -> None:
    deliberating.decide(event=closed_demo, actor=president(closed_demo), after=0)
    with translation.override(language), pytest.raises(deliberating.DecisionRefused, match=sentence):
        deliberating.decide(event=closed_demo, actor=president(closed_demo), after=0, reason="Moi aussi.")
    assert Decision.objects.count() == 1


def test_a_prize_may_be_left_unawarded_for_a_reason(closed_demo: Event) -> None:
    decision = deliberating.decide(
        event=closed_demo, actor=None, choices={GRAND: []}, reasons={GRAND: "Aucun projet n’est prêt."}
    )
    grand = decision.awards.get(rule__is_grand_prize=True)
    assert (grand.project, grand.departs) == (None, True)
    assert len(given(decision)) == 5  # the theme of the best finalist has its laureate then


@pytest.mark.slow
def test_a_hundred_counts_of_a_round_are_equal(closed_demo: Event) -> None:
    final = Round.objects.with_grid().get(event=closed_demo, kind="final")
    first = tallying.tally_round(final)
    assert all(tallying.tally_round(final) == first for _again in range(100))
    assert first[0].ranking.projects[0].chance_first is not None


def test_the_board_is_read_in_a_fixed_number_of_queries(
    closed_demo: Event, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        board = proposing.board_of(closed_demo)
        for slot in board.proposal():
            board.nature(slot.key, {slot.key: [1]})
