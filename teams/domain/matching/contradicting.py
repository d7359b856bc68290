"""Which hard rules contradict each other, and what would be enough to relax.

A smallest set of rules that cannot hold together is found by leaving out one rule after the other (deletion filtering,
Chinneck and Dravnieks, 1991); then, for each rule of that set, the mildest number that lets the whole problem hold.
"""

from __future__ import annotations

from .counting import Rule, most_placed
from .messages import Message, say
from .problem import Problem


def contradiction(problem: Problem) -> list[Message]:
    """What cannot hold together, then one message for each way out of it by changing a single number."""
    rules = _rules(problem)
    without: dict[Rule, int | None] = {}
    kept: list[tuple[Rule, Message]] = []
    for rule, message in rules:
        if most_placed(problem, problem.team_count, without | {rule: None}) is None:
            without[rule] = None
        else:
            kept.append((rule, message))
    locked = sum(len(team.people) for team in problem.locked)
    parts = [message for _rule, message in kept]
    parts.append(say("part_people", count=len(problem.people), locked=locked))
    ways = [_way_out(problem, rule) for rule, _message in kept]
    return [say("contradiction", parts=tuple(parts)), *(way for way in ways if way is not None)]


def _rules(problem: Problem) -> list[tuple[Rule, Message]]:
    """Every hard rule, those that one would rather not be told of first: what is left out first is not blamed."""
    size = problem.team_size
    rules: list[tuple[Rule, Message]] = [
        (("locked", team.key), say("part_locked", key=team.key, count=len(team.people)))
        for team in problem.locked
    ]
    rules.append(("min", say("part_team_minimum", least=size.min)))
    rules.append(("max", say("part_team_maximum", most=size.max)))
    if problem.team_count is not None:
        rules.append(("count", say("part_team_count", team_count=problem.team_count)))
    for theme in problem.themes:
        if theme.least:
            rules.append((("least", theme.id), say("part_theme_minimum", theme=theme.id, least=theme.least)))
        if theme.most is not None:
            rules.append((("most", theme.id), say("part_theme_maximum", theme=theme.id, most=theme.most)))
    return rules


def _way_out(problem: Problem, rule: Rule) -> Message | None:
    """The change of that rule alone which is enough, the smallest one; None where it is not enough by any number."""
    size, people = problem.team_size, len(problem.people)
    if rule == "count":
        asked = problem.team_count or 0
        nearest = sorted(range(people + 1), key=lambda count: abs(count - asked))
        found = next((count for count in nearest[:200] if most_placed(problem, count) is not None), None)
        return None if found is None else say("ease_count", team_count=found)
    if isinstance(rule, tuple) and rule[0] == "locked":
        return say("ease_locked", key=rule[1]) if _holds(problem, rule, None) else None
    if rule == "min":
        number = _mildest(problem, rule, size.min, 1)
        return None if number is None else say("ease_min", least=number)
    if rule == "max":
        number = _mildest(problem, rule, size.max, people)
        return None if number is None else say("ease_max", most=number)
    assert isinstance(rule, tuple)
    kind, name = rule
    theme = next(theme for theme in problem.themes if theme.id == name)
    if kind == "least":
        number = _mildest(problem, rule, theme.least, 0)
        return None if number is None else say("ease_theme_minimum", theme=name, least=number)
    number = _mildest(problem, rule, theme.most or 0, people)
    return None if number is None else say("ease_theme_maximum", theme=name, most=number)


def _mildest(problem: Problem, rule: Rule, now: int, loosest: int) -> int | None:
    """The number nearest to `now`, towards `loosest`, with which everything holds. Looser never holds less."""
    if not _holds(problem, rule, loosest):
        return None
    good, bad = loosest, now
    while abs(good - bad) > 1:
        middle = (good + bad) // 2
        if _holds(problem, rule, middle):
            good = middle
        else:
            bad = middle
    return good


def _holds(problem: Problem, rule: Rule, number: int | None) -> bool:
    return most_placed(problem, problem.team_count, {rule: number}) is not None
