"""`manage.py restore FILE [--json]`: a backup into an empty installation, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from hackathon.domain import backing_up
from hackathon.kit.commands import VerbCommand, WrongUsage


class Command(VerbCommand):
    help = "Bring a backup into an empty, migrated installation (docs/commands.md)."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a zip that `backup` wrote")

    def perform(self, *, actor: Any, file: str, **options: Any) -> dict[str, Any]:
        if not Path(file).is_file():
            raise WrongUsage(f"There is no file {file}.")
        manifest = backing_up.restore(path=Path(file), actor=actor)
        return {
            "made_at": manifest["made_at"],
            "rows": sum(manifest["rows"].values()),
            "files": len(manifest["digests"]) - 1,
            "letters_perhaps_sent": manifest["unsure"],
        }
