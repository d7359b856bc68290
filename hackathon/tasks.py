"""Jobs for the worker (`manage.py db_worker`): doors like the views, they call one verb."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from .domain import outbox


@task()
def deliver(mail_id: int) -> None:
    """Send that letter, unless it left already."""
    outbox.deliver(mail_id=mail_id)


def deliver_soon(sender: Any, mail_id: int, **_: Any) -> None:
    """Receives `letter_queued`: the job is a row of the same transaction as the letter."""
    deliver.enqueue(mail_id=mail_id)
