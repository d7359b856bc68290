"""Words with holes: `Hello {first_name},`. A fixed list of names, replaced once, and nothing else means anything.

No template language and no `str.format`: `{event.__class__}`, `{0}`, `{% load %}` and `{{ settings }}` are only text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_HOLE = re.compile(r"\{([^{}\n]{0,80})\}")
_BLANKS = re.compile(r"\n{3,}")
_PLAIN_BLANKS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")


def names_in(text: str) -> list[str]:
    """What stands between braces, each once, in order: names of placeholders, or what is none."""
    return list(dict.fromkeys(_HOLE.findall(text)))


def unknown_in(text: str, allowed: Collection[str]) -> list[str]:
    """What stands between braces and is no placeholder, as it was written."""
    return [f"{{{name}}}" for name in names_in(text) if name not in allowed]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Each placeholder replaced by its value; a line in which one has nothing to say is left out.

    Values are never looked into again: a person called « {link} » stays so.
    """
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        known = [name for name in _HOLE.findall(line) if name in values]
        if all(values[name].strip() for name in known):
            lines.append(_HOLE.sub(lambda hole: values.get(hole[1], hole[0]), line))
    return tidy("\n".join(lines))


def tidy(text: str) -> str:
    """One blank line at most between two paragraphs, one line break at the end."""
    return _BLANKS.sub("\n\n", text).strip() + "\n"


def fill_line(text: str, values: Mapping[str, str]) -> str:
    """The same for a single line, as a subject: what has nothing to say is left out, line breaks are blanks."""
    return one_line(_HOLE.sub(lambda hole: values.get(hole[1], hole[0]), text))


def one_line(text: str) -> str:
    """No line breaks, one blank between words; the narrow and unbreakable blanks of French stay."""
    return _PLAIN_BLANKS.sub(" ", text).strip()
