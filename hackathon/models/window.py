"""When things are open. Whether one is open now is asked in domain/windows.py, on the event's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Override, WindowKind

if TYPE_CHECKING:
    from .event import Event


class WindowQuerySet(models.QuerySet["Window"]):
    def for_event(self, event: Event) -> WindowQuerySet:
        return self.filter(event=event)

    def in_order(self) -> WindowQuerySet:
        return self.order_by("opens_at", "closes_at", "pk")


class Window(models.Model):
    """Half-open: open from `opens_at` on, shut at `closes_at` exactly. `key` tells scoring rounds apart."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="windows")
    kind = models.CharField(max_length=12, choices=WindowKind)
    key = models.SlugField(max_length=40, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    override = models.CharField(
        _("by hand"), max_length=6, choices=Override, default=Override.NONE, blank=True
    )
    override_reason = models.CharField(_("reason"), max_length=250, blank=True)

    objects = WindowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "key"], name="window_once_per_kind"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="window_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(override="") | ~models.Q(override_reason=""),
                name="window_override_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
