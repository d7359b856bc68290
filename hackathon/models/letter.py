"""The organisers' own words for a letter, where they changed ours. Its placeholders are a fixed list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .event import Event


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    def for_event(self, event: Event) -> LetterTextQuerySet:
        return self.filter(event=event)

    def of_letter(self, letter: str, language: str) -> LetterTextQuerySet:
        return self.filter(letter=letter, language=language)

    def words(self, event: Event, letter: str, language: str) -> LetterText | None:
        """The organisers' own, or None where ours stand."""
        return self.for_event(event).of_letter(letter, language).first()

    def changed(self, event: Event) -> set[tuple[str, str]]:
        """(letter, language) of those that are not in our words."""
        return set(self.for_event(event).values_list("letter", "language"))


class LetterText(models.Model):
    """`letter` is the name of its template. No row: our own words."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="letter_texts")
    letter = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=8000)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "letter", "language"], name="letter_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.letter} ({self.language})"
