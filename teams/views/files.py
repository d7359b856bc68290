"""The files of a team's project: sent in parts by js/upload.js, or whole by the form; changed, removed, read.

A part is a small request, so that many slow uploads never hold all the threads; what it may do is asked each time.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hackathon.kit import arriving, uploads
from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.kit.htmx import page_or_part, wants_json

from ..domain import keeping_files, project_files, uploading
from ..enums import FileState
from ..models import Project, ProjectFile
from .loaders import load_file, load_own_file, load_own_project, load_picture

STATUS = {
    "submission_closed": 403,
    "gap": 409,
    "different_file": 409,
    "upload_incomplete": 409,
    "upload_ended": 410,
}


@allowed("teams.write_project", load_own_project, methods=("GET", "POST"))
def files_page(request: HttpRequest, project: Project) -> HttpResponse:
    """The files by themselves; the form without a script sends one whole."""
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if not isinstance(sent, UploadedFile):
                raise uploads.UploadRefused(_("Choose a file first."))
            file = uploading.send_whole(
                project=project,
                kind=request.POST.get("kind", ""),
                sent=sent,
                actor=request.user,  # type: ignore[arg-type]
            )
        except Refused as refusal:
            return _page(request, project, str(refusal), STATUS.get(refusal.code, 422))
        messages.success(request, ended_words(file))
        return redirect("teams:files", project.event.slug, project.team.number)
    return _page(request, project)


@allowed("teams.write_project", load_own_project, methods=("POST",))
def begin(request: HttpRequest, project: Project) -> HttpResponse:
    """Where to send the parts of a file, and from which byte."""
    size = request.POST.get("size", "")
    try:
        file = uploading.begin_upload(
            project=project,
            kind=request.POST.get("kind", ""),
            name=request.POST.get("name", ""),
            size=int(size) if size.isdecimal() and len(size) < 19 else 0,
            actor=request.user,  # type: ignore[arg-type]
            afresh=request.POST.get("afresh") == "1",
        )
    except Refused as refusal:
        return refused(refusal)
    names = {
        name: reverse(f"teams:{name}", args=[project.event.slug, file.pk])
        for name in ("file_part", "finish_file")
    }
    there = arriving.received(project_files.place(file))
    return JsonResponse({"part": names["file_part"], "finish": names["finish_file"], "offset": there})


@allowed("teams.write_project", load_own_file, methods=("GET", "POST"))
def part(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """How far it has come; or one part more, from the byte that `Upload-Offset` says."""
    if request.method != "POST":
        return JsonResponse(
            {"offset": arriving.received(project_files.place(file)), "size": file.size, "state": file.state}
        )
    offset, length = request.headers.get("Upload-Offset", ""), request.headers.get("Content-Length", "")
    if not offset.isdecimal() or len(offset) > 18 or not length.isdecimal():
        return JsonResponse(
            {"code": "invalid", "message": _("A part says where it begins and how long it is.")}, status=400
        )
    if int(length) > arriving.PART:
        return JsonResponse({"code": "part_too_large", "message": _("This part is too large.")}, status=413)
    data = request.read(int(length))
    try:
        there = uploading.receive_part(file=file, offset=int(offset), data=data)
    except Refused as refusal:
        return refused(refusal)
    return JsonResponse({"offset": there})


@allowed("teams.write_project", load_own_file, methods=("POST",))
def finish(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """Everything was sent: look at it and keep it."""
    try:
        ended = uploading.finish_upload(file=file, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        return refused(refusal)
    return JsonResponse({"state": ended.state, "digest": ended.digest, "message": ended_words(ended)})


@allowed("teams.write_project", load_own_file, methods=("POST",))
def change(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """Describe, move, remove, put back."""
    acts: dict[str, Any] = {
        "describe": lambda **who: keeping_files.describe_file(
            description=request.POST.get("description", ""), **who
        ),
        "up": lambda **who: keeping_files.move_file(up=True, **who),
        "down": lambda **who: keeping_files.move_file(up=False, **who),
        "remove": keeping_files.remove_file,
        "put_back": keeping_files.put_back,
    }
    act = acts.get(request.POST.get("act", ""))
    try:
        if act is None:
            raise keeping_files.FileRefused(_("Choose what to do with this file."))
        act(file=file, actor=request.user)
    except Refused as refusal:
        if wants_json(request):
            return refused(refusal)
        return _page(request, file.project, str(refusal), STATUS.get(refusal.code, 422))
    there = reverse("teams:files", args=[file.event.slug, file.team.number])
    return HttpResponseRedirect(f"{there}#files")


@allowed("teams.read_file", load_file)
def file(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """The file as it was sent, to be saved."""
    return send(file)  # type: ignore[return-value]


@allowed("teams.see_picture", load_picture)
def picture(request: HttpRequest, found: ProjectFile) -> HttpResponse:
    """An image as we drew it again."""
    width = int(request.resolver_match.kwargs["width"])  # type: ignore[union-attr]
    return send_picture(found, width)  # type: ignore[return-value]


def send(file: ProjectFile) -> FileResponse:
    """To whoever was found to have the right; 404 while it has not arrived."""
    if file.state not in (FileState.KEPT, FileState.LATE, FileState.REPLACED) or file.removed_at:
        raise Http404
    try:
        return uploads.serve_from(project_files.place(file), name=file.name, content_type=file.content_type)
    except FileNotFoundError as error:
        raise Http404 from error


def send_picture(file: ProjectFile, width: int) -> FileResponse:
    """The same for what a page shows."""
    try:
        drawn = project_files.picture_of(file, width)
        return uploads.serve_from(
            drawn, name=f"{width}.webp", content_type=project_files.PICTURE_TYPE, is_ours=True
        )
    except FileNotFoundError as error:
        raise Http404 from error


def refused(refusal: Refused) -> JsonResponse:
    """The sentence, and where to go on from when that is known."""
    answer: dict[str, Any] = {"code": refusal.code, "message": str(refusal)}
    if "offset" in refusal.details:
        answer["offset"] = refusal.details["offset"]
    return JsonResponse(answer, status=STATUS.get(refusal.code, 422))


def ended_words(file: ProjectFile) -> str:
    """What became of a file that arrived whole."""
    if file.state == FileState.LATE:
        return _(
            "“%(name)s” arrived after the deadline: it is kept, marked late, and an organiser decides."
        ) % {"name": file.name}
    words = {"name": file.name, "size": filesizeformat(file.size)}
    return _("“%(name)s” has arrived whole (%(size)s).") % words


def _page(request: HttpRequest, project: Project, refusal: str = "", status: int = 200) -> TemplateResponse:
    context = {
        "project": project,
        "team": project.team,
        "files_refusal": refusal,
        **project_files.files_context(project, request.user),  # type: ignore[arg-type]
    }
    response = page_or_part(request, "teams/files_page.html", "teams/_files.html", context)
    response.status_code = status
    return response
