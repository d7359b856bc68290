"""`manage.py verify_results EVENT`: recompute everything and name what was altered."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import NotDone, VerbCommand
from hackathon.models import Event
from judging.domain import sealing, verifying


class Command(VerbCommand):
    help = "Recompute marks, ranking, awards and seal, compare them with what is stored, and name what was altered."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")
        parser.add_argument("--digest", default="", metavar="HEX", help="the digest printed in the minutes")

    def perform(self, *, actor: Any, event: str, digest: str, **options: Any) -> dict[str, Any]:
        found = self.found(Event.objects, "event", slug=event)
        verification = verifying.verify(found, digest=digest)
        answer = {
            "event": event,
            "intact": verification.is_intact,
            "digest": verification.digest,
            "altered": [
                {"code": problem.code, "where": problem.where, "message": str(problem.message)}
                for problem in verification.altered
            ],
        }
        if not verification.is_intact:
            raise NotDone(answer, [str(problem) for problem in verification.altered])
        return answer

    def tell(self, answer: dict[str, Any]) -> list[str]:
        return [f"Nothing was altered. Digest: {sealing.grouped(answer['digest'])}"]
