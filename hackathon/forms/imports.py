"""Sending a list, and saying what its columns hold where that was not found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.roster_rows.headings import is_ours
from ..domain.roster_rows.profiles import FIELDS, THEMES_IN_ONE
from ..kit.sheets import MAX_BYTES
from ..models import Event, ImportProfile, Role

#: What people read for each field of a list.
FIELD_NAMES: dict[str, Any] = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "full_name": gettext_lazy("First and last name"),
    "email": gettext_lazy("E-mail address"),
    "role": gettext_lazy("Role"),
    "organisation": gettext_lazy("Organisation"),
    "phone": gettext_lazy("Phone"),
    "skills": gettext_lazy("Skills"),
    "level": gettext_lazy("Level (1–5)"),
    "themes": gettext_lazy("Themes, several in one cell"),
    "diet": gettext_lazy("Diet"),
    "access": gettext_lazy("Access needs"),
    "image_consent": gettext_lazy("Image rights"),
    "registered_at": gettext_lazy("Registered on"),
    "status": gettext_lazy("Status"),
    "ticket_number": gettext_lazy("Ticket number"),
    "language": gettext_lazy("Language"),
    "notes": gettext_lazy("Notes"),
    "payer_email": gettext_lazy("Payer’s e-mail"),
    "payer_first_name": gettext_lazy("Payer’s first name"),
    "payer_last_name": gettext_lazy("Payer’s last name"),
    "payer_name": gettext_lazy("Payer’s name"),
    "payer": gettext_lazy("Payer"),
    "day_intentions": gettext_lazy("Days"),
    "extra": gettext_lazy("Other columns"),
    "state": gettext_lazy("State"),
}


def field_name(name: str) -> str:
    """The words for a field of a list, numbered ones included."""
    base, _separator, number = name.rpartition("_")
    if base == "theme":
        return _("Theme, choice %(number)s") % {"number": number}
    if base == "day":
        return _("Presence, day %(number)s") % {"number": number}
    return str(FIELD_NAMES.get(name, name))


class ListForm(forms.Form):
    """One file; the role of those whose list names none; what the organiser vouches for."""

    list = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "CSV or XLSX, up to 20 MB: our template, HelloAsso, Eventbrite, Google Forms, or your own."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    default_role: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Role of those whose list names none"),
        queryset=Role.objects.none(),
        required=False,
    )
    profile: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("What its columns hold"),
        help_text=gettext_lazy("A mapping saved for this kind of list is recognised by itself when it fits."),
        queryset=ImportProfile.objects.none(),
        to_field_name="name",
        required=False,
    )
    needs_agreed = forms.BooleanField(
        label=gettext_lazy(
            "The people of this list agreed explicitly that their diet and access needs be kept"
        ),
        help_text=gettext_lazy(
            "Otherwise these columns are left out. What you state here is recorded with your name."
        ),
        required=False,
    )

    def __init__(self, event: Event, *args: Any) -> None:
        super().__init__(*args)
        self.fields["default_role"].queryset = Role.objects.for_event(event).in_order()  # type: ignore[attr-defined]
        self.fields["default_role"].empty_label = "—"  # type: ignore[attr-defined]
        saved = ImportProfile.objects.for_event(event).by_name()
        self.fields["profile"].queryset = saved  # type: ignore[attr-defined]
        self.fields["profile"].empty_label = _("Found by itself")  # type: ignore[attr-defined]
        if not saved:
            del self.fields["profile"]

    @property
    def options(self) -> dict[str, Any]:
        """What goes with the list, as plain data."""
        role, profile = self.cleaned_data["default_role"], self.cleaned_data.get("profile")
        return {
            "default_role": role.key if role else None,
            "profile": profile.name if profile else None,
            "needs_agreed": self.cleaned_data["needs_agreed"],
        }

    def clean_list(self) -> Any:
        sent = self.cleaned_data["list"]
        if sent.size > MAX_BYTES:
            size, limit = -(-sent.size // 1_000_000), MAX_BYTES // 1_000_000
            raise forms.ValidationError(
                _(
                    "“%(name)s” is %(size)s MB; the limit is %(limit)s MB. Keep only the list, or send it in parts."
                )
                % {"name": sent.name, "size": size, "limit": limit}
            )
        return sent


class ColumnsForm(forms.Form):
    """What each column of a list holds: one select per column, and a name to find them again by."""

    save_as = forms.CharField(
        label=gettext_lazy("Save these columns as"),
        help_text=gettext_lazy(
            "A name, if such a list will come again: it is recognised by itself next time."
        ),
        max_length=60,
        required=False,
    )

    def __init__(
        self, header: list[str], examples: list[str], mapping: dict[int, str], days: int, data: Any = None
    ) -> None:
        super().__init__(data)
        self.header = header
        names = [
            *FIELDS,
            THEMES_IN_ONE,
            *(f"theme_{n}" for n in range(1, 7)),
            *(f"day_{n}" for n in range(1, days + 1)),
        ]
        choices = [("", _("– leave out –")), *((name, field_name(name)) for name in names)]
        for index, heading in enumerate(header):
            if is_ours(heading):
                continue
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": index + 1},
                choices=choices,
                required=False,
                initial=mapping.get(index, ""),
                help_text=_("For example: %(value)s") % {"value": examples[index]} if examples[index] else "",
            )

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns, for the page."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def mapping(self) -> dict[int, str]:
        return {
            int(name.removeprefix("column_")): value
            for name, value in self.cleaned_data.items()
            if value and name.startswith("column_")
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for name, value in cleaned.items():
            if name.startswith("column_") and value and value in seen:
                self.add_error(
                    name, _("Two columns cannot both hold “%(field)s”.") % {"field": field_name(value)}
                )
            seen[value] = name
        return cleaned


class SearchForm(forms.Form):
    """Finding somebody among the lines."""

    q = forms.CharField(label=gettext_lazy("Name, or line number"), max_length=80, required=False)
