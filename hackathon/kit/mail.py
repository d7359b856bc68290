"""Writing a letter from its template: text always, HTML from the same words. Sending is domain/outbox.py's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def compose(template: str, language: str, context: dict[str, Any]) -> Letter:
    """`templates/mail/<template>.txt` in that language: its first line is the subject, the rest the text.

    The HTML is the same text laid out by `mail/letter.html`, so that the two never say different things.
    """
    with override(language):
        whole = render_to_string(f"mail/{template}.txt", context).strip()
        subject, _, text = whole.partition("\n")
        text = text.strip() + "\n"
        html = render_to_string(
            "mail/letter.html", {**context, "subject": subject, "text": text, "language": language}
        )
    return Letter(subject.strip(), text, html)
