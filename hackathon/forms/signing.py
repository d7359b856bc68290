"""Asking for a sign-in code: the address of anybody whom an event knows will do."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django.utils.translation import gettext as _

from ..domain import accounts


class RequestCodeForm(RequestLoginCodeForm):
    """Makes the account of a person who has none yet: imported people have never signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)  # the label says it

    def clean_email(self) -> Any:
        accounts.ensure_account_for(email=self.cleaned_data["email"])
        return super().clean_email()
