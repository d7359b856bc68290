"""The grid as a form: rows of criteria and levels, each text in both languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..models import Grid

SPARE = 1
"""Empty rows offered for new criteria."""


class CriterionForm(forms.Form):
    key = forms.SlugField(widget=forms.HiddenInput, required=False)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    help_fr = forms.CharField(label=_("What to look at, in French"), max_length=300, required=False)
    help_en = forms.CharField(label=_("What to look at, in English"), max_length=300, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=1000)


class LevelForm(forms.Form):
    value = forms.IntegerField(widget=forms.HiddenInput)
    label_fr = forms.CharField(label=_("Label in French"), max_length=40)
    label_en = forms.CharField(label=_("Label in English"), max_length=40, required=False)
    sentence_fr = forms.CharField(label=_("Guiding sentence in French"), max_length=250, required=False)
    sentence_en = forms.CharField(label=_("Guiding sentence in English"), max_length=250, required=False)


CriterionFormSet = forms.formset_factory(CriterionForm, extra=SPARE, can_delete=True)
LevelFormSet = forms.formset_factory(LevelForm, extra=0)


class GridForms:
    """The two lists and, for a frozen grid, the reason for a new version; valid together or not at all."""

    def __init__(self, grid: Grid, data: Any = None) -> None:
        self.criteria = CriterionFormSet(
            data, prefix="criteria", initial=[_row(c, CriterionForm) for c in grid.criteria.all()]
        )
        self.levels = LevelFormSet(
            data, prefix="levels", initial=[_row(level, LevelForm) for level in grid.levels.all()]
        )
        self.version = VersionForm(data, is_frozen=grid.frozen_at is not None)

    def is_valid(self) -> bool:
        return all([part.is_valid() for part in (self.criteria, self.levels, self.version)])  # noqa: C419 (every list says what is wrong)

    def wanted(self) -> dict[str, Any]:
        """The arguments of `grids.change_grid`."""
        criteria = []
        for form in self.criteria.forms:
            row = form.cleaned_data
            if row and not row.get("DELETE"):
                criteria.append({**row, "key": row["key"] or slugify(row["name_fr"])[:40]})
        return {
            "criteria": criteria,
            "levels": [form.cleaned_data for form in self.levels.forms],
            "reason": self.version.cleaned_data.get("reason", ""),
        }


class VersionForm(forms.Form):
    """Why there is a new version: asked once the grid is frozen."""

    reason = forms.CharField(
        label=_("Reason for a new version"),
        max_length=250,
        help_text=_("Rounds already opened keep the grid they have; the others take the new one."),
    )

    def __init__(self, *args: Any, is_frozen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_frozen:
            del self.fields["reason"]


def _row(thing: Any, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(thing, name) or "" for name in form.base_fields}
