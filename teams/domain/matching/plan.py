"""The answer: teams, who is left over, what it costs, how far from the best possible, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .cost import Cost
from .messages import Message
from .records import Id, Team


@dataclass(frozen=True)
class LeftOver:
    """Somebody without a team, and why."""

    person: Id
    reason: Message


@dataclass(frozen=True)
class Plan:
    """`bound`: no plan leaving as few people over costs less (proven). `seconds`: wall-clock time taken.

    `notices` say what the problem made us decide; they and the codes of the reasons are not in the plan file.
    """

    teams: tuple[Team, ...]
    left_over: tuple[LeftOver, ...]
    cost: Cost
    bound: int
    seconds: float
    reasons: dict[Id, tuple[Message, ...]]
    notices: tuple[Message, ...] = ()

    @property
    def gap(self) -> float | None:
        """cost / bound − 1; None when the bound is 0."""
        return self.cost.total / self.bound - 1 if self.bound else None

    def to_json(self) -> dict[str, Any]:
        """The plan file."""
        return {
            "teams": [team.to_json() for team in self.teams],
            "left_over": [{"person": one.person, "reason": one.reason.text} for one in self.left_over],
            "cost": self.cost.total,
            "parts": self.cost.parts,
            "bound": self.bound,
            "gap": self.gap,
            "seconds": self.seconds,
            "reasons": {
                str(person): " ".join(reason.text for reason in reasons)
                for person, reasons in self.reasons.items()
            },
        }
