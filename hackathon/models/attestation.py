"""Attestations of presence, as they were issued: what each says, and the code by which anybody checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from .invitation import new_written_code

if TYPE_CHECKING:
    from .event import Event
    from .person import Person
    from .registration import Registration


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def for_event(self, event: Event) -> AttestationQuerySet:
        return self.filter(registration__event=event)

    def of_registration(self, registration: Registration) -> AttestationQuerySet:
        return self.filter(registration=registration)

    def of_person(self, person: Person) -> AttestationQuerySet:
        return self.filter(registration__person=person)

    def in_force(self) -> AttestationQuerySet:
        return self.filter(revoked_at=None)

    def written(self, code: str) -> AttestationQuerySet:
        return self.filter(code=code).select_related("registration__event", "registration__person")

    def replacing(self, earlier: Attestation | None) -> AttestationQuerySet:
        """The one in force for the same person; asked about nobody, it looks as long and finds none."""
        return self.in_force().filter(registration=earlier.registration_id if earlier else 0)


class Attestation(models.Model):
    """`content` is what the paper says; another content (a half-day corrected) is another attestation."""

    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="attestations")
    code = models.CharField(max_length=24, unique=True, default=new_written_code, editable=False)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=models.Q(revoked_at=None), name="attestation_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"attestation {self.code}"
