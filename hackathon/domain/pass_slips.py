"""Printed slips: for each person without e-mail a name, a new code, and a QR that brings the code to its page.

The code is printed and forgotten. In the QR it stands behind the `#`, which a browser never sends to a server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import letters
from ..kit.pdf import render_pdf
from ..kit.registry import JobKind
from ..models import Event, Job, Registration
from . import jobs, passes


def slips_pdf(event: Event, made: list[tuple[Registration, str]], language: str) -> bytes:
    """Four slips an A4 sheet, a quarter each, for (registration, code). Raises PdfUnavailable."""
    where = letters.address("hackathon:pass", event.slug, language=language)
    slips = [
        {"name": registration.person.full_name, "code": code, "qr": _qr(f"{where}#{code}", language)}
        for registration, code in made
    ]
    sheets = [slips[start : start + 4] for start in range(0, len(slips), 4)]
    context = {"event": event, "sheets": sheets, "where": where.split("//")[-1], "is_demo": event.is_demo}
    return render_pdf("pass_slips", context, language=language)


def _qr(address: str, language: str) -> SafeString:
    with override(language):
        title = _("QR code that opens this page")
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(
        drawn.svg_inline(scale=1, border=2, omitsize=True, title=title)
    )  # drawn from the address


def run(job: Job, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """A slip for each person without e-mail who has no code in force; what is printed already keeps working."""
    event = job.event
    assert event is not None
    lacking = Registration.objects.for_event(event).not_gone().without_email().without_pass()
    people = list(lacking.with_people().by_name())
    if not people:
        return {"told": _("Everybody without e-mail has a slip already.")}
    made = []
    for number, registration in enumerate(people):
        tell(number, len(people))
        registration.event = event
        made.append((registration, passes.make_pass(registration=registration, actor=job.requested_by)))
    jobs.keep_file(job, slips_pdf(event, made, job.language), f"{event.slug}-{_('slips')}.pdf")
    tell(len(people), len(people))
    return {"told": _("Print the slips and give each to its person: the codes are shown nowhere else.")}


KIND = JobKind("pass_slips", "hackathon.make_passes", run)
