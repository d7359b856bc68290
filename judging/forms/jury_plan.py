"""What an organiser asks of a plan, and who stands in for an absent juror."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Juror, Panel


class PlanForm(forms.Form):
    per_project = forms.IntegerField(
        label=_("Jurors per project"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("Leave it empty for everybody in the panel to mark every project."),
    )
    minutes = forms.IntegerField(label=_("Minutes per project"), min_value=1, max_value=120)
    seed = forms.IntegerField(
        label=_("Number of the draw"),
        min_value=0,
        max_value=999_999,
        help_text=_("The same number always gives the same order."),
    )


class RoomForm(forms.ModelForm):
    class Meta:
        model = Panel
        fields = ["room"]


class SubstituteChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """Substitutes are named as such."""
        return _("%(name)s (substitute)") % {"name": obj} if obj.is_substitute else str(obj)


class SubstituteForm(forms.Form):
    """Who takes the place: the other members by themselves, or somebody who does not sit there."""

    substitute = SubstituteChoice(
        label=_("Who stands in"),
        queryset=Juror.objects.none(),
        required=False,
        empty_label=_("The other members of the panel"),
    )

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = (
            Juror.objects.not_seated(panel).with_people().order_by("-is_substitute", "person__folded_name")
        )
        self.fields["substitute"].queryset = others  # type: ignore[attr-defined]
