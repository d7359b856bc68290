"""Forming teams: of the sample list, and of made-up crowds of any size by the command that anybody runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.conf import settings

from hackathon.models import Event
from teams.domain import matching, problem_file, repairing

from . import Figure, crowds, timed


def forming(event: Event, *, seconds: float, reference: float | None = None) -> Figure:
    """`form_teams` on the sample list: cost, proven bound and gap; against the greedy way on the same problem."""
    data = problem_file.problem_of(event, seconds=seconds, seed=1)
    problem = matching.Problem.from_json(data)
    plans = []
    taken = timed(lambda: plans.append(matching.solve(problem, seconds=seconds, seed=1)))
    plan = plans[0].to_json()
    greedy = []
    greedy_taken = timed(lambda: greedy.append(matching.greedy(problem, 1)))
    facts = {
        "people": len(data["people"]),
        "cost": plan["cost"],
        "bound": plan["bound"],
        "gap": "—" if plan["gap"] is None else f"{plan['gap']:.2%}",
        "greedy cost": greedy[0].to_json()["cost"],
    }
    return Figure(f"form_teams in {seconds:g} s", taken, greedy_taken, "greedy placing", facts=facts)


@dataclass(frozen=True)
class Solved:
    """What one command answered: its plan, the seconds it took from start to end, and its memory at most, in MB."""

    plan: dict[str, Any]
    seconds: float
    memory: float


def command(problem: dict[str, Any], *, seconds: float, folder: Path) -> Solved:
    """`form_teams --problem` as anybody runs it, in a process of its own. Raises RuntimeError where it is refused."""
    source, target = folder / "problem.json", folder / "plan.json"
    source.write_text(json.dumps(problem))
    words = [sys.executable, "manage.py", "form_teams", "--problem", str(source), "--plan", str(target)]
    began = perf_counter()
    process = subprocess.Popen(
        [*words, "--seconds", str(seconds)], cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    taken = perf_counter() - began
    if process.returncode:
        raise RuntimeError(f"form_teams left with {process.returncode}")
    return Solved(json.loads(target.read_text()), taken, used.ru_maxrss / 1024)


def crowd_of(count: int, *, seconds: float, target: str) -> Figure:
    """A made-up crowd: gap to the bound proven in the same run, against greed and lot on the same problem."""
    data = crowds.crowd(count)
    with TemporaryDirectory() as folder:
        found = command(data, seconds=seconds, folder=Path(folder))
    problem = matching.Problem.from_json(data)
    plans: list[matching.Plan] = []
    greedy_taken = timed(lambda: plans.append(matching.greedy(problem, 1)))
    facts = {
        **_facts(count, found),
        "greedy cost": plans[0].cost.total,
        "random cost": matching.random_plan(problem, 1).cost.total,
    }
    name = f"form_teams, {count} people, {seconds:g} s"
    return Figure(name, found.seconds, greedy_taken, "greedy placing", target, facts)


def repair_of(count: int, *, absent: int, seconds: float = 5) -> Figure:
    """`absent` people do not come: how many of the others move, and what it costs against forming all teams anew."""
    data = crowds.crowd(count)
    with TemporaryDirectory() as folder:
        before = command(data, seconds=seconds, folder=Path(folder))
        after = crowds.after_a_morning(data, before.plan, absent=absent) | {"stability": repairing.STABILITY}
        mended = command(after, seconds=seconds, folder=Path(folder))
        anew = command(after | {"previous": {}}, seconds=seconds, folder=Path(folder))
    keys = {person: team["key"] for team in mended.plan["teams"] for person in team["people"]}
    moved = sum(keys.get(person) != key for person, key in after["previous"].items())
    cost = mended.plan["cost"] - mended.plan["parts"]["stability"]
    facts = {
        "moved": f"{moved} of {len(after['previous'])}",
        "cost": cost,
        "cost anew": anew.plan["cost"],
        "over anew": f"{cost / max(1, anew.plan['cost']) - 1:.2%}",
    }
    target = "under 10 % move, cost within 10 %"
    name = f"repair of {absent} absences among {count}"
    return Figure(name, mended.seconds, anew.seconds, "forming anew", target, facts)


def _facts(count: int, found: Solved) -> dict[str, Any]:
    gap = found.plan["gap"]
    return {
        "people": count,
        "cost": found.plan["cost"],
        "bound": found.plan["bound"],
        "gap": "—" if gap is None else f"{gap:.2%}",
        "proven best": found.plan["cost"] <= found.plan["bound"],
        "memory MB": round(found.memory),
    }


def solving(sizes: Iterable[str]) -> Iterator[Figure]:
    """The sizes asked for ("250", "1000", "5000") and the repair, each against its target."""
    for size in sizes:
        for seconds, target in TARGETS[size]:
            yield crowd_of(int(size), seconds=seconds, target=target)
    yield repair_of(250, absent=20)


#: People → time limits and what is aimed at within them.
TARGETS: dict[str, list[tuple[float, str]]] = {
    "250": [(3, "gap 5 %"), (30, "gap 1 %")],
    "1000": [(20, "gap 5 %, 1 GB")],
    "5000": [(120, "gap 8 %, 1 GB")],
}
