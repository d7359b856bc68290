"""What somebody types on the idea wall and about the team they would like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hackathon.domain.roster_rows.cells import skills as split_skills
from hackathon.forms.registration import LEVELS
from hackathon.kit.folding import fold
from hackathon.models import Event, Registration, Role, Theme

from ..enums import WishKind
from ..models import Idea, Wish
from .joining import OwnForm


def _theme_field(event: Event, **options: Any) -> forms.ModelChoiceField:
    field = forms.ModelChoiceField(
        label=gettext_lazy("Theme"), queryset=Theme.objects.for_event(event).in_order(), **options
    )
    field.label_from_instance = lambda theme: theme.short_title  # type: ignore[method-assign,assignment]
    return field


def _public_roles(event: Event) -> Any:
    return Role.objects.for_event(event).public().in_order()


class IdeaForm(OwnForm):
    nobody = gettext_lazy("The idea wall is for people who are registered: look at your registration first.")

    title = forms.CharField(label=gettext_lazy("Your idea in a few words"), max_length=80, min_length=3)
    text = forms.CharField(
        label=gettext_lazy("What it would do, and for whom"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("2,000 characters at most. Everybody registered for the event reads it."),
    )
    roles: forms.ModelMultipleChoiceField[Role] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Roles you are looking for"),
        queryset=Role.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, event: Event, own: Sequence[Registration], idea: Idea | None = None, **kwargs: Any
    ) -> None:
        if idea is not None:
            kwargs["initial"] = {
                "theme": idea.theme_id,
                "title": idea.title,
                "text": idea.text,
                "roles": list(idea.wanted_roles.all()),
                "version": idea.version,
            }
        super().__init__(*args, own=own, **kwargs)
        self.fields["theme"] = _theme_field(event)
        self.fields["roles"].queryset = _public_roles(event)  # type: ignore[attr-defined]
        self.order_fields(["registration", "theme", "title", "text", "roles", "version"])


class WallFilter(forms.Form):
    """What of the wall is shown; an address with nonsense in it shows everything."""

    q = forms.CharField(label=gettext_lazy("Search"), max_length=80, required=False)
    role: forms.ModelChoiceField[Role] = forms.ModelChoiceField(
        label=gettext_lazy("Looking for"), queryset=Role.objects.none(), required=False,
        empty_label=gettext_lazy("Any role"),
    )  # fmt: skip
    free = forms.BooleanField(label=gettext_lazy("Without a team yet"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"] = _theme_field(event, required=False, empty_label=gettext_lazy("Every theme"))
        self.fields["role"].queryset = _public_roles(event)  # type: ignore[attr-defined]
        self.order_fields(["q", "theme", "role", "free"])

    def narrow(self, ideas: Any) -> Any:
        """Those of `ideas` that are asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("q"):
            ideas = ideas.matching(fold(asked["q"]).split())
        if asked.get("theme"):
            ideas = ideas.on_theme(asked["theme"])
        if asked.get("role"):
            ideas = ideas.wanting(asked["role"])
        return ideas.without_team() if asked.get("free") else ideas


class TeamNameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=80, required=False)


class HideForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=250)


class NamesField(forms.CharField):
    """A list of names or addresses, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}), **options
        )  # fmt: skip

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class WishesForm(forms.Form):
    """The preferences of one registration; `arguments()` is what `wishes.keep_preferences` takes."""

    skills = forms.CharField(
        label=gettext_lazy("Skills"), max_length=300, required=False,
        help_text=gettext_lazy("Separated by commas: Python, facilitation, drawing…"),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=gettext_lazy("Your level in them"), choices=(("", "—"), *LEVELS), required=False
    )
    comes_with = NamesField(
        label=gettext_lazy("I come with"),
        help_text=gettext_lazy("One person a line, by name or e-mail address; five at most."),
    )
    apart_from = NamesField(
        label=gettext_lazy("I would rather not work with"),
        help_text=gettext_lazy("Only the organisers read this box, and nobody is told that they were named."),
    )

    def __init__(self, registration: Registration, data: Any = None) -> None:
        event = registration.event
        self.all_themes = list(Theme.objects.for_event(event).in_order())
        chosen = [choice.theme_id for choice in registration.choices.all()]
        named: dict[str, list[str]] = {kind: [] for kind in WishKind.values}
        for wish in Wish.objects.of_registration(registration).in_order():
            named[wish.kind].append(wish.named)
        initial = {
            "skills": ", ".join(map(str, registration.skills)),
            "level": str(registration.level or ""),
            "comes_with": "\n".join(named[WishKind.WITH]),
            "apart_from": "\n".join(named[WishKind.APART]),
            **{f"theme_{rank}": str(pk) for rank, pk in enumerate(chosen, start=1)},
        }
        super().__init__(data, initial=initial)
        options = [("", "—"), *((str(theme.pk), theme.short_title) for theme in self.all_themes)]
        for rank in self._ranks:
            self.fields[f"theme_{rank}"] = forms.ChoiceField(
                label=_("Choice %(rank)s") % {"rank": rank}, choices=options, required=False
            )

    @property
    def _ranks(self) -> range:
        return range(1, len(self.all_themes) + 1)

    @property
    def themes(self) -> list[forms.BoundField]:
        return [self[f"theme_{rank}"] for rank in self._ranks]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for rank in self._ranks:
            theme = cleaned.get(f"theme_{rank}")
            if theme and theme in seen:
                said = _("You have chosen this theme already: choose another, or leave it blank.")
                self.add_error(f"theme_{rank}", said)
            seen.add(theme or "")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        known = {str(theme.pk): theme for theme in self.all_themes}
        cleaned = self.cleaned_data
        return {
            "themes": [known[pk] for rank in self._ranks if (pk := cleaned[f"theme_{rank}"])],
            "skills": list(split_skills(cleaned["skills"])),
            "level": int(cleaned["level"]) if cleaned["level"] else None,
            "comes_with": cleaned["comes_with"],
            "apart_from": cleaned["apart_from"],
        }
