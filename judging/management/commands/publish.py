"""`manage.py publish EVENT`: announce the sealed decision."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import VerbCommand
from hackathon.models import Event
from judging.domain import publishing


class Command(VerbCommand):
    help = "Publish the sealed decision: from then on everybody can read the results."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")
        parser.add_argument("--erratum", default="", help="what a correction corrects, shown on the page")

    def perform(self, *, actor: Any, event: str, erratum: str, **options: Any) -> dict[str, Any]:
        found = self.found(Event.objects, "event", slug=event)
        publication = publishing.publish(event=found, actor=actor, erratum=erratum)
        return {"event": event, "version": publication.version, "code": publication.code}
