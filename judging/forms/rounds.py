"""What an organiser writes about the jury: a juror, a seat, a draw, a finalist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hackathon.models import Event
from teams.models import Project

from ..models import Juror, Panel


class JurorForm(forms.Form):
    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("An invitation leaves at once."))
    title = forms.CharField(label=_("Function"), max_length=120, required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        required=False,
        help_text=_("Conflicts of interest are suggested from it."),
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    is_president = forms.BooleanField(label=_("Presides over the jury"), required=False)
    is_substitute = forms.BooleanField(
        label=_("Substitute"), required=False, help_text=_("Comes first when an absent juror is replaced.")
    )


class SeatForm(forms.Form):
    """Give one more juror a seat in this panel."""

    juror = forms.ModelChoiceField(label=_("Juror to seat"), queryset=Juror.objects.none())

    def __init__(self, data: Any = None, *, panel: Panel) -> None:
        super().__init__(data, prefix=f"panel-{panel.pk}")
        self.fields["juror"].queryset = Juror.objects.not_seated(panel).with_people()  # type: ignore[attr-defined]


class DrawForm(forms.Form):
    """The draw that can be made again in public: same number, same order."""

    seed = forms.IntegerField(
        label=_("Number of the draw"),
        initial=1,
        min_value=0,
        help_text=_("The same number always gives the same order."),
    )
    per_project = forms.IntegerField(
        label=_("Jurors per project"),
        min_value=1,
        required=False,
        help_text=_("Leave it empty for everybody in the panel to mark every project."),
    )


class FinalistForm(forms.Form):
    project = forms.ModelChoiceField(label=_("Project"), queryset=Project.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=250, help_text=_("It is printed in the minutes."))

    def __init__(self, *args: object, event: Event, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        projects = Project.objects.for_event(event).competing().with_teams().in_order()
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
