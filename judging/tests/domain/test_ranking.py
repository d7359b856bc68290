"""Ranking: places, ties, correction, uncertainty, and every poor table that real juries produce."""

import json
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.ranking import Ballot, as_answer, rank_ballots


def ballots(table):
    """{"juror": {"project": total}} as ballots."""
    return [Ballot(j, p, total) for j, row in table.items() for p, total in row.items()]


def simulated(seed, projects=30, jurors=10, each=3, severity=2.0):
    random = Random(seed)
    effect = [random.gauss(0, severity) for _ in range(jurors)]
    made = []
    for i in range(projects):
        quality = random.gauss(12, 2)
        for j in random.sample(range(jurors), each):
            total = Fraction(round(100 * (quality + effect[j] + random.gauss(0, 1.5))), 100)
            made.append(Ballot(f"j{j:02}", f"p{i:02}", total))
    return made


def codes(ranking):
    return {remark.code for remark in ranking.warnings}


def places(ranking):
    return {line.project: (line.place, line.tied) for line in ranking.projects}


def test_everybody_marked_everything_is_the_plain_mean():
    ranking = rank_ballots(ballots({"x": {"a": 10, "b": 12, "c": 5}, "y": {"a": 14, "b": 12, "c": 7}}))
    assert ranking.method == "mean"
    assert places(ranking) == {"a": (1, True), "b": (1, True), "c": (3, False)}
    assert [line.mean for line in ranking.projects] == [12, 12, 6]
    assert [line.corrected for line in ranking.projects] == [12.0, 12.0, 6.0]
    assert ranking.connected
    assert ranking.groups() == (("a", "b"), ("c",))


def test_ties_are_exact_on_thirds():
    third = Fraction(20, 3)
    table = {"x": {"a": third, "b": 20}, "y": {"a": third, "b": 0}, "z": {"a": third, "b": 0}}
    assert places(rank_ballots(ballots(table))) == {"a": (1, True), "b": (1, True)}


def test_a_severe_juror_no_longer_decides():
    # s takes 6 points off whoever he reads; he read the best project and not the second.
    quality = {"best": 15, "second": 13, "third": 11, "fourth": 9}
    seen = {
        "s": {"best": -6, "third": -6},
        "t": {"second": 1, "third": 0, "best": 0, "fourth": 0},
        "u": {"second": 0, "fourth": 1, "best": 1},
    }
    table = {j: {p: quality[p] + shift for p, shift in row.items()} for j, row in seen.items()}
    raw = rank_ballots(ballots(table), method="mean")
    assert raw.groups()[0] == ("second",)
    assert "mean_of_partial" in codes(raw)
    fair = rank_ballots(ballots(table))
    assert fair.method == "corrected"
    assert fair.groups()[0] == ("best",)
    effects = {line.juror: line.effect for line in fair.jurors}
    assert effects["s"] < -3 < 0 < effects["t"]


def test_agreeing_jurors_are_not_corrected():
    # They differ by half a point on each project, but nobody is above or below the others over all they read.
    table = {
        "x": {"a": 10, "b": 13, "e": 9},
        "y": {"a": 11, "b": 12},
        "z": {"c": 8, "d": 6, "e": 9},
        "t": {"c": 9, "d": 5},
    }
    ranking = rank_ballots(ballots(table))
    assert ranking.method == "corrected"
    assert ranking.connected
    assert ranking.juror_variance == 0
    assert all(line.corrected == pytest.approx(float(line.mean)) for line in ranking.projects)


def test_the_order_of_rows_changes_nothing():
    made = simulated(4)
    answer = as_answer(rank_ballots(made))
    for seed in range(5):
        mixed = list(made)
        Random(seed).shuffle(mixed)
        assert as_answer(rank_ballots(mixed)) == answer


def test_equal_projects_read_alike_are_tied_after_correction():
    table = {
        "x": {"a": 10, "b": 10, "c": 15},
        "y": {"a": 13, "b": 13, "d": 11},
        "z": {"c": 12, "d": 7, "e": 9},
    }
    ranking = rank_ballots(ballots(table))
    assert ranking.method == "corrected"
    found = places(ranking)
    assert found["a"] == found["b"]
    assert found["a"][1]


def test_the_seed_moves_only_the_chances():
    made = simulated(5)
    one, two, again = (as_answer(rank_ballots(made, seed=seed)) for seed in (1, 2, 1))
    assert one == again
    assert [p.pop("chance_first") for p in one["projects"]] != [
        p.pop("chance_first") for p in two["projects"]
    ]
    assert one == two


def test_chances_sum_to_one_and_favour_the_better():
    lines = rank_ballots(simulated(6)).projects
    assert sum(line.chance_first for line in lines) == pytest.approx(1, abs=1e-4)
    assert lines[0].chance_first > lines[10].chance_first
    assert all(line.low < line.corrected < line.high for line in lines)


def test_chances_of_equals_are_equal_up_to_the_simulation():
    table = {"x": {"a": 10, "b": 12}, "y": {"a": 12, "b": 10}}
    lines = rank_ballots(ballots(table)).projects
    assert [line.chance_first for line in lines] == pytest.approx([0.5, 0.5], abs=0.03)


