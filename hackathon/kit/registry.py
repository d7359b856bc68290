"""Where each app says what it brings, so that an upstream page lists it without knowing who it is.

Filled in `AppConfig.ready()`, in the order of the walk: hackathon, teams, judging.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Panel:
    """A part of the control tower. Each function takes the event; they share a few queries, whatever the rows.

    `figures` → list of Figure; `alerts` → list of Alert; `next_steps` → list of Step, most pressing first.
    """

    name: str
    figures: Callable[[Any], list[Any]] = lambda event: []
    alerts: Callable[[Any], list[Any]] = lambda event: []
    next_steps: Callable[[Any], list[Any]] = lambda event: []


@dataclass(frozen=True)
class Figure:
    value: int | str
    label: Any
    url: str = ""
    share: float | None = None  # 0 to 1, for the bar under the number


@dataclass(frozen=True)
class Alert:
    level: str  # "bad", "late" or "quiet"
    tag: Any
    message: Any
    action: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """The one thing to do next. `urgency` orders the candidates of all apps: the highest is shown."""

    urgency: int
    message: Any
    action: Any
    url: str


@dataclass(frozen=True)
class Document:
    """A PDF: `render(event, language)` → bytes; `permission` is the same as its page's; `name` is the file's."""

    name: str
    title: Any
    permission: str
    render: Callable[[Any, str], bytes]
    is_available: Callable[[Any], bool] = lambda event: True


@dataclass(frozen=True)
class PersonalData:
    """An app's part of what is known about a person: to export as plain data, and to erase."""

    name: str
    export: Callable[[Any], dict[str, Any]]
    erase: Callable[[Any], None]


@dataclass(frozen=True)
class Link:
    """An entry of an event's navigation, shown to those who hold `permission` on the event ("" for everybody)."""

    label: Any
    view: str
    permission: str = ""
    is_shown: Callable[[Any], bool] = lambda event: True
    section: str = "public"  # "public", "own", or "staff" (on the organisers' pages)


@dataclass(frozen=True)
class Card:
    """A part of « My hackathon »: `context(event, account)` → what `template` shows, or None for no card.

    `order` places it on the page; the first card that has a `next_step` (a Step) in its context leads the page.
    """

    name: str
    order: int
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]


@dataclass
class Registry:
    panels: list[Panel] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    personal_data: list[PersonalData] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    #: verb as the audit keeps it → what was done, in words (lazy): "seal" → « sealed the results »
    acts: dict[str, Any] = field(default_factory=dict)

    def document(self, name: str) -> Document | None:
        return next((document for document in self.documents if document.name == name), None)


registry = Registry()
