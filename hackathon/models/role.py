"""The roles people come in (« profil »): rows, never an enum, so that an organiser adds one without code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .event import Event


class RoleQuerySet(models.QuerySet["Role"]):
    def for_event(self, event: Event) -> RoleQuerySet:
        return self.filter(event=event)

    def open(self) -> RoleQuerySet:
        """Those that the public form offers."""
        return self.filter(is_open=True)

    def public(self) -> RoleQuerySet:
        """Those that may be named to everybody."""
        return self.filter(is_private=False)

    def numbered(self, pk: int) -> RoleQuerySet:
        return self.filter(pk=pk)

    def named(self, text: str) -> Role | None:
        """The role of that key or number."""
        number = int(text) if text.isdecimal() else 0
        return self.filter(models.Q(key=text) | models.Q(pk=number)).first() if text else None

    def in_order(self) -> RoleQuerySet:
        return self.order_by("position", "pk")


class Role(models.Model):
    """`is_private`: being one of these is nobody's business; it is never shown, counted or named to others."""

    class Colour(models.TextChoices):
        DEVELOPER = "developer", _("Blue")
        DESIGNER = "designer", _("Purple")
        ENTREPRENEUR = "entrepreneur", _("Orange")
        PUBLIC = "public", _("Teal")
        STARTUP = "startup", _("Violet")
        OTHER = "other", _("Grey")

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="roles")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    colour = models.CharField(_("colour"), max_length=12, choices=Colour, default=Colour.OTHER)
    is_private = models.BooleanField(_("never shown to others"), default=False)
    is_open = models.BooleanField(_("on the public form"), default=True)
    is_reviewed = models.BooleanField(_("accepted by hand"), default=False)
    is_wanted_in_teams = models.BooleanField(_("wanted in every team"), default=False)
    is_never_alone = models.BooleanField(_("never alone in a team"), default=False)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    attendance_rate = models.PositiveSmallIntegerField(
        _("expected to come, in %"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attestation_wording = models.CharField(
        _("in what capacity, on the attestation"), max_length=160, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="role_key_once_per_event")]

    def __str__(self) -> str:
        return self.name
