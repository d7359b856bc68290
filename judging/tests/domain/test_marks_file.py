"""A table of marks: read, or refused with every reason and its line."""

import json
from fractions import Fraction

import pytest

from judging.domain.grading import Scale
from judging.domain.grid_file import Grid, Unreadable, parse_grid, read_grid
from judging.domain.marks_file import parse_marks
from judging.domain.ranking import rank_file

GRID = Grid({"impact": 3, "clear": 1}, Scale(1, 5))
HEADER = "juror,project,criterion,mark\n"


def refusals(text, grid=GRID):
    with pytest.raises(Unreadable) as caught:
        parse_marks(text, grid)
    assert all(problem.blocks for problem in caught.value.problems)
    return [(problem.code, problem.params.get("line")) for problem in caught.value.problems]


def warnings(table):
    return [remark.code for remark in table.warnings]


def test_a_complete_ballot_is_totalled():
    table = parse_marks(HEADER + "x,a,impact,4\nx,a,clear,3\n", GRID)
    assert table.totals == {("x", "a"): Fraction(20 * (3 * 3 + 2), 16)}
    assert table.warnings == ()


def test_an_empty_mark_is_absent_and_leaves_the_ballot_out():
    table = parse_marks(HEADER + "x,a,impact,4\nx,a,clear,\ny,a,impact,1\ny,a,clear,1\n", GRID)
    assert table.totals == {("y", "a"): 0}
    assert (table.jurors, table.projects) == (("x", "y"), ("a",))
    assert warnings(table) == ["ballots_left_out"]
    assert "x / a" in table.warnings[0].text


def test_a_missing_row_is_absent_too():
    assert parse_marks(HEADER + "x,a,impact,4\n", GRID).totals == {}


def test_every_error_comes_at_once_with_its_line():
    text = (
        HEADER + "x,a,impact,6\n"
        "\n"
        "x,a,clear,3,5\n"
        'x,b,impact,"3,5"\n'
        "x,b,clear,good\n"
        "x,b,colour,3\n"
        ",b,clear,3\n"
        "x,c\n"
        "x,d,clear,nan\n"
        "x,e,clear,2\n"
        "x,e,clear,3\n"
    )
    assert refusals(text) == [
        ("off_scale", 2),
        ("decimal_comma", 4),
        ("decimal_comma", 5),
        ("not_a_number", 6),
        ("unknown_criterion", 7),
        ("blank_name", 8),
        ("wrong_cells", 9),
        ("not_a_number", 10),
        ("contradiction", 12),
    ]


def test_a_contradiction_names_both_lines():
    with pytest.raises(Unreadable, match="Line 3: another mark than line 2 for x, a, clear"):
        parse_marks(HEADER + "x,a,clear,2\nx,a,clear,4\n", GRID)


def test_an_absent_mark_does_not_contradict_silently():
    assert refusals(HEADER + "x,a,clear,2\nx,a,clear,\n") == [("contradiction", 3)]


def test_the_same_row_twice_is_a_warning():
    table = parse_marks(HEADER + "x,a,clear,2\nx,a,clear,2.0\nx,a,impact,1\n", GRID)
    assert warnings(table) == ["repeated_rows"]
    assert len(table.totals) == 1


def test_a_line_number_counts_quoted_line_breaks():
    assert refusals(HEADER + '"x\ny",a,clear,2\nx,a,clear,9\n') == [("off_scale", 4)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("\n\n", "empty_file"),
        ("juror;project;criterion;mark\nx;a;clear;2\n", "unknown_header"),
        ("x,a,clear,2\n", "unknown_header"),
        (HEADER + 'x,"a"b,clear,2\n', "not_csv"),
        (HEADER + 'x,"a,clear,2\n', "not_csv"),
    ],
)
def test_a_file_that_is_not_a_table_of_marks_is_refused(text, code):
    assert [found for found, _ in refusals(text)] == [code]


def test_without_a_grid_weights_are_equal_and_the_scale_is_that_of_the_data():
    table = parse_marks(HEADER + "x,a,one,2\nx,a,two,10\nx,b,one,6\nx,b,two,6\n")
    assert table.grid == Grid({"one": 1, "two": 1}, Scale(2, 10))
    assert table.totals == {("x", "a"): 10, ("x", "b"): 10}


