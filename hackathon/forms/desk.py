"""What the welcome desk sends: a scan, and somebody who came without a registration.

They clean what was typed; they refuse to decide who may come in.
"""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..models import Event, Role


class ScanForm(forms.Form):
    """`act` for a person named by number or by what was scanned; `at` and `key` come from a device that was cut off."""

    act = forms.ChoiceField(choices=[("check_in", "check_in"), ("check_out", "check_out")])
    registration = forms.RegexField(r"^\d{1,18}$", required=False)
    q = forms.CharField(required=False, max_length=300)
    at = forms.DateTimeField(required=False)
    key = forms.CharField(required=False, max_length=64)


class WalkInForm(forms.Form):
    """90 seconds: a name, a role, the rules; an address if there is one."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("To receive the badge and the practical information. Not needed to come in."),
    )
    rules_agreed = forms.BooleanField()
    is_another = forms.BooleanField(label=gettext_lazy("This is somebody else of that name"), required=False)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, event: Event, data: Any = None, *, name: str = "") -> None:
        first, _space, last = name.strip().partition(" ")
        initial = {"first_name": first, "last_name": last, "key": secrets.token_urlsafe(12)}
        super().__init__(data, initial=initial)
        self.event = event
        self.roles = {str(role.pk): role for role in Role.objects.for_event(event).in_order()}
        choices = [("", "—"), *((pk, role.name) for pk, role in self.roles.items())]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        for field, hint in {"first_name": "words", "last_name": "words", "email": "none"}.items():
            self.fields[field].widget.attrs.update({"autocomplete": "off", "autocapitalize": hint})
        rules = _("Has read and accepts the rules and the code of conduct (version %(version)s)")
        self.fields["rules_agreed"].label = rules % {"version": event.rules_version}
        self.fields["rules_agreed"].error_messages["required"] = _(
            "Nobody takes part without accepting the rules and the code of conduct: tick the box."
        )

    def arguments(self) -> dict[str, Any]:
        """What `walk_in.walk_in` takes, without the actor."""
        cleaned = self.cleaned_data
        return {
            "event": self.event,
            "role": self.roles[cleaned["role"]],
            **{name: cleaned[name] for name in ("first_name", "last_name", "email", "is_another", "key")},
            "language": get_language() or "fr",
            "accepts_rules": cleaned["rules_agreed"],
        }


class BadgeForm(forms.Form):
    """Why a badge gets another code; `expected` is the code that the page showed."""

    reason = forms.CharField(
        label=gettext_lazy("What became of the badge"),
        max_length=250,
        help_text=gettext_lazy("For example: lost on the way, left at home, stolen."),
        error_messages={"required": gettext_lazy("Say what became of the badge: it goes into the record.")},
    )
    expected = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
