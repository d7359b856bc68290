"""Everything held about a person, laid out as titles and lines that can be read, on a page or on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import privacy_words


def sections(parts: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Plain data as titles and lines that can be read on a page."""
    sections = []
    for part in parts.values():
        for title, value in part.items():
            lines = list(_lines([], value))
            if lines:
                sections.append((privacy_words.in_words(title), lines))
    return sections


def _lines(path: list[str], value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lines([*path, privacy_words.in_words(name)], inner)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value, start=1):
            yield from _lines([*path, str(number)], each)
    elif isinstance(value, bool):
        yield " · ".join(path), _("Yes") if value else _("No")
    elif isinstance(value, str) and (moment := _moment(value)):
        yield " · ".join(path), date_format(localtime(moment), _("j F Y, H:i"))
    elif value not in (None, "", [], {}):
        yield " · ".join(path), ", ".join(map(str, value)) if isinstance(value, list) else value


def _moment(text: str) -> datetime | None:
    """What `isoformat` wrote, read again; None for any other text."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
