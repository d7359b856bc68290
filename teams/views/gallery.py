"""The projects for everybody, once they are public: the list, a page each, the feed, the pictures of shared links.

Before, nothing here exists: no page, no feed, no picture, no tag.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.freshness import AN_HOUR, page_answer, public_answer, tag_of
from hackathon.models import Event, Theme
from hackathon.views.loaders import load_event
from hackathon.views.share_pictures import picture_answer

from ..domain import gallery, sharing
from ..models import Project

PER_PAGE = 24
LONGEST_SEARCH = 80


def load_gallery(request: HttpRequest, event: str) -> Event:
    """The event, once its projects are public: before, they exist for nobody here."""
    found = load_event(request, event)
    if not request.user.has_perm("teams.see_gallery", found):
        raise Http404
    return found


def load_public_project(request: HttpRequest, event: str, project: int) -> Project:
    """A project of the gallery, with its team."""
    found = gallery.project(load_gallery(request, event), project)
    if found is None:
        raise Http404
    return found


@allowed("teams.see_gallery", load_gallery)
def gallery_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The projects handed in by theme, in the order of the tables; `?theme=`, `?q=`, `?page=`."""
    projects, honours = gallery.projects(event), gallery.honours(event)
    themes = gallery.by_theme(projects)
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    theme = next((theme for theme, _count in themes if str(theme.pk) == request.GET.get("theme")), None)
    matching = gallery.matching(projects, theme=theme.pk if theme else None, words=words)
    shown = Paginator(matching, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "themes": grouped(shown, honours),
        "tabs": tabs_of(themes, theme, words),
        "words": words,
        "theme": theme,
        "count": len(projects),
        "description": sharing.gallery_picture(event, projects).text,
    }
    tag = page_tag(request, event, [(card_facts(one), honours.get(one.pk)) for one in projects])
    return page_answer(
        request, tag, lambda: TemplateResponse(request, "teams/gallery_page.html", context).render()
    )


def grouped(shown: Page[Project], honours: dict[int, list[str]]) -> list[tuple[Theme, list[dict[str, Any]]]]:
    """Theme by theme, each project with its pitch in the reader's language and what it was given."""
    cards: list[dict[str, Any]] = []
    for project in shown:
        pitch, language = gallery.pitch(project)
        card = {"project": project, "pitch": pitch, "language": language, "honours": honours.get(project.pk)}
        cards.append(card)
    return [(theme, list(some)) for theme, some in groupby(cards, key=lambda card: card["project"].theme)]


def tabs_of(themes: list[tuple[Theme, int]], chosen: Theme | None, words: str) -> list[dict[str, Any]]:
    """One tab per theme that has projects; a search goes along."""

    def url(**more: Any) -> str:
        return "?" + urlencode(more | ({"q": words} if words else {}))

    everything = {"label": _("All"), "url": url(), "is_current": chosen is None}
    return [
        everything | {"count": sum(count for _theme, count in themes)},
        *(
            {
                "label": theme.short_title or theme.title,
                "url": url(theme=theme.pk),
                "is_current": theme == chosen,
                "count": count,
            }
            for theme, count in themes
        ),
    ]


def card_facts(project: Project) -> tuple[Any, ...]:
    """What a card of the gallery shows of a project."""
    team = project.team
    return (
        project.pk,
        str(project),
        project.pitch,
        project.pitch_en,
        str(team),
        str(team.theme),
        project.standing,
    )


def page_tag(request: HttpRequest, event: Event, facts: Any) -> str:
    """The tag of a page: its address, its language, the event's name and state, our style, and what it shows."""
    state = (event.name, event.published_at, event.gallery_opened_at, static("palmares/css/components.css"))
    return tag_of(request.get_full_path(), get_language(), state, facts)


@allowed("teams.see_gallery", load_public_project)
def public_project_page(request: HttpRequest, project: Project) -> HttpResponse:
    """What the team handed in, what it was given, and those of its members who agreed to be named."""
    named, others = gallery.members(project)
    honours = gallery.honours(project.event).get(project.pk, [])
    pitch, language = gallery.pitch(project)
    context = {
        "project": project,
        "pitch": pitch,
        "language": language,
        "sections": gallery.sections(project),
        "links": gallery.links(project),
        "members": named,
        "others": others,
        "honours": honours,
        "linked_data": sharing.linked_data(project, named, honours),
    }
    facts = [card_facts(project), context["sections"], context["links"], named, others, honours]
    return page_answer(
        request,
        page_tag(request, project.event, facts),
        lambda: TemplateResponse(request, "teams/public_project_page.html", context).render(),
    )


@allowed("teams.see_gallery", load_gallery)
def feed(request: HttpRequest, event: Event) -> HttpResponse:
    """The same projects as a JSON feed."""
    content = sharing.feed(event, gallery.projects(event))

    def make() -> HttpResponse:
        kind = "application/feed+json; charset=utf-8"
        return JsonResponse(content, content_type=kind, json_dumps_params={"ensure_ascii": False})

    response = public_answer(request, tag_of(content), make)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@allowed("teams.see_gallery", load_gallery)
def gallery_picture(request: HttpRequest, event: Event) -> HttpResponse:
    """What goes with a shared link to the gallery."""
    return picture_answer(request, sharing.gallery_picture(event, gallery.projects(event)), seconds=AN_HOUR)


@allowed("teams.see_gallery", load_public_project)
def project_picture(request: HttpRequest, project: Project) -> HttpResponse:
    """What goes with a shared link to a project."""
    honours = gallery.honours(project.event).get(project.pk, [])
    return picture_answer(request, sharing.project_picture(project, honours), seconds=AN_HOUR)
