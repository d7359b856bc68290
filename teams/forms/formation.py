"""What an organiser types to form teams: how long to search, whom to move where, who leads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.board import Board
from ..models import Membership, Team

NOWHERE = "-"


class ProposeForm(forms.Form):
    seconds = forms.IntegerField(
        label=_("Seconds to search"),
        min_value=2,
        max_value=600,
        initial=10,
        help_text=_("10 are enough for 250 people; longer sometimes finds slightly better teams."),
    )
    seed = forms.IntegerField(
        label=_("Draw number"),
        min_value=0,
        max_value=1_000_000,
        initial=1,
        help_text=_("The same number gives the same teams; change it to see others."),
    )


class MoveForm(forms.Form):
    """`person` and `to` are those of the board; `to` is NOWHERE for the tray."""

    person = forms.ChoiceField(label=_("Person"))
    to = forms.ChoiceField(label=_("Move to"))

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(_("Without a team"), [(str(one.pk), one.person.full_name) for one, _why in board.tray])]
        groups += [
            (card.name, [(str(one.pk), one.person.full_name) for one in card.people])  # type: ignore[misc]
            for card in board.cards
            if card.people and not card.is_closed
        ]
        self.fields["person"].choices = [("", _("Choose somebody")), *[group for group in groups if group[1]]]  # type: ignore[attr-defined]
        places = [
            (
                column["theme"].short_title,
                [(card.key, card.name) for card in column["cards"] if not card.is_closed],
            )
            for column in board.columns
        ]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a team")), (NOWHERE, _("Without a team")), *[place for place in places if place[1]],
        ]  # fmt: skip

    @property
    def destination(self) -> str | None:
        return None if self.cleaned_data["to"] == NOWHERE else self.cleaned_data["to"]


class CaptainForm(forms.Form):
    captain = forms.ModelChoiceField(label=_("Captain"), queryset=Membership.objects.none(), empty_label=None)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["captain"]
        field.queryset = team.memberships.current().with_people()  # type: ignore[attr-defined]
        field.label_from_instance = lambda member: member.registration.person.full_name  # type: ignore[attr-defined]


class NameForm(forms.ModelForm):
    class Meta:
        model = Team
        fields = ("name",)
        labels = {"name": _("Name of the team")}
