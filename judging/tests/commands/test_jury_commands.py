"""plan_jury, rank and close_round: what they answer, and with which exit."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from judging.enums import RoundState
from judging.models import Ballot, Entry
from judging.tests.factories import DURING_PANELS, make_jury, mark_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def answer(*arguments: Any, **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    try:
        call_command(*arguments, json=True, stdout=out, **options)
    finally:
        answer.last = json.loads(out.getvalue() or "null")
    return answer.last


def test_plan_jury_writes_nothing_until_asked():
    jury = make_jury(projects=4, jurors=3, opened=False)
    plan = answer("plan_jury", jury.event.slug, "panels", per_project=2, seed=5)
    assert (plan["applied"], Ballot.objects.count()) == (False, 0)
    (panel,) = plan["panels"]
    assert all(len(turn["jurors"]) == 2 for turn in panel["projects"])
    assert panel["quality"]["connected"] is True
    drawn = answer("plan_jury", jury.event.slug, "panels", per_project=2, seed=5, apply=True)
    assert drawn["panels"] == plan["panels"]
    assert (Entry.objects.count(), Ballot.objects.count()) == (4, 8)


def test_plan_jury_refuses_a_panel_that_is_too_small():
    jury = make_jury(jurors=1, opened=False)
    with pytest.raises(CommandError) as refused:
        answer("plan_jury", jury.event.slug, "panels", per_project=3, apply=True)
    assert (refused.value.returncode, Ballot.objects.count()) == (1, 0)
    assert "Projet" not in answer.last["refused"][0]


def test_plan_jury_of_an_unknown_round_is_wrong_usage():
    jury = make_jury(opened=False)
    with pytest.raises(CommandError) as refused:
        answer("plan_jury", jury.event.slug, "semi-final")
    assert refused.value.returncode == 2


def test_close_round_names_the_missing_cells_then_closes():
    jury = make_jury(projects=1)
    mark_all(jury.ballot(0, 0))
    with pytest.raises(CommandError) as refused:
        answer("close_round", jury.event.slug, "panels")
    assert refused.value.returncode == 1
    assert answer.last["missing"] == [{"juror": str(jury.jurors[1]), "project": str(jury.projects[0])}]
    mark_all(jury.ballot(1, 0))
    call_command(
        "close_round", jury.event.slug, "panels", as_email=jury.account(0).email, stdout=io.StringIO()
    )
    jury.panels.refresh_from_db()
    assert jury.panels.state == RoundState.CLOSED


def test_rank_answers_in_json(tmp_path):
    table = tmp_path / "marks.csv"
    table.write_text("juror,project,criterion,mark\na,x,c,5\na,y,c,1\nb,x,c,4\nb,y,c,2\n")
    ranked = answer("rank", str(table))
    assert ranked["method"] == "mean"
    assert [(row["project"], row["place"], row["mean"]) for row in ranked["projects"]] == [
        ("x", 1, 17.5),
        ("y", 2, 2.5),
    ]


def test_rank_refuses_an_unreadable_table_with_every_reason(tmp_path):
    table = tmp_path / "marks.csv"
    table.write_text("juror,project,criterion,mark\na,x,c,cinq\n,y,c,1\n")
    with pytest.raises(CommandError) as refused:
        answer("rank", str(table))
    assert refused.value.returncode == 1
    assert len(answer.last["refused"]) == 2
    with pytest.raises(CommandError) as misused:
        answer("rank", str(tmp_path / "absent.csv"))
    assert misused.value.returncode == 2
