"""The themes (« thématiques ») that teams work on. Never keyed on a number: `position` only orders them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..kit import resource_lines

if TYPE_CHECKING:
    from .event import Event


class ThemeQuerySet(models.QuerySet["Theme"]):
    def for_event(self, event: Event) -> ThemeQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> ThemeQuerySet:
        return self.filter(pk=pk)

    def at_position(self, position: int) -> Theme | None:
        return self.filter(position=position).first()

    def in_order(self) -> ThemeQuerySet:
        return self.order_by("position", "pk")


class Theme(models.Model):
    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    short_title = models.CharField(_("short title"), max_length=60)
    description = models.TextField(_("description"), blank=True)
    resources = models.TextField(
        _("resources"), blank=True, help_text="One a line: a title, a dash, an address."
    )
    people_min = models.PositiveIntegerField(_("fewest people"), default=0)
    people_max = models.PositiveIntegerField(_("most people"), null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="theme_position_once_per_event"),
            models.CheckConstraint(
                condition=models.Q(people_max=None) | models.Q(people_max__gte=models.F("people_min")),
                name="theme_capacity_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.short_title

    @property
    def links(self) -> list[resource_lines.Resource]:
        """The resources in the reader's language."""
        return resource_lines.read(self.resources)[0]
