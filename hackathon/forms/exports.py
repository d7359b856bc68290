"""Which columns leave, in which format; and to whom among those who come a text message goes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import Half
from ..models import Event, Registration, Role


class ExportForm(forms.Form):
    """`columns`: what the event has to say about a person, in the order of the file."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one column.")},
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("xlsx", gettext_lazy("Workbook (XLSX)")),
            ("csv", gettext_lazy("Text with semicolons (CSV)")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, columns: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [(column.key, column.heading) for column in columns]  # type: ignore[attr-defined]


class SmsForm(forms.Form):
    """Among those who have a place: of one role, there or not there in a half-day. Unknown values filter nothing."""

    use_required_attribute = False
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    presence = forms.ChoiceField(label=gettext_lazy("Presence"), required=False)

    def __init__(self, event: Event, data: Any) -> None:
        super().__init__(data)
        self.event = event
        self.roles = {str(role.pk): role for role in Role.objects.for_event(event).in_order()}
        self.halves: dict[str, tuple[Any, str, bool]] = {}
        roles = [("", _("All roles")), *((pk, role.name) for pk, role in self.roles.items())]
        presences: list[tuple[str, Any]] = [("", _("All who have a place"))]
        for day in event.whole_days:
            for half in Half:
                said = {"day": date_format(day.on, "j F"), "half": half.label.lower()}
                for kind, words in (
                    ("in", _("There on %(day)s, %(half)s")),
                    ("out", _("Expected, not seen on %(day)s, %(half)s")),
                ):
                    key = f"{kind}/{day.on.isoformat()}/{half.value}"
                    self.halves[key] = (day, half.value, kind == "in")
                    presences.append((key, words % said))
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["presence"].choices = presences  # type: ignore[attr-defined]
        self.full_clean()
        for field in self.fields.values():
            field.required = True  # nothing is asked of anybody: no need to say « optional » at each

    def people(self) -> Any:
        found = Registration.objects.for_event(self.event).expected()
        if role := self.roles.get(self.cleaned_data.get("role", "")):
            found = found.in_role(role)
        if half := self.halves.get(self.cleaned_data.get("presence", "")):
            day, name, is_there = half
            found = found.present_on(day, name) if is_there else found.unseen_on(day, name)
        return found.with_people().by_name()

    def as_record(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in self.fields if self.cleaned_data.get(name)}

    def query(self) -> str:
        return urlencode(self.as_record())
