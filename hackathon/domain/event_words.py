"""An event in words, for documents: its dates and its place, in the active language."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Event


def dates(event: Event) -> str:
    """« 18 et 19 novembre 2016 »."""
    days = [day.on for day in event.whole_days]
    if not days:
        return ""
    last = date_format(days[-1], "j F Y")
    if len(days) == 1:
        return last
    same_month = (days[0].year, days[0].month) == (days[-1].year, days[-1].month)
    first = date_format(days[0], "j" if same_month else "j F Y")
    template = _("%(first)s and %(last)s") if len(days) == 2 else _("%(first)s to %(last)s")
    return template % {"first": first, "last": last}


def place(event: Event) -> str:
    """« Cité des sciences et de l’industrie, Paris »."""
    return ", ".join(part for part in (event.venue, event.city) if part)
