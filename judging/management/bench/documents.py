"""Badges and attestations of 250 people, against WeasyPrint on one static page of the same repeated 250 times."""

from __future__ import annotations

from datetime import UTC, datetime, time

from hackathon import documents
from hackathon.domain import attesting, badges
from hackathon.domain.badges import Wanted
from hackathon.enums import Half
from hackathon.kit.pdf import html_to_pdf, render_html
from hackathon.models import Event, Presence, Registration

from . import Figure, in_turn

PEOPLE = 250


def printing(event: Event) -> list[Figure]:
    """Both, from the database on: who, what each says, layout and file."""
    return [_badges(event), _attestations(event)]


def _badges(event: Event) -> Figure:
    layout = badges.layout_of(event)

    def ours() -> None:
        people = badges.wanted_people(event, Wanted())[:PEOPLE]
        documents.badges_pdf(layout, people, language="fr")

    sheet = badges.sheet_of(layout)
    one = badges.badges_of(badges.wanted_people(event, Wanted())[:1], layout, language="fr")[0]
    page = [(x, y, one) for x, y in sheet.corners]
    pages = [page] * (PEOPLE // sheet.count)
    context = {
        "event": event,
        "sheet": sheet,
        "stock": sheet.key,
        "pages": pages,
        "css": documents.badge_css(),
    }
    html = render_html("badges", context, language="fr")
    seconds, baseline = in_turn(ours, lambda: html_to_pdf(html), runs=3)
    return Figure(f"{PEOPLE} badges", seconds, baseline, "WeasyPrint on one sheet repeated", "under 2 ×")


def _attestations(event: Event) -> Figure:
    day = event.whole_days[0]
    came = datetime.combine(day.on, time(7), UTC)
    people = Registration.objects.for_event(event).coming()[:PEOPLE]
    Presence.objects.bulk_create(
        [Presence(registration=one, day=day, half=Half.MORNING, in_at=came) for one in people],
        ignore_conflicts=True,
    )
    Presence.objects.for_event(event).recorded().update(out_at=datetime.combine(day.on, time(11), UTC))
    papers = attesting.attest_everybody(event=event, actor=None)

    def ours() -> None:
        documents.attestations_pdf(attesting.attest_everybody(event=event, actor=None))

    html = render_html("attestations", {"papers": papers[:1] * len(papers)}, language="fr")
    seconds, baseline = in_turn(ours, lambda: html_to_pdf(html), runs=3)
    return Figure(
        f"{len(papers)} attestations", seconds, baseline, "WeasyPrint on one page repeated", "under 2 ×"
    )
