"""Jobs for the worker: doors like the views, they call one verb."""

from __future__ import annotations

from django_tasks import task

from judging.domain import moving


@task()
def move_stage(stage: str) -> None:
    """Play the demo event up to that stage."""
    moving.move(stage)
