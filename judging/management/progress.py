"""Progress bars of the long commands, one per stage, on the terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def stage_bars(*, is_shown: bool = True) -> Iterator[Callable[[str, float], None]]:
    """Yields `progress(stage, share)`; each stage gets its bar the first time it is named."""
    console = Console(stderr=True, quiet=not is_shown)
    columns = (TextColumn("{task.description:<14}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        tasks = {}

        def progress(stage: str, share: float) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=1.0)
            bars.update(tasks[stage], completed=share)

        yield progress
