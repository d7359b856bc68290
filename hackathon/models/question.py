"""What an event asks beyond the common form, per role, and what people answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import QuestionKind

if TYPE_CHECKING:
    from .event import Event
    from .role import Role


class QuestionQuerySet(models.QuerySet["Question"]):
    def for_event(self, event: Event) -> QuestionQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> QuestionQuerySet:
        return self.filter(pk=pk)

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


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_event(self, event: Event) -> AnswerQuerySet:
        return self.filter(registration__event=event)

    def reachable_by(self, user: Any) -> AnswerQuerySet:
        """One's own: by one's account, or by a printed pass that this browser has opened."""
        own = models.Q(registration__in=getattr(user, "passes", ()))
        return self.filter(
            own | models.Q(registration__person__account=user) if user.is_authenticated else own
        )

    def numbered(self, pk: int) -> AnswerQuerySet:
        return self.filter(pk=pk)

    def with_files(self) -> AnswerQuerySet:
        """Those that are a file."""
        return self.exclude(file="")

    def with_people(self) -> AnswerQuerySet:
        return self.select_related("registration__person")


class Answer(models.Model):
    """`asked` keeps the question as the person read it: changing a question never changes an answer."""

    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    asked = models.CharField(max_length=200)
    value = models.JSONField(null=True, blank=True)
    file = models.CharField(max_length=200, blank=True, help_text="Where under MEDIA_ROOT/private/answers.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="answer_given_once")]

    def __str__(self) -> str:
        return f"{self.asked}: {self.shown}"

    @property
    def event(self) -> Event:
        """So that a rule can ask for it."""
        return self.registration.event

    @property
    def shown(self) -> str:
        """The answer in words, as it was given: choices since withdrawn stay."""
        if isinstance(self.value, dict):  # a file
            return str(self.value.get("name", ""))
        if isinstance(self.value, list):
            return ", ".join(str(each) for each in self.value)
        return "" if self.value is None else str(self.value)
