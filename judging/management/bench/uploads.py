"""Sixty teams send 20 MB each while a juror saves a mark every second; against the same save on the idle server.

The real server, as `run` starts it, on the scratch database; each team sends one part at a time, as js/upload.js does.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse

from hackathon.domain import windows
from hackathon.enums import Override, WindowKind
from hackathon.models import Account, Event
from judging.models import Ballot
from teams.domain import submitting
from teams.models import Project, ProjectFile, Team

from . import Figure

TEAMS = 60
SIZE = 20 * 1024 * 1024
PART = 512 * 1024
LONGEST = 300  # seconds
IDLE_SAVES = 30
OVER = 60  # seconds over which each team spreads its file: five times faster than what is asked


@dataclass
class Seen:
    """What the clients lived through; seconds."""

    saves: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    kept: int = 0
    sent: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def sending(event: Event, *, teams: int = TEAMS) -> Figure:
    """The median save under load; facts: p95, the idle ones, files kept, errors, megabytes a second."""
    window = windows.window_of(event, WindowKind.SUBMISSION)
    if window is None:
        raise ValueError("the demo event has a submission window")
    windows.override_window(window=window, override=Override.OPEN, reason="bench", actor=None)
    ballot = Ballot.objects.for_event(event).open().with_projects().filter(marks__isnull=False).first()
    assert ballot is not None, "the event must be at its judging stage"
    sending_to = sessions(event, teams)
    juror = signed_in(ballot.juror.person.account)
    with a_server() as port:
        juror_acts = Save(port, juror, ballot)
        idle = [juror_acts() for _each in range(IDLE_SAVES)]
        seen, done = Seen(), threading.Event()
        started = time.perf_counter()
        senders = [
            threading.Thread(target=send, args=(port, session, project, seen, started))
            for session, project in sending_to
        ]
        saver = threading.Thread(target=keep_saving, args=(juror_acts, seen, done))
        for thread in [saver, *senders]:
            thread.start()
        for thread in senders:
            thread.join()
        seconds = time.perf_counter() - started
        done.set()
        saver.join()
    clean(event)
    return Figure(
        f"a mark saved while {teams} teams send 20 MB each",
        statistics.median(seen.saves),
        statistics.median(idle),
        "the same save on the idle server",
        "all in under 300 s, no error, p95 under 1 s",
        {
            "p95": f"{p95(seen.saves) * 1000:.0f} ms",
            "idle_p95": f"{p95(idle) * 1000:.0f} ms",
            "saves": len(seen.saves),
            "files_kept": seen.kept,
            "errors": len(seen.errors),
            "upload_seconds": round(seconds, 1),
            "megabytes_per_second": round(seen.sent / 1_000_000 / seconds, 1),
            **({"first_error": seen.errors[0]} if seen.errors else {}),
        },
    )


def p95(values: list[float]) -> float:
    """What 95 of 100 stay under."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


class Save:
    """The juror's tap: another value each time, on its own connection."""

    def __init__(self, port: int, session: str, ballot: Ballot) -> None:
        self.speaks = Speaker(port, session)
        self.url = reverse("judging:marks", args=[ballot.event.slug, ballot.pk])
        mark = ballot.marks.select_related("criterion").first()
        assert mark is not None
        self.criterion, self.version = mark.criterion.key, mark.version

    def __call__(self) -> float:
        """Seconds that one save took. Raises HTTPException when it was refused."""
        body = {
            "criterion": self.criterion,
            "value": 2 + self.version % 3,
            "version": self.version,
            "key": secrets.token_hex(12),
        }
        started = time.perf_counter()
        said = self.speaks.form(self.url, body)
        self.version = said["version"]
        return time.perf_counter() - started


