"""A project as machines read it: JSON Feed 1.1, schema.org data, and the picture of a shared address.

Whether it may be read at all is asked before (rules.py); nothing here holds a person who did not agree to be named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hackathon.domain.event_words import dates, place
from hackathon.kit.share_picture import SharePicture
from hackathon.models import Event

from ..models import Project
from . import gallery


def address(view: str, *arguments: Any) -> str:
    """The whole address of a page, in the current language."""
    return settings.SITE_URL.rstrip("/") + reverse(view, args=arguments)


def feed(event: Event, projects: Sequence[Project]) -> dict[str, Any]:
    """JSON Feed 1.1 (https://jsonfeed.org/version/1.1); docs/feed.md describes `_palmares`."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Projects of %(event)s") % {"event": event},
        "home_page_url": address("teams:gallery", event.slug),
        "feed_url": address("teams:feed", event.slug),
        "language": get_language(),
        "items": [_item(event, one) for one in projects],
    }


def _item(event: Event, project: Project) -> dict[str, Any]:
    url = address("teams:public_project", event.slug, project.pk)
    text, language = gallery.pitch(project)
    return {
        "id": settings.SITE_URL.rstrip("/") + f"/{event.slug}/projects/{project.pk}/",
        "url": url,
        "title": str(project),
        "summary": text,
        "content_text": "\n\n".join(filter(None, (project.pitch, project.problem, project.solution))),
        "image": address("teams:project_picture", event.slug, project.pk),
        "language": language,
        "authors": [{"name": str(project.team)}],
        "tags": [str(project.theme)],
        "_palmares": {
            "theme": str(project.theme),
            "team": str(project.team),
            "table": project.team.number,
            "licence": project.licence,
            "links": {
                name: link
                for name, link in (
                    ("site", project.site_url),
                    ("repository", project.repository_url),
                    ("video", project.video_url),
                )
                if link
            },
        },
    }


def linked_data(project: Project, named: list[str], honours: list[str]) -> dict[str, Any]:
    """The project as a schema.org CreativeWork, by a team of those who agreed to be named."""
    event, (text, _language) = project.event, gallery.pitch(project)
    team: dict[str, Any] = {"@type": "Organization", "name": str(project.team)}
    if named:
        team["member"] = [{"@type": "Person", "name": name} for name in named]
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": str(project),
        "description": text,
        "url": address("teams:public_project", event.slug, project.pk),
        "image": address("teams:project_picture", event.slug, project.pk),
        "about": str(project.theme),
        "author": team,
        "license": project.licence,
        "sameAs": [link for _label, link in gallery.links(project)],
        "award": honours,
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": event.name,
            "url": address("teams:gallery", event.slug),
        },
    }
    return {name: value for name, value in data.items() if value}


def project_picture(project: Project, honours: list[str]) -> SharePicture:
    """Title, pitch, theme and team; what it was given, once announced."""
    event, theme = project.event, project.theme
    return SharePicture(
        title=str(project),
        over=_over(event),
        honour=" · ".join(honours),
        text=gallery.pitch(project)[0],
        foot=f"{theme.short_title or theme.title} · {project.team}",
    )


def gallery_picture(event: Event, projects: Sequence[Project]) -> SharePicture:
    """How many projects on which themes."""
    themes = [theme.short_title or theme.title for theme, _count in gallery.by_theme(projects)]
    count = ngettext("%(count)s project", "%(count)s projects", len(projects)) % {"count": len(projects)}
    return SharePicture(
        title=_("Projects of %(event)s") % {"event": event},
        over=_over(event, is_named=False),
        text=" · ".join([count, *themes]),
        foot=place(event),
    )


def _over(event: Event, *, is_named: bool = True) -> str:
    made_up = _("Demonstration – made-up data") if event.is_demo else ""
    return " · ".join(filter(None, (event.name if is_named else "", dates(event), made_up)))
