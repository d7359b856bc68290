"""Forming the teams of 250 people."""

from __future__ import annotations

from hackathon.models import Event
from teams.domain import matching, problem_file

from . import Figure, timed


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
