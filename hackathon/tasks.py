"""Jobs for the worker (`manage.py work`): doors like the views, they call one verb."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from .domain import jobs


@task()
def run_job(job_id: str) -> None:
    """Do that work, unless another worker does."""
    jobs.run(job_id=job_id)


def run_soon(sender: Any, job_id: str, **_: Any) -> None:
    """Receives `job_started`."""
    run_job.enqueue(job_id=job_id)
