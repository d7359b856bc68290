"""Propose teams for an event, and apply them with `--apply`; or solve a problem file, without event or database."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from hackathon.kit.commands import NotDone, VerbCommand, WrongUsage
from hackathon.models import Event
from teams.domain import placing, wording
from teams.domain.board import team_names, theme_names
from teams.domain.matching import Problem, ProblemRefused, solve
from teams.enums import ProposalState
from teams.models import Proposal

#: Seconds left to the interpreter for leaving, once the answer is written.
FAREWELL = 0.4
USUAL_SECONDS = 10.0


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
        if options["seconds"] is not None and not 0 < options["seconds"] < 86_400:
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
        data = _read(Path(options["problem"]))
        target = Path(options["plan"]) if options["plan"] else None
        if target is not None and not target.resolve().parent.is_dir():
            raise WrongUsage(f"--plan {target}: there is no folder {target.parent}.")
        try:
            problem = Problem.from_json(data)
            seconds = options["seconds"] or problem.seconds or USUAL_SECONDS
            plan = solve(problem, seconds=max(0.1, seconds - FAREWELL), seed=options["seed"], began=began)
        except ProblemRefused as refusal:
            reasons = [message.text for message in refusal.problems]
            raise NotDone({"refused": reasons}, reasons) from refusal
        answer = plan.to_json() | {"seconds": round(time.monotonic() - began, 3)}
        if target is not None:
            _write(target, answer)
        return answer

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
        gap = "unknown" if answer["gap"] is None else f"{100 * answer['gap']:.1f} %"
        lines = [
            f"{len(answer['teams'])} teams, {sum(len(team['people']) for team in answer['teams'])} people, "
            f"{len(answer['left_over'])} left over.",
            f"Cost {answer['cost']}, proven bound {answer['bound']}, gap {gap}, {answer['seconds']} s.",
            "  ".join(f"{name} {points}" for name, points in answer["parts"].items() if points),
        ]
        if answer.get("applied"):
            lines.append("Applied; nobody has been told.")
        return [line for line in lines if line]

    def _began(self) -> float:
        """When the time limit starts, on the monotonic clock: with the process, when it is this command's own."""
        if not getattr(self, "_called_from_command_line", False):
            return time.monotonic()
        return time.monotonic() - process_age()


def process_age() -> float:
    """Seconds since this process started; where the system does not say, the processor time it has used."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")  # field 22 of proc(5), counted after the name
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, ValueError, IndexError, AttributeError):
        return time.process_time()
    return age if 0 <= age < 120 else time.process_time()


def _read(path: Path) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WrongUsage(f"--problem {path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is not UTF-8 text") from error
    try:
        return json.loads(text)
    except ValueError as error:
        raise _unreadable(path, f"it is not JSON ({error})") from error
    except RecursionError as error:
        raise _unreadable(path, "it is nested too deeply") from error


def _unreadable(path: Path, why: str) -> NotDone:
    reason = f"{path} cannot be read as a problem file: {why}."
    return NotDone({"refused": [reason]}, [reason])


def _write(path: Path, answer: dict[str, Any]) -> None:
    """Whole or not at all: whoever reads the plan never meets half of one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise WrongUsage(f"--plan {path}: {error.strerror or error}.") from error


def _reasons(proposal: Proposal) -> list[str]:
    if proposal.state != ProposalState.FAILED:
        return ["Another proposal was started in the meantime: this one was set aside."]
    return wording.sentences(
        json.loads(proposal.error), themes=theme_names(proposal.event), teams=team_names(proposal.event)
    )
