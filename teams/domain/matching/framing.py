"""The frame of a plan: how many teams, how many people left over, or which hard rules contradict each other.

People are interchangeable here: sizes, capacities and locked teams alone decide how many can be placed, so these
small models are exact. The number of teams asked for with `team_count` is kept or refused; the one derived from
the wanted size yields when another number leaves fewer people over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .contradicting import contradiction
from .counting import PATIENCE, Counts, most_placed
from .messages import Message, ProblemRefused, say
from .milp import INFINITE
from .problem import Problem


@dataclass(frozen=True)
class Frame:
    """Numbers every plan of the problem shares, locked teams and their people included."""

    teams: int
    left_over: int
    notices: tuple[Message, ...] = ()


def frame(problem: Problem) -> Frame:
    """The fewest people left over and the number of teams; raises `ProblemRefused` when nothing holds."""
    troubles = evident(problem)
    if troubles:
        raise ProblemRefused(troubles)
    wanted = problem.wanted_teams
    fixed = most_placed(problem, count=wanted)
    if problem.team_count is not None:
        if fixed is None:
            raise ProblemRefused(contradiction(problem))
        if _keys_in_use(problem) > wanted:
            raise ProblemRefused([say("too_many_keys", count=_keys_in_use(problem), teams=wanted)])
        return Frame(wanted, len(problem.people) - fixed, problem.notices)
    held = _keys_in_use(problem)
    if fixed == len(problem.people) and held <= wanted:
        return Frame(wanted, 0, problem.notices)
    best = most_placed(problem)
    if best is None:
        raise ProblemRefused(contradiction(problem))
    teams = wanted if best == fixed else _nearest_count(problem, best)
    if held > teams:
        if most_placed(problem, count=held) != best:
            raise ProblemRefused([say("too_many_keys", count=held, teams=teams)])
        teams = held
    notices = problem.notices
    if teams != wanted:
        notices += (say("other_count", wanted=wanted, count=teams),)
    return Frame(teams, len(problem.people) - best, notices)


def left_over_reason(problem: Problem, frame: Frame) -> Message:
    """Why the people left over cannot be placed: the same for all, since nobody could be placed instead."""
    size, count = problem.team_size, len(problem.people)
    capacity = sum(count if theme.most is None else theme.most for theme in problem.themes)
    placed = count - frame.left_over
    locked = sum(len(team.people) for team in problem.locked)
    if count - locked < size.min:
        return say("too_few_people", count=count - locked, least=size.min)
    if capacity < count and placed == capacity:
        return say("themes_full", capacity=capacity, count=count)
    if problem.team_count is not None and placed == frame.teams * size.max:
        return say("teams_full", teams=frame.teams, most=size.max, capacity=placed, count=count)
    return say("sizes_do_not_fit", least=size.min, most=size.max, capacity=placed, count=count)


def evident(problem: Problem) -> list[Message]:
    """The contradictions one can name without counting everything together."""
    found: list[Message] = []
    size, count = problem.team_size, len(problem.people)
    filled: Counter[object] = Counter()
    for team in problem.locked:
        filled[team.theme] += len(team.people)
        if len(team.people) < size.min:
            found.append(say("locked_too_small", key=team.key, count=len(team.people), least=size.min))
        if len(team.people) > size.max:
            found.append(say("locked_too_large", key=team.key, count=len(team.people), most=size.max))
    found += [
        say("locked_people_too_many", key=key, count=held, most=size.max)
        for key, held in Counter(problem.locked_people.values()).items()
        if held > size.max
    ]
    for theme in problem.themes:
        if theme.most is not None and filled[theme.id] > theme.most:
            found.append(say("locked_over_capacity", theme=theme.id, count=filled[theme.id], most=theme.most))
        elif not found and theme.most is not None and not _reachable(problem, theme.least, theme.most):
            found.append(
                say(
                    "minimum_unreachable",
                    theme=theme.id,
                    least=theme.least,
                    most=theme.most,
                    small=size.min,
                    large=size.max,
                )
            )
    least = sum(theme.least for theme in problem.themes)
    if least > count:
        found.append(say("minima_too_high", least=least, count=count))
    if problem.team_count is not None:
        asked = problem.team_count
        if len(problem.locked) > asked:
            found.append(say("locked_over_count", count=len(problem.locked), team_count=asked))
        if asked * size.min > count:
            found.append(
                say(
                    "count_too_high",
                    team_count=asked,
                    small=size.min,
                    needed=asked * size.min,
                    count=count,
                    possible=count // size.min,
                )
            )
    return found


def _keys_in_use(problem: Problem) -> int:
    """How many teams there must be for every locked team, and every team that somebody is locked in, to go on."""
    return len({team.key for team in problem.locked} | set(problem.locked_people.values()))


def _reachable(problem: Problem, least: int, most: int) -> bool:
    """Can some number of teams hold between `least` and `most` people?"""
    size = problem.team_size
    teams = -(-least // size.max)
    return teams * size.min <= most


def _nearest_count(problem: Problem, placed: int) -> int:
    """The number of teams nearest to the wanted one that places `placed` people."""
    counts = Counts(problem, None)
    model = counts.model
    model.costs = [0.0] * len(model.costs)
    wanted = problem.wanted_teams - counts.locked_teams
    distance = model.column(cost=1, low=-INFINITE)
    total = [(column, 1.0) for column in counts.teams]
    model.row([*total, (distance, -1)], high=wanted)
    model.row([*total, (distance, 1)], low=wanted)
    people = placed - counts.locked_people
    model.row([(column, 1) for column in counts.placed], low=people, high=people)
    outcome = model.solve(seconds=PATIENCE)
    assert outcome.values is not None, "the most people placed was found with some number of teams"
    return counts.locked_teams + round(sum(outcome.values[column] for column in counts.teams))