class Speaker:
    """One browser: a connection kept open, a session, the CSRF pair."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.token = secrets.token_hex(16)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
            "Accept": "application/json",
            "Host": f"127.0.0.1:{port}",
        }
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def form(self, url: str, values: dict[str, Any]) -> dict[str, Any]:
        return self.post(url, urlencode(values).encode(), "application/x-www-form-urlencoded")

    def post(self, url: str, body: bytes, kind: str, **headers: str) -> dict[str, Any]:
        for last in (False, True):
            try:
                self.connection.request("POST", url, body, {**self.headers, "Content-Type": kind, **headers})
                answer = self.connection.getresponse()
                said = answer.read()
                break
            except (HTTPException, OSError):
                self.connection.close()  # a connection kept too long is made again, as a browser does
                if last:
                    raise
        if answer.status != 200:
            raise HTTPException(f"{answer.status} {said[:200]!r}")
        return dict(json.loads(said))


def send(port: int, session: str, project: Project, seen: Seen, started: float) -> None:
    """One team’s deck, a part after another, until it is kept or time is up."""
    speaks = Speaker(port, session)
    slides = b"%PDF-1.7\n" + secrets.token_bytes(64) + b"%" * (SIZE - 79) + b"\n%%EOF"
    try:
        url = reverse("teams:begin_file", args=[project.event.slug, project.team.number])
        place = speaks.form(url, {"kind": "deck", "name": "deck.pdf", "size": len(slides)})
        offset = place["offset"]
        while offset < len(slides) and time.perf_counter() - started < LONGEST:
            part = slides[offset : offset + PART]
            said = speaks.post(
                place["part"], part, "application/octet-stream", **{"Upload-Offset": str(offset)}
            )
            offset = said["offset"]
            time.sleep(max(0.0, OVER * offset / len(slides) - (time.perf_counter() - started)))
        ended = speaks.form(place["finish"], {})
        with seen.lock:
            seen.sent += len(slides)
            seen.kept += ended["state"] == "kept"
    except (HTTPException, OSError) as trouble:
        with seen.lock:
            seen.errors.append(f"upload: {trouble}")


def keep_saving(save: Save, seen: Seen, done: threading.Event) -> None:
    """A save a second, whatever the last one took."""
    while not done.is_set():
        began = time.perf_counter()
        try:
            seen.saves.append(save())
        except (HTTPException, OSError) as trouble:
            seen.errors.append(f"save: {trouble}")
        done.wait(max(0.0, 1 - (time.perf_counter() - began)))


def sessions(event: Event, count: int) -> list[tuple[str, Project]]:
    """So many teams with a member signed in each: those of the demo event first, then made ones."""
    found = []
    teams = list(Team.objects.for_event(event).active().with_themes().with_members().in_order()[:count])
    seats = iter([member.registration for team in teams for member in team.current_members[1:]])  # type: ignore[attr-defined]
    numbers = max(team.number for team in teams)
    while len(teams) < count:
        numbers += 1
        teams.append(
            Team.objects.create(event=event, theme=teams[0].theme, number=numbers, key=f"bench-{numbers}")
        )
    for team in teams:
        team.event = event
        project = submitting.project_of(team)
        members = getattr(team, "current_members", None)
        account = members[0].registration.person.account if members else None
        if account is None:
            account = Account.objects.create_user(email=f"bench-{team.number}@example.org")
            registration = members[0].registration if members else next(seats)
            if not members:
                registration.memberships.current().update(team=team, is_captain=False)
            registration.person.account = account
            registration.person.save(update_fields=["account"])
        found.append((signed_in(account), project))
    return found


def signed_in(account: Any) -> str:
    """The key of a new session."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def clean(event: Event) -> None:
    """Give the disk its gigabyte back."""
    ProjectFile.objects.for_event(event).delete()
    shutil.rmtree(settings.MEDIA_ROOT / "private" / "projects", ignore_errors=True)


@contextmanager
def a_server() -> Iterator[int]:
    """gunicorn as `run` starts it, on this database; stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "hackathon.project.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += [
        "--worker-class",
        "gthread",
        "--threads",
        "8",
        "--workers",
        os.environ.get("WEB_CONCURRENCY", "2"),
    ]
    command += ["--preload", "--graceful-timeout", "10", "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
    try:
        until = time.perf_counter() + 60
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                break
            except OSError:
                if time.perf_counter() > until or server.poll() is not None:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
