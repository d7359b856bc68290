"""Tokens of the API: made for one event, one account and a few rights, shown once, kept as a digest; taken back.

A token adds no right: it can do no more than its owner, and only what it names. It refuses to live for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from rules import perm_exists

from ..kit.errors import Refused
from ..models import Account, ApiToken, Event
from . import audit

DAYS, MOST_DAYS = 90, 366


class TokenRefused(Refused):
    """`details["unknown"]`: the permissions that nothing asks for, if that is the reason."""

    code = "token_refused"


@transaction.atomic
def make_token(
    *,
    event: Event,
    account: Account,
    permissions: Iterable[str],
    label: str = "",
    days: int = DAYS,
    actor: Account | None,
) -> tuple[ApiToken, str]:
    """The token's row and the token itself, which is nowhere kept and cannot be shown again.

    `permissions`: names as in the API's documentation; `days`: until it expires, 1 to 366. Raises TokenRefused.
    """
    wanted = sorted(set(permissions))
    if not wanted:
        raise TokenRefused(_("Say what the token may do: name at least one permission."))
    unknown = [name for name in wanted if not perm_exists(name)]
    if unknown:
        raise TokenRefused(
            _(
                "No such permission: %(names)s. The API’s documentation names the permission of each operation."
            )
            % {"names": ", ".join(unknown)},
            unknown=unknown,
        )
    if not 1 <= days <= MOST_DAYS:
        raise TokenRefused(_("A token lives from 1 to %(days)s days.") % {"days": MOST_DAYS})
    token, secret = ApiToken.objects.create(
        user=account, expiry=timedelta(days=days), event=event, permissions=wanted, label=label.strip()[:80]
    )
    audit.record(
        event=event,
        actor=actor,
        verb="make_token",
        about=account,
        label=token.label,
        permissions=wanted,
        days=days,
    )
    return token, secret


@transaction.atomic
def revoke_tokens(*, event: Event, account: Account, label: str, actor: Account | None) -> int:
    """Take back the tokens of that label that an account has in an event; returns how many. They stop at once."""
    count, _by_model = ApiToken.objects.filter(event=event, user=account, label=label).delete()
    if count:
        audit.record(event=event, actor=actor, verb="revoke_tokens", about=account, label=label, count=count)
    return count
