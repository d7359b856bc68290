"""The saved versions of a project: read by its members and by organisers, restored by members."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused

from ..domain import submitting, versions
from ..models import Project, ProjectVersion
from .loaders import LoadedVersion, load_read_project, load_version


@allowed("teams.see_project", load_read_project)
def versions_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Every saved version: when, by whom, set aside or not."""
    kept = ProjectVersion.objects.of_project(project).with_authors().headings().latest_first()
    context = {
        "project": project,
        "team": project.team,
        "versions": list(kept),
        "is_member": request.user.has_perm("teams.write_project", project),
    }
    return TemplateResponse(request, "teams/versions_page.html", context)


@allowed("teams.see_project", load_version)
def version_page(request: HttpRequest, loaded: LoadedVersion) -> HttpResponse:
    """One version, with what the current text adds to it and takes away."""
    project, kept = loaded.project, loaded.kept
    assert kept is not None
    now = project.content
    if kept.is_set_aside:
        now = {name: now.get(name, "") for name in kept.content}
    can_write = request.user.has_perm("teams.write_project", project)
    context = {
        "project": project,
        "team": project.team,
        "kept": kept,
        "fields": versions.compare(project, kept.content, now),
        "is_member": can_write,
        "can_restore": can_write
        and submitting.writing(project.team).is_open
        and versions.is_restorable(project, kept),
    }
    return TemplateResponse(request, "teams/version_page.html", context)


@allowed("teams.write_project", load_version, methods=("POST",))
def restore(request: HttpRequest, loaded: LoadedVersion) -> HttpResponse:
    """The text of that version becomes the text of the project, as a new version."""
    project, sent = loaded.project, request.POST.get("version", "")
    assert loaded.kept is not None
    try:
        versions.restore(
            project=project,
            kept=loaded.kept,
            version=int(sent) if sent.isdecimal() and len(sent) < 10 else -1,
            actor=request.user,  # type: ignore[arg-type]
        )
    except submitting.StaleProject:
        messages.error(
            request,
            _("Somebody of your team saved this project in the meantime: compare again, then decide."),
        )
        return redirect("teams:version", project.event.slug, project.team.number, loaded.kept.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:version", project.event.slug, project.team.number, loaded.kept.pk)
    messages.success(
        request,
        _("Version %(number)s is back. What stood before is among the versions.")
        % {"number": loaded.kept.number},
    )
    return redirect("teams:project", project.event.slug, project.team.number)
