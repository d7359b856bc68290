"""Problems are returned, all at once: a person wants every reason, not the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and (in its text) what to do. A blocker stops the act; a warning is only shown."""

    code: str
    message: Any  # str or lazy translation
    where: str = ""
    is_blocker: bool = True
    details: dict[str, Any] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else str(self.message)


def blockers(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop the act."""
    return [problem for problem in problems if problem.is_blocker]


def warning(code: str, message: Any, where: str = "", **details: Any) -> Problem:
    """A problem that is shown and stops nothing."""
    return Problem(code, message, where, is_blocker=False, details=details)
