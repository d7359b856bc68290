"""Following long work: its page, how far it is, stopping it, and the file it made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import jobs
from ..kit.access import allowed
from ..kit.registry import registry
from ..models import Job
from .loaders import actor_of, load_event


def load_job(request: HttpRequest, event: str, job: UUID, **others: Any) -> Job:
    """Work that this viewer asked for in that event; anybody else's does not exist."""
    subject = load_event(request, event)
    actor = actor_of(request)
    known = Job.objects.for_event(subject)
    found = (known.asked_by(actor) if actor else known).numbered(job)
    if found is None:
        raise Http404
    found.event = subject
    return found


def _where(job: Job) -> str:
    """Where its result is shown, once there is one."""
    return registry.jobs[job.kind].url(job) if job.is_over and not job.error else ""


@allowed("hackathon.follow_job", load_job)
def job_page(request: HttpRequest, job: Job) -> HttpResponse:
    """How far it is; once done, its result's page, or here the file it made or why it failed."""
    where = _where(job)
    if where:
        return redirect(where)
    done, total = jobs.progress(job)
    context = {
        "job": job,
        "done": done,
        "total": total,
        "has_file": jobs.file_of(job) is not None,
        "back": registry.jobs[job.kind].back(job),
    }
    return TemplateResponse(request, "hackathon/job_page.html", context)


@allowed("hackathon.follow_job", load_job)
def job_progress(request: HttpRequest, job: Job) -> JsonResponse:
    """The same for progress.js."""
    done, total = jobs.progress(job)
    words = _("%(done)s of %(total)s") % {"done": done, "total": total} if total else _("Waiting to start…")
    answer: dict[str, Any] = {"text": words, "done": job.is_over}
    if total:
        answer |= {"value": done, "max": total}
    if job.is_over:
        answer["url"] = _where(job) or request.path.removesuffix("progress/")
    return JsonResponse(answer)


@allowed("hackathon.follow_job", load_job, methods=("POST",))
def job_stop(request: HttpRequest, job: Job) -> HttpResponse:
    """Ask it to stop."""
    jobs.stop(job=job, actor=actor_of(request))
    messages.info(request, _("It stops at its next step."))
    return redirect("hackathon:job", job.event.slug, job.pk)  # type: ignore[union-attr]


@allowed("hackathon.follow_job", load_job)
def job_file(request: HttpRequest, job: Job) -> HttpResponse:
    """What it made, to save."""
    path = jobs.file_of(job)
    if path is None:
        raise Http404
    answer: Any = FileResponse(path.open("rb"), as_attachment=True, filename=job.file_name)
    return answer
