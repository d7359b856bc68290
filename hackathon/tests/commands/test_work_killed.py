"""The worker is killed in the middle of 250 letters, at the worst instants, and started again, twice; on the database
of the settings, with a real process and a real mail server. Everybody gets exactly one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from hackathon.domain import outbox
from hackathon.enums import MailState
from hackathon.kit.mail_sink import Sink
from hackathon.models import OutgoingMail
from hackathon.tests.factories import make_event

LETTERS, KILLED_AT = 250, 87

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def database_url() -> str:
    """The address of the tests' database, for another process."""
    now = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{now['NAME']}"
    return f"postgres://{now['USER']}:{now['PASSWORD']}@{now['HOST']}:{now['PORT'] or 5432}/{now['NAME']}"


@pytest.fixture
def start(tmp_path: Any) -> Iterator[Callable[[int], subprocess.Popen[bytes]]]:
    """`start(port)`: a worker in a process of its own, that sends to the server at that port."""
    running = []

    def started(port: int) -> subprocess.Popen[bytes]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COV_")},
            "PALMARES_DATA": str(tmp_path),
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "ALLOWED_HOSTS": "",
            "DEMO": "0",
        }
        worker = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"], env=environment
        )
        running.append(worker)
        return worker

    yield started
    for worker in running:
        worker.kill()
        worker.wait(timeout=30)


def write(number: int) -> None:
    event = make_event(contact_email="contact@example.org")
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            event=event,
            key=f"essai:{one}",
            letter="essai",
            to=f"p{one}@example.org",
            subject=f"Lettre {one}",
            text="Bonjour",
            html="<p>Bonjour</p>",
        )
        for one in range(number)
    )


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    over = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < over, "it takes too long"
        time.sleep(0.05)


def nothing_waits() -> bool:
    return not (OutgoingMail.objects.waiting() | OutgoingMail.objects.held()).exists()


@pytest.mark.parametrize("instant", ["on_letter", "on_answer"])
def test_worker_killed_after_the_87th_of_250_and_started_twice_sends_one_to_each(instant, start):
    write(LETTERS)
    workers: list[subprocess.Popen[bytes]] = []

    def kill(number: int) -> None:
        if number in (KILLED_AT, KILLED_AT + 60):
            workers[-1].kill()

    with Sink(**{instant: kill}) as sink:
        for _ in range(3):
            workers.append(start(sink.port))
            last = workers[-1]
            until(lambda last=last: last.poll() is not None or nothing_waits())
        assert [worker.poll() is not None for worker in workers] == [True, True, False]
        assert Counter(Counter(sink.recipients).values()) == {1: LETTERS}
    states = OutgoingMail.objects.count_by_state()
    assert states[MailState.SENT] + states.get(MailState.UNSURE, 0) == LETTERS
    assert states.get(MailState.UNSURE, 0) <= 2, "what nobody can know is said, and is one letter per death"
    if instant == "on_letter":  # taken, and never said so
        assert set(OutgoingMail.objects.unsure().values_list("to", flat=True)) == {
            sink.recipients[KILLED_AT - 1],
            sink.recipients[KILLED_AT + 59],
        }


def test_two_workers_share_the_letters_and_send_each_once(start):
    write(LETTERS)
    both = lambda _number: until(lambda: sink.connections >= 2)  # noqa: E731
    with Sink(on_letter=both) as sink:
        start(sink.port)
        start(sink.port)
        until(nothing_waits)
        assert Counter(Counter(sink.recipients).values()) == {1: LETTERS}
    assert OutgoingMail.objects.count_by_state() == {MailState.SENT: LETTERS}


def test_worker_that_is_told_to_end_leaves_nothing_doubtful(start):
    write(LETTERS)
    with Sink(on_letter=lambda number: number == 40 and worker.terminate()) as sink:
        worker = start(sink.port)
        assert worker.wait(timeout=60) == 0
        left = len(sink.letters)
    assert 40 <= left < LETTERS
    assert OutgoingMail.objects.count_by_state() == {
        MailState.SENT: left,
        MailState.QUEUED: LETTERS - left,
    }


def test_without_the_mark_the_letter_in_flight_is_sent_twice(start, monkeypatch):
    """Control: a recovery that takes every claimed letter for unsent."""
    write(3)
    with Sink(on_letter=lambda number: number == 2 and worker.kill()) as sink:
        worker = start(sink.port)
        worker.wait(timeout=60)
        OutgoingMail.objects.held().update(handed_at=None)
        outbox.recover(workers=outbox.holders())
        start(sink.port)
        until(nothing_waits)
        assert max(Counter(sink.recipients).values()) == 2
