"""What a juror writes besides marks: two texts and a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Ballot


class TextsForm(forms.ModelForm):
    """The private note and the comment; an autosave posts only the one that changed."""

    class Meta:
        model = Ballot
        fields = ["comment", "note"]
        labels = {"comment": _("Comment for the team"), "note": _("Private note")}
        help_texts = {"comment": _("The team may read it."), "note": _("Nobody reads it but you.")}
        widgets = {"comment": forms.Textarea({"rows": 4}), "note": forms.Textarea({"rows": 3})}

    def sent(self) -> dict[str, str]:
        """The texts that were really posted."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data}


class ReasonForm(forms.Form):
    """A reason, always required: the verb that takes it says so too."""

    reason = forms.CharField(label=_("Reason"), max_length=250)

    def __init__(self, *args: object, ask: str = "", example: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].label = ask or self.fields["reason"].label
        self.fields["reason"].help_text = example
