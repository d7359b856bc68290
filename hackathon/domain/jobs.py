"""Long work outside the request: asked for, claimed by one worker, followed on screen, stopped, its file kept.

What a piece of work does is its JobKind's (kit/registry.py); this file knows only how it is started and followed.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..enums import JobState
from ..kit.errors import Refused
from ..kit.registry import registry
from ..models import Account, Event, Job
from ..signals import job_started

#: What a finished job leaves (a file of badges holds names) is kept no longer than this.
KEPT = timedelta(days=7)
FOLLOWED = 24 * 60 * 60  # seconds that progress stays in the cache


class Stopped(Refused):
    """Somebody asked to stop; a kind that has something to show for it catches this and returns it."""

    code = "job_stopped"


@transaction.atomic
def start(
    *, event: Event | None, kind: str, options: dict[str, Any], actor: Account | None, title: str = ""
) -> Job:
    """Ask for work of that kind; a worker does it once the caller's transaction is committed."""
    job = Job.objects.create(
        event=event,
        kind=registry.jobs[kind].name,
        title=title[:160],
        options=options,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        requested_by=actor,
    )
    job_started.send(Job, job_id=str(job.pk))
    return job


def run(*, job_id: str) -> bool:
    """Do the work if nobody does it yet, in the language of whoever asked; True when it was done now.

    A refusal is kept as the job's error, in words; anything else is kept and raised, for the log.
    """
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=timezone.now()
    )
    if not claimed:
        return False
    job = Job.objects.select_related("event", "requested_by").get(pk=job_id)
    with translation.override(job.language):
        try:
            job.result = registry.jobs[job.kind].run(job, lambda done, total: tell(job, done, total))
            job.state = JobState.DONE
        except Stopped as refusal:
            job.state, job.error = JobState.STOPPED, str(refusal)
        except Refused as refusal:
            job.state, job.error = JobState.FAILED, str(refusal)
        except Exception:
            job.state, job.error = JobState.FAILED, _("Something went wrong on our side; try once more.")
            raise
        finally:
            job.done, job.total = cache.get(_key(job, "progress")) or (0, 0)
            if job.state == JobState.RUNNING:  # the worker is being ended: the next one takes it up again
                job.state = JobState.QUEUED
            else:
                job.finished_at = timezone.now()
            job.save()
    return job.state == JobState.DONE


def tell(job: Job, done: int, total: int) -> None:
    """Say how far it is. Raises Stopped when somebody asked to stop."""
    cache.set(_key(job, "progress"), (done, total), FOLLOWED)
    if cache.get(_key(job, "stop")):
        raise Stopped(_("Stopped, as you asked."))


def progress(job: Job) -> tuple[int, int]:
    """(done, total) now; total 0 while nobody knows."""
    if job.is_over:
        return job.done, job.total
    return cache.get(_key(job, "progress")) or (job.done, job.total)


def stop(*, job: Job, actor: Account | None) -> None:
    """Ask it to stop at its next step; one that has not begun never does."""
    cache.set(_key(job, "stop"), True, FOLLOWED)
    never_began = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
        state=JobState.STOPPED, finished_at=timezone.now()
    )
    if never_began:
        registry.jobs[job.kind].dropped(job)


def keep_file(job: Job, data: bytes, name: str) -> None:
    """Keep what the job made, private: only whoever may follow the job downloads it, as `name`."""
    job.file, job.file_name = f"{job.pk}", name
    path = _folder() / job.file
    path.touch(mode=0o600)
    path.write_bytes(data)


def file_of(job: Job) -> Path | None:
    """Where the file is, or None when there is none (any more)."""
    path = _folder() / job.file if job.file else None
    return path if path is not None and path.exists() else None


def take_back(*, job_id: str, again: bool) -> None:
    """Its worker died: it waits for the next one (`again`), or has failed because it ended several."""
    left = Job.objects.filter(pk=job_id, state=JobState.RUNNING)
    if again:
        left.update(state=JobState.QUEUED, started_at=None)
    else:
        words = _(
            "It was stopped three times in the middle. Ask for less at once, or tell whoever runs the site."
        )
        left.update(state=JobState.FAILED, error=words, finished_at=timezone.now())


def count_old() -> int:
    """How many `forget_old` would delete now."""
    return Job.objects.finished_before(timezone.now() - KEPT).count()


def forget_old() -> int:
    """Delete jobs finished long ago, with their files; returns how many."""
    old = list(Job.objects.finished_before(timezone.now() - KEPT))
    for job in old:
        path = file_of(job)
        if path is not None:
            path.unlink(missing_ok=True)
        job.delete()
    return len(old)


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "private" / "jobs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _key(job: Job, what: str) -> str:
    return f"job:{job.pk}:{what}"
