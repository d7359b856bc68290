"""With whom somebody comes, or would rather not work: read by organisers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import WishKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hackathon.models import Event, Registration


class WishQuerySet(models.QuerySet["Wish"]):
    def for_event(self, event: Event) -> WishQuerySet:
        return self.filter(registration__event=event)

    def of_registration(self, registration: Registration) -> WishQuerySet:
        return self.filter(registration=registration)

    def of_kind(self, kind: str) -> WishQuerySet:
        return self.filter(kind=kind)

    def understood(self) -> WishQuerySet:
        """Those whose person is known."""
        return self.filter(other__isnull=False)

    def not_understood(self) -> WishQuerySet:
        return self.filter(other=None)

    def about(self, registration: Registration) -> WishQuerySet:
        """Those in which that person is the one who was named."""
        return self.filter(other=registration)

    def numbered(self, pk: int) -> Wish | None:
        return self.with_people().filter(pk=pk).first()

    def numbered_any(self, pks: Iterable[int]) -> WishQuerySet:
        return self.filter(pk__in=pks)

    def in_order(self) -> WishQuerySet:
        return self.order_by("pk")

    def with_people(self) -> WishQuerySet:
        return self.select_related("registration__person", "other__person").order_by("pk")


class Wish(models.Model):
    """`named`: who, as it was written; `other`: who that is, once it is certain."""

    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=8, choices=WishKind)
    named = models.CharField(_("name or e-mail address"), max_length=160)
    other = models.ForeignKey(
        "hackathon.Registration", models.SET_NULL, null=True, blank=True, related_name="wished_by"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.UniqueConstraint(fields=["registration", "kind", "named"], name="wish_said_once"),
            models.CheckConstraint(
                condition=models.Q(other=None) | ~models.Q(other=models.F("registration")),
                name="wish_about_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.kind} {self.named}"

    @property
    def event(self) -> Event:
        return self.registration.event
