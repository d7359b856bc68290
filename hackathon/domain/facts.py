"""The facts of an event, its days, and whether the public sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from ..kit.problems import blockers
from ..models import Account, Event, EventDay
from . import audit, furnishing, readiness, waiting
from .furnishing import SetupRefused

#: What `change_event` may set: everything that is said of the event, nothing that says how it goes.
FACTS = frozenset(
    "name_fr name_en description_fr description_en edition city venue timezone organisers contact_email "
    "declared_attendance capacity team_size_min team_size_wanted team_size_max submission_grace rules_fr rules_en rules_version".split()
)


@transaction.atomic
def change_event(*, event: Event, actor: Account | None, **facts: Any) -> Event:
    """Change what is said of the event; `facts` among FACTS. Raises SetupRefused with what is wrong."""
    unknown = set(facts) - FACTS
    if unknown:
        raise TypeError(f"not facts of an event: {', '.join(sorted(unknown))}")
    kept = furnishing.keep(event, verb="change_event", actor=actor, fields=facts)
    if "capacity" in facts:
        waiting.pass_on(event=event)
    return kept


@transaction.atomic
def add_day(*, event: Event, on: date, actor: Account | None) -> EventDay:
    """One more day; adding it again changes nothing."""
    day, is_new = EventDay.objects.get_or_create(event=event, on=on)
    if is_new:
        audit.record(event=event, actor=actor, verb="add_day", about=day)
    return day


@transaction.atomic
def remove_day(*, day: EventDay, actor: Account | None) -> None:
    """Take a day away. Raises SetupRefused once somebody's presence was recorded on it."""
    audit.record(event=day.event, actor=actor, verb="remove_day", about=day)
    try:
        day.delete()
    except ProtectedError as error:
        raise SetupRefused(
            _("People were checked in on %(day)s: removing the day would lose it. Keep the day.")
            % {"day": day}
        ) from error


@transaction.atomic
def open_to_public(*, event: Event, actor: Account | None) -> None:
    """Let everybody see the event. Raises SetupRefused with everything that is still missing."""
    missing = blockers(readiness.missing(event))
    if missing:
        raise SetupRefused(" ".join(str(problem.message) for problem in missing))
    _show(event, True, "open_to_public", actor)


@transaction.atomic
def hide_from_public(*, event: Event, actor: Account | None) -> None:
    """Only the staff and the people of the event see it. Raises SetupRefused once its results are published."""
    if event.published_at:
        raise SetupRefused(_("The results are published: an event cannot be hidden after that."))
    _show(event, False, "hide_from_public", actor)


def _show(event: Event, is_public: bool, verb: str, actor: Account | None) -> None:
    if event.is_public == is_public:
        return
    event.is_public = is_public
    event.save(update_fields=["is_public"])
    audit.record(event=event, actor=actor, verb=verb, about=event)
