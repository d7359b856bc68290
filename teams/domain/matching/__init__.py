"""Team formation: people, themes and wishes in; teams, their cost and a proven bound out. Pure: no Django here.

    from teams.domain.matching import Problem, ProblemRefused, evaluate, solve

    reading   a problem file's mistakes, all at once        reader             values, and what is wrong with them
    records, problem   what is asked                        cost               what a plan costs, what it breaks
    framing   how many teams, how many people left over      floor              a bound counted by hand
    themes    the theme model: a proven bound and a start    milp               a thin hand on HiGHS
    opening   the first answers, in a thread                 hurried            a plan when time lacks even for HiGHS
    dealing   a first set of teams                           seating            another one, by greed or by lot
    arena, moves       the state and loop of the annealing   exact              small problems, solved whole
    engine    the loop, compiled or not                      search             runs of it within a time limit
    keys      previous keys given to new teams               reasons, messages  every sentence, by code
    baselines what other tools do, to compare                plan, solve        the answer, the way to it

The cost, the hard rules and both file shapes are those of ARCHITECTURE.md, section 5.
"""

from .baselines import greedy, random_plan
from .cost import Cost, breaches, evaluate
from .engine import warm
from .messages import TEMPLATES, Message, ProblemRefused
from .plan import LeftOver, Plan
from .problem import Problem
from .records import Person, Roles, Team, TeamSize, Theme, Weights
from .solve import solve

__all__ = [
    "TEMPLATES",
    "Cost",
    "LeftOver",
    "Message",
    "Person",
    "Plan",
    "Problem",
    "ProblemRefused",
    "Roles",
    "Team",
    "TeamSize",
    "Theme",
    "Weights",
    "breaches",
    "evaluate",
    "greedy",
    "random_plan",
    "solve",
    "warm",
]
