from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from hackathon.models import OutgoingMail
from teams.domain.matching import Problem, breaches, evaluate
from teams.domain.matching.records import Team as PlanTeam
from teams.management.commands.form_teams import process_age
from teams.models import Proposal, Team
from teams.tests.factories import make_crowd

PROBLEM = {
    "people": [
        {
            "id": f"p{n}",
            "role": ("dev", "design", "job")[n % 3],
            "level": 1 + n % 5,
            "skills": [],
            "themes": ["x", "y"],
        }
        for n in range(8)
    ],
    "themes": [{"id": "x", "capacity": {"min": 0, "max": 4}}, {"id": "y", "capacity": {"min": 0, "max": 8}}],
    "team_size": {"min": 3, "max": 5, "wanted": 4},
    "roles": {"wanted": ["dev"], "never_alone": ["job"], "diversity": 2},
    "seconds": 2,
}


def run(*args, **options):
    out = StringIO()
    call_command("form_teams", *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refused(*args):
    """Exit code and what was printed on standard output."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("form_teams", *args, stdout=out, stderr=StringIO())
    return caught.value.returncode, out.getvalue()


@pytest.fixture
def problem_file(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM))
    return path


def test_problem_file_gives_a_plan_file_without_a_database(problem_file, tmp_path, django_db_blocker):
    plan = tmp_path / "plan.json"
    with django_db_blocker.block():
        run("--problem", str(problem_file), "--plan", str(plan), "--seconds", "2", "--seed", "3")
    found = json.loads(plan.read_text())
    assert set(found) >= {"teams", "left_over", "cost", "parts", "bound", "gap", "seconds", "reasons"}
    problem = Problem.from_json(PROBLEM)
    teams = [PlanTeam(team["key"], team["theme"], tuple(team["people"])) for team in found["teams"]]
    assert not breaches(problem, teams)
    assert found["cost"] == evaluate(problem, teams).total
    assert found["cost"] >= found["bound"]
    assert set(found["reasons"]) == {one["id"] for one in PROBLEM["people"]}
    assert list(tmp_path.iterdir()) == [problem_file, plan] or len(list(tmp_path.iterdir())) == 2


def test_same_seed_gives_the_same_teams(problem_file):
    plans = [
        json.loads(run("--problem", str(problem_file), "--seed", "5", "--json"))["teams"] for _ in range(2)
    ]
    assert plans[0] == plans[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"people": []}, "nobody to place"),
        ({"team_size": {"min": 5, "max": 3, "wanted": 4}}, "Lower min or raise max"),
        (
            {"themes": [{"id": one, "capacity": {"min": 90, "max": 99}} for one in "xy"]},
            "lower their minimum",
        ),
        ({"locked": [{"key": "L", "theme": "x", "people": ["p0"]}]}, "complete it"),
    ],
)
def test_problem_that_cannot_be_solved_exits_1_with_its_reasons(tmp_path, change, words):
    path, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    path.write_text(json.dumps(PROBLEM | change))
    code, out = refused("--problem", str(path), "--plan", str(plan), "--json")
    assert code == 1
    assert words in " ".join(json.loads(out)["refused"])
    assert not plan.exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2", b"\xff\xfe\x00", b"[" * 100_000, b'"text"', b"null"]
)
def test_file_that_is_no_problem_exits_1_and_names_it(tmp_path, content):
    path = tmp_path / "problem.json"
    path.write_bytes(content)
    code, out = refused("--problem", str(path), "--json")
    assert code == 1
    assert json.loads(out)["refused"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "args",
    [
        [],
        ["demo", "--problem", "x.json"],
        ["--problem", "/nowhere/problem.json"],
        ["--problem", "x.json", "--apply"],
        ["demo", "--plan", "x.json"],
        ["demo", "--seconds", "0"],
        ["demo", "--seconds", "nan"],
        ["no-such-event"],
    ],
)
def test_wrong_usage_exits_2(args):
    assert refused(*args)[0] == 2


@pytest.mark.django_db
def test_event_gets_a_proposal_that_changes_nothing():
    event = make_crowd(9)
    answer = json.loads(run(event.slug, "--seconds", "2", "--json"))
    assert answer["applied"] is False
    assert Proposal.objects.get(pk=answer["proposal"]).state == "ready"
    assert sum(len(team["people"]) for team in answer["teams"]) == 9
    assert not Team.objects.exists()


@pytest.mark.django_db
def test_event_with_apply_has_its_teams_and_nobody_is_told():
    event = make_crowd(9)
    run(event.slug, "--seconds", "2", "--apply")
    teams = Team.objects.for_event(event)
    assert sum(team.memberships.count() for team in teams) == 9
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_event_that_cannot_be_solved_exits_1():
    event = make_crowd(4)
    event.themes.update(people_min=50, people_max=60)
    code, out = refused(event.slug, "--seconds", "2", "--json")
    assert code == 1
    assert json.loads(out)["refused"]


def test_age_of_this_process_is_that_of_its_start():
    assert 0 < process_age() < 86_400


@pytest.mark.slow
def test_command_answers_alone_with_its_exit_code(problem_file, tmp_path):
    """As another program runs it: a process of its own, the answer alone on standard output."""
    connections.close_all()
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "form_teams"]
    done = subprocess.run(
        [*command, "--problem", str(problem_file), "--seconds", "4", "--json"],
        capture_output=True, text=True, check=False, env=os.environ | {"PALMARES_DATA": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["seconds"] > 0
    assert len(answer["teams"]) == 2
    missing = subprocess.run([*command], capture_output=True, text=True, check=False, env=os.environ)
    assert missing.returncode == 2
