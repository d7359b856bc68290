"""The project page of a team: fields that save themselves, the clock, the submission and its receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from hackathon.domain import clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused

from ..domain import content, project_files, submitting
from ..domain.submitting import ProjectIncomplete, StaleProject, SubmissionClosed
from ..forms.projects import ProjectForm
from ..models import Project
from .loaders import load_own_project


@allowed("teams.see_project", load_own_project)
def project_page(request: HttpRequest, project: Project) -> HttpResponse:
    """The form while submission is open, the text to read before and after."""
    return TemplateResponse(
        request, "teams/project_page.html", context_of(request, project, ProjectForm(instance=project))
    )


@allowed("teams.write_project", load_own_project, methods=("POST",))
def save(request: HttpRequest, project: Project) -> HttpResponse:
    """Save the draft: the whole form from its button, or the fields that changed from autosave.js."""
    form = ProjectForm(request.POST, instance=Project(pk=project.pk, team=project.team))
    is_valid = form.is_valid()
    try:
        if not is_valid:
            return _invalid(request, project, form)
        saved = submitting.save_draft(
            project=project,
            content=form.changed_content(),
            version=_version(request),
            actor=request.user,  # type: ignore[arg-type]
        )
    except Refused as refusal:
        return _refused(request, project, form, refusal)
    if _is_autosave(request):
        return JsonResponse({"saved_at": saved_words(saved), "version": saved.version})
    messages.success(request, _("Saved at %(time)s.") % {"time": saved_words(saved)})
    there = "teams:submit_project" if request.POST.get("next") == "submit" else "teams:project"
    return redirect(there, project.event.slug, project.team.number)


@allowed("teams.submit_project", load_own_project, methods=("GET", "POST"))
def submit(request: HttpRequest, project: Project) -> HttpResponse:
    """Read it once more, then hand it in."""
    if request.method == "POST":
        try:
            submitting.submit_project(project=project, actor=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("teams:project", project.event.slug, project.team.number)
        return redirect("teams:receipt", project.event.slug, project.team.number)
    try:
        submitting.check_ready(project)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:project", project.event.slug, project.team.number)
    return TemplateResponse(request, "teams/submit_page.html", context_of(request, project))


@allowed("teams.see_project", load_own_project)
def receipt(request: HttpRequest, project: Project) -> HttpResponse:
    """When it was handed in, and the digest of what was."""
    if not project.receipt:
        return redirect("teams:project", project.event.slug, project.team.number)
    return TemplateResponse(request, "teams/receipt_page.html", context_of(request, project))


def context_of(request: HttpRequest, project: Project, form: ProjectForm | None = None) -> dict[str, Any]:
    """What the project’s pages show, on the event’s clock."""
    event, team = project.event, project.team
    window = windows.window_of(event, WindowKind.SUBMISSION)
    now, writing = clock.now(event), submitting.writing(team)
    filled, of = submitting.completeness(project)
    missing = submitting.missing_fields(project)
    is_captain = request.user.has_perm("teams.submit_project", project)
    has_changed = submitting.has_changed_since_receipt(project)
    return {
        "project": project,
        "team": team,
        "form": form,
        "texts": [(label, text) for _name, label, text in content.texts(project)],
        "files": content.files_of(project),
        **project_files.files_context(project, request.user),  # type: ignore[arg-type]
        "window": window,
        "now": now,
        "writing": writing,
        "is_open": writing.is_open,
        "has_closed": window is not None and windows.has_closed(window, now),
        "filled": filled,
        "of": of,
        "missing": list(zip(missing, submitting.labels(missing, project), strict=True)),
        "is_captain": is_captain,
        "is_ready": is_captain and not missing and (has_changed or not project.receipt),
        "has_changed": has_changed,
        "saved_at": saved_words(project) if project.saved_at else "",
        "receipt_groups": [project.receipt[at : at + 8] for at in range(0, len(project.receipt), 8)],
        "set_aside": project.versions.set_aside().of(request.user).exists(),  # type: ignore[arg-type]
    }


def saved_words(project: Project) -> str:
    """The hour of the last save on the wall of the venue; "" before the first."""
    return time_format(project.event.local(project.saved_at), "H:i") if project.saved_at else ""


def _refused(request: HttpRequest, project: Project, form: ProjectForm, refusal: Refused) -> HttpResponse:
    """409 when somebody saved first, 403 when it is too late, 400 when something is missing; our text stays there."""
    status = {StaleProject: 409, SubmissionClosed: 403}.get(type(refusal), 400)
    project.refresh_from_db(fields=submitting.STATE)
    errors = _errors(refusal)
    if _is_autosave(request):
        message = _autosave_words(refusal)
        answer = {"code": refusal.code, "message": message, "errors": errors}
        # 403 would tell the device to wait until its owner signs in again: nothing would change by waiting
        return JsonResponse(answer, status=409 if status == 403 else status)
    for name in errors:
        form.add_error(name, errors[name])
    context = context_of(request, project, form) | {"refusal": str(refusal)}
    if isinstance(refusal, StaleProject):
        ours, both = submitting.reconcile(project, form.changed_content(), _version(request))
        context["form"] = ProjectForm(instance=project, initial=ours)
        context["others"] = [(form[name].label, project.content.get(name, "")) for name in both]
    if isinstance(refusal, SubmissionClosed):
        context["kept"] = [(form[name].label, text) for name, text in form.changed_content().items() if text]
    return TemplateResponse(request, "teams/project_page.html", context, status=status)


def _autosave_words(refusal: Refused) -> str:
    """Short enough for the bar at the foot of the page; the whole story comes with the button."""
    if isinstance(refusal, StaleProject):
        return _(
            "Somebody of your team saved this page in the meantime. Your text is kept: press “Save” to see both."
        )
    return str(refusal)


def _invalid(request: HttpRequest, project: Project, form: ProjectForm) -> HttpResponse:
    if _is_autosave(request):
        message = _("This was not saved: correct the fields marked below.")
        return JsonResponse({"code": "invalid", "message": message, "errors": form.errors}, status=400)
    return TemplateResponse(
        request, "teams/project_page.html", context_of(request, project, form), status=400
    )


def _errors(refusal: Refused) -> dict[str, list[str]]:
    if not isinstance(refusal, ProjectIncomplete):
        return {}
    return {name: [_("Needed in a project that is submitted.")] for name in refusal.details["missing"]}


def _is_autosave(request: HttpRequest) -> bool:
    return request.POST.get("autosave") == "1"


def _version(request: HttpRequest) -> int:
    """The version that was being edited; -1, which is never current, when none was sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else -1
