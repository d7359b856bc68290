"""A grid's file, and the choice of a round's grid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hackathon.models import Event

from ..models import Grid
from .grids import VersionForm


class GridFileForm(VersionForm):
    file = forms.FileField(
        label=_("Grid file"),
        help_text=_("A JSON file, as “Download this grid” writes it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )
    field_order = ("file", "reason")


class GridChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """The version and why it was made."""
        version = _("Version %(version)s") % {"version": obj.version}
        return f"{version} – {obj.reason}" if obj.reason else str(version)


class RoundGridForm(forms.Form):
    grid = GridChoice(label=_("Grid of this round"), queryset=Grid.objects.none(), empty_label=None)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grid"].queryset = Grid.objects.for_event(event).latest_first()  # type: ignore[attr-defined]
