"""What attestations of presence need: who issues and signs them, and the announced hours of each day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.attesting import HOURS, ISSUER
from ..models import Event, EventDay


class IssuerForm(forms.ModelForm):
    class Meta:
        model = Event
        fields = ISSUER
        help_texts = {
            "issuer": _("Left empty: the organisers."),
            "signatory": _("First name and last name, as signed."),
            "signatory_title": _("For instance “Director of the event”."),
        }


class HoursForm(forms.ModelForm):
    """The hours of one day."""

    class Meta:
        model = EventDay
        fields = HOURS
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in HOURS}
        field_classes = dict.fromkeys(HOURS, forms.TimeField)

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        times = [asked.get(name) for name in HOURS]
        if all(times) and not (times[0] < times[1] <= times[2] < times[3]):  # type: ignore[operator]
            raise forms.ValidationError(
                _("The hours of a day follow one another: the morning ends before the afternoon starts.")
            )
        return asked


def hours_forms(event: Event, data: Any = None) -> list[HoursForm]:
    """One for each day, told apart by a prefix."""
    return [
        HoursForm(data, instance=EventDay.objects.get(pk=day.pk) if data else day, prefix=f"day-{day.pk}")
        for day in event.whole_days
    ]
