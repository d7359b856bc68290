"""The plain frozen records a problem is made of: people, themes, sizes, roles, weights, teams.

Shapes only: nothing here is checked (`reading`), counted (`cost`) or solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Id = str | int


@dataclass(frozen=True)
class Person:
    """Somebody to place; `themes` best first; `role` is None when unknown."""

    id: Id
    role: Id | None = None
    level: int = 3
    skills: tuple[str, ...] = ()
    themes: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Theme:
    """A theme and how many people it takes; `most` None is without limit."""

    id: Id | None
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class TeamSize:
    """People per team, bounds included."""

    min: int
    max: int
    wanted: int


@dataclass(frozen=True)
class Roles:
    """The mixes wanted; `private` roles are never named in a sentence."""

    wanted: tuple[Id, ...] = ()
    never_alone: tuple[Id, ...] = ()
    diversity: int = 0
    private: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Weights:
    """Costs, in whole points; `choice[k]` is the cost of one's choice number k + 1, the last for all beyond."""

    choice: tuple[int, ...] = (0, 10, 30, 70)
    wanted: int = 60
    alone: int = 60
    diversity: int = 8
    level: int = 4
    split: int = 50
    apart: int = 80


@dataclass(frozen=True)
class Team:
    """A team of a plan, or a locked one of a problem."""

    key: Id
    theme: Id | None
    people: tuple[Id, ...]

    def to_json(self) -> dict[str, Any]:
        """As in the plan file."""
        return {"key": self.key, "theme": self.theme, "people": list(self.people)}
