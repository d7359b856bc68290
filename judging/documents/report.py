"""The final report as a PDF. What it says is reporting.py's."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hackathon.kit.pdf import render_pdf
from hackathon.kit.registry import Document
from hackathon.models import Event
from judging.domain import reporting


def report(event: Event, language: str) -> bytes:
    """The report as it stands now, in that language."""
    with translation.override(language):
        found = reporting.report(event, language)
    return render_pdf("report", {"report": found, "is_demo": found.is_demo}, language=language)


REPORT = Document(
    name="report",
    title=_("Final report"),
    permission="judging.see_report",
    render=report,
    is_available=lambda event: event.registrations.exists(),
)
