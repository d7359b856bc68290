"""Who was there, per half-day: what the desk recorded, never what a form announced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models

from ..enums import Half

if TYPE_CHECKING:
    from .event import Event
    from .registration import Registration


class PresenceQuerySet(models.QuerySet["Presence"]):
    def for_event(self, event: Event) -> PresenceQuerySet:
        return self.filter(registration__event=event)

    def of_registration(self, registration: Registration) -> PresenceQuerySet:
        return self.filter(registration=registration)

    def of_registrations(self, registrations: Sequence[Registration]) -> PresenceQuerySet:
        return self.filter(registration__in=[registration.pk for registration in registrations])

    def recorded(self) -> PresenceQuerySet:
        return self.exclude(in_at=None)

    def count_by_half_day(self) -> models.QuerySet[Presence, tuple[int, str, int]]:
        """(day's id, half, people seen)."""
        return self.recorded().order_by().values_list("day", "half").annotate(models.Count("pk"))


class Presence(models.Model):
    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="presences")
    day = models.ForeignKey("hackathon.EventDay", models.PROTECT, related_name="presences")
    half = models.CharField(max_length=2, choices=Half)
    in_at = models.DateTimeField(null=True, blank=True)
    out_at = models.DateTimeField(null=True, blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "day", "half"], name="presence_once_per_half_day")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.day_id} {self.half}"
