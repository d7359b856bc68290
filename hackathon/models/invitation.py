"""Codes that open something to whoever holds them: a closed role, or the page of somebody without e-mail."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .event import Event
    from .registration import Registration

#: Letters and digits that nobody confuses when reading them aloud.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_written_code(length: int = 16) -> str:
    """5 bits a letter: 16 letters are 80 bits."""
    return "".join(secrets.choice(LETTERS) for _letter in range(length))


def new_invitation_code() -> str:
    """50 bits, tried through a limited form: short enough to read on the phone."""
    return new_written_code(10)


def digest_of(code: str) -> str:
    """What is kept of a secret code: enough to know it again, not to print it."""
    return hashlib.sha256(code.encode()).hexdigest()


class InvitationCodeQuerySet(models.QuerySet["InvitationCode"]):
    def for_event(self, event: Event) -> InvitationCodeQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> InvitationCodeQuerySet:
        return self.filter(pk=pk)

    def written(self, code: str) -> InvitationCodeQuerySet:
        return self.filter(code=code)

    def usable(self, moment: datetime) -> InvitationCodeQuerySet:
        return self.filter(
            models.Q(max_uses=None) | models.Q(uses__lt=models.F("max_uses")),
            models.Q(expires_at=None) | models.Q(expires_at__gt=moment),
            revoked_at=None,
        )

    def in_force(self) -> InvitationCodeQuerySet:
        """Those that nobody took back."""
        return self.filter(revoked_at=None)

    def with_roles(self) -> InvitationCodeQuerySet:
        return self.select_related("role").order_by("revoked_at", "role__position", "pk")


class InvitationCode(models.Model):
    """Opens a role that the public form does not offer; it opens no place: capacity stays what it is."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="invitation_codes")
    role = models.ForeignKey("hackathon.Role", models.CASCADE, related_name="invitation_codes")
    code = models.CharField(_("code"), max_length=24, default=new_invitation_code)
    label = models.CharField(_("for whom"), max_length=80, blank=True)
    max_uses = models.PositiveIntegerField(
        _("how many times"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    uses = models.PositiveIntegerField(default=0, editable=False)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InvitationCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="invitation_code_once_per_event"),
            models.CheckConstraint(
                condition=models.Q(max_uses=None) | models.Q(uses__lte=models.F("max_uses")),
                name="invitation_code_not_overused",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.code


class PassQuerySet(models.QuerySet["Pass"]):
    def for_event(self, event: Event) -> PassQuerySet:
        return self.filter(registration__event=event)

    def in_force(self) -> PassQuerySet:
        return self.filter(revoked_at=None)

    def of(self, registration: Registration) -> PassQuerySet:
        return self.filter(registration=registration)

    def numbered(self, numbers: Iterable[int]) -> PassQuerySet:
        return self.filter(pk__in=numbers)

    def opened_by(self, code: str) -> PassQuerySet:
        return self.filter(digest=digest_of(code))

    def registrations(self) -> list[int]:
        """The numbers of the registrations that these open."""
        return list(self.values_list("registration", flat=True))

    def with_people(self) -> PassQuerySet:
        return self.select_related("registration__person", "registration__role", "registration__event")


class Pass(models.Model):
    """A code printed for somebody without e-mail: it opens their own page. Only its digest is kept."""

    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="passes")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "passes"
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=models.Q(revoked_at=None), name="pass_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"pass of {self.registration_id}"
