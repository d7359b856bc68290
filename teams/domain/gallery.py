"""What the public reads of the projects: those handed in and neither withdrawn nor disqualified, once it is open.

It opens with the results, or before when an organiser says so; what the jury thinks is not known here, and prizes
come through the registry from whoever announces them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.enums import Purpose
from hackathon.kit.errors import Refused
from hackathon.kit.folding import fold
from hackathon.kit.registry import registry
from hackathon.models import Account, Event, Theme

from ..models import Membership, Project
from . import content

#: The texts of a project's page, in the order they are read; title and pitch head it.
SECTIONS = ("problem", "audience", "solution", "works_today", "next_steps", "licence", "prior_work")


class GalleryRefused(Refused):
    code = "gallery_refused"


def is_open(event: Event) -> bool:
    """Whether everybody may read the projects: with the results, or when an organiser opened them before."""
    return event.published_at is not None or event.gallery_opened_at is not None


@transaction.atomic
def open_gallery(*, event: Event, actor: Account | None, reason: str = "") -> None:
    """Let everybody read the projects handed in, before the results. Raises GalleryRefused when they do already."""
    _take_turn(event)
    if is_open(event):
        raise GalleryRefused(_("The gallery is open already: everybody can read the projects handed in."))
    event.gallery_opened_at = clock.now(event)
    event.save(update_fields=["gallery_opened_at"])
    audit.record(event=event, actor=actor, verb="open_gallery", about=event, reason=reason)


@transaction.atomic
def close_gallery(*, event: Event, actor: Account | None, reason: str) -> None:
    """Take the projects back until the results are out. Raises GalleryRefused without a reason, when the gallery is
    closed, and when the results are published: projects are part of them."""
    _take_turn(event)
    if event.published_at is not None:
        raise GalleryRefused(
            _("The results are published, and the projects with them: the gallery cannot be closed any more.")
        )
    if event.gallery_opened_at is None:
        raise GalleryRefused(_("The gallery is closed already: nobody reads the projects there."))
    if not reason.strip():
        raise GalleryRefused(_("People may have read the projects: say why you close the gallery."))
    event.gallery_opened_at = None
    event.save(update_fields=["gallery_opened_at"])
    audit.record(event=event, actor=actor, verb="close_gallery", about=event, reason=reason)


def _take_turn(event: Event) -> None:
    Event.objects.take_turn(event)
    event.refresh_from_db(fields=["gallery_opened_at", "published_at"])


def projects(event: Event) -> list[Project]:
    """In the order of the themes, then of the tables, which tells nothing of the jury's; one query."""
    found = list(Project.objects.for_event(event).shown().with_teams().in_order())
    for one in found:
        one.team.event = event
    return found


def project(event: Event, pk: int) -> Project | None:
    """One of them, or None."""
    found = Project.objects.for_event(event).shown().with_teams().numbered(pk).first()
    if found is not None:
        found.team.event = event
    return found


def by_theme(found: Iterable[Project]) -> list[tuple[Theme, int]]:
    """The themes that have projects, in order, with how many."""
    counted = Counter(one.theme for one in found)
    return list(counted.items())


def matching(found: Iterable[Project], *, theme: int | None = None, words: str = "") -> list[Project]:
    """Those of that theme in which each word is found: in the title, the pitch, the team or the theme; accents and
    case do not count."""
    wanted = fold(words).split()
    return [
        one
        for one in found
        if (theme is None or one.team.theme_id == theme) and (not wanted or _says(one, wanted))
    ]


def _says(one: Project, wanted: list[str]) -> bool:
    text = fold(" ".join((one.title, one.pitch, one.pitch_en, str(one.team), str(one.theme))))
    return all(word in text for word in wanted)


def pitch(project: Project) -> tuple[str, str]:
    """(text, its language): the English one on English pages, where there is one."""
    if project.pitch_en and get_language() == "en":
        return project.pitch_en, "en"
    return project.pitch, "fr"


def sections(project: Project) -> list[tuple[str, str]]:
    """(label, text) of each part that is filled in, the event's own public fields last."""
    filled = [name for name in SECTIONS if getattr(project, name).strip()]
    texts = [getattr(project, name) for name in filled]
    return [*zip(content.labels(filled), texts, strict=True), *content.public_extras(project)]


def members(project: Project) -> tuple[list[str], int]:
    """The members who agreed that their name may appear, and how many others there are; never a role."""
    current = Membership.objects.current().in_team(project.team)
    named = [person.full_name for person in current.people().agreeing_to(Purpose.RESULTS_NAME)]
    return named, current.count() - len(named)


def links(project: Project) -> list[tuple[str, str]]:
    """(label, address) of what the team shows elsewhere."""
    known = (
        (_("Site"), project.site_url),
        (_("Repository"), project.repository_url),
        (_("Video"), project.video_url),
    )
    return [(label, url) for label, url in known if url]


def honours(event: Event) -> dict[int, list[str]]:
    """Project's id → what it was given, in words; nothing before the results are published, whoever answers."""
    if event.published_at is None:
        return {}
    found: dict[int, list[str]] = {}
    for told in registry.honours:
        for pk, words in told(event).items():
            found.setdefault(pk, []).extend(words)
    return found
