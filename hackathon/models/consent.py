"""Consents, each given separately, dated and versioned; a withdrawal is a date, not a deletion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from ..enums import Purpose

if TYPE_CHECKING:
    from .event import Event
    from .person import Person


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> ConsentQuerySet:
        return self.filter(withdrawn_at=None)

    def for_event(self, event: Event) -> ConsentQuerySet:
        return self.filter(person__event=event)

    def about(self, *purposes: str) -> ConsentQuerySet:
        return self.filter(purpose__in=purposes)

    def in_order(self) -> ConsentQuerySet:
        return self.order_by("-given_at", "-pk")

    def of(self, person: Person) -> ConsentQuerySet:
        return self.filter(person=person)

    def of_people(self, people: Iterable[Person]) -> ConsentQuerySet:
        return self.filter(person__in=people)


class Consent(models.Model):
    person = models.ForeignKey("hackathon.Person", models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.CharField(max_length=20, default="1")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20, default="form")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="consent_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_purpose_display()}"
