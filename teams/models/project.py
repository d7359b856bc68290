"""What a team hands in. Drafts, versions and the receipt; whether it may still change is asked in domain/."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import ProjectState, Standing

if TYPE_CHECKING:
    from hackathon.models import Account, Event, Theme

    from .deliverable import ExtraField
    from .team import Team

#: The fields a team fills in, in the order of the page; the first of each pair is also what a version keeps.
CONTENT = (
    "title",
    "pitch",
    "pitch_en",
    "problem",
    "audience",
    "solution",
    "works_today",
    "next_steps",
    "site_url",
    "repository_url",
    "video_url",
    "licence",
    "prior_work",
)
#: What the fields an event adds are called beside ours: this, and the number of the field.
EXTRA = "extra_"
#: Without these a project cannot be handed in.
REQUIRED = ("title", "pitch", "problem", "solution")


class ProjectQuerySet(models.QuerySet["Project"]):
    def for_event(self, event: Event) -> ProjectQuerySet:
        return self.filter(team__event=event)

    def for_events(self, events: Iterable[int]) -> ProjectQuerySet:
        """Those of any of these events, by their ids."""
        return self.filter(team__event__in=list(events))

    def numbered(self, pk: int) -> ProjectQuerySet:
        return self.filter(pk=pk)

    def of(self, account: Account) -> ProjectQuerySet:
        """Those of the teams this account has a member in now."""
        return self.filter(
            team__memberships__registration__person__account=account, team__memberships__left_at=None
        ).distinct()

    def of_team(self, team: Team) -> Project | None:
        return self.filter(team=team).first()

    def of_active_teams(self) -> ProjectQuerySet:
        return self.filter(team__dissolved_at=None)

    def on_theme(self, theme: Theme) -> ProjectQuerySet:
        return self.filter(team__theme=theme)

    def submitted(self) -> ProjectQuerySet:
        return self.filter(state=ProjectState.SUBMITTED)

    def competing(self) -> ProjectQuerySet:
        """Handed in and in competition: what a jury marks for a prize."""
        return self.submitted().filter(standing=Standing.COMPETING)

    def shown(self) -> ProjectQuerySet:
        """What the public may read once the results are out."""
        return self.submitted().exclude(standing__in=(Standing.WITHDRAWN, Standing.DISQUALIFIED))

    def theme_ids(self) -> models.QuerySet[Project, int]:
        """The theme of each, its id."""
        return self.order_by().values_list("team__theme", flat=True)

    def with_teams(self) -> ProjectQuerySet:
        return self.select_related("team__theme", "team__event")

    def of_dissolved_teams(self) -> ProjectQuerySet:
        return self.filter(team__dissolved_at__isnull=False)

    def that_filled(self, field: ExtraField) -> ProjectQuerySet:
        """Those that ever held something in that added field: a text taken away is still among the versions."""
        return self.filter(extra__has_key=str(field.pk))

    def extras(self) -> list[dict[str, str]]:
        """What each holds in the added fields."""
        return list(self.values_list("extra", flat=True))

    def begun(self) -> ProjectQuerySet:
        """Those in which something was saved."""
        return self.filter(version__gt=0)

    def in_order(self) -> ProjectQuerySet:
        return self.order_by("team__theme__position", "team__number", "pk")


class Project(models.Model):
    team = models.OneToOneField("teams.Team", models.CASCADE, related_name="project")
    title = models.CharField(_("title"), max_length=80, blank=True)
    pitch = models.CharField(_("pitch in one line"), max_length=240, blank=True)
    pitch_en = models.CharField(_("pitch in English"), max_length=240, blank=True)
    problem = models.TextField(_("problem"), max_length=3000, blank=True)
    audience = models.TextField(_("for whom"), max_length=3000, blank=True)
    solution = models.TextField(_("solution"), max_length=3000, blank=True)
    works_today = models.TextField(_("what works today"), max_length=3000, blank=True)
    next_steps = models.TextField(_("next steps"), max_length=3000, blank=True)
    site_url = models.URLField(_("site"), blank=True)
    repository_url = models.URLField(_("repository"), blank=True)
    video_url = models.URLField(_("video"), blank=True)
    licence = models.CharField(_("licence"), max_length=80, blank=True)
    prior_work = models.TextField(_("prior work"), max_length=3000, blank=True)
    extra = models.JSONField(default=dict, blank=True, help_text="ExtraField id, as text → what was written.")
    is_late = models.BooleanField(_("handed in late"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=ProjectState, default=ProjectState.DRAFT)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.COMPETING)
    standing_reason = models.CharField(_("reason"), max_length=250, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was handed in.")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing=Standing.COMPETING) | ~models.Q(standing_reason=""),
                name="project_standing_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ProjectState.DRAFT) | models.Q(submitted_at__isnull=False),
                name="project_submitted_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.team)

    @property
    def event(self) -> Event:
        return self.team.event

    @property
    def theme(self) -> Theme:
        return self.team.theme

    @property
    def is_shown(self) -> bool:
        """Whether the public may read it once the results are out."""
        return self.state == ProjectState.SUBMITTED and self.standing not in (
            Standing.WITHDRAWN,
            Standing.DISQUALIFIED,
        )

    @property
    def content(self) -> dict[str, str]:
        """Every text by the name of its field; of the added fields, those that hold something."""
        own = {name: getattr(self, name) for name in CONTENT}
        added = {f"{EXTRA}{key}": self.extra[key] for key in sorted(self.extra, key=int) if self.extra[key]}
        return own | added


class ProjectVersionQuerySet(models.QuerySet["ProjectVersion"]):
    def set_aside(self) -> ProjectVersionQuerySet:
        return self.filter(is_set_aside=True)

    def of(self, account: Account) -> ProjectVersionQuerySet:
        return self.filter(saved_by=account)

    def of_project(self, project: Project) -> ProjectVersionQuerySet:
        return self.filter(project=project)

    def numbered(self, pk: int) -> ProjectVersion | None:
        return self.with_authors().filter(pk=pk).first()

    def with_authors(self) -> ProjectVersionQuerySet:
        return self.select_related("saved_by")

    def latest_first(self) -> ProjectVersionQuerySet:
        return self.order_by("-saved_at", "-pk")

    def headings(self) -> ProjectVersionQuerySet:
        """Without the texts: for a long list."""
        return self.defer("content")


class ProjectVersion(models.Model):
    """Every saved state, also one refused because another came first: a word that was sent is never lost."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    is_set_aside = models.BooleanField(
        default=False, help_text="Written from an older version than the current one."
    )
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = ProjectVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.number}"
