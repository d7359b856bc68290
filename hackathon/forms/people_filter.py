"""Looking for people in the organisers' list. What is asked stands in the address, so that a link keeps it.

An unknown value filters nothing. Ticked people (`person`) narrow it to them, unless `all` says everybody who matches.
"""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet

from ..enums import Half, Purpose, RegistrationState, Source
from ..kit.folding import fold
from ..models import Event, InvitationCode, Registration, Role, Theme

State = RegistrationState
SORTS = [
    ("name", gettext_lazy("Name")),
    ("-name", gettext_lazy("Name, from Z to A")),
    ("-date", gettext_lazy("Latest registration first")),
    ("date", gettext_lazy("Earliest registration first")),
    ("role", gettext_lazy("Role")),
    ("-role", gettext_lazy("Role, the last first")),
    ("state", gettext_lazy("State")),
    ("-state", gettext_lazy("State, the last first")),
]
CONSENTS = [
    ("no-rules", gettext_lazy("Rules not accepted yet")),
    ("image", gettext_lazy("Agree to be in pictures")),
    ("no-image", gettext_lazy("Do not agree to be in pictures")),
]
ALL = gettext_lazy("All")
SHOWN = ("q", "role", "theme", "sort")  # the others are folded away until asked for
FOLDED = ("presence", "consent", "reach", "source", "language", "party", "invitation")


class _Form(forms.Form):
    use_required_attribute = False


def _choice(label: Any, method: str, choices: Any = (), empty: Any = ALL) -> ChoiceFilter:
    return ChoiceFilter(label=label, method=method, choices=choices, empty_label=empty)


