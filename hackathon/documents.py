"""One function per PDF of the event and its people: badges, sign-in sheets, attestations of presence.

They print what domain/ found, and find nothing themselves. Many at once are laid out a part at a time (kit/pdf.py).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .domain import attesting, badges, jobs, label_sheets, sign_in
from .domain.attestation_papers import Paper
from .domain.badges import Badge, NoBadge, Wanted
from .kit.folding import fold
from .kit.pdf import Tell, parts_to_files, parts_to_pdf, render_html, render_pdf
from .kit.registry import Document, JobKind
from .models import BadgeLayout, Event, Job, Registration

#: Sheets of badges, and attestations, that are laid out together.
SHEETS_A_PART = 3
PAPERS_A_PART = 10

Part = Callable[[], str]


def silent(done: int, total: int) -> None:
    """For whoever waits without watching."""


@cache
def badge_css() -> str:
    """The look of a badge: the very file that the page of the layout links to."""
    return (Path(__file__).parent / "static/palmares/css/badge.css").read_text()


def badges_pdf(
    layout: BadgeLayout,
    people: Sequence[Registration],
    *,
    language: str,
    start: int = 1,
    tell: Tell = silent,
) -> bytes:
    """The badges of those people, in that order, from place `start` (1 is the first) of the first sheet."""
    if not people:
        raise NoBadge(_("Nobody is left with these choices: there is no badge to print."))
    sheet = badges.sheet_of(layout)
    start = min(max(start, 1), sheet.count)
    per_part = SHEETS_A_PART * sheet.count
    # the first part is shorter by the places that are used already, so that each part ends with its sheet
    ends = [per_part - (start - 1)]
    while ends[-1] < len(people):
        ends.append(ends[-1] + per_part)
    parts: list[Part] = []
    for begin, end in zip([0, *ends], ends, strict=False):
        some = people[begin:end]
        parts.append(partial(_badge_sheets, layout, some, language, 1 if begin else start))
    return parts_to_pdf(parts, tell)


def _badge_sheets(layout: BadgeLayout, people: Sequence[Registration], language: str, start: int) -> str:
    return _sheets_of(layout, badges.badges_of(people, layout, language=language), language, start)


def _sheets_of(layout: BadgeLayout, drawn: list[Badge], language: str, start: int) -> str:
    sheet = badges.sheet_of(layout)
    pages: list[list[tuple[float, float, Badge]]] = []
    for badge, (on, x, y) in zip(drawn, label_sheets.slots(sheet, len(drawn), start), strict=True):
        while len(pages) <= on:
            pages.append([])
        pages[on].append((x, y, badge))
    context = {"event": layout.event, "sheet": sheet, "stock": sheet.key, "pages": pages, "css": badge_css()}
    return render_html("badges", context, language=language)


def sample_badges_pdf(layout: BadgeLayout, *, language: str) -> bytes:
    """One whole sheet of a badge of nobody: to try on plain paper, held against the labels."""
    drawn = [badges.sample(layout, language=language)] * badges.sheet_of(layout).count
    return parts_to_pdf([partial(_sheets_of, layout, drawn, language, 1)])


def all_badges(event: Event, language: str) -> bytes:
    """Everybody who comes, by name, on the event's paper."""
    return badges_pdf(badges.layout_of(event), badges.wanted_people(event, Wanted()), language=language)


def sign_in_pdf(event: Event, language: str, halves: Sequence[sign_in.HalfSheet]) -> bytes:
    """The sheets that people sign, of those half-days."""
    context = {
        "event": event,
        "sheets": [page for half in halves for page in half.pages],
        "is_demo": event.is_demo,
    }
    return render_pdf("sign_in_sheets", context, language=language)


def all_sign_in_sheets(event: Event, language: str) -> bytes:
    """Every half-day's."""
    return sign_in_pdf(event, language, sign_in.sheets_of(event, language=language))


def attestation_pdf(paper: Paper) -> bytes:
    """One person's, in its language."""
    return render_pdf("attestations", _papers([paper]), language=paper.language)


def attestations_pdf(papers: Sequence[Paper], *, tell: Tell = silent) -> bytes:
    """All of them in one file, each in its person's language."""
    return parts_to_pdf(_parts(papers), tell)


