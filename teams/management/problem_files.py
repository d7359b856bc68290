"""A problem file solved into a plan file, for `form_teams --problem FILE --plan FILE`: neither Django nor database.

The time limit covers the whole command, and loading every app takes more of it than solving: `manage.py` asks
`answered` first, which answers a plain call by itself and leaves everything else (an event, another option, a
mistake) to the command.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from teams.domain.matching import Problem, ProblemRefused, solve

USUAL_SECONDS = 10.0
LONGEST = 86_400
#: Seconds left to the interpreter for leaving, once the answer is written.
FAREWELL = 0.05


class Misused(Exception):
    """What was typed cannot be meant."""


class NotSolved(Exception):
    """There is no plan; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def solve_file(
    *, problem: str, plan: str | None, seconds: float | None, seed: int | None, began: float, farewell: float
) -> dict[str, Any]:
    """The plan of the problem file, written to `plan` if named, within `seconds` of `began` (monotonic clock).

    `farewell`: seconds of these to keep for what the caller still has to do. Raises Misused and NotSolved.
    """
    data = _read(Path(problem))
    target = Path(plan) if plan else None
    if target is not None and not target.resolve().parent.is_dir():
        raise Misused(f"--plan {target}: there is no folder {target.parent}.")
    try:
        asked = Problem.from_json(data)
        limit = seconds or asked.seconds or USUAL_SECONDS
        found = solve(asked, seconds=max(0.1, limit - farewell), seed=seed, began=began)
    except ProblemRefused as refusal:
        raise NotSolved([message.text for message in refusal.problems]) from refusal
    answer = found.to_json() | {"seconds": round(time.monotonic() - began, 3)}
    if target is not None:
        _write(target, answer)
    return answer


def summary(answer: dict[str, Any]) -> list[str]:
    """A plan in a few lines."""
    gap = "unknown" if answer["gap"] is None else f"{100 * answer['gap']:.1f} %"
    return [
        f"{len(answer['teams'])} teams, {sum(len(team['people']) for team in answer['teams'])} people, "
        f"{len(answer['left_over'])} left over.",
        f"Cost {answer['cost']}, proven bound {answer['bound']}, gap {gap}, {answer['seconds']} s.",
        "  ".join(f"{name} {points}" for name, points in answer["parts"].items() if points),
    ]


def process_age() -> float:
    """Seconds since this process started; where the system does not say, the processor time it has used."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")  # field 22 of proc(5), counted after the name
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, ValueError, IndexError, AttributeError):
        return time.process_time()
    return age if 0 <= age < 120 else time.process_time()


def answered(words: list[str]) -> None:
    """Answer a plain call and end the process; return when these words are for the command."""
    began = time.monotonic() - process_age()
    options = _plain(words)
    if options is None:
        return
    as_json = options.pop("json")
    try:
        answer = solve_file(began=began, farewell=FAREWELL, **options)
    except Misused:
        return
    except NotSolved as refusal:
        _leave(json.dumps({"refused": refusal.reasons}) if as_json else "", f"CommandError: {refusal}", 1)
    lines = [line for line in summary(answer) if line]
    _leave(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(lines), "", 0)


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Misused(message)


def _plain(words: list[str]) -> dict[str, Any] | None:
    """The options of a call with nothing but a problem file, its plan and its limits; else None."""
    parser = _Words(add_help=False, allow_abbrev=False)
    parser.add_argument("--problem", required=True)
    parser.add_argument("--plan")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--json", action="store_true")
    try:
        options = vars(parser.parse_args(words))
    except Misused:
        return None
    seconds = options["seconds"]
    return options if seconds is None or 0 < seconds < LONGEST else None


def _leave(answer: str, complaint: str, code: int) -> NoReturn:
    """Say it and end at once: a library may still be loading in a thread, and nothing is left to tidy."""
    for stream, text in ((sys.stdout, answer), (sys.stderr, complaint)):
        if text:
            stream.write(text + "\n")
        stream.flush()
    os._exit(code)


def _read(path: Path) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Misused(f"--problem {path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is not UTF-8 text") from error
    try:
        return json.loads(text)
    except ValueError as error:
        raise _unreadable(path, f"it is not JSON ({error})") from error
    except RecursionError as error:
        raise _unreadable(path, "it is nested too deeply") from error


def _unreadable(path: Path, why: str) -> NotSolved:
    return NotSolved([f"{path} cannot be read as a problem file: {why}."])


def _write(path: Path, answer: dict[str, Any]) -> None:
    """Whole or not at all: whoever reads the plan never meets half of one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Misused(f"--plan {path}: {error.strerror or error}.") from error
