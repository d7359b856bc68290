"""Long work that somebody asked for and watches: a big import, a file of badges, a solver. Run by domain/jobs.py."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import JobState

if TYPE_CHECKING:
    from .account import Account
    from .event import Event


class JobQuerySet(models.QuerySet["Job"]):
    def for_event(self, event: Event) -> JobQuerySet:
        return self.filter(event=event)

    def asked_by(self, account: Account) -> JobQuerySet:
        return self.filter(requested_by=account)

    def numbered(self, pk: uuid.UUID) -> Job | None:
        return self.filter(pk=pk).first()

    def of_kind(self, kind: str) -> JobQuerySet:
        return self.filter(kind=kind)

    def of_batch(self, batch: str) -> Job | None:
        return self.filter(options__batch=batch).first()

    def under_way(self) -> JobQuerySet:
        return self.filter(state__in=(JobState.QUEUED, JobState.RUNNING))

    def finished_before(self, moment: datetime) -> JobQuerySet:
        return self.filter(finished_at__lt=moment)

    def latest_first(self) -> JobQuerySet:
        return self.order_by("-created_at", "-pk")


class Job(models.Model):
    """`options` is what the work needs, as plain data; `result` what it found; `file` what it made, if anything.

    `done` of `total` is written at the end: on its way, the work says in the cache how far it is, so that a long
    transaction hides nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey("hackathon.Event", models.CASCADE, null=True, blank=True, related_name="jobs")
    kind = models.CharField(max_length=40)
    title = models.CharField(_("what"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    language = models.CharField(max_length=5, default="fr")
    options = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    file = models.CharField(max_length=200, blank=True, help_text="Where under MEDIA_ROOT/private/jobs.")
    file_name = models.CharField(max_length=160, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["event", "kind", "created_at"], name="job_by_kind")]

    def __str__(self) -> str:
        return self.title or self.kind

    @property
    def share(self) -> float | None:
        """0 to 1, or None while nobody knows how much there is to do."""
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.STOPPED)
