"""What somebody types to found, join or leave a team, and a captain to find people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hackathon.models import Event, Registration, Role, Theme

from ..models import Team


class OwnForm(forms.Form):
    """For whom: asked only of an account that reaches several people who have no team."""

    nobody = _("Everybody you act for has a team already, or no place yet.")

    registration = forms.ModelChoiceField(
        label=_("For whom"), queryset=Registration.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, own: Sequence[Registration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if len(own) < 2:
            del self.fields["registration"]  # nobody to choose from, or nothing to choose
        else:
            field = self.fields["registration"]
            field.queryset = Registration.objects.numbered_any(one.pk for one in own)  # type: ignore[attr-defined]
            field.label_from_instance = lambda one: one.person.full_name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if not self.own:
            raise forms.ValidationError(self.nobody)
        return super().clean() or {}

    @property
    def who(self) -> Registration:
        """The registration that acts: the only one, or the one chosen."""
        chosen = self.cleaned_data.get("registration")
        return next((one for one in self.own if chosen is not None and one.pk == chosen.pk), self.own[0])


class FoundForm(OwnForm):
    name = forms.CharField(label=_("Name of the team"), max_length=80, required=False)
    theme: Any = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.none())

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        field.queryset = Theme.objects.for_event(event).in_order()  # type: ignore[attr-defined]
        field.label_from_instance = lambda theme: theme.short_title  # type: ignore[attr-defined]


class CodeForm(OwnForm):
    code = forms.CharField(
        label=_("Team code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class AskForm(OwnForm):
    message = forms.CharField(
        label=_("A word with it"),
        max_length=300,
        required=False,
        help_text=_("What you would bring, or what you would like to do."),
    )


class SearchForm(OwnForm):
    text = forms.CharField(
        label=_("What you would bring"),
        max_length=300,
        required=False,
        help_text=_("Teams that look for people read it, with your name and the role you show."),
    )


class LeaveForm(OwnForm):
    reason = forms.CharField(
        label=_("Why"), max_length=250, help_text=_("Your captain and the organisers read it.")
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    message = forms.CharField(label=_("A word with it"), max_length=300, required=False)


class RecruitForm(forms.ModelForm):
    class Meta:
        model = Team
        fields = ("is_recruiting", "looking_for", "wanted_roles")
        labels = {
            "is_recruiting": _("We are looking for people"),
            "looking_for": _("Whom, in a few words"),
            "wanted_roles": _("Roles you would like"),
        }
        widgets = {"wanted_roles": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["wanted_roles"]
        roles.queryset = Role.objects.for_event(self.instance.event).public().in_order()  # type: ignore[attr-defined]
        roles.required = False
