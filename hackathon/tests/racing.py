"""Doing something in many threads at the same moment, for the tests of races."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def all_at_once(act: Callable[[int], Any], threads: int) -> list[BaseException]:
    """`act(number)` in as many threads, released together; returns what was raised."""
    start, raised = threading.Barrier(threads), []

    def run(number: int) -> None:
        try:
            start.wait(timeout=60)
            act(number)
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    started = [threading.Thread(target=run, args=[number]) for number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return raised
