"""A registration form as far as it was filled in: kept while typing, resumed by a secret address."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from .event import Event
    from .registration import Registration


def new_draft_token() -> str:
    """192 bits: whoever holds it reads what was typed."""
    return secrets.token_urlsafe(24)


class RegistrationDraftQuerySet(models.QuerySet["RegistrationDraft"]):
    def for_event(self, event: Event) -> RegistrationDraftQuerySet:
        return self.filter(event=event)

    def of(self, registration: Registration) -> RegistrationDraftQuerySet:
        """Those that became this registration, or that its address began."""
        own = models.Q(registration=registration)
        email = registration.person.email
        return self.filter(own | models.Q(event=registration.event, email__iexact=email) if email else own)

    def open(self) -> RegistrationDraftQuerySet:
        """Those that nobody sent yet."""
        return self.filter(registration=None)

    def by_token(self, token: str) -> RegistrationDraftQuerySet:
        return self.filter(token=token)

    def numbered(self, pk: int) -> RegistrationDraftQuerySet:
        return self.filter(pk=pk)

    def addressed_to(self, email: str) -> RegistrationDraftQuerySet:
        return self.filter(email__iexact=email)

    def written_to_since(self, moment: datetime) -> RegistrationDraftQuerySet:
        """Those whose link was sent by letter at that moment or later."""
        return self.filter(resume_sent_at__gte=moment)

    def not_written_to_since(self, moment: datetime) -> RegistrationDraftQuerySet:
        return self.exclude(resume_sent_at__gte=moment)

    def never_written_to(self) -> RegistrationDraftQuerySet:
        """Left with an address, and no link sent yet."""
        return self.filter(resume_sent_at=None).exclude(email="")

    def with_events(self) -> RegistrationDraftQuerySet:
        return self.select_related("event", "role").order_by("pk")

    def untouched_since(self, moment: datetime) -> RegistrationDraftQuerySet:
        return self.filter(updated_at__lt=moment)


class RegistrationDraft(models.Model):
    """`data` is what was typed, field by field, valid or not. Needs are never kept here: they await their consent."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="drafts")
    token = models.CharField(max_length=40, unique=True, default=new_draft_token, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    role = models.ForeignKey("hackathon.Role", models.SET_NULL, null=True, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="fr")
    data = models.JSONField(default=dict, blank=True)
    registration = models.ForeignKey(
        "hackathon.Registration", models.SET_NULL, null=True, blank=True, related_name="drafts"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)
    resume_sent_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationDraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.event_id} · {self.updated_at:%Y-%m-%d %H:%M}"
