"""The outbox: every letter is a row before it leaves, so that none is lost and none leaves twice."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from ..enums import MailState

if TYPE_CHECKING:
    from .event import Event


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def for_event(self, event: Event) -> OutgoingMailQuerySet:
        return self.filter(event=event)

    def in_demo(self, event: Event | None) -> OutgoingMailQuerySet:
        """The demo event's letters and those that belong to none (codes to sign in)."""
        return self.filter(models.Q(event=event) | models.Q(event=None))

    def waiting(self) -> OutgoingMailQuerySet:
        return self.filter(state=MailState.QUEUED)

    def refused(self) -> OutgoingMailQuerySet:
        return self.filter(state=MailState.FAILED)

    def in_state(self, state: str) -> OutgoingMailQuerySet:
        return self.filter(state=state)

    def count_by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def without_text(self) -> OutgoingMailQuerySet:
        """For lists: the texts stay in the database."""
        return self.defer("text", "html")

    def latest_first(self) -> OutgoingMailQuerySet:
        return self.order_by("-pk")

    def queue(self, *, key: str = "", **fields: Any) -> OutgoingMail | None:
        """Add a letter, or None when one of that key is there already: the database holds the promise."""
        letter, is_new = self.get_or_create(key=key or uuid.uuid4().hex, defaults=fields)
        return letter if is_new else None


class OutgoingMail(models.Model):
    """`key` says what the letter is and to whom: the same key is never queued twice."""

    event = models.ForeignKey(
        "hackathon.Event", models.CASCADE, null=True, blank=True, related_name="letters"
    )
    person = models.ForeignKey(
        "hackathon.Person", models.CASCADE, null=True, blank=True, related_name="letters"
    )
    key = models.CharField(max_length=200, unique=True, default=uuid.uuid4)
    letter = models.CharField(max_length=60)
    to = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    is_secret = models.BooleanField(
        default=False, help_text="Holds a code: emptied once sent, outside the demo."
    )
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=250, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "queued_at"], name="mail_by_state")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
