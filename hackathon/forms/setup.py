"""The organiser's set-up forms: texts in French and English side by side, lists written one per line."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..kit import resource_lines
from ..models import Event, ProgrammeItem, Question, Role, Theme
from .windows import EventTimes, WallTimeField

LANGUAGES = dict(settings.LANGUAGES)


class LinesField(forms.CharField):
    """A list of short texts, one per line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class SetupForm(forms.ModelForm):
    """Says the language of each text, asks for the French one, and hands the verb what it changed."""

    #: Texts that must exist in the site's first language.
    needed: tuple[str, ...] = ()

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        for name, field in self.fields.items():
            text, _underscore, code = name.rpartition("_")
            if code in LANGUAGES:
                field.label = _("%(text)s, in %(language)s") % {
                    "text": self.label_of(text),
                    "language": _("French") if code == "fr" else _("English"),
                }
                field.widget.attrs["lang"] = code
                field.required = text in self.needed and code == settings.MODELTRANSLATION_DEFAULT_LANGUAGE
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 4)

    def label_of(self, text: str) -> str:
        label = str(self._meta.model._meta.get_field(text).verbose_name)
        return label[:1].upper() + label[1:]

    def changes(self) -> dict[str, Any]:
        """What differs from what was shown; for a new thing, everything."""
        names = self.cleaned_data if self.instance.pk is None else self.changed_data
        return {name: self.cleaned_data[name] for name in names}


class EventForm(SetupForm):
    needed = ("name",)
    organisers = LinesField(
        label=gettext_lazy("Organised by"), required=False, help_text=gettext_lazy("One name per line.")
    )
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "Windows and programme already planned keep their moment: check their times afterwards."
        ),
    )

    class Meta:
        model = Event
        fields = [
            "name_fr", "name_en", "description_fr", "description_en", "venue", "city", "timezone", "organisers",
            "contact_email", "capacity", "declared_attendance", "team_size_min", "team_size_wanted", "team_size_max",
            "edition", "submission_grace", "rules_fr", "rules_en", "rules_version",
        ]  # fmt: skip
        help_texts = {
            "rules_fr": gettext_lazy("Leave empty to use the usual text, which the public page shows."),
            "rules_version": gettext_lazy(
                "Change it with the text: people are asked to accept the new version."
            ),
            "capacity": gettext_lazy("Beyond it, people join the waiting list. Leave empty for no limit."),
            "declared_attendance": gettext_lazy("The figure you give to the press; it limits nothing."),
            "contact_email": gettext_lazy("Shown to everybody, and in the privacy notice."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_grace"].required = False
        self.fields["timezone"].choices = [(name, name) for name in sorted(zoneinfo.available_timezones())]  # type: ignore[attr-defined]

    def clean_submission_grace(self) -> int:
        """None written is none given."""
        return self.cleaned_data["submission_grace"] or 0


class DayForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RoleForm(SetupForm):
    needed = ("name",)

    class Meta:
        model = Role
        fields = [
            "name_fr", "name_en", "colour", "capacity", "is_open", "is_reviewed", "is_private", "is_wanted_in_teams",
            "is_never_alone", "attendance_rate", "attestation_wording_fr", "attestation_wording_en",
        ]  # fmt: skip
        help_texts = {
            "capacity": gettext_lazy("Leave empty for no limit."),
            "is_reviewed": gettext_lazy("You answer each registration yourself."),
            "is_private": gettext_lazy(
                "Nobody else learns who is one: not on badges, not in teams, not in counts."
            ),
            "attestation_wording_fr": gettext_lazy(
                "Printed when the person asks for it only. Left empty: the name of the role."
            ),
            "attendance_rate": gettext_lazy(
                "Of those who register, how many come: for catering and over-booking."
            ),
        }


class ThemeForm(SetupForm):
    needed = ("title", "short_title")

    class Meta:
        model = Theme
        fields = [
            "title_fr", "title_en", "short_title_fr", "short_title_en", "subtitle_fr", "subtitle_en",
            "description_fr", "description_en", "resources_fr", "resources_en", "people_min", "people_max",
        ]  # fmt: skip
        help_texts = {
            "people_max": gettext_lazy("Leave empty for no limit."),
            "resources_fr": gettext_lazy(
                "One a line: a title, a dash, an address. For example: Figures — https://…"
            ),
        }

    def clean_resources_fr(self) -> str:
        return self._resources("resources_fr")

    def clean_resources_en(self) -> str:
        return self._resources("resources_en")

    def _resources(self, name: str) -> str:
        text = self.cleaned_data[name] or ""
        wrong = resource_lines.read(text)[1]
        if wrong:
            raise forms.ValidationError(
                _("Line %(line)s has no address that begins with http:// or https://.") % {"line": wrong[0]}
            )
        return text


class QuestionForm(SetupForm):
    needed = ("label",)
    choices_fr = LinesField(required=False, help_text=gettext_lazy("For a choice: one answer per line."))
    choices_en = LinesField(required=False)

    class Meta:
        model = Question
        fields = [
            "role", "kind", "label_fr", "label_en", "help_fr", "help_en", "choices_fr", "choices_en", "is_required",
            "is_active",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.queryset = self.event.roles.in_order()  # type: ignore[attr-defined]
        role.empty_label = _("Everybody")  # type: ignore[attr-defined]
        role.required = False
        role.label = _("Asked of")


class ProgrammeItemForm(EventTimes, SetupForm):
    needed = ("title",)
    starts_at = WallTimeField(label=gettext_lazy("Starts"))
    ends_at = WallTimeField(label=gettext_lazy("Ends"), required=False)

    class Meta:
        model = ProgrammeItem
        fields = ["title_fr", "title_en", "room", "starts_at", "ends_at", "is_public"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read_times_in(self.event)
