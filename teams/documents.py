"""One function per PDF of teams: the signs that stand on their tables. They print what domain/ found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from hackathon import letters
from hackathon.kit.pdf import render_pdf
from hackathon.kit.registry import Document
from hackathon.models import Event

from .models import Team


def table_signs(event: Event, language: str, teams: Iterable[Team] | None = None) -> bytes:
    """A sheet a table, A4 lying, folded into a tent: number, team, theme, and a square to scan, on both sides."""
    if teams is None:
        teams = Team.objects.for_event(event).active().with_themes().with_projects().by_table()
    with override(language):
        signs = [_sign(event, team, language) for team in teams]
    context = {"event": event, "signs": signs, "is_demo": event.is_demo}
    return render_pdf("table_signs", context, language=language)


def _sign(event: Event, team: Team, language: str) -> dict[str, Any]:
    """Before the results the square asks a mentor to come; afterwards it opens the project's public page."""
    project = getattr(team, "project", None)
    is_public = project is not None and event.published_at is not None and project.is_shown
    if project is not None and is_public:
        address = letters.address("teams:public_project", event.slug, project.pk, language=language)
    else:
        address = letters.address("teams:help", event.slug, team.number, language=language)
    return {"team": team, "is_public": is_public, "qr": _qr(address)}


def _qr(address: str) -> SafeString:
    drawn = segno.make(address, error="m", micro=False)
    title = _("QR code of the table")
    svg = drawn.svg_inline(scale=1, border=2, omitsize=True, dark="#000", light="#fff", title=title)
    return mark_safe(svg)  # drawn by the library from the address alone


TABLE_SIGNS = Document(
    name="table-signs",
    title=gettext_lazy("Table signs"),
    permission="teams.see_teams",
    render=table_signs,
    is_available=lambda event: event.teams.active().exists(),
)
