"""Propose teams for an event, and apply them with `--apply`; or solve a problem file, without event or database."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import NotDone, VerbCommand, WrongUsage
from hackathon.models import Event
from teams.domain import placing, wording
from teams.domain.board import team_names, theme_names
from teams.enums import ProposalState
from teams.management.problem_files import (
    LONGEST,
    USUAL_SECONDS,
    Misused,
    NotSolved,
    process_age,
    solve_file,
    summary,
)
from teams.models import Proposal

#: Seconds left to the interpreter for leaving, once the answer is written.
FAREWELL = 0.4


class Command(VerbCommand):
    help = "Propose teams for an event (form_teams EVENT) or for a problem file (--problem FILE --plan FILE)."
    requires_system_checks: list[str] = []  # they take a second of the time that was given

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", nargs="?", metavar="EVENT", help="the event's address")
        parser.add_argument("--seconds", type=float, help="time limit for the whole command (10)")
        parser.add_argument("--seed", type=int, help="the same seed gives the same teams")
        parser.add_argument("--apply", action="store_true", help="make the teams real at once")
        parser.add_argument("--problem", metavar="FILE", help="a problem file (JSON), instead of an event")
        parser.add_argument("--plan", metavar="FILE", help="where to write the plan of a problem file")

    def perform(self, *, actor: Any, **options: Any) -> dict[str, Any]:
        began = self._began()
        if options["seconds"] is not None and not 0 < options["seconds"] < LONGEST:
            raise WrongUsage("--seconds: give a number of seconds above 0 and below a day.")
        if (options["event"] is None) == (options["problem"] is None):
            raise WrongUsage("Name an event, or a problem file with --problem FILE --plan FILE; not both.")
        if options["problem"] is not None:
            if options["apply"]:
                raise WrongUsage("--apply goes with an event: a problem file has no teams to change.")
            return self._solve_file(began, **options)
        if options["plan"] is not None:
            raise WrongUsage("--plan goes with --problem: the plan of an event is kept with the event.")
        return self._form(began, actor, **options)

    def _solve_file(self, began: float, **options: Any) -> dict[str, Any]:
        asked = {name: options[name] for name in ("problem", "plan", "seconds", "seed")}
        try:
            return solve_file(began=began, farewell=FAREWELL, **asked)
        except Misused as mistake:
            raise WrongUsage(mistake) from mistake
        except NotSolved as refusal:
            raise NotDone({"refused": refusal.reasons}, refusal.reasons) from refusal

    def _form(self, began: float, actor: Any, **options: Any) -> dict[str, Any]:
        event = self.found(Event.objects, "event", slug=options["event"])
        seconds, seed = options["seconds"] or USUAL_SECONDS, 1 if options["seed"] is None else options["seed"]
        proposal = placing.propose(event=event, seconds=max(0.1, seconds - FAREWELL), seed=seed, actor=actor)
        proposal = placing.compute(proposal=proposal, began=began)
        if proposal.state != ProposalState.READY:
            reasons = _reasons(proposal)
            raise NotDone({"refused": reasons}, reasons)
        if options["apply"]:
            placing.apply(proposal=proposal, actor=actor, version=proposal.version)
        kept = {name: value for name, value in proposal.plan.items() if name not in ("why", "notices")}
        return kept | {
            "seconds": round(time.monotonic() - began, 3),
            "proposal": proposal.pk,
            "applied": options["apply"],
        }

    def tell(self, answer: dict[str, Any]) -> list[str]:
        lines = summary(answer)
        if answer.get("applied"):
            lines.append("Applied; nobody has been told.")
        return [line for line in lines if line]

    def _began(self) -> float:
        """When the time limit starts, on the monotonic clock: with the process, when it is this command's own."""
        if not getattr(self, "_called_from_command_line", False):
            return time.monotonic()
        return time.monotonic() - process_age()


def _reasons(proposal: Proposal) -> list[str]:
    if proposal.state != ProposalState.FAILED:
        return ["Another proposal was started in the meantime: this one was set aside."]
    return wording.sentences(
        json.loads(proposal.error), themes=theme_names(proposal.event), teams=team_names(proposal.event)
    )
