"""A proposal of teams, as the organiser reviews it before anybody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..enums import ProposalState

if TYPE_CHECKING:
    from hackathon.models import Event


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def for_event(self, event: Event) -> ProposalQuerySet:
        return self.filter(event=event)

    def latest_first(self) -> ProposalQuerySet:
        return self.order_by("-pk")

    def under_review(self) -> ProposalQuerySet:
        return self.filter(state__in=(ProposalState.RUNNING, ProposalState.READY))


class Proposal(models.Model):
    """`problem` and `plan` are the files of the architecture page; people's ids are registrations' ids, as text.

    `version` grows at each move: a change made from an older board is refused, not merged blindly.
    """

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.RUNNING)
    seed = models.BigIntegerField(default=1)
    seconds = models.FloatField(default=5)
    progress = models.FloatField(default=0)
    problem = models.JSONField()
    plan = models.JSONField(default=dict, blank=True)
    moves = models.JSONField(
        default=list, blank=True, help_text="Moves made by hand, newest last, for the undo."
    )
    error = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.event_id} #{self.pk} ({self.get_state_display()})"
