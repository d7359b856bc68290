"""`manage.py demo`: the demo event at a point of its life."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import VerbCommand
from judging.domain import staging
from judging.management.progress import stage_bars


class Command(VerbCommand):
    help = "The demo event at that point of its life; without options, at the results."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until", choices=staging.KEYS, default="results")
        parser.add_argument("--fresh", action="store_true", help="start again from nothing")

    def perform(self, *, actor: Any, until: str, fresh: bool, **options: Any) -> dict[str, Any]:
        with stage_bars() as progress:
            event = staging.stage_demo(until=until, fresh=fresh, progress=progress)
        return {"event": event.slug, "stage": until, "registrations": event.registrations.count()}

    def tell(self, answer: dict[str, Any]) -> list[str]:
        return [f"{answer['event']} is at “{answer['stage']}”, with {answer['registrations']} registrations."]
