"""A grid as a file: what goes out comes back, and a wrong file says what is wrong where; a grid per round."""

from __future__ import annotations

import json

import pytest

from judging.domain import grid_exchange, grids
from judging.domain.grid_file import parse_grid
from judging.models import Grid
from judging.tests.factories import DURING_PANELS, make_jury, tap

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def content(grid: Grid) -> dict:
    return json.loads(grid_exchange.written(grid))


def problems_of(data: object) -> list[str]:
    with pytest.raises(grids.GridRefused) as refused:
        grid_exchange.read(data if isinstance(data, bytes) else json.dumps(data).encode())
    return refused.value.details["problems"]


def test_a_grid_written_and_read_back_is_the_same():
    jury = make_jury(opened=False)
    before = content(jury.grid)
    rows = grid_exchange.read(grid_exchange.written(jury.grid).encode())
    changed = grids.change_grid(grid=jury.grid, actor=None, **rows)
    assert content(changed) == before
    assert {row["key"] for row in rows["criteria"]} == {one.key for one in jury.criteria}


def test_the_file_is_one_that_rank_reads():
    jury = make_jury(opened=False)
    assert parse_grid(content(jury.grid)).weights["impact"] == jury.grid.criteria.get(key="impact").weight


def test_a_file_that_is_not_json_says_the_line_and_the_column():
    (problem,) = problems_of(b'{"criteria": [\n  {"id": }]}')
    assert "2" in problem
    assert "10" in problem
    assert problems_of(b"\xff\xfe")
    assert problems_of(b"[" * 100_000)


def test_every_mistake_is_named_with_its_place():
    jury = make_jury(opened=False)
    data = content(jury.grid)
    data["criteria"][1]["weight"] = "25"
    del data["criteria"][2]["id"]
    data["criteria"][0]["name"] = {"fr": "x" * 200}
    data["levels"][3]["label"] = 4
    data["scale"]["max"] = 20
    found = problems_of(data)
    assert len(found) == 5
    for place, found_value in ((1, "120"), (2, '"25"'), (3, "id")):
        assert any(f" {place}" in problem and found_value in problem for problem in found), (place, found)
    assert problems_of([])
    assert problems_of({"criteria": [], "levels": [1]})


def test_a_hole_in_the_levels_is_refused_by_the_grid_itself():
    jury = make_jury(opened=False)
    data = content(jury.grid)
    del data["levels"][2]
    with pytest.raises(grids.GridRefused):
        grids.change_grid(grid=jury.grid, actor=None, **grid_exchange.read(json.dumps(data).encode()))


def test_a_round_has_a_grid_of_its_own_and_the_others_keep_theirs():
    jury = make_jury()
    own = grid_exchange.give_own_grid(round=jury.final, actor=None)
    jury.final.refresh_from_db()
    assert jury.final.grid == own
    assert content(own) == content(jury.grid)
    tap(jury.ballot(0, 0), "impact", 3)
    rows = grid_exchange.read(grid_exchange.written(jury.grid).encode())
    newer = grids.change_grid(grid=jury.grid, actor=None, reason="Vote du jury", **rows)
    jury.final.refresh_from_db()
    assert (newer.version, jury.final.grid) == (3, own)
    grid_exchange.use_grid(round=jury.final, grid=newer, actor=None)
    with pytest.raises(grid_exchange.RoundGridRefused):
        grid_exchange.use_grid(round=jury.panels, grid=newer, actor=None)
    with pytest.raises(grid_exchange.RoundGridRefused):
        grid_exchange.use_grid(round=jury.final, grid=make_jury().grid, actor=None)
