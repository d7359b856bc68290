"""Which column of a list holds what, as an organiser said once and saved under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .event import Event


class ImportProfileQuerySet(models.QuerySet["ImportProfile"]):
    def for_event(self, event: Event) -> ImportProfileQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> ImportProfileQuerySet:
        return self.filter(pk=pk)

    def with_number(self, pk: int) -> ImportProfile | None:
        return self.numbered(pk).first()

    def named(self, name: str) -> ImportProfileQuerySet:
        return self.filter(name=name)

    def by_name(self) -> ImportProfileQuerySet:
        return self.order_by("name")


class ImportProfile(models.Model):
    """`columns`: a column's heading, as the list writes it → the field it holds."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="import_profiles")
    name = models.CharField(_("name"), max_length=60)
    columns = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ImportProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="import_profile_once_per_event")
        ]

    def __str__(self) -> str:
        return self.name
