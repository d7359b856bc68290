"""Asking for a sign-in code: the address of anybody whom an event knows will do."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm

from ..domain import accounts


class RequestCodeForm(RequestLoginCodeForm):
    """Makes the account of a person who has none yet: imported people have never signed in."""

    def clean_email(self) -> Any:
        accounts.ensure_account_for(email=self.cleaned_data["email"])
        return super().clean_email()
