"""What was done, by whom, when and why; written by the verbs, never changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from .event import Event


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def for_event(self, event: Event) -> AuditQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> AuditQuerySet:
        return self.filter(pk=pk)

    def about(self, thing: models.Model) -> AuditQuerySet:
        return self.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))

    def doing(self, *verbs: str) -> AuditQuerySet:
        return self.filter(verb__in=verbs)

    def about_registrations(self, pks: Collection[int]) -> AuditQuerySet:
        return self.filter(object_type="hackathon.registration", object_id__in=[str(pk) for pk in pks])

    def of_batch(self, batch: str) -> AuditQuerySet:
        """The acts done as parts of that one act on many, and the act itself."""
        return self.filter(data__batch=batch)

    def about_each(self, things: Collection[models.Model]) -> AuditQuerySet:
        """Acts about any of these, which are of one kind."""
        kinds = {thing._meta.label_lower for thing in things}
        return self.filter(object_type__in=kinds, object_id__in=[str(thing.pk) for thing in things])

    def matching(self, text: str, verbs: Collection[str] = ()) -> AuditQuerySet:
        """Acts in which every word of the text appears, or whose verb is one of those."""
        found = models.Q()
        for word in text.split():
            found &= (
                models.Q(verb__icontains=word)
                | models.Q(actor_label__icontains=word)
                | models.Q(object_label__icontains=word)
                | models.Q(reason__icontains=word)
            )
        return self.filter(found | models.Q(verb__in=verbs)) if text else self

    def latest_first(self) -> AuditQuerySet:
        return self.order_by("-at", "-pk")


class AuditEntry(models.Model):
    """One act. `data` holds what is needed to understand it, without needs (diet, access) or marks."""

    event = models.ForeignKey(
        "hackathon.Event", models.CASCADE, null=True, blank=True, related_name="audit_entries"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    actor_label = models.CharField(max_length=200, default="system")
    verb = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField(max_length=250, blank=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["event", "object_type", "object_id"], name="audit_by_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.verb} {self.object_label}"
