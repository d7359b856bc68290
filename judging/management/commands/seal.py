"""`manage.py seal EVENT`: seal the jury's decision."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import VerbCommand
from hackathon.models import Event
from judging.domain import sealing


class Command(VerbCommand):
    help = "Seal the current decision of the jury and print its digest."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")

    def perform(self, *, actor: Any, event: str, **options: Any) -> dict[str, Any]:
        found = self.found(Event.objects, "event", slug=event)
        made = sealing.seal(event=found, actor=actor)
        return {"event": event, "version": made.decision.version, "digest": made.digest}
