"""Who marks what in a round, with the design's quality; `--apply` draws it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import VerbCommand, WrongUsage
from hackathon.models import Event
from judging.domain import convening
from judging.domain.drawing import names_of
from judging.domain.wording import worded
from judging.models import Round


class Command(VerbCommand):
    help = "Plan who marks what in a round; with --apply, draw the running order and lay out the ballots."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")
        parser.add_argument("round", help="the round’s key")
        parser.add_argument(
            "--per-project", type=int, metavar="K", help="jurors per project; without it, the whole panel"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--apply", action="store_true")

    def perform(self, *, actor: Any, event: str, round: str, **options: Any) -> dict[str, Any]:
        found = self.found(Event.objects, "event", slug=event)
        planned = self.found(Round.objects.for_event(found).with_grid(), "round", key=round)
        planned.event = found
        per_project, seed = options["per_project"], options["seed"]
        if per_project is not None and per_project < 1:
            raise WrongUsage(f"--per-project {per_project}: each project needs at least one juror.")
        if options["apply"]:
            plans = convening.draw_round(round=planned, actor=actor, seed=seed, per_project=per_project)
        else:
            plans = convening.plan_round(planned, per_project=per_project, seed=seed)
        names = names_of(planned)
        return {
            "event": found.slug,
            "round": planned.key,
            "seed": seed,
            "applied": options["apply"],
            "panels": [self.panel(plan, names) for plan in plans],
        }

    def panel(self, plan: Any, names: dict[str, dict[int, str]]) -> dict[str, Any]:
        return {
            "panel": names["panel"][plan.panel.key],
            "projects": [
                {
                    "position": turn.position,
                    "project": names["projects"][turn.project],
                    "starts_at": turn.starts_at.isoformat() if turn.starts_at else None,
                    "jurors": [names["jurors"][juror] for juror in plan.jurors_of[turn.project]],
                }
                for turn in plan.running_order
            ],
            "quality": asdict(plan.quality),
            "problems": [
                {"message": worded(problem, names), "blocks": problem.blocks} for problem in plan.problems
            ],
        }

    def tell(self, answer: dict[str, Any]) -> list[str]:
        lines = []
        for panel in answer["panels"]:
            quality = panel["quality"]
            lines.append(
                f"{panel['panel']}: {len(panel['projects'])} projects, {quality['load_min']} to {quality['load_max']}"
                f" per juror, efficiency {quality['efficiency']:.2f}"
            )
            lines += [
                f"  {turn['position']:>2}. {turn['project']} — {', '.join(turn['jurors'])}"
                for turn in panel["projects"]
            ]
            lines += [f"  ! {problem['message']}" for problem in panel["problems"]]
        lines.append("Drawn." if answer["applied"] else "Nothing is written: add --apply to draw it.")
        return lines
