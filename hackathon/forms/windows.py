"""Times on the wall of the venue, typed by an organiser; a time that never was or came twice is sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import Override, WindowKind
from ..kit import wall
from ..models import Event, Window

#: Scoring windows belong to the rounds of the jury, which plan them.
PLANNED_HERE = (WindowKind.REGISTRATION, WindowKind.ROSTER, WindowKind.SUBMISSION)
#: The same words as the verb's own refusal.
SAY_WHY = {"required": gettext_lazy("Say why: the reason is kept with the change and shown in the record.")}


class WallTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class WallTimeField(forms.Field):
    """A moment, written as the wall of the venue shows it. `zone` is set by the form that holds the field."""

    widget = WallTimeInput
    zone = ZoneInfo("UTC")

    def prepare_value(self, value: Any) -> Any:
        return wall.wall_of(value, self.zone) if isinstance(value, datetime) and value.tzinfo else value

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            written = parse_datetime(str(value).strip())
        except ValueError:
            written = None
        if written is None or written.tzinfo:
            raise ValidationError(_("Write a day and a time, as in 2016-11-18 13:30."), code="invalid")
        said = {"time": f"{written:%Y-%m-%d %H:%M}", "zone": self.zone.key}
        try:
            return wall.moment_on(written, self.zone)
        except wall.NoSuchTime as error:
            raise ValidationError(
                _(
                    "%(time)s does not exist in %(zone)s: clocks go forward that night. "
                    "Choose a time before or after the change."
                )
                % said,
                code="no_such_time",
            ) from error
        except wall.TimeTwice as error:
            raise ValidationError(
                _(
                    "%(time)s comes twice in %(zone)s: clocks go back that night. "
                    "Choose a time before or after the change."
                )
                % said,
                code="time_twice",
            ) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class EventTimes:
    """For a form that holds wall times: they are read in the zone of its event."""

    def read_times_in(self, event: Event) -> None:
        for field in self.fields.values():  # type: ignore[attr-defined]
            if isinstance(field, WallTimeField):
                field.zone = event.zone


class WindowTimesForm(EventTimes, forms.Form):
    """When a window opens and closes, and why it is moved."""

    opens_at = WallTimeField(label=gettext_lazy("Opens"))
    closes_at = WallTimeField(
        label=gettext_lazy("Closes"), help_text=gettext_lazy("At that very minute it is too late.")
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=250, required=False)

    def __init__(self, window: Window, data: Any = None) -> None:
        times = {"opens_at": window.opens_at, "closes_at": window.closes_at} if window.pk else {}
        super().__init__(data, initial=times, prefix=f"times-{window.pk or window.kind}")
        self.read_times_in(window.event)
        if not window.pk:
            del self.fields["reason"]


class WindowOverrideForm(forms.Form):
    """Open or close a window by hand, or go back to the plan."""

    override = forms.ChoiceField(label=gettext_lazy("By hand"), choices=Override)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=250,
        error_messages=SAY_WHY,
        help_text=gettext_lazy("Kept in the record, and shown beside the window."),
    )


class WindowExtensionForm(EventTimes, forms.Form):
    closes_at = WallTimeField(label=gettext_lazy("New closing time"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=250, error_messages=SAY_WHY)

    def __init__(self, window: Window, data: Any = None) -> None:
        super().__init__(data, initial={"closes_at": window.closes_at}, prefix=f"extension-{window.pk}")
        self.read_times_in(window.event)
