"""Close a round of judging, as its page does; refused while a ballot is missing, naming the cells."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import NotDone, VerbCommand
from hackathon.models import Event
from judging.domain import convening
from judging.models import Round


class Command(VerbCommand):
    help = "Close a round of judging; refused while an expected ballot is missing."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")
        parser.add_argument("round", help="the round’s key")

    def perform(self, *, actor: Any, event: str, round: str, **options: Any) -> dict[str, Any]:
        found = self.found(Event.objects, "event", slug=event)
        wanted = self.found(Round.objects.for_event(found).with_grid(), "round", key=round)
        try:
            closed = convening.close_round(round=wanted, actor=actor)
        except convening.RoundIncomplete as refusal:
            cells = [{"juror": juror, "project": project} for juror, project in refusal.details["missing"]]
            raise NotDone({"refused": [str(refusal)], "missing": cells}, [str(refusal)]) from refusal
        return {
            "event": found.slug,
            "round": closed.key,
            "state": str(closed.state),
            "closed_at": closed.closed_at,
        }

    def tell(self, answer: dict[str, Any]) -> list[str]:
        return [f"The round {answer['round']} is closed."]
