"""Accounts and the people reached through them. An account is proven by a code; until then nobody is linked to it."""

from __future__ import annotations

from django.db import transaction

from ..models import Account, Person


@transaction.atomic
def ensure_account_for(*, email: str) -> Account | None:
    """An account for that address if some event knows a person at it; nothing for a stranger's address."""
    account = Account.objects.by_email(email)
    if account is None and Person.objects.reached_at(email).exists():
        account = Account.objects.create_user(email)
    return account


@transaction.atomic
def claim_people(*, account: Account) -> int:
    """Link the people known at this account's proven address; returns how many. Called at each sign-in.

    Rights never follow from it: they come from duties, which an organiser gives.
    """
    return Person.objects.unclaimed().reached_at(account.email).update(account=account)


def claim_at_sign_in(sender: object, user: Account, **_: object) -> None:
    """Receives Django's `user_logged_in`."""
    claim_people(account=user)
