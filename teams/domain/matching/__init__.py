"""Team formation: people, themes and wishes in; teams, their cost and a proven bound out. Pure: no Django here.

    from teams.domain.matching import Problem, ProblemRefused, evaluate, solve

    reading   a problem file's mistakes, all at once        records, problem   what is asked
    framing   how many teams, how many people left over      cost               what a plan costs, what it breaks
    themes    the theme model: a proven bound and a start    milp               a thin hand on HiGHS
    dealing   a first set of teams                           arena, moves       the state and loop of the annealing
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
