"""The outbox: every letter is a row before it leaves, so that none is lost and none leaves twice."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from ..enums import MailState

if TYPE_CHECKING:
    from .event import Event
    from .person import Person


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def for_event(self, event: Event) -> OutgoingMailQuerySet:
        return self.filter(event=event)

    def in_demo(self, event: Event | None) -> OutgoingMailQuerySet:
        """The demo event's letters and those that belong to none (codes to sign in)."""
        return self.filter(models.Q(event=event) | models.Q(event=None))

    def numbered(self, *numbers: int) -> OutgoingMailQuerySet:
        return self.filter(pk__in=numbers)

    def waiting(self) -> OutgoingMailQuerySet:
        return self.filter(state=MailState.QUEUED)

    def due(self, moment: datetime) -> OutgoingMailQuerySet:
        """Those to send now: codes first, because somebody stands before a screen; then as they were written."""
        return self.waiting().filter(due_at__lte=moment).order_by("-is_secret", "pk")

    def refused(self) -> OutgoingMailQuerySet:
        return self.filter(state=MailState.FAILED)

    def unsure(self) -> OutgoingMailQuerySet:
        return self.filter(state=MailState.UNSURE)

    def in_trouble(self) -> OutgoingMailQuerySet:
        """Those that somebody has to look at."""
        return self.filter(state__in=(MailState.FAILED, MailState.UNSURE))

    def held(self) -> OutgoingMailQuerySet:
        """Claimed by a worker and not answered for."""
        return self.filter(state=MailState.SENDING)

    def held_by(self, workers: Collection[str]) -> OutgoingMailQuerySet:
        return self.held().filter(claimed_by__in=workers)

    def handed_over(self, is_so: bool = True) -> OutgoingMailQuerySet:
        """Those whose words were given to the mail server, perhaps not to the end."""
        return self.filter(handed_at__isnull=not is_so)

    def with_words(self) -> OutgoingMailQuerySet:
        """A code is emptied once it left: it cannot leave again."""
        return self.exclude(text="")

    def written_for(self, letter: str, what: str) -> OutgoingMailQuerySet:
        """Letters of that kind whose key ends with what they are about: a day, a deadline."""
        return self.filter(letter=letter, key__endswith=f":{what}")

    def in_state(self, state: str) -> OutgoingMailQuerySet:
        return self.filter(state=state)

    def of_kind(self, letter: str) -> OutgoingMailQuerySet:
        return self.filter(letter=letter)

    def matching(self, words: Collection[str]) -> OutgoingMailQuerySet:
        """`words` folded: each in the address or in the name of the person."""
        found = self
        for word in words:
            found = found.filter(models.Q(to__icontains=word) | models.Q(person__folded_name__contains=word))
        return found

    def kinds(self) -> set[str]:
        return set(self.order_by().values_list("letter", flat=True).distinct())

    def count_by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def of_person(self, person: Person) -> OutgoingMailQuerySet:
        """The letters to that person, newest first, without their texts."""
        return self.filter(person=person).without_text().latest_first()

    def count_by_state_and_age(self, moment: datetime) -> dict[tuple[str, bool], int]:
        """One query: (state, whether it was due before that moment) → letters."""
        is_old = models.Q(due_at__lt=moment)
        rows = self.order_by().annotate(is_old=models.ExpressionWrapper(is_old, models.BooleanField()))
        counted = rows.values_list("state", "is_old").annotate(models.Count("pk"))
        return {(state, bool(old)): number for state, old, number in counted}

    def count_by_kind(self) -> dict[str, int]:
        return dict(self.order_by().values_list("letter").annotate(models.Count("pk")))

    def with_text(self) -> OutgoingMailQuerySet:
        """Those whose words are still kept."""
        return self.exclude(text="")

    def settled(self) -> OutgoingMailQuerySet:
        """Sent, or given up."""
        return self.filter(state__in=(MailState.SENT, MailState.FAILED))

    def hold_what_may_have_left(self) -> int:
        """Letters not answered for become « perhaps sent »: nothing leaves before somebody looked. Returns how many."""
        return self.filter(state__in=(MailState.QUEUED, MailState.SENDING)).update(state=MailState.UNSURE)

    def without_text(self) -> OutgoingMailQuerySet:
        """For lists: the texts stay in the database."""
        return self.defer("text", "html")

    def with_reader(self) -> OutgoingMailQuerySet:
        """The person and their registration, for a link to their page."""
        return self.select_related("person__registration")

    def latest_first(self) -> OutgoingMailQuerySet:
        return self.order_by("-pk")

    def queue(self, *, key: str = "", **fields: Any) -> OutgoingMail | None:
        """Add a letter, or None when one of that key is there already: the database holds the promise."""
        letter, is_new = self.get_or_create(key=key or uuid.uuid4().hex, defaults=fields)
        return letter if is_new else None


class OutgoingMail(models.Model):
    """`key` says what the letter is and to whom: the same key is never queued twice.

    `claimed_by` is the worker that holds it; `handed_at` is set just before its words go to the mail server. What a
    dead worker held without that mark has not left; with it, nobody can know.
    """

    event = models.ForeignKey(
        "hackathon.Event", models.CASCADE, null=True, blank=True, related_name="letters"
    )
    person = models.ForeignKey(
        "hackathon.Person", models.CASCADE, null=True, blank=True, related_name="letters"
    )
    key = models.CharField(max_length=200, unique=True, default=uuid.uuid4)
    letter = models.CharField(max_length=60)
    to = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    code = models.CharField(max_length=200, blank=True, help_text="What the QR picture attached to it holds.")
    is_secret = models.BooleanField(
        default=False, help_text="Holds a code: emptied once sent, outside the demo."
    )
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=250, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="Not before; later after each failure.")
    claimed_by = models.CharField(max_length=64, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def can_leave_again(self) -> bool:
        return self.state in (MailState.FAILED, MailState.UNSURE) and bool(self.text)
