"""The form of a small group: who brings them, and one row per person. Empty rows do not count."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..domain.parties import MOST, Member
from ..models import Event, Role, Theme

ROWS = 3  # shown at first; « Add a row » shows one more


class ContactForm(forms.Form):
    contact = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy(
            "You receive the list of those you register. Are you one of them? Fill in a row too."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )
    key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, email: str = "") -> None:
        super().__init__(data, initial={"key": secrets.token_urlsafe(12), "contact": email})


class MemberForm(forms.Form):
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        required=False,
        help_text=gettext_lazy(
            "Without one, a code is printed for them. Several people may share one address."
        ),
    )
    theme = forms.ChoiceField(label=gettext_lazy("Preferred theme"), required=False)

    def __init__(self, *args: Any, roles: list[Role], themes: list[Theme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = {str(role.pk): role for role in roles}
        self.themes = {str(theme.pk): theme for theme in themes}
        self.fields["role"].choices = [("", "—"), *((pk, each.name) for pk, each in self.roles.items())]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", "—"), *((pk, each.title) for pk, each in self.themes.items())]  # type: ignore[attr-defined]
        for name in ("first_name", "last_name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def member(self) -> Member:
        cleaned = self.cleaned_data
        theme = self.themes.get(cleaned["theme"])
        return Member(
            role=self.roles[cleaned["role"]],
            first_name=cleaned["first_name"],
            last_name=cleaned["last_name"],
            email=cleaned["email"],
            themes=(theme,) if theme else (),
        )


class PartyForm:
    """The contact and the rows as one: `is_valid`, `errors` of the whole, `arguments` for the verb."""

    def __init__(self, event: Event, data: Any = None, *, email: str = "") -> None:
        self.event = event
        options = {
            "roles": list(Role.objects.for_event(event).open().in_order()),
            "themes": list(Theme.objects.for_event(event).in_order()),
        }
        rows = forms.formset_factory(
            MemberForm, extra=self._asked(data), max_num=MOST, absolute_max=MOST, validate_max=True
        )
        self.contact = ContactForm(data, email=email)
        self.rows = rows(data, prefix="person", form_kwargs=options)
        for row in self.rows.forms:
            row.empty_permitted = True
            row.use_required_attribute = False

    @staticmethod
    def _asked(data: Any) -> int:
        """How many rows, from what was sent back; ROWS for a new page."""
        total = (data or {}).get("person-TOTAL_FORMS", "")
        return min(MOST, max(1, int(total))) if total.isdecimal() and len(total) < 4 else ROWS

    def is_valid(self) -> bool:
        return all([self.contact.is_valid(), self.rows.is_valid()])

    @property
    def filled(self) -> list[MemberForm]:
        """The rows that somebody wrote in."""
        return [row for row in self.rows.forms if row.has_changed()]

    def refuse(self, row: int | None, words: str) -> None:
        """Write a verb's refusal on the row at fault, else on the whole."""
        filled = self.filled
        if row is not None and row < len(filled):
            filled[row].add_error("last_name", words)
        else:
            self.contact.add_error(None, words)

    def arguments(self) -> dict[str, Any]:
        cleaned = self.contact.cleaned_data
        return {
            "event": self.event,
            "members": [row.member() for row in self.filled],
            "contact": cleaned["contact"],
            "key": cleaned["key"],
            "language": get_language() or "fr",
        }

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(where, what, id of the field) of everything wrong, for the summary."""
        found = [("", str(error), "id_contact") for error in self.contact.non_field_errors()]
        for bound in self.contact:
            found += [(str(bound.label), str(error), bound.auto_id) for error in bound.errors]
        for number, row in enumerate(self.rows.forms, start=1):
            for bound in row:
                where = _("Row %(number)s, %(field)s") % {"number": number, "field": bound.label}
                found += [(where, str(error), bound.auto_id) for error in bound.errors]
        return [*found, *(("", str(error), "id_contact") for error in self.rows.non_form_errors())]
