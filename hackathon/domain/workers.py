"""Which worker lives, and what a dead one leaves behind: its letters, its jobs, its tasks.

A worker says every few seconds that it is there. One that has not for a while is gone; so is, at once, one whose
process this machine does not know any more.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ..models import Worker
from . import jobs, outbox

BEATS_EVERY = 15  # seconds
SILENT = timedelta(minutes=2)
#: Work that ended three workers is not given to a fourth.
TRIES = 3

_SELF = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def name() -> str:
    """Who this process is, as host:process:chance."""
    host, _pid, chance = _SELF.rsplit(":", 2)
    return f"{host}:{os.getpid()}:{chance}"


def beat(worker: str) -> None:
    """Say that this worker is there."""
    Worker.objects.update_or_create(name=worker, defaults={"seen_at": timezone.now()})


def leave(worker: str) -> None:
    """Say that it is not there any more; what it still holds is given back."""
    Worker.objects.filter(name=worker).delete()


def deliver_waiting() -> int:
    """Send what is due from a process that does nothing else; returns how many letters left."""
    beat(name())
    try:
        return outbox.deliver_due(worker=name())
    finally:
        leave(name())


def any_is_there() -> bool:
    """Whether somebody does the work at all."""
    return Worker.objects.heard_since(timezone.now() - SILENT).exists()


def gone(names: Iterable[str]) -> set[str]:
    """Those of them that are not there any more."""
    heard = Worker.objects.heard_since(timezone.now() - SILENT).names()
    return {each for each in names if each not in heard or _is_dead_here(each)}


def _is_dead_here(worker: str) -> bool:
    """Whether it was a process of this machine that has ended; False when nobody can tell."""
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    own_host, own_pid, _chance = name().rsplit(":", 2)
    if host != own_host or not rest.isdigit():
        return False
    if rest == own_pid:
        return worker != name()  # the number was given again, to this process
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def recover(*, worker: str) -> dict[str, int]:
    """Take over what dead workers held. Returns how many letters wait again, how many are doubtful, how many tasks.

    Harmless to repeat, and harmless while other workers live: each row changes hands by a conditional update.
    """
    waiting, unsure = outbox.recover(workers=gone(outbox.holders()))
    Worker.objects.unheard_since(timezone.now() - 10 * SILENT).delete()
    return {"letters": waiting, "unsure": unsure, "tasks": _recover_tasks()}


def _recover_tasks() -> int:
    """Tasks that a dead worker was at wait again, and so does the job that one of them was for."""
    running = list(DBTaskResult.objects.running())
    # ended by force: the library writes that down as a failure of the task
    ended = DBTaskResult.objects.failed().filter(
        exception_class_path="builtins.SystemExit", finished_at__gte=timezone.now() - timedelta(days=1)
    )
    dead = gone(each.worker_ids[-1] for each in running if each.worker_ids)
    given_back = 0
    for task in [each for each in running if each.worker_ids and each.worker_ids[-1] in dead] + list(ended):
        has_tries = len(task.worker_ids) < TRIES
        changed = DBTaskResult.objects.filter(
            pk=task.pk, status=task.status, started_at=task.started_at
        ).update(
            status="READY" if has_tries else "FAILED",
            exception_class_path="" if has_tries else "WorkerDied",
            finished_at=None if has_tries else timezone.now(),
        )
        if changed and (job_id := task.args_kwargs["kwargs"].get("job_id")):
            jobs.take_back(job_id=job_id, again=has_tries)
        given_back += bool(changed and has_tries)
    return given_back
