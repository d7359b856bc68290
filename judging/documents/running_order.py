"""The running order on paper (« ordre de passage »): a page per panel, with its room, its jurors and each time."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from hackathon.kit.pdf import render_pdf
from hackathon.kit.registry import Document
from hackathon.models import Event
from judging.documents.results import NothingToPrint
from judging.models import Panel, Round


def running_order(event: Event, language: str) -> bytes:
    """Every round drawn and not closed; raises NothingToPrint before a draw."""
    rounds = Round.objects.for_event(event).not_closed().with_window().with_passages().in_order()
    with translation.override(language), timezone.override(event.zone):
        panels: list[Panel] = []
        for round in rounds:
            for panel in round.panels.all():
                if panel.entries.all():
                    panel.round = round
                    panels.append(panel)
        if not panels:
            raise NothingToPrint(_("No running order is drawn yet: plan the round first."))
        context = {
            "event": event,
            "panels": panels,
            "is_demo": event.is_demo,
            "printed_at": timezone.localtime(),
        }
        return render_pdf("running_order", context, language=language)


RUNNING_ORDER = Document(
    name="running_order",
    title=_("Running order"),
    permission="judging.see_coverage",
    render=running_order,
    is_available=lambda event: Round.objects.for_event(event).not_closed().drawn().exists(),
)
