"""What the control tower says about letters: those that nobody is sure of, and those that wait for a worker."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..enums import MailState
from ..kit.registry import Alert, Panel
from ..models import Event, OutgoingMail
from . import workers

#: Letters that wait longer while no worker lives are worth an alert.
PATIENCE = timedelta(minutes=2)


def alerts(event: Event) -> list[Alert]:
    """Letters that failed, doubtful ones, and letters that wait for nobody: one query."""
    found, mail = [], reverse("hackathon:mail", args=[event.slug])
    counts = OutgoingMail.objects.for_event(event).count_by_state_and_age(timezone.now() - PATIENCE)
    failed = counts.get((MailState.FAILED, True), 0) + counts.get((MailState.FAILED, False), 0)
    if failed:
        words = ngettext(
            "%(count)s letter could not be delivered.", "%(count)s letters could not be delivered.", failed
        )
        there = f"{mail}?state=failed"
        found.append(
            Alert("late", gettext_lazy("Mail"), words % {"count": failed}, _("See which ones"), there)
        )
    unsure = counts.get((MailState.UNSURE, True), 0) + counts.get((MailState.UNSURE, False), 0)
    if unsure:
        words = ngettext(
            "%(count)s letter may have left or not: the connection was cut while it was handed over.",
            "%(count)s letters may have left or not: the connection was cut while they were handed over.",
            unsure,
        )
        found.append(
            Alert(
                "late", gettext_lazy("Mail"), words % {"count": unsure}, _("Decide"), f"{mail}?state=unsure"
            )
        )
    stuck = counts.get((MailState.QUEUED, True), 0)
    if stuck and not workers.any_is_there():
        words = ngettext(
            "%(count)s letter waits, and nothing sends it: no worker runs.",
            "%(count)s letters wait, and nothing sends them: no worker runs.",
            stuck,
        )
        found.append(Alert("bad", gettext_lazy("Mail"), words % {"count": stuck}, _("See which ones"), mail))
    return found


PANEL = Panel("mail", alerts=alerts)
