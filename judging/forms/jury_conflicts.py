"""What is said of a juror and a team that they should not judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hackathon.models import Event
from teams.models import Team

from ..models import Juror


class DeclareForm(forms.Form):
    """By the juror: the team, and why."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label="—")
    reason = forms.CharField(
        label=_("Why you cannot mark it"),
        max_length=250,
        help_text=_("For example: I work with one of its members. The organisers and the president read it."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.for_event(event).active().with_themes().in_order()
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class ConflictForm(DeclareForm):
    """By an organiser: somebody's."""

    field_order = ["juror", "team", "reason"]
    juror = forms.ModelChoiceField(label=_("Juror"), queryset=Juror.objects.none(), empty_label="—")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.fields["reason"].label = _("Reason")
        self.fields["reason"].help_text = _("The juror and the president may read it.")
        self.fields["juror"].queryset = Juror.objects.for_event(event).sitting().with_people()  # type: ignore[attr-defined]