def test_without_a_grid_one_value_has_no_scale():
    table = parse_marks(HEADER + "x,a,one,3\nx,b,one,3\n")
    assert table.totals == {("x", "a"): 0, ("x", "b"): 0}
    assert warnings(table) == ["one_value"]


def test_names_are_trimmed_and_accents_composed():
    table = parse_marks(HEADER + "Zoe\u0301,a,one,1\n Zo\u00e9 ,b,one,2\n")
    assert table.jurors == ("Zo\u00e9",)


def test_a_header_alone_is_an_empty_table():
    table = parse_marks(HEADER)
    assert (table.totals, table.warnings) == ({}, ())


def test_a_grid_keeps_its_order_and_whole_weights():
    data = {"scale": {"min": 1, "max": 5}, "criteria": [{"id": "b", "weight": 2}, {"id": "a", "weight": 1}]}
    assert list(parse_grid(data).weights.items()) == [("b", 2), ("a", 1)]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ([], ["grid_without_criteria", "grid_scale"]),
        ({"criteria": [{"id": "a", "weight": 0}], "scale": {"min": 0, "max": 1}}, ["grid_weights_zero"]),
        (
            {"criteria": [{"id": "a", "weight": 1.5}, {"weight": 1}, 7], "scale": {"min": 5, "max": 1}},
            ["grid_weight", "grid_criterion_without_id", "grid_criterion_without_id", "grid_scale_order"],
        ),
        (
            {
                "criteria": [{"id": "a", "weight": 1}, {"id": "a", "weight": 1}],
                "scale": {"min": True, "max": 1},
            },
            ["grid_duplicate", "grid_scale"],
        ),
    ],
)
def test_a_bad_grid_is_refused_with_every_reason(tmp_path, data, codes):
    path = tmp_path / "grid.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        read_grid(path)
    assert [problem.code for problem in caught.value.problems] == codes


@pytest.mark.parametrize("raw", [b"{", b"\xff{}", b'{"scale": {"min": 1, "max": NaN'])
def test_a_grid_that_is_not_json_is_refused(tmp_path, raw):
    path = tmp_path / "grid.json"
    path.write_bytes(raw)
    with pytest.raises(Unreadable, match="not JSON"):
        read_grid(path)


MARKS = [("x", "a", 5), ("x", "b", 3), ("y", "a", 4), ("y", "b", 2)]


def test_rank_file_answers_as_promised(tmp_path):
    path, grid = tmp_path / "marks.csv", tmp_path / "grid.json"
    rows = "".join(f"{j},{p},only,{m}\r\n" for j, p, m in MARKS)
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + rows.encode())
    grid.write_text('{"scale": {"min": 1, "max": 5}, "criteria": [{"id": "only", "weight": 3}]}')
    answer = rank_file(path, grid=grid)
    assert list(answer) == ["method", "projects", "jurors", "connected", "warnings"]
    first = answer["projects"][0]
    assert {"project", "place", "tied", "mean", "corrected", "low", "high", "chance_first", "ballots"} <= set(
        first
    )
    assert (first["project"], first["place"], first["tied"], first["mean"]) == ("a", 1, False, 17.5)
    assert answer["method"] == "mean"
    assert [set(juror) for juror in answer["jurors"]] == [{"juror", "effect", "ballots"}] * 2
    assert answer["jurors"][0]["effect"] > 0 > answer["jurors"][1]["effect"]
    json.dumps(answer, allow_nan=False)


def test_rank_file_of_nothing_is_an_answer(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text(HEADER)
    answer = rank_file(path)
    assert (answer["projects"], answer["jurors"]) == ([], [])
    assert answer["warnings"] == ["There is no complete ballot: nothing can be ranked."]


def test_rank_file_says_where_the_encoding_breaks(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes(HEADER.encode() + b"x,a,one,2\nZo\xe9,a,one,3\n")
    with pytest.raises(Unreadable, match="Line 3: not UTF-8"):
        rank_file(path)
