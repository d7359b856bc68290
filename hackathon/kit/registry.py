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
    """A PDF: `render(event, language)` → bytes; `permission` is the same as its page's; `name` is the file's.

    `page`: the name of the page where it is asked for, when it takes choices or more time than a request has.
    """

    name: str
    title: Any
    permission: str
    render: Callable[[Any, str], bytes]
    is_available: Callable[[Any], bool] = lambda event: True
    page: str = ""


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
    #: whether somebody without an account (a printed pass) may see it; `account` is then a stranger with `passes`
    is_for_passes: bool = False


@dataclass(frozen=True)
class JobKind:
    """Long work that a page asks for and follows.

    `run(job, tell)` → the job's `result`, plain data; it calls `tell(done, total)` as it goes, which also stops it
    when somebody asked. `permission` is asked on the event at each look. `url(job)`: where to go once it is done,
    "" for the job's own page; `back(job)`: where one came from, for work that failed or was stopped. `dropped(job)`
    gives back what was taken for work that was stopped before it began.
    """

    name: str
    permission: str
    run: Callable[[Any, Callable[[int, int], None]], dict[str, Any]]
    url: Callable[[Any], str] = lambda job: ""
    back: Callable[[Any], str] = lambda job: ""
    dropped: Callable[[Any], None] = lambda job: None


@dataclass(frozen=True)
class LetterKind:
    """A letter that organisers may put in their own words, one of its event.

    `name` is its template's. `placeholders` maps each name they may write to what it is in the template
    ("person.first_name", "sentences[]" for a list); the usual ones (`USUAL` of letters.py) come by
    themselves. `required` must not be left out. `sample(event, language)` → what the placeholders say in a preview,
    where it is not plain. `is_by_date`: the worker sends it on a day of the calendar, and organisers may switch it off.
    """

    name: str
    title: Any
    leaves: Any
    placeholders: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    sample: Callable[[Any, str], dict[str, str]] = lambda event, language: {}
    is_by_date: bool = False


@dataclass(frozen=True)
class PublicPage:
    """A page that everybody may read, for search engines: the name of its address, its arguments, its last change."""

    view: str
    arguments: tuple[Any, ...]
    changed_at: Any = None


@dataclass
class Registry:
    panels: list[Panel] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    personal_data: list[PersonalData] = field(default_factory=list)
    jobs: dict[str, JobKind] = field(default_factory=dict)
    #: by name, in the order of the walk
    letters: dict[str, LetterKind] = field(default_factory=dict)
    #: placeholder of a letter → what it says (lazy)
    meanings: dict[str, Any] = field(default_factory=dict)
    #: what the worker does about once a minute: each finds what is due, does it once, and is harmless to repeat
    ticks: list[Callable[[], Any]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    #: asked before a refusal: (request, subject) → where to send somebody who lacks one step, or None for a plain 403
    refusals: list[Callable[[Any, Any], Any]] = field(default_factory=list)
    #: who knows a code printed on a document: code → (template, its context), or None for a code not of theirs
    verifications: list[Callable[[str], tuple[str, dict[str, Any]] | None]] = field(default_factory=list)
    #: what everybody may read of these events now: events → list of PublicPage, in a fixed number of queries
    public_pages: list[Callable[[list[Any]], list[PublicPage]]] = field(default_factory=list)
    #: what projects were given, in the current language, once it is announced: event → {project's id: [words]}
    honours: list[Callable[[Any], dict[int, list[str]]]] = field(default_factory=list)
    #: verb as the audit keeps it → what was done, in words (lazy): "seal" → « sealed the results »
    acts: dict[str, Any] = field(default_factory=dict)

    def document(self, name: str) -> Document | None:
        return next((document for document in self.documents if document.name == name), None)

    def add_letters(self, *kinds: LetterKind, meanings: dict[str, Any]) -> None:
        self.letters.update((kind.name, kind) for kind in kinds)
        self.meanings.update(meanings)

    def add_job(self, kind: JobKind) -> None:
        self.jobs[kind.name] = kind


registry = Registry()
