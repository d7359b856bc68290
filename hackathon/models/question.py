"""What an event asks beyond the common form, per role, and what people answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import QuestionKind

if TYPE_CHECKING:
    from .event import Event
    from .role import Role


class QuestionQuerySet(models.QuerySet["Question"]):
    def for_event(self, event: Event) -> QuestionQuerySet:
        return self.filter(event=event)

    def asked_of(self, role: Role | None) -> QuestionQuerySet:
        """Questions for everybody, and those of this role."""
        return self.filter(models.Q(role=None) | models.Q(role=role), is_active=True)

    def with_roles(self) -> QuestionQuerySet:
        return self.select_related("role")

    def in_order(self) -> QuestionQuerySet:
        return self.order_by("position", "pk")


class Question(models.Model):
    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="questions")
    role = models.ForeignKey(
        "hackathon.Role", models.CASCADE, null=True, blank=True, related_name="questions"
    )
    kind = models.CharField(_("kind of answer"), max_length=12, choices=QuestionKind)
    label = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("help text"), max_length=250, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    is_active = models.BooleanField(_("asked"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label


class Answer(models.Model):
    """`asked` keeps the question as the person read it: changing a question never changes an answer."""

    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    asked = models.CharField(max_length=200)
    value = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="answer_given_once")]

    def __str__(self) -> str:
        return f"{self.asked}: {self.value}"
