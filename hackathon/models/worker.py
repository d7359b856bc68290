"""The processes that do the work outside requests, each with its last sign of life."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class WorkerQuerySet(models.QuerySet["Worker"]):
    def heard_since(self, moment: datetime) -> WorkerQuerySet:
        return self.filter(seen_at__gte=moment)

    def unheard_since(self, moment: datetime) -> WorkerQuerySet:
        return self.filter(seen_at__lt=moment)

    def names(self) -> set[str]:
        return set(self.values_list("name", flat=True))


class Worker(models.Model):
    """`name` is host:process:chance, so that a process of the same machine can be looked for."""

    name = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
