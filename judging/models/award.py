"""The rules of the awards, the jury's decisions and the awards that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import AwardMethod, Cumulation, DecidedBy, Eligible, RankStyle, Scope, Tie, WhenTaken

if TYPE_CHECKING:
    from hackathon.models import Event


class AwardRuleQuerySet(models.QuerySet["AwardRule"]):
    def for_event(self, event: Event) -> AwardRuleQuerySet:
        return self.filter(event=event)

    def in_order(self) -> AwardRuleQuerySet:
        return self.order_by("sequence", "pk")


class AwardRule(models.Model):
    """Applied in `sequence`; domain/award_rules.py says what each term means. A grand prize is announced first."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="award_rules")
    sequence = models.PositiveSmallIntegerField(_("order of decision"))
    label = models.CharField(_("name of the prize"), max_length=120)
    scope = models.CharField(_("for"), max_length=10, choices=Scope, default=Scope.EVENT)
    theme = models.ForeignKey("hackathon.Theme", models.PROTECT, null=True, blank=True, related_name="+")
    partner = models.CharField(_("partner"), max_length=120, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=1, validators=[MinValueValidator(1)])
    eligible = models.CharField(_("eligible"), max_length=14, choices=Eligible, default=Eligible.ALL)
    cumulation = models.CharField(
        _("with other prizes"), max_length=10, choices=Cumulation, default=Cumulation.EXCLUSIVE
    )
    when_taken = models.CharField(
        _("when its winner already has a prize"),
        max_length=12,
        choices=WhenTaken,
        default=WhenTaken.USUAL,
        blank=True,
    )
    method = models.CharField(_("decided"), max_length=12, choices=AwardMethod, default=AwardMethod.RANKING)
    decided_by = models.CharField(_("decided by"), max_length=10, choices=DecidedBy, default=DecidedBy.JURY)
    tie = models.CharField(_("ties"), max_length=8, choices=Tie, default=Tie.LADDER)
    rank_style = models.CharField(_("ranks"), max_length=10, choices=RankStyle, default=RankStyle.STANDARD)
    allow_none = models.BooleanField(_("may be left unawarded"), default=True)
    is_grand_prize = models.BooleanField(_("grand prize"), default=False)
    prize = models.CharField(_("prize"), max_length=250, blank=True)
    follow_up_months = models.PositiveSmallIntegerField(_("months of follow-up"), default=0)

    objects = AwardRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "sequence"], name="award_rule_sequence_once"),
            models.CheckConstraint(condition=models.Q(places__gte=1), name="award_rule_has_places"),
        ]

    def __str__(self) -> str:
        return self.label


class DecisionQuerySet(models.QuerySet["Decision"]):
    def for_event(self, event: Event) -> DecisionQuerySet:
        return self.filter(event=event)

    def published(self) -> DecisionQuerySet:
        """Those that the public has been told; a correction still being prepared is not one."""
        return self.filter(publication__isnull=False)

    def latest_first(self) -> DecisionQuerySet:
        return self.order_by("-version")


class Decision(models.Model):
    """What the jury decided, once: a correction is a new version, the old one stays."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="decisions")
    version = models.PositiveSmallIntegerField(default=1)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True, help_text="Why this version replaces the one before.")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "version"], name="decision_version_once")]

    def __str__(self) -> str:
        return f"{self.event_id} v{self.version}"


class AwardQuerySet(models.QuerySet["Award"]):
    def with_projects(self) -> AwardQuerySet:
        return self.select_related("rule", "theme", "project__team__theme")


class Award(models.Model):
    """A prize and who has it. `reason` is required when it departs from the ranking; `is_tied`: ex æquo."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="awards")
    rule = models.ForeignKey(AwardRule, models.PROTECT, related_name="awards")
    theme = models.ForeignKey("hackathon.Theme", models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey("teams.Project", models.PROTECT, null=True, blank=True, related_name="awards")
    rank = models.PositiveSmallIntegerField(default=1)
    is_tied = models.BooleanField(default=False)
    departs = models.BooleanField(default=False, help_text="Not what the ranking proposed.")
    reason = models.TextField(blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["-rule__is_grand_prize", "rule__sequence", "theme__position", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "rule", "theme", "project"], name="award_once"),
            models.CheckConstraint(
                condition=models.Q(departs=False) | ~models.Q(reason=""), name="award_departure_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} → {self.project or '—'}"
