"""What a team types to ask for help, and a mentor to close it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import HelpRequest

#: What teams usually ask about; they may write something else.
TOPICS = (
    _("Technical"),
    _("Design"),
    _("Business model"),
    _("Employment and public service"),
    _("Law and personal data"),
    _("Pitch"),
)


class HelpForm(forms.ModelForm):
    class Meta:
        model = HelpRequest
        fields = ("topic", "text", "place")
        labels = {"topic": _("With what"), "text": _("In a few words"), "place": _("Where you are")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"] = forms.ChoiceField(
            label=_("With what"), choices=[(str(topic), topic) for topic in TOPICS]
        )
        self.fields["text"].required = self.fields["place"].required = False


class CloseForm(forms.Form):
    tag = forms.CharField(label=_("What it was about, in a word"), max_length=60)


class HandOverForm(forms.Form):
    note = forms.CharField(label=_("A word for the next mentor"), max_length=300, required=False)
