"""The link of an invitation that signs a juror in once. Only its digest is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from hackathon.models.invitation import digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from hackathon.models import Event

    from .jury import Juror


class JurorLinkQuerySet(models.QuerySet["JurorLink"]):
    def of_juror(self, juror: Juror) -> JurorLinkQuerySet:
        return self.filter(juror=juror)

    def for_event(self, event: Event) -> JurorLinkQuerySet:
        return self.filter(juror__event=event)

    def opened_by(self, code: str) -> JurorLinkQuerySet:
        return self.filter(digest=digest_of(code))

    def in_force(self) -> JurorLinkQuerySet:
        """Neither used nor taken back; whether it has expired is asked with `usable`."""
        return self.filter(used_at=None, revoked_at=None)

    def usable(self, moment: datetime) -> JurorLinkQuerySet:
        # of this table alone: PostgreSQL reads a join again from before its wait for a row, and two updates would pass
        return self.in_force().filter(expires_at__gt=moment)

    def with_people(self) -> JurorLinkQuerySet:
        return self.select_related("juror__person__account", "juror__event")


class JurorLink(models.Model):
    """One at a time is in force per juror: a new one takes back the one before."""

    juror = models.ForeignKey("judging.Juror", models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = JurorLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["juror"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="juror_link_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"link of {self.juror_id}"
