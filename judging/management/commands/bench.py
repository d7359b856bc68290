"""`manage.py bench`: the measured ratios, each against a baseline of the same run, in a scratch database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser

from hackathon.kit.commands import VerbCommand
from judging.domain import staging
from judging.management.bench import Figure, desk, documents, formation, jury, letters, lists, start, uploads
from judging.management.scratch import run_in_scratch

NAMES = (
    "import",
    "lists",
    "list",
    "teams",
    "formation",
    "desk",
    "mark",
    "results",
    "ranking",
    "letters",
    "documents",
    "uploads",
    "start",
)


class Command(VerbCommand):
    help = "Measure what we claim: ratios against a stated baseline, in one run, on data made for it."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("only", nargs="*", choices=[*NAMES, []], help=", ".join(NAMES))
        parser.add_argument(
            "--seconds", type=float, nargs="*", default=[3, 30], help="time limits of form_teams"
        )
        parser.add_argument(
            "--people",
            nargs="*",
            choices=[*formation.TARGETS, []],
            default=["250", "1000"],
            help="crowds of formation (5000 takes three minutes more)",
        )
        parser.add_argument(
            "--senders", type=int, default=uploads.TEAMS, help="teams that send 20 MB each in uploads"
        )
        parser.add_argument("--inside", action="store_true", help="this database is already a scratch one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["inside"]:
            return super().handle(*args, **options)
        again = ["bench", "--inside", *options["only"], "--seconds", *map(str, options["seconds"])]
        again += ["--people", *options["people"], "--senders", str(options["senders"])]
        if run_in_scratch(again + (["--json"] if options["json"] else [])):
            raise SystemExit(1)

    def perform(
        self,
        *,
        actor: Any,
        only: list[str],
        seconds: list[float],
        people: list[str],
        senders: int,
        **options: Any,
    ) -> dict[str, Any]:
        call_command("migrate", verbosity=0)
        figures = []
        for figure in self._measure(set(only or NAMES), seconds, people, senders):
            self.stderr.write(figure.as_line())
            figures.append(figure.as_json())
        return {"figures": figures}

    def tell(self, answer: dict[str, Any]) -> list[str]:
        return []

    def _measure(
        self, wanted: set[str], seconds: list[float], people: list[str], senders: int
    ) -> Iterator[Figure]:
        """Each benchmark at the stage of the demo event that it needs, in the order of the stages."""
        plan: list[tuple[str, str, Callable[[Any], list[Figure]]]] = [
            ("import", "setup", lambda event: [lists.importing(event)]),
            ("lists", "setup", lambda event: [lists.importing_many(event), lists.waiting_beside(event)]),
            ("list", "registration", lambda event: [lists.listing(event)]),
            ("teams", "registration", lambda event: [formation.forming(event, seconds=s) for s in seconds]),
            ("formation", "", lambda event: list(formation.solving(people))),
            ("desk", "registration", lambda event: [desk.scanning(event)]),
            ("mark", "judging", lambda event: [jury.saving_a_mark(event)]),
            ("results", "results", lambda event: [jury.results_pdf(event)]),
            ("ranking", "", lambda event: [jury.ranking_marks()]),
            ("letters", "setup", lambda event: [letters.sending(event)]),
            ("documents", "registration", documents.printing),
            ("uploads", "judging", lambda event: [uploads.sending(event, teams=senders)]),
            ("start", "", lambda event: [start.starting()]),
        ]
        for name, stage, measure in plan:
            if name in wanted:
                yield from measure(staging.stage_demo(until=stage) if stage else None)
