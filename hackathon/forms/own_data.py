"""Correcting what is known about oneself. Needs ask for their own box; themes only while registration is open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain import windows
from ..models import Needs, Person, Theme

THEMES_ASKED = 4


class OwnDataForm(forms.Form):
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=120, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"), choices=settings.LANGUAGES)
    diet = forms.CharField(label=gettext_lazy("Diet, allergies"), max_length=200, required=False)
    access = forms.CharField(label=gettext_lazy("Access needs"), max_length=200, required=False)
    needs_agreed = forms.BooleanField(
        label=gettext_lazy(
            "I agree that these needs be kept to welcome me, and deleted seven days after the event"
        ),
        required=False,
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        self.person = person
        needs = Needs.objects.of(person).first()
        initial = {name: getattr(person, name) for name in self.base_fields if hasattr(person, name)}
        initial |= {"diet": needs.diet, "access": needs.access} if needs else {}
        super().__init__(data, initial=initial)
        self.themes = self._offered_themes()
        self._add_themes()

    def _offered_themes(self) -> list[Theme]:
        """Those of the event while registration is open; nothing to choose afterwards."""
        if not (hasattr(self.person, "registration") and windows.registration_is_open(self.person.event)):
            return []
        return list(Theme.objects.for_event(self.person.event).in_order())

    def _add_themes(self) -> None:
        options = [("", "—"), *((str(theme.pk), theme.title) for theme in self.themes)]
        labels = (_("First choice"), _("Second choice"), _("Third choice"), _("Fourth choice"))
        chosen = [choice.theme_id for choice in self.person.registration.choices.all()] if self.themes else []
        for rank in range(min(len(self.themes), THEMES_ASKED)):
            self.fields[f"theme_{rank + 1}"] = forms.ChoiceField(
                label=labels[rank],
                choices=options,
                required=False,
                initial=str(chosen[rank]) if rank < len(chosen) else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("diet") or cleaned.get("access")) and not cleaned.get("needs_agreed"):
            said = _("We may keep your needs only if you agree: tick the box, or empty the two fields above.")
            self.add_error("needs_agreed", said)
        chosen = [cleaned.get(f"theme_{rank}") for rank in range(1, THEMES_ASKED + 1)]
        for rank, theme in enumerate(chosen, start=1):
            if theme and theme in chosen[: rank - 1]:
                said = _("You have chosen this theme already: choose another, or leave it blank.")
                self.add_error(f"theme_{rank}", said)
        return cleaned

    @property
    def chosen_themes(self) -> list[Theme]:
        """Best first, after cleaning."""
        known = {str(theme.pk): theme for theme in self.themes}
        named = [self.cleaned_data.get(f"theme_{rank}") for rank in range(1, THEMES_ASKED + 1)]
        return [known[each] for each in named if each in known]
