"""Files that were begun before the deadline and ended after it: an organiser takes or refuses each, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event

from ..domain import keeping_files
from ..models import ProjectFile
from .loaders import load_event_file


@allowed("teams.judge_late_files", load_event)
def late_files_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Those that wait, oldest first."""
    return _page(request, event)


@allowed("teams.judge_late_files", load_event_file, methods=("POST",))
def judge(request: HttpRequest, file: ProjectFile) -> HttpResponse:
    """Take it or refuse it."""
    try:
        judged = keeping_files.judge_late_file(
            file=file,
            accept=request.POST.get("act") == "accept",
            reason=request.POST.get("reason", ""),
            actor=request.user,  # type: ignore[arg-type]
        )
    except Refused as refusal:
        return _page(request, file.event, str(refusal), file, 422)
    said = _("“%(name)s” is accepted.") if judged.state == "kept" else _("“%(name)s” is refused and deleted.")
    messages.success(request, said % {"name": judged.name})
    return redirect("teams:late_files", file.event.slug)


def _page(
    request: HttpRequest, event: Event, refusal: str = "", at: ProjectFile | None = None, status: int = 200
) -> HttpResponse:
    context = {"files": keeping_files.late_files(event), "refusal": refusal, "at": at.pk if at else None}
    return TemplateResponse(request, "teams/late_files_page.html", context, status=status)
