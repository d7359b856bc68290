"""`manage.py documents EVENT --out DIR`: the PDFs that exist at this point of the event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from hackathon.kit.commands import VerbCommand, WrongUsage
from hackathon.kit.registry import registry
from hackathon.models import Event


class Command(VerbCommand):
    help = "Write the event's documents as PDF files into a folder."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument("--only", default="", metavar="NAME,…", help="these documents alone")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="fr")

    def perform(
        self, *, actor: Any, event: str, out: Path, only: str, language: str, **options: Any
    ) -> dict[str, Any]:
        found = self.found(Event.objects, "event", slug=event)
        wanted = [name.strip() for name in only.split(",") if name.strip()]
        unknown = [name for name in wanted if registry.document(name) is None]
        if unknown:
            names = ", ".join(document.name for document in registry.documents)
            raise WrongUsage(f"There is no document {', '.join(unknown)}; there are: {names}.")
        out.mkdir(parents=True, exist_ok=True)
        written, left_out = [], []
        for document in registry.documents:
            if wanted and document.name not in wanted:
                continue
            if not document.is_available(found):
                left_out.append(document.name)
                continue
            path = out / f"{document.name}-{found.slug}-{language}.pdf"
            path.write_bytes(document.render(found, language))
            written.append(str(path))
        return {"written": written, "left_out": left_out}

    def tell(self, answer: dict[str, Any]) -> list[str]:
        lines = list(answer["written"])
        if answer["left_out"]:
            lines.append(f"Not at this point of the event: {', '.join(answer['left_out'])}")
        return lines
