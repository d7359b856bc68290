"""A letter in the organisers' own words, and looking for letters that were written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain import letter_texts
from ..enums import MailState
from ..kit.folding import fold
from ..kit.problems import blockers
from ..kit.registry import LetterKind, registry
from ..models import Event, OutgoingMail
from ..models.mail import OutgoingMailQuerySet


class LetterForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
    )
    reader = forms.CharField(
        label=gettext_lazy("Show it as received by"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("The name of somebody registered; nobody for a made-up person."),
    )

    def __init__(self, kind: LetterKind, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Every placeholder that is none, and every one that is lacking, beside its field."""
        data = super().clean() or {}
        for problem in blockers(
            letter_texts.mistakes(self.kind, data.get("subject", ""), data.get("text", ""))
        ):
            if problem.where in data:
                self.add_error(problem.where, str(problem.message))
        return data


class MailSearch(forms.Form):
    """Which letters: of a state, of a kind, to somebody."""

    asks_nothing = True

    q = forms.CharField(label=gettext_lazy("Name or address"), max_length=100, required=False)
    letter = forms.ChoiceField(label=gettext_lazy("Letter"), required=False)
    state = forms.ChoiceField(
        required=False, choices=[("", ""), *MailState.choices], widget=forms.HiddenInput
    )

    def __init__(self, event: Event, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.letters = OutgoingMail.objects.for_event(event)
        choices = sorted((title_of(name), name) for name in self.letters.kinds())
        field = self.fields["letter"]
        field.choices = [("", _("All letters")), *((name, title) for title, name in choices)]  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """What was asked, or nothing when it made no sense."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    def found(self) -> OutgoingMailQuerySet:
        """The letters, whatever their state."""
        found = self.letters.matching(fold(self.asked("q")).split())
        return found.of_kind(self.asked("letter")) if self.asked("letter") else found

    def in_state(self) -> OutgoingMailQuerySet:
        return self.found().in_state(self.asked("state")) if self.asked("state") else self.found()


def title_of(letter: str) -> str:
    """A letter's name for people."""
    kind = registry.letters.get(letter)
    return str(kind.title) if kind else letter.replace("_", " ").replace("/", " ").capitalize()
