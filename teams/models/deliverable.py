"""What goes with a project: files, the organisers' own fields, the declaration of the first evening, reopenings."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import FileKind, FileState

if TYPE_CHECKING:
    from hackathon.models import Account, Event, Theme

    from .project import Project
    from .team import Team


class ExtraFieldQuerySet(models.QuerySet["ExtraField"]):
    def for_event(self, event: Event) -> ExtraFieldQuerySet:
        return self.filter(event=event)

    def asked_on(self, theme: Theme) -> ExtraFieldQuerySet:
        """Those for every project, and those of that theme."""
        return self.filter(models.Q(theme=None) | models.Q(theme=theme), is_active=True)

    def numbered(self, keys: Iterable[int]) -> ExtraFieldQuerySet:
        return self.filter(pk__in=list(keys))

    def with_themes(self) -> ExtraFieldQuerySet:
        return self.select_related("theme")

    def in_order(self) -> ExtraFieldQuerySet:
        return self.order_by("position", "pk")


class ExtraField(models.Model):
    """What an event asks of its projects beyond our fields; answers are in `Project.extra`, by id as text."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="project_fields")
    theme = models.ForeignKey(
        "hackathon.Theme", models.CASCADE, null=True, blank=True, related_name="project_fields"
    )
    label = models.CharField(_("field"), max_length=120)
    help = models.CharField(_("help text"), max_length=250, blank=True)
    is_long = models.BooleanField(_("several lines"), default=False)
    is_required = models.BooleanField(_("required"), default=False)
    is_public = models.BooleanField(_("shown in the gallery"), default=True)
    is_active = models.BooleanField(_("asked"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ExtraFieldQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label


class ProjectFileQuerySet(models.QuerySet["ProjectFile"]):
    def of_project(self, project: Project) -> ProjectFileQuerySet:
        return self.filter(project=project)

    def numbered(self, pk: uuid.UUID) -> ProjectFile | None:
        return self.select_related("project__team__event", "project__team__theme").filter(pk=pk).first()

    def whole(self) -> ProjectFileQuerySet:
        """Arrived, and not taken away since."""
        return self.filter(state=FileState.KEPT, removed_at=None)

    def late(self) -> ProjectFileQuerySet:
        """Begun before the deadline and ended after it: the organiser decides."""
        return self.filter(state=FileState.LATE, removed_at=None)

    def arriving(self) -> ProjectFileQuerySet:
        return self.filter(state=FileState.ARRIVING, removed_at=None)

    def replaced(self) -> ProjectFileQuerySet:
        """Slides that others took the place of; they can come back until the project is handed in."""
        return self.filter(state=FileState.REPLACED, removed_at=None)

    def on_disk(self) -> ProjectFileQuerySet:
        return self.filter(removed_at=None).exclude(state=FileState.REFUSED)

    def not_removed(self) -> ProjectFileQuerySet:
        return self.filter(removed_at=None)

    def replaced_and_handed_in(self) -> ProjectFileQuerySet:
        """Replaced by slides that have been handed in since."""
        newer = ProjectFile.objects.whole().filter(
            project=models.OuterRef("project"),
            kind=models.OuterRef("kind"),
            finished_at__lte=models.OuterRef("project__submitted_at"),
        )
        return self.replaced().filter(models.Exists(newer))

    def of_kind(self, kind: str) -> ProjectFileQuerySet:
        return self.filter(kind=kind)

    def alike(self, *, kind: str, name: str, size: int) -> ProjectFileQuerySet:
        return self.filter(kind=kind, name=name, size=size)

    def for_event(self, event: Event) -> ProjectFileQuerySet:
        return self.filter(project__team__event=event)

    def sent_by(self, account: Account) -> ProjectFileQuerySet:
        return self.filter(uploaded_by=account)

    def other_than(self, file: ProjectFile) -> ProjectFileQuerySet:
        return self.exclude(pk=file.pk)

    def with_projects(self) -> ProjectFileQuerySet:
        return self.select_related("project__team__event", "project__team__theme", "uploaded_by")

    def total_size(self) -> int:
        return self.aggregate(total=models.Sum("size"))["total"] or 0

    def known_keys(self, keys: Iterable[uuid.UUID]) -> set[uuid.UUID]:
        """Those of these keys that are files we keep."""
        return set(self.on_disk().filter(pk__in=list(keys)).values_list("pk", flat=True))

    def in_order(self) -> ProjectFileQuerySet:
        return self.order_by("kind", "position", "started_at")


class ProjectFile(models.Model):
    """`size` as announced, `received` as written so far: an interrupted upload goes on from there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey("teams.Project", models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.ARRIVING)
    name = models.CharField(_("name"), max_length=160)
    description = models.CharField(_("what it shows"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="project_file_not_longer_than_said"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown(self) -> bool:
        """Whether it belongs to what a project page shows once it is public."""
        return self.state == FileState.KEPT and self.removed_at is None and self.project.is_shown

    @property
    def event(self) -> Event:
        return self.project.event

    @property
    def team(self) -> Team:
        return self.project.team


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def of_team(self, team: Team) -> Declaration | None:
        return self.filter(team=team).first()


class Declaration(models.Model):
    """What a team says of itself on the first evening: where it stands and what it lacks."""

    team = models.OneToOneField("teams.Team", models.CASCADE, related_name="declaration")
    title = models.CharField(_("working title"), max_length=80)
    progress = models.TextField(_("where you stand"), max_length=1000)
    lacks = models.CharField(_("what you lack"), max_length=300, blank=True)
    will_submit = models.BooleanField(_("we intend to hand a project in"), default=True)
    version = models.PositiveIntegerField(default=1)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now)

    objects = DeclarationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.team}: {self.title}"


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    def of_team(self, team: Team) -> ReopeningQuerySet:
        return self.filter(team=team)

    def in_force(self, moment: datetime) -> ReopeningQuerySet:
        return self.filter(closed_at=None, opens_at__lte=moment, until__gt=moment)

    def latest_first(self) -> ReopeningQuerySet:
        return self.order_by("-opens_at", "-pk")

    def not_ended(self, moment: datetime) -> ReopeningQuerySet:
        """Those in force, and those that are still to come."""
        return self.filter(closed_at=None, until__gt=moment)

    def numbered(self, pk: int) -> Reopening | None:
        return self.filter(pk=pk).first()

    def last_to_end(self) -> Reopening | None:
        return self.order_by("-until", "-pk").first()


class Reopening(models.Model):
    """One team may change its project after the deadline, until then, for that reason; it stays marked late."""

    team = models.ForeignKey("teams.Team", models.CASCADE, related_name="reopenings")
    reason = models.CharField(_("reason"), max_length=250)
    opens_at = models.DateTimeField()
    until = models.DateTimeField(_("until"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="reopening_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("opens_at")), name="reopening_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} until {self.until:%H:%M}"
