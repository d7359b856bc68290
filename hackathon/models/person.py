"""Who takes part, apart from who signs in: several people may be reached through one account, some have none.

A person belongs to one event: what one event's organisers write about somebody never shows in another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Purpose
from ..kit.folding import fold
from .consent import Consent

if TYPE_CHECKING:
    from .account import Account
    from .event import Event


class PersonQuerySet(models.QuerySet["Person"]):
    def for_event(self, event: Event) -> PersonQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> PersonQuerySet:
        return self.filter(pk=pk)

    def of(self, account: Account) -> PersonQuerySet:
        return self.filter(account=account)

    def reachable_by(self, user: Any) -> PersonQuerySet:
        """Oneself and those one answers for: of one's account, or by a printed pass that this browser has opened."""
        own = models.Q(registration__in=getattr(user, "passes", ()))
        return self.filter(own | models.Q(account=user) if user.is_authenticated else own)

    def with_image_consent(self) -> PersonQuerySet:
        """`agrees_to_image`: whether the consent to be in pictures is in force now."""
        given = Consent.objects.in_force().about(Purpose.IMAGE).filter(person=models.OuterRef("pk"))
        return self.annotate(agrees_to_image=models.Exists(given))

    def reached_at(self, email: str) -> PersonQuerySet:
        return self.filter(email__iexact=email.strip())

    def personas(self) -> PersonQuerySet:
        """Participants whom the demo may sign in."""
        return self.filter(account__is_persona=True, registration__isnull=False).select_related("account")

    def agreeing_to(self, purpose: str) -> PersonQuerySet:
        """Those whose consent for that purpose is in force."""
        return self.filter(consents__purpose=purpose, consents__withdrawn_at=None).order_by("folded_name")

    def known(self, nobody: str) -> PersonQuerySet:
        """Those who are still somebody: `nobody` is what stands where an erased name stood."""
        return self.exclude(first_name=nobody, email="")

    def reachable(self) -> PersonQuerySet:
        """People to whom a letter can be sent."""
        return self.exclude(email="")

    def not_told_of_deletion(self) -> PersonQuerySet:
        return self.exclude(letters__letter="deletion_notice")

    def unclaimed(self) -> PersonQuerySet:
        return self.filter(account=None)


class Person(models.Model):
    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="people")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="people"
    )
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    folded_name = models.CharField(max_length=170, db_index=True, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email", "folded_name"],
                condition=~models.Q(email=""),
                name="person_known_once_by_email_and_name",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps `folded_name`; whoever writes in bulk calls `fold_name` first."""
        self.fold_name()
        super().save(*args, **kwargs)

    def fold_name(self) -> None:
        self.folded_name = fold(self.full_name)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class NeedsQuerySet(models.QuerySet["Needs"]):
    def for_event(self, event: Event) -> NeedsQuerySet:
        return self.filter(person__event=event)

    def of(self, person: Person) -> NeedsQuerySet:
        return self.filter(person=person)


class Needs(models.Model):
    """Diet and access, apart from everything else: seen by named staff only and deleted after the event."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="needs")
    diet = models.CharField(_("diet"), max_length=200, blank=True)
    access = models.CharField(_("access needs"), max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = NeedsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "needs"

    def __str__(self) -> str:
        return f"needs of {self.person_id}"
