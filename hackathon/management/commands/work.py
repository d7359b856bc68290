"""`manage.py work`: everything that happens outside requests, in one process.

Three loops: letters leave (so that a code to sign in never waits behind a long import), jobs are done one after the
other, and about once a minute what is due by date is done. Two workers at once are harmless.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from hackathon.domain import outbox, workers
from hackathon.kit.registry import registry

log = logging.getLogger(__name__)

LETTERS_EVERY = 0.5  # seconds between two looks into an empty outbox
UNREACHABLE = 30.0  # seconds before a mail server that does not answer is tried again
TICKS_EVERY = 60.0


class Command(BaseCommand):
    help = "Send letters, do jobs and what is due by date, until it is told to stop (SIGTERM, Ctrl-C)."
    requires_system_checks: list[str] = []  # `run` has made them, or whoever deploys

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.worker, self.over = workers.name(), threading.Event()
        workers.beat(self.worker)
        self._recover()
        try:
            if once:
                self._tick()
                self._tasks(batch=True).run()
                outbox.deliver_due(worker=self.worker)
            else:
                self._for_long()
        finally:
            workers.leave(self.worker)

    def _for_long(self) -> None:
        loops = (self._letters, self._minutes, self._beats)
        threads = [threading.Thread(target=self._loop, args=[loop], name=loop.__name__) for loop in loops]
        tasks = self._tasks(batch=False)
        tasks.configure_signals()
        for thread in threads:
            thread.start()
        try:
            tasks.run()
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def _tasks(self, *, batch: bool) -> TaskWorker:
        return TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0.5,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker,
        )

    def _loop(self, once: Callable[[], float]) -> None:
        """Again and again until the end; `once` returns how long to wait. What breaks is logged and tried again."""
        wait = 0.0
        while not self.over.wait(wait):
            close_old_connections()
            try:
                wait = once()
            except Exception:
                log.exception("%s", once.__name__)
                wait = UNREACHABLE
        connection.close()

    def _letters(self) -> float:
        try:
            outbox.deliver_due(worker=self.worker, is_over=self.over.is_set)
        except outbox.Unreachable as error:
            log.warning("the mail server does not answer: %s", error)
            return UNREACHABLE
        return LETTERS_EVERY

    def _beats(self) -> float:
        workers.beat(self.worker)
        return workers.BEATS_EVERY

    def _minutes(self) -> float:
        self._recover()
        self._tick()
        return TICKS_EVERY

    def _recover(self) -> None:
        found = workers.recover(worker=self.worker)
        if any(found.values()):
            log.warning("taken over from a worker that died: %s", found)

    def _tick(self) -> None:
        """What each app does by date; one that fails is logged, the others are done."""
        for tick in registry.ticks:
            try:
                tick()
            except Exception:
                log.exception("%s.%s", tick.__module__, tick.__qualname__)
