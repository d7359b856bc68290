"""`manage.py rehearse`: a whole event with made-up people, in a database of its own, nothing sent."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from hackathon.kit.commands import VerbCommand
from hackathon.kit.registry import registry
from judging.domain import rehearsing
from judging.management.progress import stage_bars


class Command(VerbCommand):
    help = "Play a whole event through the same verbs as the pages, and say what would have gone wrong."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--participants", type=int, default=250, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="N")
        parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="leave the documents here")
        parser.add_argument("--inside", action="store_true", help="this database is already a scratch one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["inside"]:
            return super().handle(*args, **options)
        with tempfile.TemporaryDirectory(prefix="palmares-rehearsal-") as folder:
            status = subprocess.run(self._again(options), env=self._scratch(folder), check=False).returncode
        if status:
            raise CommandError("The rehearsal did not end well: see above.", returncode=status)

    def _again(self, options: dict[str, Any]) -> list[str]:
        """This command, in a process whose settings name the scratch database."""
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "rehearse", "--inside"]
        command += ["--participants", str(options["participants"]), "--seed", str(options["seed"])]
        if options["out"]:
            command += ["--out", str(options["out"].resolve())]
        return command + (["--json"] if options["json"] else [])

    def _scratch(self, folder: str) -> dict[str, str]:
        """The environment of a machine where nothing is set: SQLite in that folder, no mail server, no cache."""
        unset = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL")
        return {**os.environ, **dict.fromkeys(unset, ""), "PALMARES_DATA": folder}

    def perform(
        self, *, actor: Any, participants: int, seed: int, out: Path | None, **options: Any
    ) -> dict[str, Any]:
        report = rehearsing.Report()
        written: list[str] = []
        with stage_bars() as progress:
            watch = rehearsing.Stopwatch(report, progress)
            watch.play("database", lambda tell: call_command("migrate", verbosity=0))
            rehearsing.rehearse(participants=participants, seed=seed, watch=watch)
            if out:
                written = watch.play("documents", lambda tell: self._documents(report.event, out))
        return {
            "stages": [{"stage": name, "seconds": round(seconds, 3)} for name, seconds in report.stages],
            "figures": report.figures,
            "warnings": report.warnings,
            "documents": written,
        }

    def _documents(self, event: Any, out: Path) -> list[str]:
        out.mkdir(parents=True, exist_ok=True)
        written = []
        for document in registry.documents:
            if document.is_available(event):
                for language, _name in settings.LANGUAGES:
                    path = out / f"{document.name}-{event.slug}-{language}.pdf"
                    path.write_bytes(document.render(event, language))
                    written.append(str(path))
        return written

    def tell(self, answer: dict[str, Any]) -> list[str]:
        lines = [f"{line['stage']:<14} {line['seconds']:>8.2f} s" for line in answer["stages"]]
        lines.append(", ".join(f"{number} {name}" for name, number in answer["figures"].items()))
        lines += [f"! {warning}" for warning in answer["warnings"]] or ["Nothing would have gone wrong."]
        return lines + list(answer["documents"])
