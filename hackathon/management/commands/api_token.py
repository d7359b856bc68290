"""`manage.py api_token EVENT --permissions NAME,… --as EMAIL`: a token for programs, shown once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from hackathon.domain import tokens
from hackathon.kit.commands import VerbCommand, WrongUsage
from hackathon.models import Event


class Command(VerbCommand):
    help = "Make a token of the API for the account of --as, or take back those of a label."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event")
        parser.add_argument(
            "--permissions", default="", metavar="NAME,…", help="what it may do, as /api/v1/docs/ names it"
        )
        parser.add_argument("--label", default="", help="what it is for, to tell tokens apart")
        parser.add_argument("--days", type=int, default=tokens.DAYS, help="how long it lives")
        parser.add_argument(
            "--revoke", action="store_true", help="take back the account’s tokens of that label"
        )

    def perform(
        self, *, actor: Any, event: str, permissions: str, label: str, days: int, revoke: bool, **options: Any
    ) -> dict[str, Any]:
        if actor is None:
            raise WrongUsage("Whose token is it? Add --as EMAIL: a token can do no more than its owner.")
        found = self.found(Event.objects, "event", slug=event)
        if revoke:
            return {"revoked": tokens.revoke_tokens(event=found, account=actor, label=label, actor=actor)}
        names = [name.strip() for name in permissions.split(",") if name.strip()]
        token, secret = tokens.make_token(
            event=found, account=actor, permissions=names, label=label, days=days, actor=actor
        )
        return {
            "token": secret,
            "event": event,
            "permissions": token.permissions,
            "expires_at": token.expiry.isoformat(timespec="seconds") if token.expiry else None,
        }

    def tell(self, answer: dict[str, Any]) -> list[str]:
        if "revoked" in answer:
            return [f"Tokens taken back: {answer['revoked']}"]
        return [
            answer["token"],
            f"For {', '.join(answer['permissions'])} in {answer['event']}, until {answer['expires_at']}.",
            "Keep it now: it is shown this once. Send it as “Authorization: Token …”.",
        ]
