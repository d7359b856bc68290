"""Rank a table of marks without any event: the arithmetic alone, for whoever wants to check it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import NotDone, VerbCommand, WrongUsage
from judging.domain import ranking
from judging.domain.grid_file import Unreadable


class Command(VerbCommand):
    help = "Rank a CSV of juror,project,criterion,mark."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument("--grid", metavar="FILE.json")
        parser.add_argument("--method", choices=ranking.METHODS)
        parser.add_argument("--seed", type=int, default=0)

    def perform(self, *, actor: Any, file: str, **options: Any) -> dict[str, Any]:
        for path in (file, options["grid"]):
            if path is not None and not Path(path).is_file():
                raise WrongUsage(f"There is no file {path}.")
        try:
            return ranking.rank_file(
                file, grid=options["grid"], method=options["method"], seed=options["seed"]
            )
        except Unreadable as refusal:
            reasons = [problem.text for problem in refusal.problems]
            raise NotDone({"refused": reasons}, reasons) from refusal
        except OSError as error:
            raise WrongUsage(f"{file} cannot be read: {error.strerror}.") from error

    def tell(self, answer: dict[str, Any]) -> list[str]:
        lines = [f"Method: {answer['method']}"]
        for row in answer["projects"]:
            if row["place"] is None:
                lines.append(f"   –  {row['project']}: no complete ballot")
                continue
            tied = "=" if row["tied"] else " "
            lines.append(
                f"{row['place']:>4}{tied} {row['project']}  {row['corrected']:.2f}  (mean {row['mean']:.2f},"
                f" {row['ballots']} ballots, first with {row['chance_first']:.0%})"
            )
        lines += [f"{row['juror']}: {row['effect']:+.2f}" for row in answer["jurors"]]
        return lines + [f"! {text}" for text in answer["warnings"]]
