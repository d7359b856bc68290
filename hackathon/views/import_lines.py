"""A rehearsal as its page shows it: counts, tabs by kind, and each difference in words.

Health needs are never spelled out on this page: only that they change.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.roster import Line, Report
from ..domain.roster.report import WAITING
from ..enums import RegistrationState
from ..forms.imports import field_name
from ..kit.folding import fold
from ..models import Event

PER_PAGE = 50
NEEDS = ("diet", "access")
MOST_PRESSING = ("refused", "changed", "new")
KIND_WORDS = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "skipped": gettext_lazy("Skipped"),
    "refused": gettext_lazy("Refused"),
    WAITING: gettext_lazy("Waiting list"),
}
SHAPES = {
    "palmares": gettext_lazy("our template"),
    "organiser": gettext_lazy("an organiser’s list"),
    "helloasso": "HelloAsso",
    "eventbrite": "Eventbrite",
    "google_forms": "Google Forms",
    "guessed": gettext_lazy("another list, by the names of its columns"),
}
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows (1252)", "mac_roman": "Mac OS Roman"}
DELIMITERS = {"\t": gettext_lazy("tab")}


def steps(here: int) -> list[dict[str, Any]]:
    """The three steps of an import, as the component shows them; `here` from 1."""
    labels = (_("The list"), _("Rehearsal"), _("Done"))
    states = ["done" if number < here else "here" if number == here else "ahead" for number in (1, 2, 3)]
    return [{"label": label, "state": state, "url": ""} for label, state in zip(labels, states, strict=True)]


def shown(report: Report, event: Event, kind: str, page: str | None, sought: str = "") -> dict[str, Any]:
    """The context of the rehearsal page: what matters most comes first, then the lines of the chosen kind."""
    counts = {**report.counts, WAITING: report.waitlisted}
    kind = kind if kind in counts else next((k for k in MOST_PRESSING if counts[k]), "unchanged")
    found = [line for line in report.of_kind(kind) if _answers(line, sought)]
    lines = Paginator(found, PER_PAGE).get_page(page)
    names = _names(event)
    remarks = Counter(str(warning) for line in report.lines for warning in line.warnings)
    more = f"&q={quote(sought)}" if sought else ""
    return {
        "kind": kind,
        "counts": counts,
        "will_write": report.will_write,
        "tabs": [
            {
                "label": KIND_WORDS[k],
                "count": counts[k],
                "url": f"?kind={k}{more}",
                "is_current": k == kind,
            }
            for k in KIND_WORDS
        ],
        "page_obj": lines,
        "lines": [_worded(line, names) for line in lines],
        "remarks": remarks.most_common(8),
    }


def source_words(report: Report) -> dict[str, Any]:
    """How the file was read, for its reader to check: kind, encoding, separator, header line, mapping."""
    source = report.source
    encoding = ENCODINGS.get(source["encoding"], source["encoding"])
    separator = DELIMITERS.get(source["delimiter"], source["delimiter"])
    shape = SHAPES.get(report.format, report.format)
    return {**source, "encoding": encoding, "delimiter": separator, "shape": shape}


def _answers(line: Line, sought: str) -> bool:
    """Whether that line is one that was looked for: its number, or every word in its name or cells."""
    if not sought:
        return True
    if sought.isdigit() and int(sought) == line.line:
        return True
    text = fold(" ".join((line.name, *line.cells)))
    return all(word in text for word in fold(sought).split())


def _names(event: Event) -> dict[str, dict[Any, str]]:
    return {
        "role": {role.pk: role.name for role in event.roles.all()},
        "themes": {theme.pk: theme.short_title for theme in event.themes.all()},
    }


def _worded(line: Line, names: dict[str, dict[Any, str]]) -> dict[str, Any]:
    return {
        "line": line.line,
        "name": line.name or " ".join(cell for cell in line.cells[:2] if cell),
        "kind": line.kind,
        "state": RegistrationState(line.state).label if line.state else "",
        "is_waiting": line.state == RegistrationState.WAITLISTED,
        "differences": [
            (field_name(change.field), *_values(change.field, change.before, change.after, names))
            for change in line.differences
        ],
        "reasons": [str(reason) for reason in line.reasons],
        "warnings": [str(warning) for warning in line.warnings],
    }


def _values(name: str, before: Any, after: Any, names: dict[str, dict[Any, str]]) -> tuple[str, str]:
    if name in NEEDS:
        return _("(kept apart)"), _("(changed)")
    if isinstance(before, dict) and isinstance(after, dict):
        changed = [key for key in after if after[key] != before.get(key)]
        return _words({key: before[key] for key in changed if key in before}), _words(
            {k: after[k] for k in changed}
        )
    if name == "role":
        return names["role"].get(before, ""), names["role"].get(after, "")
    if name == "themes":
        return _words([names["themes"].get(pk, "") for pk in before]), _words(
            [names["themes"].get(pk, "") for pk in after]
        )
    if name == "state":
        return str(RegistrationState(before).label), str(RegistrationState(after).label)
    return _words(before), _words(after)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return " · ".join(f"{key}: {_words(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
