"""What is asked before badges are printed: how they look, whose they are, from which label of the sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.badges import LAYOUT, Wanted, sheet_of
from ..enums import COMING, RegistrationState
from ..models import BadgeLayout, Event, Role


class LayoutForm(forms.ModelForm):
    asks_nothing = True

    class Meta:
        model = BadgeLayout
        fields = LAYOUT
        help_texts = {
            "shows_organisation": _(
                "Where most people have one, a blank says something too: leave it out if nobody should be told apart."
            ),
            "marks_no_photo": _("On the badges of those whose image consent is not in force."),
            "footer": _("For instance the address of the programme."),
        }

    def preview(self) -> BadgeLayout:
        """The layout as asked so far, valid or not: what is wrong keeps its usual value."""
        self.is_valid()
        event = self.instance.event
        usual = BadgeLayout(event=event)
        for name in LAYOUT:
            setattr(usual, name, self.cleaned_data.get(name, getattr(usual, name)))
        return usual


class SampleForm(forms.Form):
    """Names to try the layout with; nothing is kept."""

    asks_nothing = True

    first_name = forms.CharField(label=_("A first name to try"), max_length=80, required=False)


class PrintForm(forms.Form):
    asks_nothing = True
    state = forms.ChoiceField(label=_("Whose"), required=False)
    role: forms.ModelChoiceField[Role] = forms.ModelChoiceField(
        label=_("Role"), queryset=None, required=False, empty_label=_("All roles")
    )
    only_unprinted = forms.BooleanField(label=_("Only those not printed yet"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[("name", _("By name")), ("role", _("By role, then by name"))],
        required=False,
    )
    start = forms.IntegerField(
        label=_("First label of the sheet"), min_value=1, required=False, initial=1,
        help_text=_("On a sheet that was begun: the labels before this one are left alone."),
    )  # fmt: skip
    registrations = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, event: Event, layout: BadgeLayout, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holding = (RegistrationState.ACCEPTED, RegistrationState.CONFIRMED)
        self.fields["state"].choices = [("", _("Everybody who comes"))] + [  # type: ignore[attr-defined]
            (state.value, state.label) for state in holding
        ]
        self.fields["role"].queryset = event.roles.in_order()  # type: ignore[attr-defined]
        self.fields["start"].max_value = sheet_of(layout).count  # type: ignore[attr-defined]
        self.labels = sheet_of(layout).count

    def clean_start(self) -> int:
        start = self.cleaned_data["start"] or 1
        if start > self.labels:
            raise forms.ValidationError(
                _("This paper has %(count)s labels: choose a number up to that."),
                params={"count": self.labels},
            )
        return start

    def clean_registrations(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["registrations"].split(",") if number.isdecimal()]

    def wanted(self) -> Wanted:
        """The choices, for domain/badges.py; a form that is not valid asks for everybody."""
        asked = self.cleaned_data if self.is_valid() else {}
        return Wanted(
            states=[asked["state"]] if asked.get("state") else COMING,
            role=asked["role"].pk if asked.get("role") else None,
            numbers=asked.get("registrations") or (),
            only_unprinted=asked.get("only_unprinted", False),
            order=asked.get("order") or "name",
            start=asked.get("start") or 1,
        )
