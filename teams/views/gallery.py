"""The projects for everybody, once the results are published: the list by theme and a page each."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from hackathon.kit.access import allowed
from hackathon.models import Event
from hackathon.views.loaders import load_event

from ..domain import gallery
from ..models import Project


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
    """Every project handed in, by theme, in the order of the tables."""
    projects = gallery.projects(event)
    themes = [(theme, list(some)) for theme, some in groupby(projects, key=lambda one: one.theme)]
    return TemplateResponse(request, "teams/gallery_page.html", {"themes": themes, "count": len(projects)})


@allowed("teams.see_gallery", load_public_project)
def public_project_page(request: HttpRequest, project: Project) -> HttpResponse:
    """What the team handed in, and those of its members who agreed to be named."""
    context = {
        "project": project,
        "sections": gallery.sections(project),
        "members": gallery.named_members(project),
    }
    return TemplateResponse(request, "teams/public_project_page.html", context)
