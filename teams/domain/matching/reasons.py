"""Why each person is where they are, as messages.

What is said to a person, others may read. A sentence about a role is said to its holder alone, looks at nobody else's
role, and never tells a private one; it is said to nobody where its absence would tell (every other role being wanted).
"""

from __future__ import annotations

from .messages import Message, say
from .problem import Problem
from .records import Id, Person, Team


def reasons_of(problem: Problem, teams: tuple[Team, ...]) -> dict[Id, tuple[Message, ...]]:
    """The reasons of everybody in a team, most important first."""
    team_of = {person: team for team in teams for person in team.people}
    settled = {p for team in problem.locked if team.key not in problem.held_teams for p in team.people}
    filled: dict[Id | None, int] = {}
    for team in teams:
        filled[team.theme] = filled.get(team.theme, 0) + len(team.people)
    full = {
        theme.id
        for theme in problem.themes
        if theme.most is not None and filled.get(theme.id, 0) >= theme.most
    }
    whole: dict[Id, bool] = {}
    for group in problem.together:
        if len(group) > 1:
            kept = len({team_of[p].key if p in team_of else None for p in group}) == 1
            for person in group:
                whole[person] = whole.get(person, True) and kept
    told = _roles_one_may_tell(problem)
    found: dict[Id, tuple[Message, ...]] = {}
    for team in teams:
        for one in team.people:
            if one in settled:
                found[one] = (say("locked"),)
                continue
            said = _about_theme(problem.person_of[one], team, full)
            role = problem.person_of[one].role
            if role in told:
                said.append(say("role_needed", role=role))
            if one in whole:
                said.append(say("with_group" if whole[one] else "group_split"))
            if problem.locked_people.get(one) == team.key or team.key in problem.held_teams:
                said.append(say("held"))
            elif one in problem.previous:
                said.append(say("kept" if problem.previous[one] == team.key else "moved"))
            found[one] = tuple(said)
    return found


def _roles_one_may_tell(problem: Problem) -> set[Id | None]:
    """Wanted roles that are public; none where a public role that is not wanted could not explain one's silence."""
    private, wanted = set(problem.roles.private), set(problem.roles.wanted)
    silent = {one.role for one in problem.people} - wanted - private
    return set(wanted - private) if silent or not private else set()


def _about_theme(person: Person, team: Team, full: set[Id | None]) -> list[Message]:
    if not person.themes:
        return [say("no_choice")]
    if team.theme == person.themes[0]:
        return [say("first_choice", rank=1, theme=team.theme)]
    if team.theme in person.themes:
        rank = person.themes.index(team.theme) + 1
        said = [say("choice", rank=rank, theme=team.theme)]
    else:
        rank = len(person.themes) + 1
        said = [say("unnamed", theme=team.theme)]
    crowded = all(theme in full for theme in person.themes[: rank - 1])
    said.append(say("better_full" if crowded else "better_balance"))
    return said
