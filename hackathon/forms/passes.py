"""The code printed for somebody without e-mail, as people type it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class PassForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of your slip"),
        max_length=60,
        help_text=gettext_lazy("16 letters and digits in four groups; small letters will do."),
        error_messages={"required": gettext_lazy("Type the code that is printed on your slip.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-box",
                "data-pass-code": "",
            }
        ),
    )
