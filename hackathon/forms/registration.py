"""The public registration form of one role: what everybody is asked, the role's own questions, needs, consents.

Everything optional says so, every consent is its own box and none is ticked. It refuses to decide who gets a place.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..domain.roster_rows.cells import skills as split_skills
from ..enums import Purpose, QuestionKind
from ..kit import uploads
from ..models import Event, Question, RegistrationDraft, Role, Theme
from .questions import field_of

LEVELS = (
    ("1", gettext_lazy("1 – I am starting")),
    ("2", gettext_lazy("2 – I know the basics")),
    ("3", gettext_lazy("3 – I manage on my own")),
    ("4", gettext_lazy("4 – I help others")),
    ("5", gettext_lazy("5 – I am an expert")),
)
CONSENTS = (
    (Purpose.IMAGE, gettext_lazy("Photographs and films on which I can be recognised may be published.")),
    (Purpose.RESULTS_NAME, gettext_lazy("My name may appear in the results, with my team’s.")),
    (
        Purpose.RECRUITERS,
        gettext_lazy("Recruiters among the partners may see my name, my skills and how to reach me."),
    ),
    (Purpose.NEWSLETTER, gettext_lazy("I want to receive news of the next events.")),
)
THEME_CHOICES_ASKED = 4


class RegistrationForm(forms.Form):
    """`arguments()` is what `registering.register` takes."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("We write to you there, and it is how you sign in: no password."),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=120, required=False)
    skills = forms.CharField(
        label=gettext_lazy("Skills"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Separated by commas: Python, facilitation, drawing…"),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Your level in them"), choices=(("", "—"), *LEVELS), required=False
    )
    shows_role = forms.BooleanField(
        label=gettext_lazy("Show my role on my badge and to my team"), required=False
    )
    diet = forms.CharField(label=gettext_lazy("Diet, allergies"), max_length=200, required=False)
    access = forms.CharField(label=gettext_lazy("Access needs"), max_length=200, required=False)
    needs_agreed = forms.BooleanField(
        label=gettext_lazy(
            "I agree that these needs be kept to welcome me, and deleted seven days after the event"
        ),
        required=False,
    )
    rules_agreed = forms.BooleanField()
    website = forms.CharField(required=False)  # people do not see it; machines fill it in
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        event: Event,
        role: Role,
        data: Any = None,
        files: Any = None,
        *,
        draft: RegistrationDraft | None = None,
        code: str = "",
    ) -> None:
        super().__init__(data, files)
        self.event, self.role = event, role
        self.kept_files: dict[str, dict[str, Any]] = (draft.data.get("files") or {}) if draft else {}
        self.questions: list[Question] = list(Question.objects.for_event(event).asked_of(role).in_order())
        self.all_themes: list[Theme] = list(Theme.objects.for_event(event).in_order())
        self._set_widgets()
        self._add_themes()
        self._add_days()
        self._add_questions()
        self._add_consents()
        if role.is_private:
            del self.fields["shows_role"]
        self.initial = {"key": secrets.token_urlsafe(12), "code": code, **self._typed(draft)}

    def _typed(self, draft: RegistrationDraft | None) -> dict[str, Any]:
        """What a draft kept, as initial values; a box that was unticked is so again."""
        kept = (draft.data.get("fields") or {}) if draft else {}
        found: dict[str, Any] = {}
        for name, field in self.fields.items() if kept else ():
            if isinstance(field, forms.MultipleChoiceField):
                found[name] = kept.get(name, [])
            elif isinstance(field, forms.BooleanField):
                found[name] = bool(kept.get(name))
            elif name in kept and name != "code":
                found[name] = kept[name][-1] if kept[name] else ""
        return found

    def _set_widgets(self) -> None:
        hints = {
            "first_name": {"autocomplete": "given-name"},
            "last_name": {"autocomplete": "family-name"},
            "email": {"autocomplete": "email"},
            "phone": {"autocomplete": "tel", "inputmode": "tel"},
            "organisation": {"autocomplete": "organization"},
            "website": {"autocomplete": "off", "tabindex": "-1"},
        }
        for name, attributes in hints.items():
            self.fields[name].widget.attrs.update(attributes)
        rules = _("I accept the rules and the code of conduct (version %(version)s)")
        self.fields["rules_agreed"].label = rules % {"version": self.event.rules_version}
        self.fields["rules_agreed"].help_text = format_html(
            '<a href="{}" target="_blank">{}</a>',
            reverse("hackathon:rules", args=[self.event.slug]),
            _("Read them (in a new tab)"),
        )
        self.fields["rules_agreed"].error_messages["required"] = _(
            "Nobody takes part without accepting the rules and the code of conduct: tick the box."
        )

    def _add_themes(self) -> None:
        options = [("", "—"), *((str(theme.pk), theme.title) for theme in self.all_themes)]
        labels = (_("First choice"), _("Second choice"), _("Third choice"), _("Fourth choice"))
        for rank in range(1, min(len(self.all_themes), THEME_CHOICES_ASKED) + 1):
            self.fields[f"theme_{rank}"] = forms.ChoiceField(
                label=labels[rank - 1], choices=options, required=False
            )

    def _add_days(self) -> None:
        for day in self.event.days.all():
            self.fields[f"day_{day.on:%Y%m%d}"] = forms.BooleanField(
                label=date_format(day.on, _("l j F Y")), required=False, initial=True
            )

    def _add_questions(self) -> None:
        for question in self.questions:
            name = f"question_{question.pk}"
            self.fields[name] = field_of(question, kept=self.kept_files.get(name))

    def _add_consents(self) -> None:
        for purpose, label in CONSENTS:
            self.fields[f"consent_{purpose}"] = forms.BooleanField(label=label, required=False)

    # What the page lays out, group by group.

    def bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    def starting(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """(title, sentence under it, fields), in the order of the page; empty groups are left out."""
        found = [
            (
                _("Who you are"),
                "",
                self.bound("first_name", "last_name", "email", "phone", "organisation", "shows_role"),
            ),
            (_("A few questions"), "", self.starting("question_")),
            (
                _("What you would like to work on"),
                _(
                    "In order of preference. Teams form around one theme; leave blank what does not matter to you."
                ),
                self.starting("theme_"),
            ),
            (_("What you bring"), "", self.bound("skills", "level")),
            (_("When you will be there"), "", self.starting("day_")),
            (
                _("So that you are well"),
                _("Only those who prepare the meals and the welcome read this. It is apart from the rest."),
                self.bound("diet", "access", "needs_agreed"),
            ),
            (
                _("What you agree to"),
                _("Each is separate; only the first is required. You can change your mind at any time."),
                [*self.bound("rules_agreed"), *self.starting("consent_")],
            ),
        ]
        return [group for group in found if group[2]]

    # Checks

    @property
    def has_files(self) -> bool:
        """Whether the browser must send it as a form with files."""
        return self.is_multipart()

    def files_sent(self) -> dict[str, uploads.Upload]:
        """field → a file that came with this form and may be kept, whatever else is wrong in the form."""
        names = [
            f"question_{question.pk}" for question in self.questions if question.kind == QuestionKind.FILE
        ]
        found = {name: getattr(self, "cleaned_data", {}).get(name) for name in names}
        return {name: each for name, each in found.items() if isinstance(each, uploads.Upload)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("diet") or cleaned.get("access")) and not cleaned.get("needs_agreed"):
            self.add_error(
                "needs_agreed",
                _("We may keep your needs only if you agree: tick the box, or empty the two fields above."),
            )
        chosen = [cleaned.get(f"theme_{rank}") for rank in range(1, THEME_CHOICES_ASKED + 1)]
        for rank, theme in enumerate(chosen, start=1):
            if theme and theme in chosen[: rank - 1]:
                self.add_error(
                    f"theme_{rank}",
                    _("You have chosen this theme already: choose another, or leave it blank."),
                )
        return cleaned

    def arguments(self, files: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """`files`: field → where the file that came with this form was put."""
        cleaned = {**self.cleaned_data, **files}
        themes = {str(theme.pk): theme for theme in self.all_themes}
        chosen = [cleaned.get(f"theme_{rank}") for rank in range(1, THEME_CHOICES_ASKED + 1)]
        consents = [Purpose.RULES, *(p for p, _label in CONSENTS if cleaned.get(f"consent_{p}"))]
        if cleaned["needs_agreed"]:
            consents.append(Purpose.NEEDS)
        return {
            "event": self.event,
            "role": self.role,
            **{name: cleaned[name] for name in ("first_name", "last_name", "email", "phone", "organisation")},
            **{name: cleaned[name] for name in ("diet", "access", "key")},
            "language": get_language() or "fr",
            "skills": split_skills(cleaned["skills"]),
            "level": int(cleaned["level"]) if cleaned["level"] else None,
            "themes": [themes[pk] for pk in chosen if pk],
            "consents": consents,
            "shows_role": cleaned.get("shows_role", False),
            "answers": {question: cleaned.get(f"question_{question.pk}") for question in self.questions},
            "day_intentions": {
                day.on.isoformat(): cleaned[f"day_{day.on:%Y%m%d}"] for day in self.event.days.all()
            },
        }
