"""Which events somebody knows of. Pages and API find an event through here; what they may do there is in rules.py."""

from __future__ import annotations

from typing import Any

from ..models import Event


def event_at(slug: str, account: Any) -> Event | None:
    """The event of that address; one that is not public is there for those who hold a duty or take part in it."""
    found = Event.objects.at(slug)
    if found is None or not (found.is_public or is_insider(account, found)):
        return None
    return found


def is_insider(account: Any, event: Event) -> bool:
    """`account` may be a stranger (AnonymousUser), who is nowhere an insider."""
    if not account.is_authenticated:
        return bool(getattr(account, "passes", ())) and event.registrations.reachable_by(account).exists()
    return bool(account.duties_in(event)) or event.people.reachable_by(account).exists()
