"""The measured ratios: each benchmark times ours and a stated baseline in the same run, in a scratch database."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any


@dataclass
class Figure:
    """One line of the answer. Times in seconds (medians); `ratio` is ours over the baseline's."""

    name: str
    ours: float
    baseline: float | None = None
    baseline_name: str = ""
    target: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.ours / self.baseline if self.baseline else None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "seconds": round(self.ours, 5),
            "baseline": self.baseline_name,
            "baseline_seconds": None if self.baseline is None else round(self.baseline, 5),
            "ratio": None if self.ratio is None else round(self.ratio, 2),
            "target": self.target,
            **self.facts,
        }

    def as_line(self) -> str:
        parts = [f"{self.name}: {shown(self.ours)}"]
        if self.ratio is not None and self.baseline is not None:
            parts.append(f"{self.ratio:.1f} × {self.baseline_name} ({shown(self.baseline)})")
        parts += [f"{name} {value}" for name, value in self.facts.items()]
        if self.target:
            parts.append(f"target {self.target}")
        return " · ".join(parts)


def shown(seconds: float) -> str:
    """A duration for people."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(act: Callable[[], Any]) -> float:
    """Seconds that one call takes."""
    started = perf_counter()
    act()
    return perf_counter() - started


def in_turn(ours: Callable[[], Any], baseline: Callable[[], Any], *, runs: int) -> tuple[float, float]:
    """Medians of both after one warm-up each, run in turn so that a slower minute slows both."""
    ours()
    baseline()
    pairs = [(timed(ours), timed(baseline)) for _unused in range(runs)]
    return statistics.median(a for a, _b in pairs), statistics.median(b for _a, b in pairs)


def median_of(act: Callable[[], Any], *, runs: int) -> float:
    """Median of that many runs after one warm-up."""
    act()
    return statistics.median(timed(act) for _unused in range(runs))
