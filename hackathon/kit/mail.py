"""Writing a letter: text always, HTML from the same words. Sending is domain/outbox.py's.

Our words are a template of `templates/mail/`. An organiser changes them as text with placeholders (placeholders.py):
the text to start from is the template itself, written about stand-ins that print as `{first_name}`, `{event}`…
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context, Variable, VariableDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import override

from . import placeholders


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


class _StandIn:
    """Prints as it was told; whatever else it is asked for, it has nothing."""

    def __init__(self) -> None:
        self.words = ""

    def __str__(self) -> str:
        return self.words

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


def compose(template: str, language: str, context: dict[str, Any]) -> Letter:
    """`templates/mail/<template>.txt` in that language, about those things."""
    subject, text = our_words(template, language, context)
    return lay_out(subject, text, language, event=context.get("event"))


def our_words(template: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """(subject, text): the template's first line, and the rest."""
    with override(language):
        whole = render_to_string(f"mail/{template}.txt", context).strip()
    subject, _, text = whole.partition("\n")
    return subject.strip(), placeholders.tidy(text)


def lay_out(subject: str, text: str, language: str, *, event: Any = None) -> Letter:
    """The HTML is the same text laid out by `mail/letter.html`, so that the two never say different things."""
    context = {"subject": subject, "text": text, "language": language, "event": event}
    with override(language):
        return Letter(subject, text, render_to_string("mail/letter.html", context))


def stand_ins(paths: Mapping[str, str]) -> dict[str, Any]:
    """A template's context in which each `path` ("person.first_name") prints as its placeholder ("{first_name}").

    A path that ends in `[]` is a list.
    """
    found: dict[str, Any] = {}
    for name, path in paths.items():
        steps = path.removesuffix("[]").split(".")
        if path.endswith("[]"):
            found[steps[0]] = [f"{{{name}}}"]
            continue
        thing = found.setdefault(steps[0], _StandIn())
        for step in steps[1:]:
            thing = thing.__dict__.setdefault(step, _StandIn())
        thing.words = f"{{{name}}}"
    return found


def values(paths: Mapping[str, str], context: Mapping[str, Any], language: str) -> dict[str, str]:
    """What each placeholder stands for in that letter, as text; empty for what the letter does not know."""
    found, known = {}, Context(dict(context), autoescape=False)
    with override(language):
        for name, path in paths.items():
            try:
                value = Variable(path.removesuffix("[]")).resolve(known)
            except VariableDoesNotExist:
                value = None
            words = "\n".join(map(str, value)) if path.endswith("[]") else str(value)
            found[name] = "" if value is None else words
    return found


def fill(subject: str, text: str, values: Mapping[str, str], language: str, *, event: Any = None) -> Letter:
    """A letter from words with placeholders."""
    return lay_out(
        placeholders.fill_line(subject, values), placeholders.fill(text, values), language, event=event
    )
