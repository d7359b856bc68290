"""A person's part in the event as a participant: role, state, choices. Changed by domain/registering.py only."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..enums import COMING, HOLDING, Purpose, RegistrationState, Source
from .attendance import seen_at_the_desk
from .consent import Consent
from .invitation import Pass
from .listing import ListingQuerySet

if TYPE_CHECKING:
    from .account import Account
    from .event import Event
    from .mail import OutgoingMail
    from .role import Role
    from .theme import Theme


def new_code() -> str:
    """128 bits: what a badge's QR holds."""
    return secrets.token_urlsafe(16)


class RegistrationQuerySet(ListingQuerySet):
    def for_event(self, event: Event) -> RegistrationQuerySet:
        return self.filter(event=event)

    def of(self, account: Account) -> RegistrationQuerySet:
        return self.filter(person__account=account)

    def reached_at(self, email: str) -> RegistrationQuerySet:
        return self.filter(person__email__iexact=email.strip())

    def reachable_by(self, user: Any) -> RegistrationQuerySet:
        """One's own: those of one's account, and those whose printed pass this browser has opened.

        `user` may be a stranger; `passes` is put there by views/passes.py.
        """
        own = models.Q(pk__in=getattr(user, "passes", ()))
        return self.filter(own | models.Q(person__account=user) if user.is_authenticated else own)

    def not_gone(self) -> RegistrationQuerySet:
        """All but those who were turned down, gave up or never finished the form."""
        gone = (
            RegistrationState.CANCELLED,
            RegistrationState.DECLINED,
            RegistrationState.EXPIRED,
            RegistrationState.DRAFT,
        )
        return self.exclude(state__in=gone)

    def without_email(self) -> RegistrationQuerySet:
        """People whom no letter reaches, and no account either."""
        return self.filter(person__email="", person__account=None)

    def without_pass(self) -> RegistrationQuerySet:
        """Those for whom no code is in force."""
        return self.exclude(passes__in=Pass.objects.in_force())

    def with_pass(self) -> RegistrationQuerySet:
        """`pass_made_at`, `pass_used_at`: of the code in force, None without one."""
        held = Pass.objects.in_force().filter(registration=models.OuterRef("pk"))
        return self.annotate(
            pass_made_at=models.Subquery(held.values("made_at")[:1]),
            pass_used_at=models.Subquery(held.values("used_at")[:1]),
        )

    def with_image_consent(self) -> RegistrationQuerySet:
        """`agrees_to_image`: whether the consent to be in pictures is in force now."""
        given = Consent.objects.in_force().about(Purpose.IMAGE).filter(person=models.OuterRef("person"))
        return self.annotate(agrees_to_image=models.Exists(given))

    def numbered(self, pk: int) -> RegistrationQuerySet:
        return self.filter(pk=pk)

    def sent_as(self, *keys: str) -> RegistrationQuerySet:
        """What those forms made, each sent under a key of its own."""
        return self.filter(form_key__in=keys)

    def in_party(self, party: UUID) -> RegistrationQuerySet:
        """People registered together."""
        return self.filter(party=party)

    def in_role(self, role: Role) -> RegistrationQuerySet:
        return self.filter(role=role)

    def in_state(self, *states: str) -> RegistrationQuerySet:
        return self.filter(state__in=states)

    def holding_a_place(self) -> RegistrationQuerySet:
        return self.filter(state__in=HOLDING)

    def coming(self) -> RegistrationQuerySet:
        return self.filter(state__in=COMING)

    def waiting(self) -> RegistrationQuerySet:
        return self.filter(state=RegistrationState.WAITLISTED)

    def offers_past(self, moment: datetime) -> RegistrationQuerySet:
        return self.filter(state=RegistrationState.OFFERED, offer_expires_at__lte=moment)

    def present(self) -> RegistrationQuerySet:
        """People whom the desk has seen at least once."""
        return self.filter(presences__in_at__isnull=False).distinct()

    def unreminded_offers(self) -> RegistrationQuerySet:
        """Places offered whose reminder has not left."""
        return self.filter(state=RegistrationState.OFFERED, offer_reminded_at=None)

    def reachable(self) -> RegistrationQuerySet:
        """People to whom a letter can be sent."""
        return self.exclude(person__email="")

    def without_letter(self, letters: models.QuerySet[OutgoingMail]) -> RegistrationQuerySet:
        """Those to whom none of these letters was written."""
        return self.exclude(person__in=letters.exclude(person=None).values("person"))

    def in_order(self) -> RegistrationQuerySet:
        """First come, first served."""
        return self.order_by("submitted_at", "pk")

    def before(self, registration: Registration) -> RegistrationQuerySet:
        """Those who registered before that one."""
        return self.filter(
            models.Q(submitted_at__lt=registration.submitted_at)
            | models.Q(submitted_at=registration.submitted_at, pk__lt=registration.pk)
        )

    def choosing(self, theme: Theme) -> RegistrationQuerySet:
        """Those who named that theme, whatever its rank."""
        return self.filter(choices__theme=theme)

    def by_name(self) -> RegistrationQuerySet:
        return self.order_by("person__folded_name", "pk")

    def first_themes(self) -> models.QuerySet[Registration, int]:
        """The theme that each wished for first, its id; nothing for those who wished for none."""
        return self.order_by().filter(choices__rank=1).values_list("choices__theme", flat=True)

    def addresses_and_names(self) -> models.QuerySet[Registration, tuple[int, str, str]]:
        """(number, address, folded name)."""
        return self.order_by().values_list("pk", "person__email", "person__folded_name")

    def with_person(self) -> RegistrationQuerySet:
        return self.select_related("person")

    def with_first_choice(self) -> RegistrationQuerySet:
        """`first_theme_id`: the theme named first, or None."""
        first = ThemeChoice.objects.filter(registration=models.OuterRef("pk"), rank=1).values("theme")[:1]
        return self.annotate(first_theme_id=models.Subquery(first))

    def count_by_state(self) -> dict[str, int]:
        """One query: state → people."""
        return dict(self.order_by().values_list("state").annotate(models.Count("pk", distinct=True)))

    def count_by_state_and_presence(self) -> dict[str, tuple[int, int]]:
        """One query: state → (people, those whom the desk has seen)."""
        seen = models.Exists(seen_at_the_desk())
        rows = (
            self.order_by()
            .annotate(is_seen=seen)
            .values_list("state", "is_seen")
            .annotate(models.Count("pk"))
        )
        found: dict[str, tuple[int, int]] = {}
        for state, is_seen, number in rows:
            people, present = found.get(state, (0, 0))
            found[state] = (people + number, present + (number if is_seen else 0))
        return found

    def with_people(self) -> RegistrationQuerySet:
        return self.select_related("person", "role")

    def with_presences(self) -> RegistrationQuerySet:
        return self.prefetch_related("presences")

    def with_choices(self) -> RegistrationQuerySet:
        return self.prefetch_related(
            models.Prefetch("choices", ThemeChoice.objects.select_related("theme").order_by("rank"))
        )

    def matching(self, words: Iterable[str]) -> RegistrationQuerySet:
        """`words` folded (no accents, lower case): each must appear in the name, the address or the ticket."""
        found = self
        for word in words:
            found = found.filter(
                models.Q(person__folded_name__contains=word)
                | models.Q(person__email__icontains=word)
                | models.Q(person__organisation__icontains=word)
                | models.Q(ticket_number__iexact=word)
            )
        return found


