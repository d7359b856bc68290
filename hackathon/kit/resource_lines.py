"""Lines « title — https://… » that organisers write, read as links; only http and https are ever followed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

_LINE = re.compile(r"^(?:(?P<title>.*?\S)\s*[\u2014\u2013-]?\s+)?(?P<url>https?://\S+)$", re.IGNORECASE)
_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Resource:
    title: str
    url: str


def read(text: str) -> tuple[list[Resource], list[int]]:
    """The links, and the numbers (from 1) of the lines that are none. A line without a title is titled by its address."""
    found, wrong = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.match(line.strip())
        try:
            if match is None:
                raise ValidationError("no address")
            _is_address(match["url"])
        except ValidationError:
            wrong.append(number)
        else:
            title = (match["title"] or "").rstrip(" \u2014\u2013-")
            found.append(Resource(title or match["url"], match["url"]))
    return found, wrong
