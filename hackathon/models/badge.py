"""How an event prints its badges, whose are printed, and the codes that no longer open anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import BadgeStock

if TYPE_CHECKING:
    from .event import Event
    from .registration import Registration  # noqa: F401 (what the QuerySet holds)


class BadgeLayout(models.Model):
    event = models.OneToOneField("hackathon.Event", models.CASCADE, related_name="badge_layout")
    stock = models.CharField(_("paper"), max_length=12, choices=BadgeStock, default=BadgeStock.L4785)
    shows_last_name = models.BooleanField(_("last name"), default=True)
    shows_organisation = models.BooleanField(_("organisation"), default=True)
    shows_event = models.BooleanField(_("name of the event"), default=True)
    shows_days = models.BooleanField(_("days"), default=False)
    marks_no_photo = models.BooleanField(_("mark of those who do not want to be in pictures"), default=True)
    footer = models.CharField(_("line at the bottom"), max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.event} · {self.get_stock_display()}"


class BadgePrint(models.Model):
    """The badge that was last printed for somebody. Once their code is replaced, it is no badge of theirs any more."""

    registration = models.OneToOneField("hackathon.Registration", models.CASCADE, related_name="badge_print")
    code = models.CharField(max_length=40)
    printed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"badge of {self.registration_id}"


class PrintingQuerySet(models.QuerySet["Registration"]):
    """What printing asks of registrations: the part of RegistrationQuerySet about badges."""

    def without_badge(self) -> Self:
        """Those for whom no badge was printed, or only one whose code was replaced since."""
        return self.exclude(badge_print__code=models.F("code"))

    def by_role(self) -> Self:
        """Role by role, each by name."""
        return self.order_by("role__position", "role_id", "person__folded_name", "pk")

    def chosen(self, numbers: Iterable[int]) -> Self:
        """Those of that many numbers."""
        return self.filter(pk__in=list(numbers))

    def numbers(self) -> list[int]:
        """Their numbers alone, in order."""
        return list(self.values_list("pk", flat=True))


class ReplacedCodeQuerySet(models.QuerySet["ReplacedCode"]):
    def for_event(self, event: Event) -> ReplacedCodeQuerySet:
        return self.filter(registration__event=event)

    def written(self, code: str) -> ReplacedCodeQuerySet:
        return self.filter(code=code).select_related("registration__person", "registration__event")


class ReplacedCode(models.Model):
    """The code of a badge that was lost and printed again: scanning it says so, and opens nothing."""

    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="replaced_codes")
    code = models.CharField(max_length=40, unique=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    objects = ReplacedCodeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"replaced code of {self.registration_id}"
