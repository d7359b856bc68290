"""What is asked, whole: a `Problem` and the few facts everybody derives from it.

Its shape is that of the problem file. `reading` finds the mistakes of such a file; this file knows nothing of
how anything is solved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .messages import Message
from .reading import read_problem
from .records import Id, Person, Roles, Team, TeamSize, Theme, Weights

#: What moving somebody locked in their team costs: so much that it happens only where nothing else is possible.
LOCK = 100_000


@dataclass(frozen=True)
class Problem:
    """A sound problem: ids known and distinct, numbers in range. Build it with `Problem.from_json`."""

    people: tuple[Person, ...]
    themes: tuple[Theme, ...]
    team_size: TeamSize
    roles: Roles = field(default_factory=Roles)
    team_count: int | None = None
    together: tuple[tuple[Id, ...], ...] = ()
    apart: tuple[tuple[Id, Id], ...] = ()
    locked: tuple[Team, ...] = ()
    held_teams: frozenset[Id] = frozenset()
    previous: dict[Id, Id] = field(default_factory=dict)
    locked_people: dict[Id, Id] = field(default_factory=dict)
    stability: int = 5
    weights: Weights = field(default_factory=Weights)
    seconds: float | None = None
    seed: int | None = None
    notices: tuple[Message, ...] = ()

    @staticmethod
    def from_json(data: Any) -> Problem:
        """The problem of a problem file already parsed; raises `ProblemRefused` with every reason at once."""
        return Problem(**read_problem(data))

    @cached_property
    def person_of(self) -> dict[Id, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def wanted_teams(self) -> int:
        """`team_count`, else people / wanted rounded half up; locked teams are among them."""
        if self.team_count is not None:
            return self.team_count
        return (2 * len(self.people) + self.team_size.wanted) // (2 * self.team_size.wanted)

    @cached_property
    def previous_members(self) -> dict[Id, tuple[Id, ...]]:
        """The people of this problem by their previous team's key."""
        members: dict[Id, list[Id]] = {}
        for person, key in self.previous.items():
            members.setdefault(key, []).append(person)
        return {key: tuple(people) for key, people in members.items()}

    @property
    def holds_people(self) -> bool:
        """Whether anybody's previous team weighs on where they go."""
        return bool(self.previous and (self.stability or self.locked_people))

    def moving_cost(self, person: Id) -> int:
        """Cost of `person` not being with their previous team; for somebody locked in it, more than all the rest."""
        return LOCK if person in self.locked_people else self.stability

    def choice_cost(self, person: Person, theme: Id | None) -> int:
        """Cost of putting `person` on `theme`: a theme not named costs the next rank, no choice at all nothing."""
        if not person.themes:
            return 0
        try:
            rank = person.themes.index(theme)
        except ValueError:
            rank = len(person.themes)
        costs = self.weights.choice
        return costs[min(rank, len(costs) - 1)]

    def to_json(self) -> dict[str, Any]:
        """The problem file that reads back as this problem."""
        size, roles, weights = self.team_size, self.roles, self.weights
        data: dict[str, Any] = {
            "people": [
                {
                    "id": p.id,
                    "role": p.role,
                    "level": p.level,
                    "skills": list(p.skills),
                    "themes": list(p.themes),
                }
                for p in self.people
            ],
            "themes": [
                {"id": t.id, "capacity": {"min": t.least, "max": t.most}}
                for t in self.themes
                if t.id is not None
            ],
            "team_size": {"min": size.min, "max": size.max, "wanted": size.wanted},
            "roles": {
                "wanted": list(roles.wanted),
                "never_alone": list(roles.never_alone),
                "diversity": roles.diversity,
                "private": list(roles.private),
            },
            "together": [list(group) for group in self.together],
            "apart": [list(pair) for pair in self.apart],
            "locked": [
                team.to_json() | ({"on_board": True} if team.key in self.held_teams else {})
                for team in self.locked
            ],
            "previous": {str(person): key for person, key in self.previous.items()},
            "locked_people": {str(person): key for person, key in self.locked_people.items()},
            "stability": self.stability,
            "weights": {
                "choice": list(weights.choice),
                "wanted": weights.wanted,
                "alone": weights.alone,
                "diversity": weights.diversity,
                "level": weights.level,
                "split": weights.split,
                "apart": weights.apart,
            },
        }
        for name in ("team_count", "seconds", "seed"):
            if getattr(self, name) is not None:
                data[name] = getattr(self, name)
        return data
