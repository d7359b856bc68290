"""Looking for people in the organisers' list: what is asked of a registration besides its state, role and name."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from ..enums import COMING, Purpose
from .attendance import AttendanceQuerySet
from .consent import Consent

if TYPE_CHECKING:
    from .event import Event, EventDay
    from .invitation import InvitationCode
    from .registration import Registration  # noqa: F401 (what the QuerySet holds)
    from .theme import Theme

#: How the list may be ordered; a minus in front turns it round.
ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("person__folded_name",),
    "date": ("submitted_at",),
    "state": ("state", "person__folded_name"),
    "role": ("role__position", "person__folded_name"),
}


def _in_force(purpose: str) -> models.QuerySet[Consent]:
    """That consent of the registration in hand, for `Exists`."""
    return Consent.objects.in_force().about(purpose).filter(person=models.OuterRef("person"))


class ListingQuerySet(AttendanceQuerySet):
    def in_list_order(self, order: str) -> Self:
        """`order`: a key of ORDERS, with a minus in front for the other way round; by name for anything else."""
        key = order.removeprefix("-")
        fields = [*ORDERS.get(key, ORDERS["name"]), "pk"]
        return self.order_by(*(f"-{field}" for field in fields) if order.startswith("-") else fields)

    def numbered_any(self, pks: Iterable[int]) -> Self:
        return self.filter(pk__in=list(pks))

    def choosing_first(self, theme: Theme) -> Self:
        """Those whose first choice is that theme."""
        return self.filter(choices__theme=theme, choices__rank=1)

    def choosing_nothing(self) -> Self:
        return self.filter(choices=None)

    def coming_by(self, source: str) -> Self:
        return self.filter(source=source)

    def speaking(self, language: str) -> Self:
        return self.filter(person__language=language)

    def without_email(self) -> Self:
        return self.filter(person__email="")

    def lacking_rules(self, event: Event) -> Self:
        """Those who have not accepted the rules of today."""
        today = _in_force(Purpose.RULES).filter(version=event.rules_version)
        return self.exclude(models.Exists(today))

    def agreeing_to(self, purpose: str) -> Self:
        return self.filter(models.Exists(_in_force(purpose)))

    def not_agreeing_to(self, purpose: str) -> Self:
        return self.exclude(models.Exists(_in_force(purpose)))

    def in_a_party(self) -> Self:
        """Registered together with others."""
        return self.exclude(party=None)

    def of_party(self, party: uuid.UUID) -> Self:
        return self.filter(party=party)

    def invited_by(self, code: InvitationCode) -> Self:
        return self.filter(invitation=code)

    def expected(self) -> Self:
        return self.filter(state__in=COMING)

    def skipping(self, day: EventDay) -> Self:
        """Those who said that they do not come that day."""
        return self.filter(**{f"day_intentions__{day.on.isoformat()}": False})

    def for_export(self) -> Self:
        """All that an export may say, in a fixed number of queries: `has_rules` and `has_image` are annotated."""
        return (
            self.select_related("person", "role", "invitation")
            .annotate(
                has_rules=models.Exists(_in_force(Purpose.RULES)),
                has_image=models.Exists(_in_force(Purpose.IMAGE)),
            )
            .prefetch_related("choices__theme", "presences", "answers")
        )

    def arrivals(self) -> list[tuple[int, datetime]]:
        """One query: (role, moment) of each registration that was sent, the earliest first."""
        sent = self.exclude(submitted_at=None).order_by("submitted_at", "pk")
        rows = sent.values_list("role_id", "submitted_at")
        return [(role, at) for role, at in rows if at is not None]

    def with_needs(self) -> Self:
        """Those who said what they eat or need, with it, by name. For whoever may read needs, and nobody else."""
        found = self.select_related("person__needs", "role").exclude(person__needs=None)
        return found.order_by("person__folded_name", "pk")

    def diets(self) -> list[tuple[int, str, dict[str, bool]]]:
        """One query: (role, diet or "", intentions by day) of each, without anything that says who."""
        return list(self.order_by("pk").values_list("role_id", "person__needs__diet", "day_intentions"))
