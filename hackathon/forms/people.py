"""Acting on one registration or on many, offering places, correcting what is written about a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.transitions import can
from ..models import Event, Registration, Role, Theme

#: What an organiser may do: act → (words, kind of button, the step as the record keeps it, whether to say why).
ACTS: dict[str, tuple[Any, str, str, bool]] = {
    "accept": (gettext_lazy("Accept"), "go", "accept_registration", False),
    "confirm": (gettext_lazy("Confirm for them"), "go", "confirm_registration", False),
    "waitlist": (gettext_lazy("Put on the waiting list"), "plain", "waitlist_registration", False),
    "decline": (gettext_lazy("Decline"), "danger", "decline_registration", True),
    "cancel": (gettext_lazy("Cancel the registration"), "danger", "cancel_registration", True),
}
#: What may be done to many at once: act → (words, kind of button, whether to say why).
ACTS_ON_MANY: dict[str, tuple[Any, str, bool]] = {
    "accept": (gettext_lazy("Accept"), "go", False),
    "offer": (gettext_lazy("Offer a place"), "go", False),
    "waitlist": (gettext_lazy("Put on the waiting list"), "plain", False),
    "decline": (gettext_lazy("Decline"), "danger", True),
    "cancel": (gettext_lazy("Cancel"), "danger", True),
}


class ActForm(forms.Form):
    """One act on one registration; a reason where the person is told no."""

    act = forms.ChoiceField(choices=[(key, words) for key, (words, *_more) in ACTS.items()])
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Kept in the history; it goes into the letter when you decline or cancel."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        act = cleaned.get("act")
        if act and ACTS[act][3] and not cleaned.get("reason", "").strip():
            self.add_error(
                "reason", _("Say why: the person reads it in the letter, and the history keeps it.")
            )
        return cleaned


class ManyForm(forms.Form):
    """The confirmation of an act on many: what was seen in the preview (`digest`, `count`), and the reason."""

    reason = ActForm.base_fields["reason"]
    batch = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    count = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def shown_again(self, **hidden: Any) -> None:
        """The reason stays as typed; what the next confirmation is compared with is what the page shows now."""
        self.data = {**self.data.dict(), **hidden}  # type: ignore[attr-defined]

    def __init__(self, act: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.asks_why = ACTS_ON_MANY[act][2]
        self.fields["reason"].error_messages["required"] = _(
            "Say why: each person reads it in the letter, and the history keeps it."
        )


class OfferForm(forms.Form):
    """How many free places to offer to those who wait, and for how long."""

    count = forms.IntegerField(label=gettext_lazy("Places to offer"), min_value=1, max_value=500)
    hours = forms.IntegerField(label=gettext_lazy("Hours to answer"), min_value=1, max_value=240, initial=24)


class CorrectForm(forms.Form):
    """What is written about somebody. `seen` is the mark of what the editor had before them."""

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=120, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"), choices=settings.LANGUAGES)
    role: Any = forms.ModelChoiceField(Role.objects.none(), label=gettext_lazy("Role"), empty_label=None)
    skills = forms.CharField(
        label=gettext_lazy("Skills"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Separated by commas."),
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level (1–5)"),
        choices=[("", "–"), *((number, number) for number in range(1, 6))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, event: Event, registration: Registration, *args: Any, **kwargs: Any) -> None:
        person = registration.person
        facts = ("first_name", "last_name", "email", "phone", "organisation", "language")
        initial = {name: getattr(person, name) for name in facts}
        initial |= {
            "role": registration.role_id,
            "skills": ", ".join(registration.skills),
            "level": registration.level,
        }
        choices = list(registration.choices.all())
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.for_event(event).in_order()  # type: ignore[attr-defined]
        themes = Theme.objects.for_event(event).in_order()
        shown = min(len(themes), max(4, len(choices)))
        self.theme_names = [f"theme_{rank}" for rank in range(shown)]
        for rank, name in enumerate(self.theme_names):
            self.fields[name] = forms.ModelChoiceField(
                themes, label=_("Theme %(number)s") % {"number": rank + 1}, required=False
            )
            self.initial[name] = choices[rank].theme_id if rank < len(choices) else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        themes = [cleaned[name] for name in self.theme_names if cleaned.get(name)]
        if len(themes) != len(set(themes)):
            self.add_error(self.theme_names[-1], _("The same theme is there twice: each is chosen once."))
        return cleaned

    def seen_again(self, mark: str) -> None:
        """The page shows what is there now beside what was typed: the next try is compared with that."""
        self.data = {**self.data.dict(), "seen": mark}  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What `people.correct` takes."""
        cleaned = self.cleaned_data
        names = ("first_name", "last_name", "email", "phone", "organisation", "language", "role", "level")
        facts = {name: cleaned[name] for name in names}
        facts["skills"] = [word.strip() for word in cleaned["skills"].split(",") if word.strip()]
        return facts | {"themes": [cleaned[name] for name in self.theme_names if cleaned.get(name)]}


def acts_for(state: str) -> list[tuple[str, Any, str]]:
    """(act, words, kind of button) that make sense from that state."""
    return [(act, words, kind) for act, (words, kind, step, _why) in ACTS.items() if can(step, state)]
