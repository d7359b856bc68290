"""What an organiser types on the morning: whom to merge with, who leaves for another team, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hackathon.models import Theme

from ..models import Membership, Team


class MergeForm(forms.Form):
    other = forms.ModelChoiceField(
        label=_("Team that joins this one"), queryset=Team.objects.none(), empty_label=None
    )
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, mates: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        field.queryset = Team.objects.among(mates)  # type: ignore[attr-defined]
        self.mates = {team.pk: team for team in mates}
        field.choices = [(team.pk, _words(team)) for team in mates]  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=_("Who makes the new team"),
        queryset=Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    theme: Any = forms.ModelChoiceField(
        label=_("Theme of the new team"), queryset=Theme.objects.none(), empty_label=None
    )
    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["people"]
        people.queryset = team.memberships.current().with_people()  # type: ignore[attr-defined]
        people.label_from_instance = lambda member: member.registration.person.full_name  # type: ignore[attr-defined]
        self.fields["theme"].queryset = Theme.objects.for_event(team.event).in_order()  # type: ignore[attr-defined]
        self.fields["theme"].initial = team.theme_id


def _words(team: Team) -> str:
    return f"{team} · {team.theme.short_title} · {len(team.current_members)}"  # type: ignore[attr-defined]
