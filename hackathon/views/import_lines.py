"""A rehearsal as its page shows it: counts, tabs by kind, and each difference in words.

Health needs are never spelled out on this page: only that they change.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.roster import KINDS, Line, Rehearsal
from ..enums import RegistrationState
from ..forms.imports import field_name

PER_PAGE = 50
NEEDS = ("diet", "access")
KIND_WORDS = {
    "new": (gettext_lazy("New"), "ok"),
    "changed": (gettext_lazy("Changed"), "late"),
    "unchanged": (gettext_lazy("Unchanged"), "quiet"),
    "skipped": (gettext_lazy("Skipped"), "quiet"),
    "refused": (gettext_lazy("Refused"), "bad"),
}


def steps(here: int) -> list[dict[str, Any]]:
    """The three steps of an import, as the component shows them; `here` from 1."""
    labels = (_("The list"), _("Rehearsal"), _("Done"))
    states = ["done" if number < here else "here" if number == here else "ahead" for number in (1, 2, 3)]
    return [{"label": label, "state": state, "url": ""} for label, state in zip(labels, states, strict=True)]


def shown(rehearsal: Rehearsal, *, kind: str, page: str | None) -> dict[str, Any]:
    """The context of the rehearsal page: what matters most comes first, then the lines of the chosen kind."""
    counts = rehearsal.counts
    kind = (
        kind if kind in KINDS else next((k for k in ("refused", "changed", "new") if counts[k]), "unchanged")
    )
    lines = Paginator(rehearsal.of_kind(kind), PER_PAGE).get_page(page)
    names = _names(rehearsal)
    remarks = Counter(str(warning) for line in rehearsal.lines for warning in line.warnings)
    return {
        "kind": kind,
        "counts": counts,
        "will_write": counts["new"] + counts["changed"],
        "tabs": [
            {"label": KIND_WORDS[k][0], "count": counts[k], "url": f"?kind={k}", "is_current": k == kind}
            for k in KINDS
        ],
        "page_obj": lines,
        "lines": [_worded(line, names) for line in lines],
        "remarks": remarks.most_common(8),
    }


def _names(rehearsal: Rehearsal) -> dict[str, dict[Any, str]]:
    return {
        "role": {role.pk: role.name for role in rehearsal.event.roles.all()},
        "themes": {theme.pk: theme.short_title for theme in rehearsal.event.themes.all()},
    }


def _worded(line: Line, names: dict[str, dict[Any, str]]) -> dict[str, Any]:
    word, status = KIND_WORDS[line.kind]
    return {
        "line": line.line,
        "name": line.name or " ".join(cell for cell in line.cells[:2] if cell),
        "word": word,
        "status": status,
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
