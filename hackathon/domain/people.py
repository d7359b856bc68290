"""What organisers do with the list of people besides changing it: taking it out, which is recorded."""

from __future__ import annotations

from django.db import transaction

from ..models import Account, AuditEntry, Event, Registration
from . import audit


@transaction.atomic
def record_export(
    *, event: Event, count: int, kind: str, filters: dict[str, str], actor: Account | None
) -> AuditEntry:
    """Keep who took how many people out of here, in which format and by which filter."""
    return audit.record(
        event=event,
        actor=actor,
        verb="export_registrations",
        about=event,
        count=count,
        format=kind,
        filters=filters,
    )


def history_of(registration: Registration) -> list[AuditEntry]:
    """Every act about that registration or its person, the latest first; two queries."""
    entries = [
        *AuditEntry.objects.about(registration).latest_first(),
        *AuditEntry.objects.about(registration.person).latest_first(),
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.pk), reverse=True)
