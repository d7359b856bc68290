"""Giving a duty to whoever signs in at an address; looking through the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from ..enums import DutyKind


class DutyForm(forms.Form):
    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("They sign in with a code sent to that address."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=150, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Duty"), choices=DutyKind)


class RecordSearch(forms.Form):
    q = forms.CharField(label=gettext_lazy("Who, what or why"), required=False, max_length=100)
