"""Made-up teams, proposals and projects for the tests: plain functions, each with the least it needs."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from PIL import Image

from hackathon.kit import arriving
from hackathon.models import Account, Event, Registration, Theme
from hackathon.tests.factories import (
    DURING_WORK,
    make_account,
    make_event,
    make_registration,
    make_role,
    make_theme,
)
from teams.domain import placing, project_files
from teams.enums import ProjectState
from teams.models import Membership, Project, ProjectFile, Proposal, Team
from teams.models.project import REQUIRED


def make_team(
    event: Event, theme: Theme | None = None, *, people: list[Registration] | int = 3, **fields: Any
) -> Team:
    """A team with its members; the first leads it."""
    number = fields.pop("number", None) or event.teams.count() + 1
    theme = theme or event.themes.first() or make_theme(event)
    team = Team.objects.create(
        event=event, theme=theme, number=number, key=fields.pop("key", f"T{number}"), **fields
    )
    if isinstance(people, int):
        people = [make_registration(event) for _ in range(people)]
    for index, registration in enumerate(people):
        Membership.objects.create(
            team=team,
            registration=registration,
            is_captain=index == 0,
            reasons=[{"code": "first_choice", "params": {"rank": 1, "theme": str(theme.pk)}}],
        )
    return team


def make_project(team: Team, *, submitted: bool = False, **fields: Any) -> Project:
    """A project with what a submission needs."""
    for name in REQUIRED:
        fields.setdefault(name, f"{name} of {team}")
    fields.setdefault("version", 1)
    if submitted:
        fields |= {"state": ProjectState.SUBMITTED, "submitted_at": DURING_WORK, "receipt": "0" * 64}
    return Project.objects.create(team=team, **fields)


def make_image(project: Project, **fields: Any) -> ProjectFile:
    """An image of a project that arrived, drawn by the same way as any other."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(drawn, "PNG")
    data = drawn.getvalue()
    values = {"kind": "image", "name": "ecran.png", "size": len(data), "started_at": DURING_WORK, **fields}
    file = ProjectFile.objects.create(project=project, **values)
    place = project_files.place(file)
    arriving.begin(place)
    place.write_bytes(data)
    found = project_files.inspect(file)
    file.state = fields.get("state", "kept")
    file.received, file.finished_at = len(data), DURING_WORK
    file.content_type, file.digest = found.content_type, found.digest
    file.position = fields.get("position", 1)
    file.save()
    return file


def make_crowd(count: int = 12, *, themes: int = 2, **event: Any) -> Event:
    """An event of `count` people who are coming: developers, designers and job seekers (a private role) by turns."""
    found = make_event(team_size_min=3, team_size_wanted=4, team_size_max=5, **event)
    places = [make_theme(found, f"Thématique {n + 1}") for n in range(themes)]
    roles = [
        make_role(found, "developpeur", is_wanted_in_teams=True, colour="developer"),
        make_role(found, "designer", is_wanted_in_teams=True, colour="designer"),
        make_role(found, "chercheur-emploi", is_private=True, is_never_alone=True),
    ]
    for number in range(count):
        first = places[number % themes]
        make_registration(
            found,
            roles[number % 3],
            themes=[first, *[place for place in places if place != first]],
            level=1 + number % 5,
        )
    return found


def make_plan(
    event: Event, groups: list[list[Registration]], *, left_over: list[Registration] | None = None
) -> Proposal:
    """A proposal ready to review, computed by nobody: these groups, on the event's themes by turns."""
    from teams.domain.matching import Message, Problem, evaluate
    from teams.domain.matching.plan import LeftOver, Plan
    from teams.domain.matching.reasons import reasons_of
    from teams.domain.matching.records import Team as PlanTeam

    data = placing.problem_of(event)
    problem = Problem.from_json(data)
    themes = [theme["id"] for theme in data["themes"]]
    teams = tuple(
        PlanTeam(f"T{n + 1}", themes[n % len(themes)], tuple(str(one.pk) for one in group))
        for n, group in enumerate(groups)
    )
    left = tuple(
        LeftOver(
            str(one.pk), Message("teams_full", {"teams": len(teams), "most": 5, "capacity": 5, "count": 6})
        )
        for one in left_over or []
    )
    cost = evaluate(problem, teams)
    plan = Plan(teams, left, cost, max(1, cost.total), 0.1, reasons_of(problem, teams))
    return Proposal.objects.create(
        event=event, problem=data, plan=placing.as_kept(plan), state="ready", progress=1
    )


def make_member(event: Event, team: Team, *, is_captain: bool = False) -> tuple[Account, Registration]:
    """Somebody who signs in and is in that team."""
    account = make_account()
    registration = make_registration(event)
    registration.person.account = account
    registration.person.save()
    if is_captain:
        Membership.objects.filter(team=team).update(is_captain=False)
    Membership.objects.create(
        team=team,
        registration=registration,
        is_captain=is_captain,
        reasons=[{"code": "no_choice", "params": {}}],
    )
    return account, registration


def announce_now(event: Event) -> None:
    event.teams_announced_at = timezone.now()
    event.save(update_fields=["teams_announced_at"])