class PeopleFilter(FilterSet):
    """`people()` whatever their state, `in_state()` as the list shows them; nothing is asked of anybody."""

    q = CharFilter(
        label=gettext_lazy("Name, e-mail, organisation or ticket"), method="matching", max_length=100
    )
    role = _choice(gettext_lazy("Role"), "in_role", empty=gettext_lazy("All roles"))
    theme = _choice(gettext_lazy("Theme wished for"), "wishing", empty=gettext_lazy("All themes"))
    sort = _choice(gettext_lazy("Order"), "kept", SORTS, None)
    state = _choice(gettext_lazy("State"), "kept", State.choices)
    presence = _choice(gettext_lazy("Presence"), "seen")
    consent = _choice(gettext_lazy("Consents"), "agreeing", CONSENTS)
    reach = _choice(
        gettext_lazy("E-mail"), "reached", [("none", gettext_lazy("No e-mail address")), ("mail", gettext_lazy("Has an address"))]
    )  # fmt: skip
    source = _choice(gettext_lazy("Came by"), "coming_by", Source.choices)
    language = _choice(gettext_lazy("Language"), "speaking", settings.LANGUAGES)
    party = CharFilter(method="together", widget=forms.HiddenInput)
    invitation = _choice(gettext_lazy("Invitation code"), "invited")

    def __init__(self, event: Event, data: Any) -> None:
        super().__init__(data, Registration.objects.for_event(event))
        self.event = event
        self.roles = {role.pk: role for role in Role.objects.for_event(event).in_order()}
        self.themes = {theme.pk: theme for theme in Theme.objects.for_event(event).in_order()}
        self.codes = {code.pk: code for code in InvitationCode.objects.for_event(event).with_roles()}
        choices: dict[str, list[tuple[Any, Any]]] = {
            "role": [(pk, role.name) for pk, role in self.roles.items()],
            "theme": [*_first_and_any(self.themes), ("none", _("No theme chosen"))],
            "presence": _presences(event),
            "invitation": [(pk, code.label or code.code) for pk, code in self.codes.items()],
        }
        for name, found in choices.items():
            self.filters[name].extra["choices"] = found
        self.picked = [] if self.data.get("all") else _numbers(self.data)
        self.form.fields["q"].widget.attrs["type"] = "search"
        self.form.is_valid()
        for field in self.form.fields.values():
            field.required = True  # nothing here is asked of anybody: no need to say « optional » at each

    def get_form_class(self) -> Any:
        return type("PeopleFilterForm", (_Form,), {name: one.field for name, one in self.filters.items()})

    def value(self, name: str) -> str:
        return self.form.cleaned_data.get(name) or ""

    @property
    def is_filtering(self) -> bool:
        return bool(self.picked) or any(self.value(name) for name in self.filters if name != "sort")

    @property
    def is_unfolded(self) -> bool:
        return any(self.value(name) for name in FOLDED)

    @property
    def folded_fields(self) -> list[Any]:
        """Those behind « More filters »; one without anything to choose is not there."""
        names = [name for name in FOLDED if name != "party" and (name != "invitation" or self.codes)]
        return [self.form[name] for name in names]

    def people(self) -> Any:
        """The registrations looked for, whatever their state: it comes after, so that each can be counted."""
        found = self.filter_queryset(self.queryset)
        return found.numbered_any(self.picked) if self.picked else found

    def in_state(self) -> Any:
        found = self.people()
        if self.value("state"):
            found = found.in_state(self.value("state"))
        return found.in_list_order(self.value("sort"))

    def query(self, **changes: str) -> str:
        """The present search as the end of an address, without its page; `changes` put in, "" leaves out."""
        asked = {name: self.value(name) for name in self.filters} | changes
        pairs = [(name, value) for name, value in asked.items() if value]
        return urlencode([*pairs, *(("person", pk) for pk in self.picked)])

    def hidden(self) -> list[tuple[str, str]]:
        """The present search as hidden fields of a form, without the ticked people."""
        return [(name, self.value(name)) for name in self.filters if self.value(name)]

    def as_record(self) -> dict[str, str]:
        """What was asked, for the audit; the words searched for are people's names and stay out."""
        asked = {
            name: self.value(name) for name in self.filters if name not in ("q", "sort") and self.value(name)
        }
        return asked | ({"ticked": str(len(self.picked))} if self.picked else {})

    # Each filter, in the words of the QuerySets

    def matching(self, found: Any, name: str, value: str) -> Any:
        return found.matching(fold(value).split())

    def kept(self, found: Any, name: str, value: str) -> Any:
        return found

    def in_role(self, found: Any, name: str, value: str) -> Any:
        return found.in_role(self.roles[int(value)])

    def wishing(self, found: Any, name: str, value: str) -> Any:
        if value == "none":
            return found.choosing_nothing()
        theme = self.themes[int(value.removeprefix("first-"))]
        return found.choosing_first(theme) if value.startswith("first-") else found.choosing(theme)

    def seen(self, found: Any, name: str, value: str) -> Any:
        if value in ("seen", "never"):
            return found.present() if value == "seen" else found.absent_so_far(self.event)
        kind, on, half = value.split("/")
        day = next(day for day in self.event.whole_days if day.on.isoformat() == on)
        if kind == "skips":
            return found.skipping(day)
        return found.present_on(day, half) if kind == "in" else found.unseen_on(day, half)

    def agreeing(self, found: Any, name: str, value: str) -> Any:
        if value == "no-rules":
            return found.lacking_rules(self.event)
        return found.agreeing_to(Purpose.IMAGE) if value == "image" else found.not_agreeing_to(Purpose.IMAGE)

    def reached(self, found: Any, name: str, value: str) -> Any:
        return found.without_email() if value == "none" else found.reachable()

    def coming_by(self, found: Any, name: str, value: str) -> Any:
        return found.coming_by(value)

    def speaking(self, found: Any, name: str, value: str) -> Any:
        return found.speaking(value)

    def together(self, found: Any, name: str, value: str) -> Any:
        try:
            return found.of_party(uuid.UUID(value))
        except ValueError:
            return found.in_a_party()

    def invited(self, found: Any, name: str, value: str) -> Any:
        return found.invited_by(self.codes[int(value)])


def _numbers(data: Any) -> list[int]:
    """The ticked people, each once; what is no number of a row is left out."""
    wanted = data.getlist("person") if isinstance(data, QueryDict) else data.get("person", [])
    return list(dict.fromkeys(int(one) for one in wanted if str(one).isdecimal() and len(str(one)) < 16))


def _first_and_any(themes: dict[int, Theme]) -> list[tuple[str, str]]:
    named = [
        (f"first-{pk}", _("%(theme)s, first choice") % {"theme": theme.short_title})
        for pk, theme in themes.items()
    ]
    return [
        *named,
        *(
            (str(pk), _("%(theme)s, any choice") % {"theme": theme.short_title})
            for pk, theme in themes.items()
        ),
    ]


def _presences(event: Event) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = [
        ("seen", _("Seen at the desk")),
        ("never", _("Never seen, the event over")),
    ]
    for day in event.whole_days:
        on, words = day.on.isoformat(), date_format(day.on, "j F")
        for half in Half:
            said = {"day": words, "half": half.label.lower()}
            found.append((f"in/{on}/{half.value}", _("There on %(day)s, %(half)s") % said))
            found.append((f"out/{on}/{half.value}", _("Expected, not seen on %(day)s, %(half)s") % said))
        found.append((f"skips/{on}/", _("Said that they skip %(day)s") % {"day": words}))
    return found
