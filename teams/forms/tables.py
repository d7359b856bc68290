"""What an organiser types to seat the teams: a table number each, none twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..domain import tables
from ..models import Team


class TablesForm(forms.Form):
    """One number per team; `numbers()` is what `tables.set_tables` takes. A table given twice is said at each."""

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.pk: team for team in teams}
        for team in teams:
            self.fields[f"table_{team.pk}"] = forms.IntegerField(
                label=team.name or _("Team now at table %(number)s") % {"number": team.number},
                min_value=1,
                max_value=tables.HIGHEST,
                initial=team.number,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def rows(self) -> list[tuple[Team, forms.BoundField]]:
        return [(team, self[f"table_{pk}"]) for pk, team in self.teams.items()]

    def numbers(self) -> dict[int, int]:
        """Team → table, for those whose number could be read."""
        found = {pk: self.cleaned_data.get(f"table_{pk}") for pk in self.teams}
        return {pk: number for pk, number in found.items() if number is not None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, teams in tables.doubles(self.numbers()).items():
            for pk in teams:
                others = ", ".join(str(self.teams[other]) for other in teams if other != pk)
                said = _("Table %(number)s is also given to %(teams)s: choose another number.")
                self.add_error(f"table_{pk}", said % {"number": number, "teams": others})
        return cleaned