def attestations_zip(papers: Sequence[Paper], *, tell: Tell = silent) -> bytes:
    """One file a person, named after them."""
    packed, done = io.BytesIO(), 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # one language a part: a file's own language is that of the document it was cut from
        for language in sorted({paper.language for paper in papers}):
            own = [paper for paper in papers if paper.language == language]
            for some, files in zip(_chunks(own), parts_to_files(_parts(own)), strict=True):
                tell(done, len(papers))
                if len(files) != len(some):  # somebody's took two pages: each alone, then
                    files = [attestation_pdf(paper) for paper in some]
                for paper, content in zip(some, files, strict=True):
                    archive.writestr(file_name(paper), content)
                done += len(some)
    tell(done, len(papers))
    return packed.getvalue()


def file_name(paper: Paper) -> str:
    """« attestation-jean-dupont-ABCD.pdf »: plain letters, and told apart from a namesake's."""
    return f"attestation-{'-'.join(fold(paper.name).split())[:80]}-{paper.code[:4]}.pdf"


def _chunks(papers: Sequence[Paper]) -> list[Sequence[Paper]]:
    return [papers[start : start + PAPERS_A_PART] for start in range(0, len(papers), PAPERS_A_PART)]


def _parts(papers: Sequence[Paper]) -> list[Part]:
    return [
        partial(render_html, "attestations", _papers(some), language=some[0].language)
        for some in _chunks(papers)
    ]


def _papers(papers: Sequence[Paper]) -> dict[str, Any]:
    return {"papers": papers}


def print_badges(job: Job, tell: Tell) -> dict[str, Any]:
    """The job of the page of badges: its options are a Wanted's, and the language."""
    event = job.event
    assert event is not None
    options = dict(job.options)
    language = options.pop("language", job.language)
    wanted = Wanted(**options)
    layout = badges.layout_of(event)
    people = badges.wanted_people(event, wanted)
    content = badges_pdf(layout, people, language=language, start=wanted.start, tell=tell)
    jobs.keep_file(job, content, f"badges-{event.slug}.pdf")
    badges.record_printed(event=event, people=people, actor=job.requested_by)
    sheets = badges.sheets_needed(layout, len(people), wanted.start)
    words = ngettext("%(count)s badge", "%(count)s badges", len(people)) % {"count": len(people)}
    on = ngettext("%(count)s sheet", "%(count)s sheets", sheets) % {"count": sheets}
    told = _("%(badges)s on %(sheets)s of %(paper)s. Print at actual size, without fitting to the page.")
    return {"told": told % {"badges": words, "sheets": on, "paper": layout.get_stock_display()}}


def print_attestations(job: Job, tell: Tell) -> dict[str, Any]:
    """The job of the page of attestations: everybody's, issued where they are not, in one PDF or in a file each."""
    event = job.event
    assert event is not None
    papers = attesting.attest_everybody(event=event, actor=job.requested_by)
    if job.options.get("as") == "zip":
        jobs.keep_file(job, attestations_zip(papers, tell=tell), f"attestations-{event.slug}.zip")
    else:
        jobs.keep_file(job, attestations_pdf(papers, tell=tell), f"attestations-{event.slug}.pdf")
    words = ngettext("%(count)s attestation", "%(count)s attestations", len(papers))
    return {"told": words % {"count": len(papers)}}


BADGES_JOB = JobKind("badges", "hackathon.print_badges", print_badges)
ATTESTATIONS_JOB = JobKind("attestations", "hackathon.issue_attestations", print_attestations)

BADGES = Document(
    name="badges",
    title=gettext_lazy("Badges"),
    permission="hackathon.print_badges",
    render=all_badges,
    is_available=lambda event: event.registrations.coming().exists(),
    page="hackathon:badges",
)
SIGN_IN_SHEETS = Document(
    name="sign-in-sheets",
    title=gettext_lazy("Sign-in sheets"),
    permission="hackathon.print_sign_in_sheets",
    render=all_sign_in_sheets,
    is_available=sign_in.is_time,
    page="hackathon:sign_in_sheets",
)
ATTESTATIONS = Document(
    name="attestations",
    title=gettext_lazy("Attestations of presence"),
    permission="hackathon.issue_attestations",
    render=lambda event, language: attestations_pdf(attesting.attest_everybody(event=event, actor=None)),
    is_available=lambda event: event.is_over and attesting.has_somebody(event),
    page="hackathon:attestations",
)
