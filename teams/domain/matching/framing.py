"""The frame of a plan: how many teams, how many people left over, or which hard rules contradict each other.

People are interchangeable here: sizes, capacities and locked teams alone decide how many can be placed, so these
small models are exact. The number of teams asked for with `team_count` is kept or refused; the one derived from
the wanted size yields when another number leaves fewer people over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .messages import Message, ProblemRefused, say
from .milp import INFINITE, Model
from .problem import Problem

PATIENCE = 5.0


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
    fixed = _most_placed(problem, count=wanted)
    if problem.team_count is not None:
        if fixed is None:
            raise ProblemRefused([_contradiction(problem)])
        return Frame(wanted, len(problem.people) - fixed, problem.notices)
    if fixed == len(problem.people):
        return Frame(wanted, 0, problem.notices)
    best = _most_placed(problem)
    if best is None:
        raise ProblemRefused([_contradiction(problem)])
    teams = wanted if best == fixed else _nearest_count(problem, best)
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


def _reachable(problem: Problem, least: int, most: int) -> bool:
    """Can some number of teams hold between `least` and `most` people?"""
    size = problem.team_size
    teams = -(-least // size.max)
    return teams * size.min <= most


class _Counts:
    """Teams and people per theme beyond the locked ones; `without` names the rules left out."""

    def __init__(self, problem: Problem, count: int | None, without: frozenset[object] = frozenset()) -> None:
        size = problem.team_size
        people = len(problem.people)
        low = 0 if "min" in without else size.min
        high = people if "max" in without else size.max
        locked = Counter(team.theme for team in problem.locked)
        filled: Counter[object] = Counter()
        for team in problem.locked:
            filled[team.theme] += len(team.people)
        self.model = model = Model()
        self.teams, self.placed = [], []
        for theme in problem.themes:
            least = 0 if ("least", theme.id) in without else max(0, theme.least - filled[theme.id])
            most = INFINITE
            if theme.most is not None and ("most", theme.id) not in without:
                most = theme.most - filled[theme.id]
            teams = model.column(high=people)
            placed = model.column(cost=-1, low=least, high=max(most, least))
            if most < least:
                model.row([(placed, 1)], high=most)
            model.row([(placed, 1), (teams, -low)], low=0)
            model.row([(placed, 1), (teams, -high)], high=0)
            self.teams.append(teams)
            self.placed.append(placed)
        self.locked_people = sum(filled.values())
        self.locked_teams = sum(locked.values())
        model.row([(column, 1) for column in self.placed], high=people - self.locked_people)
        if count is not None and "count" not in without:
            total = count - self.locked_teams
            model.row([(column, 1) for column in self.teams], low=total, high=total)


def _most_placed(
    problem: Problem, count: int | None = None, without: frozenset[object] = frozenset()
) -> int | None:
    """The most people that `count` teams (any number if None) can hold; None when not even the rules hold."""
    counts = _Counts(problem, count, without)
    outcome = counts.model.solve(seconds=PATIENCE)
    return None if outcome.values is None else counts.locked_people + round(-outcome.objective)


def _nearest_count(problem: Problem, placed: int) -> int:
    """The number of teams nearest to the wanted one that places `placed` people."""
    counts = _Counts(problem, None)
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


def _contradiction(problem: Problem) -> Message:
    """A smallest set of rules that cannot hold together, found by leaving out one after the other."""
    size = problem.team_size
    locked = sum(len(team.people) for team in problem.locked)
    rules: list[tuple[object, Message]] = [
        ("min", say("part_team_minimum", least=size.min)),
        ("max", say("part_team_maximum", most=size.max)),
    ]
    if problem.team_count is not None:
        rules.append(("count", say("part_team_count", team_count=problem.team_count)))
    for theme in problem.themes:
        if theme.least:
            rules.append((("least", theme.id), say("part_theme_minimum", theme=theme.id, least=theme.least)))
        if theme.most is not None:
            rules.append((("most", theme.id), say("part_theme_maximum", theme=theme.id, most=theme.most)))
    without: set[object] = set()
    kept = []
    for rule, message in rules:
        if _most_placed(problem, problem.team_count, frozenset(without | {rule})) is None:
            without.add(rule)
        else:
            kept.append(message)
    kept.append(say("part_people", count=len(problem.people), locked=locked))
    return say("contradiction", parts=tuple(kept))
