"""The one shape of our management commands: `--json`, `--as EMAIL`, and exits 0 done, 1 refused, 2 wrong usage.

A command parses and prints; what it does is one verb. Standard output holds the answer and nothing else.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Model

from .errors import Refused

DONE, REFUSED, MISUSED = 0, 1, 2


class WrongUsage(CommandError):
    """What was typed cannot be meant: an unknown event, a file that is not there. Exit 2."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message), returncode=MISUSED)


class NotDone(Exception):
    """The verb refused, and there is more to answer than its sentence. Exit 1."""

    def __init__(self, answer: dict[str, Any], reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.answer = answer
        self.reasons = reasons


class VerbCommand(BaseCommand):
    """Subclasses write `arguments(parser)`, `perform(actor=…, **options)` → the answer, and `tell(answer)` → its lines.

    `perform` may raise Refused (exit 1, `{"refused": [sentence]}`), NotDone (exit 1 with its own answer) or
    WrongUsage (exit 2).
    """

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer in JSON on standard output")
        parser.add_argument("--as", dest="as_email", metavar="EMAIL", help="who does it, for the record")
        self.arguments(parser)

    def arguments(self, parser: CommandParser) -> None:
        """The command's own arguments."""

    def perform(self, *args: Any, **options: Any) -> dict[str, Any]:
        """What the command does, through one verb; `options` holds `actor` and the command's own."""
        raise NotImplementedError

    def tell(self, answer: dict[str, Any]) -> list[str]:
        """The answer for a person, line by line."""
        return [f"{key}: {value}" for key, value in answer.items()]

    def handle(self, *args: Any, **options: Any) -> None:
        actor = self._actor(options.pop("as_email", None))
        as_json = options.pop("json", False)
        try:
            answer = self.perform(actor=actor, **options)
        except Refused as refusal:
            self._say({"refused": [str(refusal)]}, [], as_json)
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        except NotDone as refusal:
            self._say(refusal.answer, [], as_json)
            raise CommandError("\n".join(refusal.reasons), returncode=REFUSED) from refusal
        self._say(answer, self.tell(answer), as_json)

    def _say(self, answer: dict[str, Any], lines: list[str], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))
            return
        for line in lines:
            self.stdout.write(line)

    def _actor(self, email: str | None) -> Model | None:
        if not email:
            return None
        account = get_user_model().objects.filter(email=email.strip().lower()).first()
        if account is None:
            raise WrongUsage(f"--as {email}: nobody has an account at that address.")
        return account

    def found(self, manager: Any, what: str, **lookup: Any) -> Any:
        """The one object of that lookup; WrongUsage naming it when there is none."""
        thing = manager.filter(**lookup).first()
        if thing is None:
            raise WrongUsage(f"There is no {what} “{', '.join(map(str, lookup.values()))}”.")
        return thing
