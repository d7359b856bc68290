"""The event, its days and its run sheet. When things are open is in window.py."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ..enums import Half, RegistrationState

if TYPE_CHECKING:
    from .account import Account


def check_timezone(name: str) -> None:
    """Refuse a name that is no time zone of this machine."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone: write it as in “Europe/Paris”."), params={"name": name}
        )


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        return self.filter(is_public=True)

    def at(self, slug: str) -> Event | None:
        """The event of that address, whatever its state."""
        return self.filter(slug=slug).first()

    def numbered(self, pk: int) -> EventQuerySet:
        return self.filter(pk=pk)

    def real(self) -> EventQuerySet:
        """All but the demonstration."""
        return self.filter(is_demo=False)

    def asking_for_second_factor(self, wanted: bool = True) -> EventQuerySet:
        return self.filter(requires_second_factor=wanted)

    def demo(self) -> EventQuerySet:
        return self.filter(is_demo=True)

    def latest_first(self) -> EventQuerySet:
        return self.order_by("-pk")

    def of_staff(self, account: Account) -> EventQuerySet:
        return self.filter(duties__account=account).distinct()

    def with_a_waiting_list(self) -> EventQuerySet:
        """Those in which somebody waits for a place or holds an offer."""
        waiting = (RegistrationState.WAITLISTED, RegistrationState.OFFERED)
        return self.filter(registrations__state__in=waiting).distinct()

    def with_days(self) -> EventQuerySet:
        return self.prefetch_related("days")

    def around(self, account: Account) -> EventQuerySet:
        """Events in which this account does something, or reaches somebody who takes part."""
        return self.filter(models.Q(duties__account=account) | models.Q(people__account=account)).distinct()

    def take_turn(self, event: Event) -> None:
        """Wait for one's turn to count and change this event's places, until the transaction ends.

        `select_for_update()` does nothing on SQLite; an UPDATE of one row locks it on PostgreSQL and takes the
        write lock on SQLite. Call it inside a transaction, before counting.
        """
        self.filter(pk=event.pk).update(turns=models.F("turns") + 1)


class Event(models.Model):
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    city = models.CharField(_("city"), max_length=80, blank=True)
    venue = models.CharField(_("venue"), max_length=120, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Paris", validators=[check_timezone]
    )
    organisers = models.JSONField(_("organised by"), default=list, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    declared_attendance = models.PositiveIntegerField(_("announced attendance"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("places at the venue"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    team_size_min = models.PositiveSmallIntegerField(_("smallest team"), default=3)
    team_size_wanted = models.PositiveSmallIntegerField(_("usual team"), default=6)
    team_size_max = models.PositiveSmallIntegerField(_("largest team"), default=7)
    rules = models.TextField(_("rules and code of conduct"), blank=True)
    rules_version = models.CharField(_("version of the rules"), max_length=20, default="1")
    requires_second_factor = models.BooleanField(_("organisers sign in with a second factor"), default=False)
    overbooks = models.BooleanField(
        _("accept more people than there are places, by the share expected to come"), default=False
    )
    offers_by_itself = models.BooleanField(_("offer a place by itself when one is free"), default=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to take an offered place"), default=48, validators=[MinValueValidator(1)]
    )
    issuer = models.CharField(_("who issues the attestations"), max_length=160, blank=True)
    signatory = models.CharField(_("who signs the attestations"), max_length=120, blank=True)
    signatory_title = models.CharField(_("in what capacity"), max_length=120, blank=True)
    submission_grace = models.PositiveSmallIntegerField(
        _("minutes of grace after the submission deadline"), default=0
    )
    letters_off = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Letters that leave by date, and that were switched off.",
    )
    gallery_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_public = models.BooleanField(_("visible to the public"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    clock_offset = models.DurationField(null=True, blank=True, editable=False)
    teams_announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    turns = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(clock_offset=None) | models.Q(is_demo=True),
                name="event_clock_moves_in_a_demo_only",
            ),
            models.CheckConstraint(
                condition=models.Q(team_size_min__gte=1)
                & models.Q(team_size_wanted__gte=models.F("team_size_min"))
                & models.Q(team_size_max__gte=models.F("team_size_wanted")),
                name="event_team_sizes_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("hackathon:event", args=[self.slug])

    @property
    def event(self) -> Event:
        """So that a rule can ask any object for its event."""
        return self

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """That moment on the wall of the venue."""
        return moment.astimezone(self.zone)

    @property
    def now(self) -> datetime:
        """What time it is for this event, in UTC: asked through domain/clock.py wherever the domain can be."""
        return now() + (self.clock_offset or timedelta())

    @cached_property
    def whole_days(self) -> list[EventDay]:
        """The days in order, read once for this object."""
        days = list(self.days.all())
        for day in days:
            day.event = self
        return days

    @property
    def begins_at(self) -> datetime | None:
        """When its first morning starts; None without a day."""
        return self.whole_days[0].starts_at(Half.MORNING) if self.whole_days else None

    @property
    def is_over(self) -> bool:
        """Whether its last afternoon has ended; an event without days is never over."""
        return bool(self.whole_days) and self.whole_days[-1].is_over(Half.AFTERNOON)


class EventDay(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="days")
    on = models.DateField(_("date"))
    morning_starts = models.TimeField(_("morning, from"), default=time(9))
    morning_ends = models.TimeField(_("morning, until"), default=time(12, 30))
    afternoon_starts = models.TimeField(_("afternoon, from"), default=time(13, 30))
    afternoon_ends = models.TimeField(_("afternoon, until"), default=time(18))

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["event", "on"], name="event_day_once"),
            models.CheckConstraint(
                condition=models.Q(morning_ends__gt=models.F("morning_starts"))
                & models.Q(afternoon_starts__gte=models.F("morning_ends"))
                & models.Q(afternoon_ends__gt=models.F("afternoon_starts")),
                name="event_day_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"

    def starts_at(self, half: str) -> datetime:
        """When that half-day starts on the wall of the venue."""
        wall = self.morning_starts if half == Half.MORNING else self.afternoon_starts
        return datetime.combine(self.on, wall, self.event.zone)

    def ends_at(self, half: str) -> datetime:
        """When that half-day ends on the wall of the venue."""
        wall = self.morning_ends if half == Half.MORNING else self.afternoon_ends
        return datetime.combine(self.on, wall, self.event.zone)

    def is_over(self, half: str) -> bool:
        """Whether that half-day has ended, by the event's clock."""
        return self.ends_at(half) <= self.event.now


class ProgrammeQuerySet(models.QuerySet["ProgrammeItem"]):
    def for_event(self, event: Event) -> ProgrammeQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> ProgrammeQuerySet:
        return self.filter(pk=pk)

    def on_the_public_one(self) -> ProgrammeQuerySet:
        return self.filter(is_public=True)


class ProgrammeItem(models.Model):
    """One line of the run sheet. Times are stored in UTC and shown on the wall of the venue."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="programme")
    title = models.CharField(_("title"), max_length=160)
    room = models.CharField(_("room"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_public = models.BooleanField(_("on the public programme"), default=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="programme_item_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.title
