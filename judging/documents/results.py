"""The announcement of the results on paper. It prints what domain/ computed, and computes nothing."""

from __future__ import annotations

from textwrap import wrap

from django.utils.translation import gettext_lazy as _

from hackathon.domain import verifying_codes
from hackathon.kit.errors import Refused
from hackathon.kit.pdf import render_pdf
from hackathon.kit.registry import Document
from hackathon.models import Event
from judging.domain import publishing
from judging.domain.publishing import Announcement, Prize


class NothingToPrint(Refused):
    code = "nothing_to_print"


def results(event: Event, language: str) -> bytes:
    """The announcement of the results (« palmarès »); raises NothingToPrint before the jury has decided."""
    announcement = publishing.announcement(event, language)
    if announcement is None:
        raise NothingToPrint(_("The jury has not decided yet: there are no results to print."))
    return results_pdf(announcement)


def results_pdf(announcement: Announcement) -> bytes:
    """An announcement as a PDF, in its own language."""
    context = {
        "announcement": announcement,
        "is_demo": announcement.is_demo,
        "check_address": check_address(announcement),
        **layout(announcement),
    }
    return render_pdf("results", context, language=announcement.language)


def check_address(announcement: Announcement) -> str:
    """Where its code is checked; nothing before it has one."""
    code = announcement.code
    return verifying_codes.address(code, announcement.language) if code else ""


def layout(announcement: Announcement) -> dict[str, int]:
    """How many columns, and the lines to keep above each laureate so that all names stand on one line."""
    count = len(announcement.prizes)
    columns = count if count < 3 else 2 if count in (2, 4) else 3
    letters = {1: 110, 2: 52}.get(columns, 33)  # that fit on a line of the theme, at its size
    longest = max((_lines(prize, letters) for prize in announcement.prizes), default=1)
    return {"columns": max(1, columns), "lines": min(6, longest)}


def _lines(prize: Prize, letters: int) -> int:
    """Lines that the label and the theme take, as the browser would wrap them."""
    return 1 + (len(wrap(prize.theme, letters)) if prize.theme else 0)


RESULTS = Document(
    name="results",
    title=_("Results"),
    permission="judging.see_results",
    render=results,
    is_available=lambda event: event.decisions.exists(),
)
