"""Who sits in the jury. What they mark is in round.py and ballot.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hackathon.models import Account, Event

    from .round import Panel


class JurorQuerySet(models.QuerySet["Juror"]):
    def for_event(self, event: Event) -> JurorQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> JurorQuerySet:
        return self.filter(pk=pk)

    def of(self, account: Account) -> JurorQuerySet:
        return self.filter(person__account=account)

    def sitting(self) -> JurorQuerySet:
        return self.filter(is_active=True)

    def presiding(self) -> JurorQuerySet:
        return self.filter(is_president=True, is_active=True)

    def not_seated(self, panel: Panel) -> JurorQuerySet:
        """Those who could still take a seat in that panel; whoever was excused could come back."""
        return (
            self.filter(event=panel.round.event_id)
            .sitting()
            .exclude(seats__in=panel.members.filter(excused_at=None))
        )

    def with_people(self) -> JurorQuerySet:
        return self.select_related("person__account").order_by("-is_president", "person__folded_name")


class Juror(models.Model):
    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="jurors")
    person = models.OneToOneField("hackathon.Person", models.CASCADE, related_name="juror")
    title = models.CharField(_("function"), max_length=120, blank=True)
    is_president = models.BooleanField(_("presides"), default=False)
    is_active = models.BooleanField(_("sits"), default=True)
    is_substitute = models.BooleanField(_("substitute"), default=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(is_president=True, is_active=True),
                name="juror_one_president_per_event",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
