"""Looking for people in the organisers' list, and acting on one registration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import RegistrationState
from ..kit.folding import fold
from ..models import Event, Registration, Role, Theme

State = RegistrationState
#: How the list may be ordered: key → (words, QuerySet order).
SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "name": (gettext_lazy("Name"), ("person__folded_name", "pk")),
    "latest": (gettext_lazy("Latest registration first"), ("-submitted_at", "-pk")),
    "earliest": (gettext_lazy("Earliest registration first"), ("submitted_at", "pk")),
    "role": (gettext_lazy("Role"), ("role__position", "person__folded_name", "pk")),
}

#: What an organiser may do: act → (words, kind of button, states from which it makes sense, whether to say why).
ACTS: dict[str, tuple[Any, str, tuple[str, ...], bool]] = {
    "accept": (
        gettext_lazy("Accept"),
        "go",
        (State.SUBMITTED, State.WAITLISTED, State.DECLINED, State.EXPIRED, State.CANCELLED),
        False,
    ),
    "confirm": (gettext_lazy("Confirm for them"), "go", (State.ACCEPTED,), False),
    "waitlist": (
        gettext_lazy("Put on the waiting list"),
        "plain",
        (State.SUBMITTED, State.DECLINED, State.EXPIRED, State.ACCEPTED),
        False,
    ),
    "decline": (
        gettext_lazy("Decline"),
        "danger",
        (State.SUBMITTED, State.WAITLISTED, State.OFFERED, State.ACCEPTED, State.EXPIRED),
        True,
    ),
    "cancel": (
        gettext_lazy("Cancel the registration"),
        "danger",
        (State.SUBMITTED, State.ACCEPTED, State.WAITLISTED, State.OFFERED, State.CONFIRMED),
        True,
    ),
}


class PeopleFilter(forms.Form):
    """Search and filters of the list, all optional: an unknown value filters nothing."""

    q = forms.CharField(
        label=gettext_lazy("Name, e-mail, organisation or ticket"), max_length=100, required=False
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme wished for"), required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[(key, words) for key, (words, _o) in SORTS.items()],
    )
    state = forms.ChoiceField(required=False, choices=[("", ""), *State.choices], widget=forms.HiddenInput)

    def __init__(self, event: Event, data: Any) -> None:
        super().__init__(data)
        self.event = event
        self.roles = {role.pk: role for role in Role.objects.for_event(event).in_order()}
        self.themes = {theme.pk: theme for theme in Theme.objects.for_event(event).in_order()}
        options: dict[str, list[tuple[Any, Any]]] = {
            "role": [("", _("All roles")), *((pk, role.name) for pk, role in self.roles.items())],
            "theme": [("", _("All themes")), *((pk, theme.short_title) for pk, theme in self.themes.items())],
        }
        for name, choices in options.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["type"] = "search"
        self.full_clean()
        for field in self.fields.values():
            field.required = True  # nothing here is asked of anybody: no need to say « optional » at each

    use_required_attribute = False

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def is_filtering(self) -> bool:
        return any(self.value(name) for name in ("q", "role", "theme", "state"))

    def people(self) -> Any:
        """The registrations looked for, whatever their state: `state` comes after, so that each can be counted."""
        found = Registration.objects.for_event(self.event).matching(fold(self.value("q")).split())
        if self.value("role"):
            found = found.in_role(self.roles[int(self.value("role"))])
        if self.value("theme"):
            found = found.choosing(self.themes[int(self.value("theme"))])
        return found

    def in_state(self) -> Any:
        found = self.people()
        if self.value("state"):
            found = found.in_state(self.value("state"))
        return found.order_by(*SORTS.get(self.value("sort"), SORTS["name"])[1])

    def as_record(self) -> dict[str, str]:
        """What was asked, for the audit; the words searched for are people's names and stay out."""
        return {name: str(self.value(name)) for name in ("role", "theme", "state") if self.value(name)}


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


class OfferForm(forms.Form):
    """How many free places to offer to those who wait, and for how long."""

    count = forms.IntegerField(label=gettext_lazy("Places to offer"), min_value=1, max_value=500)
    hours = forms.IntegerField(label=gettext_lazy("Hours to answer"), min_value=1, max_value=240, initial=24)


def acts_for(state: str) -> list[tuple[str, Any, str]]:
    """(act, words, kind of button) that make sense from that state."""
    return [(act, words, kind) for act, (words, kind, since, _why) in ACTS.items() if state in since]
