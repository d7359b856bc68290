"""The scoring grid: criteria with integer weights, a scale with a guiding sentence per level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hackathon.models import Event


class GridQuerySet(models.QuerySet["Grid"]):
    def for_event(self, event: Event) -> GridQuerySet:
        return self.filter(event=event)

    def numbered(self, version: int) -> GridQuerySet:
        return self.filter(version=version)

    def latest_first(self) -> GridQuerySet:
        return self.order_by("-version")

    def with_criteria(self) -> GridQuerySet:
        return self.prefetch_related("criteria", "levels")


class Grid(models.Model):
    """Frozen at the first mark; a change afterwards is a new version with a reason."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="grids")
    version = models.PositiveSmallIntegerField(default=1)
    scale_min = models.SmallIntegerField(_("lowest mark"), default=1)
    scale_max = models.SmallIntegerField(_("highest mark"), default=5)
    reason = models.CharField(_("reason for this version"), max_length=250, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = GridQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "version"], name="grid_version_once"),
            models.CheckConstraint(
                condition=models.Q(scale_max__gt=models.F("scale_min")), name="grid_scale_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} v{self.version}"

    @property
    def scale(self) -> tuple[int, int]:
        return (self.scale_min, self.scale_max)


class Criterion(models.Model):
    grid = models.ForeignKey(Grid, models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    help = models.CharField(_("what to look at"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), validators=[MinValueValidator(1)])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["grid", "key"], name="criterion_key_once"),
            models.CheckConstraint(condition=models.Q(weight__gte=1), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    grid = models.ForeignKey(Grid, models.CASCADE, related_name="levels")
    value = models.SmallIntegerField()
    label = models.CharField(_("label"), max_length=40)
    sentence = models.CharField(_("guiding sentence"), max_length=250, blank=True)

    class Meta:
        ordering = ["value"]
        constraints = [models.UniqueConstraint(fields=["grid", "value"], name="level_once")]

    def __str__(self) -> str:
        return f"{self.value} · {self.label}"