class Registration(models.Model):
    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="registrations")
    person = models.OneToOneField("hackathon.Person", models.CASCADE, related_name="registration")
    role = models.ForeignKey("hackathon.Role", models.PROTECT, related_name="registrations")
    state = models.CharField(
        _("state"), max_length=12, choices=RegistrationState, default=RegistrationState.DRAFT
    )
    source = models.CharField(_("came by"), max_length=8, choices=Source, default=Source.FORM)
    ticket_number = models.CharField(_("ticket number"), max_length=60, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    day_intentions = models.JSONField(
        default=dict, blank=True, help_text="ISO date → will come, as announced."
    )
    extra = models.JSONField(
        default=dict, blank=True, help_text="Columns of a list that we have no field for."
    )
    form_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    party = models.UUIDField(null=True, blank=True, db_index=True, help_text="People registered together.")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="registered"
    )
    payer = models.CharField(_("who paid"), max_length=200, blank=True)
    invitation = models.ForeignKey(
        "hackathon.InvitationCode", models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    shows_role = models.BooleanField(_("show my role to others"), default=False)
    code = models.CharField(max_length=40, unique=True, default=new_code, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    offer_reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["event", "state", "role"], name="registration_places"),
            models.Index(fields=["event", "submitted_at"], name="registration_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "ticket_number"],
                condition=~models.Q(ticket_number=""),
                name="registration_ticket_once",
            ),
            models.UniqueConstraint(
                fields=["event", "form_key"],
                condition=~models.Q(form_key=""),
                name="registration_form_sent_once",
            ),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__range=(1, 5)),
                name="registration_level_1_to_5",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RegistrationState.OFFERED)
                | models.Q(offer_expires_at__isnull=False),
                name="registration_offer_expires",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def holds_place(self) -> bool:
        return self.state in HOLDING

    @property
    def is_absent(self) -> bool:
        """Expected, and never seen at the desk though the event is over. Reads `is_seen` (with_sightings) if there."""
        if self.state not in COMING or not self.event.is_over:
            return False
        seen = getattr(self, "is_seen", None)
        return not (self.presences.recorded().exists() if seen is None else seen)

    @property
    def shown_role(self) -> str:
        """What others read: the same words for everybody who did not choose to show theirs."""
        return self.role.name if self.shows_role else gettext("Participant")


class ThemeChoiceQuerySet(models.QuerySet["ThemeChoice"]):
    def for_event(self, event: Event) -> ThemeChoiceQuerySet:
        return self.filter(registration__event=event)

    def in_order(self) -> ThemeChoiceQuerySet:
        return self.order_by("registration_id", "rank")


class ThemeChoice(models.Model):
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="choices")
    theme = models.ForeignKey("hackathon.Theme", models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField()

    objects = ThemeChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "rank"], name="theme_choice_one_per_rank"),
            models.UniqueConstraint(fields=["registration", "theme"], name="theme_chosen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.theme}"
