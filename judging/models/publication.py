"""The seal that follows a decision, and the publication that follows the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from hackathon.models import Event

    from .award import Decision


class SealQuerySet(models.QuerySet["Seal"]):
    def of(self, decision: Decision) -> Seal | None:
        """The seal of that decision, if it is sealed."""
        return self.filter(decision=decision).first()


class Seal(models.Model):
    """The digest that chains every ballot and award of a decision; printed in the minutes."""

    decision = models.OneToOneField("judging.Decision", models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict, help_text="Digest of each ballot by pseudonym, and the awards.")
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    objects = SealQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:16]


class PublicationQuerySet(models.QuerySet["Publication"]):
    def for_event(self, event: Event) -> PublicationQuerySet:
        return self.filter(decision__event=event)

    def latest_first(self) -> PublicationQuerySet:
        return self.order_by("-version")

    def of_code(self, code: str) -> Publication | None:
        """The publication of that code, however it was typed: groups, blanks and case do not count."""
        bare = "".join(letter for letter in code.upper() if letter.isalnum())
        return self.select_related("decision__event", "decision__seal").filter(code=bare).first()


class Publication(models.Model):
    """What the public was told, word for word in each language, so that it stays as it was announced."""

    decision = models.OneToOneField("judging.Decision", models.PROTECT, related_name="publication")
    version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField(help_text="Language → the announcement, as domain/publishing.py lays it out.")
    erratum = models.TextField(blank=True)
    code = models.CharField(max_length=32, unique=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    published_at = models.DateTimeField(default=timezone.now)

    objects = PublicationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.decision} · {self.published_at:%Y-%m-%d}"

    @property
    def event(self) -> Event:
        return self.decision.event