def test_two_separate_panels_are_ranked_apart():
    table = {"x": {"a": 10, "b": 8}, "y": {"a": 12, "b": 9}, "z": {"c": 19, "d": 3}, "t": {"c": 18, "d": 2}}
    ranking = rank_ballots(ballots(table))
    assert not ranking.connected
    assert "not_connected" in codes(ranking)
    assert [(line.component, line.place, line.project) for line in ranking.projects] == [
        (1, 1, "a"),
        (1, 2, "b"),
        (2, 1, "c"),
        (2, 2, "d"),
    ]
    assert ranking.groups(2) == (("c",), ("d",))
    for part in (1, 2):
        chances = [line.chance_first for line in ranking.projects if line.component == part]
        assert sum(chances) == pytest.approx(1, abs=1e-4)


POOR = {
    "nothing": ({}, {"no_ballot"}),
    "one cell": ({"x": {"a": 10}}, {"single_juror", "single_project"}),
    "one juror": ({"x": {"a": 10, "b": 12}}, {"single_juror"}),
    "one project": ({"x": {"a": 10}, "y": {"a": 14}}, {"single_project"}),
    "all equal": ({"x": {"a": 10, "b": 10}, "y": {"a": 10, "b": 10}}, {"no_disagreement"}),
    "jurors agree": ({"x": {"a": 10, "b": 12}, "y": {"a": 10, "b": 12}}, {"no_disagreement"}),
    "one ballot each": ({"x": {"a": 10}, "y": {"b": 12}}, {"not_connected", "one_ballot_each"}),
    "two readers, one each": (
        {"x": {"a": 10, "b": 3}, "y": {"c": 12, "d": 5}},
        {"not_connected", "one_ballot_each"},
    ),
    "a thread": (
        {"x": {"a": 10, "b": 3}, "y": {"b": 12, "c": 5}},
        {"single_ballot", "juror_overlaps_little"},
    ),
}


@pytest.mark.parametrize("name", POOR)
def test_poor_tables_are_ranked_and_warned_about(name):
    table, expected = POOR[name]
    ranking = rank_ballots(ballots(table))
    assert expected <= codes(ranking)
    json.dumps(as_answer(ranking), allow_nan=False)
    assert [line.place for line in ranking.projects if line.component == 1][:1] in ([1], [])


def test_one_ballot_each_has_no_interval_but_a_chance():
    lines = rank_ballots(ballots({"x": {"a": 10, "b": 12}})).projects
    assert [(line.project, line.low, line.high) for line in lines] == [("b", None, None), ("a", None, None)]
    assert lines[0].chance_first > lines[1].chance_first


def test_few_overlaps_are_warned_about():
    chain = {f"j{n}": {f"p{n}": 10 + n % 3, f"p{n + 1}": 11} for n in range(6)}
    assert {"too_few_overlaps", "single_ballot"} <= codes(rank_ballots(ballots(chain)))
    assert not codes(rank_ballots(simulated(7)))


def test_projects_without_a_ballot_are_listed_without_a_place():
    ranking = rank_ballots(ballots({"x": {"a": 10}}), projects=["a", "forgotten"], jurors=["x", "absent"])
    line = ranking.projects[-1]
    assert (line.project, line.place, line.mean, line.ballots) == ("forgotten", None, None, 0)
    assert "unmarked_project" in codes(ranking)
    assert (ranking.jurors[-1].juror, ranking.jurors[-1].ballots) == ("absent", 0)
    assert not ranking.connected


def test_broken_promises_raise():
    with pytest.raises(ValueError, match="unknown method"):
        rank_ballots([], method="zscore")
    with pytest.raises(ValueError, match="two ballots of x for a"):
        rank_ballots([Ballot("x", "a", 1), Ballot("x", "a", 2)])


TABLES = st.dictionaries(
    st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("abcdefgh")),
    st.integers(0, 80).map(lambda n: Fraction(n, 4)),
    max_size=40,
)


def from_cells(cells):
    return [Ballot(juror, project, total) for (juror, project), total in cells.items()]


@settings(max_examples=60, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_any_table_gives_a_ranking_that_ignores_its_order(cells, random):
    made = from_cells(cells)
    answer = as_answer(rank_ballots(made))
    json.dumps(answer, allow_nan=False)
    random.shuffle(made)
    assert as_answer(rank_ballots(made)) == answer
    for line in answer["projects"]:
        better = [
            other
            for other in answer["projects"]
            if other["component"] == line["component"] and other["place"] < line["place"]
        ]
        assert line["place"] == len(better) + 1


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 5), st.integers(2, 6), st.data())
def test_corrected_is_the_mean_when_everybody_marked_everything(jurors, projects, data):
    made = [Ballot(j, p, data.draw(st.integers(0, 20))) for j in range(jurors) for p in range(projects)]
    plain, fair = rank_ballots(made), rank_ballots(made, method="corrected")
    assert plain.method == "mean"
    assert [(a.project, a.place, a.tied, a.corrected) for a in plain.projects] == [
        (b.project, b.place, b.tied, b.corrected) for b in fair.projects
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(range(8)),
    st.lists(st.integers(-30, 30), min_size=4, max_size=4),
    st.integers(0, 2**16),
)
def test_severity_however_large_never_changes_the_order_of_additive_marks(order, shifts, seed):
    # Connected by construction: juror j reads everything but two projects.
    quality = {project: 2 * rank for rank, project in enumerate(order)}
    random = Random(seed)
    made = []
    for juror, shift in enumerate(shifts):
        skipped = {(2 * juror) % 8, (2 * juror + 1) % 8}
        made += [Ballot(juror, p, quality[p] + shift) for p in range(8) if p not in skipped]
    random.shuffle(made)
    ranking = rank_ballots(made)
    assert [line.project for line in ranking.projects] == list(reversed(order))
