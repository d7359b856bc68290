"""A lower bound of any plan's cost, counted in a moment and without a solver: what there is if all else is late.

Themes, groups and previous teams are left out. T teams and c people of a role: k of the teams have that role, k ≤ T
and k ≤ c; T − k lack it; at least 2k − c of them have it once only; at least T · diversity − Σ k distinct
roles are missing. Each role alone is convex in k, so that the best k are found by their slopes, steepest first.
"""

from __future__ import annotations

from collections import Counter

from .framing import Frame
from .problem import Problem


def floor(problem: Problem, frame: Frame) -> int:
    """Points that every plan of this frame costs."""
    weights, roles, teams = problem.weights, problem.roles, frame.teams
    known = Counter(person.role for person in problem.people if person.role is not None)
    cost = teams * sum(weights.wanted for role in roles.wanted)
    slopes: list[tuple[int, int]] = []  # (cost of one more team having some role, how many such teams)
    for role, count in known.items():
        gain = weights.wanted * (role in roles.wanted)
        alone = weights.alone * (role in roles.never_alone)
        most = min(teams, count)
        paired = min(most, count // 2)
        odd = min(most - paired, count % 2)
        slopes.append((-gain, paired))
        slopes.append((alone - gain, odd))
        slopes.append((2 * alone - gain, most - paired - odd))
    missing = teams * roles.diversity
    cost += weights.diversity * missing
    for slope, count in sorted(slopes):
        useful = max(0, min(count, missing))
        cost += useful * min(0, slope - weights.diversity) + (count - useful) * min(0, slope)
        missing -= useful
    return cost + _choices(problem, frame.left_over)


def _choices(problem: Problem, left_over: int) -> int:
    """Everybody on the theme they like best; whoever is left over costs nothing."""
    best = sorted(
        min(problem.choice_cost(person, theme.id) for theme in problem.themes) for person in problem.people
    )
    return sum(best[: len(best) - left_over])
