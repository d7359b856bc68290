"""Ties are told apart rung by rung, with a trace, and never by lot."""

from fractions import Fraction

import pytest

from judging.domain.ladder import CastingVote, Contender, criterion_means, first_places, resolve_tie

WEIGHTS = {"impact": 30, "feasible": 25, "new": 20, "built": 15, "clear": 10}


def test_the_heaviest_criterion_decides_first():
    tied = [Contender("a", {"impact": 3, "feasible": 5}), Contender("b", {"impact": 4, "feasible": 1})]
    result = resolve_tie(tied, {"feasible": 25, "impact": 30})
    assert result.order == (("b",), ("a",))
    assert [(step.kind, step.criterion, step.values) for step in result.steps] == [
        ("criterion", "impact", {"a": 3, "b": 4})
    ]
    assert result.is_resolved


def test_each_part_of_a_split_goes_on_by_itself():
    tied = [
        Contender("a", {"impact": 4, "feasible": 2}),
        Contender("b", {"impact": 4, "feasible": 3}),
        Contender("c", {"impact": 5, "feasible": 1}),
    ]
    result = resolve_tie(tied, {"impact": 30, "feasible": 25})
    assert result.order == (("c",), ("b",), ("a",))
    assert result.steps[1].before == ("a", "b")


def test_equal_weights_follow_the_grid():
    tied = [Contender("a", {"x": 1, "y": 5}), Contender("b", {"x": 2, "y": 1})]
    assert resolve_tie(tied, {"x": 1, "y": 1}).order[0] == ("b",)
    assert resolve_tie(tied, {"y": 1, "x": 1}).order[0] == ("a",)


def test_a_criterion_without_weight_decides_nothing():
    result = resolve_tie([Contender("a", {"x": 1}), Contender("b", {"x": 2})], {"x": 0})
    assert not result.is_resolved


def test_an_absent_mark_is_not_a_zero():
    tied = [Contender("a", {"impact": 0}, firsts=2), Contender("b", {}, firsts=1)]
    result = resolve_tie(tied, {"impact": 1})
    assert not result.steps[0].separates
    assert result.order == (("a",), ("b",))
    assert result.steps[1].kind == "first_places"


def test_votes_then_the_president_then_equal():
    tied = [Contender("a"), Contender("b"), Contender("c")]
    result = resolve_tie(tied, {})
    assert result.order == (("a", "b", "c"),)
    assert result.missing == ("jury_vote", "casting_vote")
    assert result.steps[-1].kind == "ex_aequo"
    result = resolve_tie(tied, {}, jury_votes={"a": 2, "b": 2})
    assert result.order == (("a", "b"), ("c",))
    assert result.missing == ("casting_vote",)
    vote = CastingVote("b", "  closer to the jobseekers ")
    result = resolve_tie(tied, {}, jury_votes={"a": 2, "b": 2}, casting_vote=vote)
    assert result.order == (("b",), ("a",), ("c",))
    assert result.steps[-1].reason == "closer to the jobseekers"
    assert result.missing == ()


def test_the_casting_vote_lifts_one_project_and_leaves_the_rest_equal():
    result = resolve_tie([Contender(n) for n in "abc"], {}, casting_vote=CastingVote("c", "why"))
    assert result.order == (("c",), ("a", "b"))
    assert not result.is_resolved


def test_a_casting_vote_is_not_used_when_nothing_is_tied():
    tied = [Contender("a", firsts=1), Contender("b")]
    result = resolve_tie(tied, {}, casting_vote=CastingVote("b", "why"))
    assert result.order == (("a",), ("b",))
    assert [step.kind for step in result.steps] == ["first_places"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"casting_vote": CastingVote("a", "  ")}, "written reason"),
        ({"casting_vote": CastingVote("z", "why")}, "not tied"),
        ({"jury_votes": {"z": 1}}, "not tied"),
        ({"jury_votes": {"a": -1}}, "-1 votes"),
    ],
)
def test_broken_promises_raise(more, reason):
    with pytest.raises(ValueError, match=reason):
        resolve_tie([Contender("a"), Contender("b")], WEIGHTS, **more)


def test_nobody_tied_is_nothing_to_do():
    assert resolve_tie([], WEIGHTS).order == ()
    assert resolve_tie([Contender("a")], WEIGHTS).steps == ()


def test_means_and_first_places_are_exact_and_skip_the_absent():
    marks = [("a", "x", 1), ("a", "x", 2), ("a", "x", 2), ("a", "x", None), ("b", "y", None)]
    assert criterion_means(marks) == {"a": {"x": Fraction(5, 3)}}
    totals = [("j1", "a", 12), ("j1", "b", 12), ("j1", "c", 3), ("j2", "c", 9)]
    assert first_places(totals) == {"a": 1, "b": 1, "c": 1}
