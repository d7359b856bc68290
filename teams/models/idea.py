"""The idea wall: what people would like to work on before there are teams, and who would join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hackathon.kit.folding import fold

from ..enums import SupportKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hackathon.models import Event, Registration, Role, Theme


class IdeaQuerySet(models.QuerySet["Idea"]):
    def for_event(self, event: Event) -> IdeaQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> Idea | None:
        return self.with_people().filter(pk=pk).first()

    def shown(self) -> IdeaQuerySet:
        """Those that no organiser has hidden."""
        return self.filter(hidden_at=None)

    def shown_to_authors(self, own: Iterable[Registration]) -> IdeaQuerySet:
        """The same, and those of these people, hidden or not."""
        return self.filter(models.Q(hidden_at=None) | models.Q(author__in=[one.pk for one in own]))

    def on_theme(self, theme: Theme) -> IdeaQuerySet:
        return self.filter(theme=theme)

    def wanting(self, role: Role) -> IdeaQuerySet:
        return self.filter(wanted_roles=role)

    def without_team(self) -> IdeaQuerySet:
        """Those that no team works on, or no longer."""
        return self.filter(models.Q(team=None) | models.Q(team__dissolved_at__isnull=False))

    def matching(self, words: Iterable[str]) -> IdeaQuerySet:
        """`words` folded (no accents, lower case): each must appear in the title or the text."""
        found = self
        for word in words:
            found = found.filter(folded__contains=word)
        return found

    def reachable_by(self, user: Any) -> IdeaQuerySet:
        """Those of one's own people, by account or by an open pass."""
        own = models.Q(author__in=getattr(user, "passes", ()))
        return self.filter(own | models.Q(author__person__account=user) if user.is_authenticated else own)

    def of_registration(self, registration: Registration) -> IdeaQuerySet:
        return self.filter(author=registration)

    def with_roles(self) -> IdeaQuerySet:
        return self.prefetch_related("wanted_roles")

    def with_likes(self) -> IdeaQuerySet:
        """`likes`: how many people like it. Who would join is never counted before others."""
        liked = models.Count("supports", filter=models.Q(supports__kind=SupportKind.LIKE), distinct=True)
        return self.annotate(likes=liked)

    def with_joiners(self) -> IdeaQuerySet:
        """`joiners`: how many would join; for the author and the organisers."""
        would = models.Count("supports", filter=models.Q(supports__kind=SupportKind.JOIN), distinct=True)
        return self.annotate(joiners=would)

    def with_people(self) -> IdeaQuerySet:
        return self.select_related("theme", "author__person", "author__role", "team")

    def latest_first(self) -> IdeaQuerySet:
        return self.order_by("-created_at", "-pk")


class Idea(models.Model):
    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="ideas")
    theme = models.ForeignKey("hackathon.Theme", models.PROTECT, related_name="ideas")
    author = models.ForeignKey(
        "hackathon.Registration", models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    title = models.CharField(_("idea in a few words"), max_length=80)
    text = models.TextField(_("what it would do, for whom"), max_length=2000)
    wanted_roles = models.ManyToManyField("hackathon.Role", blank=True, related_name="+")
    team = models.ForeignKey("teams.Team", models.SET_NULL, null=True, blank=True, related_name="ideas")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=250, blank=True)
    folded = models.TextField(editable=False, default="")

    objects = IdeaQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps `folded`, in which one searches."""
        self.folded = fold(f"{self.title} {self.text}")
        super().save(*args, **kwargs)

    @property
    def has_team(self) -> bool:
        """Whether a team works on it now."""
        return self.team is not None and self.team.dissolved_at is None


class IdeaSupportQuerySet(models.QuerySet["IdeaSupport"]):
    def of_registration(self, registration: Registration) -> IdeaSupportQuerySet:
        return self.filter(registration=registration)

    def of_registrations(self, registrations: Iterable[Registration]) -> IdeaSupportQuerySet:
        return self.filter(registration__in=[registration.pk for registration in registrations])

    def for_ideas(self, ideas: Iterable[Idea]) -> IdeaSupportQuerySet:
        return self.filter(idea__in=[idea.pk for idea in ideas])

    def of_kind(self, kind: str) -> IdeaSupportQuerySet:
        return self.filter(kind=kind)

    def with_people(self) -> IdeaSupportQuerySet:
        return self.select_related("registration__person", "registration__role").order_by("given_at", "pk")


class IdeaSupport(models.Model):
    """« I like it » or « I would join »; who said which is for the author and the organisers."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supports")
    registration = models.ForeignKey("hackathon.Registration", models.CASCADE, related_name="supported_ideas")
    kind = models.CharField(max_length=8, choices=SupportKind)
    given_at = models.DateTimeField(default=timezone.now)

    objects = IdeaSupportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "registration", "kind"], name="idea_supported_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} · {self.idea}"
