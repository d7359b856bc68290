"""An award rule as an organiser writes it; what contradicts the other rules is refused by the verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hackathon.models import Event
from judging.models import AwardRule

TERMS = (
    "scope",
    "theme",
    "eligible",
    "places",
    "method",
    "cumulation",
    "when_taken",
    "tie",
    "rank_style",
    "allow_none",
    "is_grand_prize",
    "follow_up_months",
)


class AwardRuleForm(forms.ModelForm):
    """Names in both languages first, then the terms; `rare` ones are folded away on the page."""

    class Meta:
        model = AwardRule
        fields = ("label_fr", "label_en", "prize_fr", "prize_en", *TERMS)
        labels = {
            "label_fr": _("Name of the prize, in French"),
            "label_en": _("Name of the prize, in English"),
            "prize_fr": _("What the winner receives, in French"),
            "prize_en": _("What the winner receives, in English"),
            "scope": _("Given for"),
            "theme": _("In this theme only"),
            "eligible": _("Who may receive it"),
            "places": _("How many places"),
            "method": _("How it is decided"),
            "cumulation": _("With other prizes"),
            "when_taken": _("If its winner already has a prize"),
            "tie": _("If projects are equal"),
            "rank_style": _("Ranks after equals"),
            "allow_none": _("The jury may leave it unawarded"),
            "is_grand_prize": _("It is the grand prize: announced first, in gold"),
            "follow_up_months": _("Months of follow-up"),
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label_fr"].required = True
        self.fields["theme"].queryset = event.themes.all()  # type: ignore[attr-defined]
        self.fields["theme"].empty_label = _("Every theme")  # type: ignore[attr-defined]

    def common(self) -> list[forms.BoundField]:
        """The fields that every rule is about."""
        return [
            self[name]
            for name in ("label_fr", "label_en", "prize_fr", "prize_en", "scope", "eligible", "places")
        ]

    def rare(self) -> list[forms.BoundField]:
        """The terms that few rules change."""
        shown = {field.name for field in self.common()}
        return [self[name] for name in self.fields if name not in shown]
