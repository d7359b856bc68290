"""`manage.py backup FILE [--json]`: everything that is stored, in one zip that only its owner may read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from hackathon.domain import backing_up
from hackathon.kit.commands import VerbCommand


class Command(VerbCommand):
    help = "Write all rows and all files of this installation into one zip (docs/commands.md)."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the zip to write; it must not exist yet")

    def perform(self, *, actor: Any, file: str, **options: Any) -> dict[str, Any]:
        manifest = backing_up.back_up(path=Path(file), actor=actor)
        return {
            "file": file,
            "rows": sum(manifest["rows"].values()),
            "files": len(manifest["digests"]) - 1,
            "bytes": Path(file).stat().st_size,
        }
