"""From `./run` to a served page, on a machine whose libraries are installed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

from . import Figure

PATIENCE = 180


def starting() -> Figure:
    """The second start (the data is there) against the first one (the demo event is made)."""
    with tempfile.TemporaryDirectory(prefix="palmares-start-") as folder:
        first = one_start(folder)
        second = one_start(folder)
    return Figure(
        "second start of ./run", second, first, "the first start", "under 5 s; the first under 2 minutes"
    )


def one_start(folder: str) -> float:
    """Seconds from `./run` to the first page served; the server is stopped again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PALMARES_DATA": folder, "PORT": str(port), "DATABASE_URL": ""}
    started = time.perf_counter()
    server = subprocess.Popen(
        [str(settings.BASE_DIR / "run")],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - started < PATIENCE:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    if answer.status == 200:
                        return time.perf_counter() - started
            except (URLError, OSError):
                time.sleep(0.05)
        raise TimeoutError(f"no page within {PATIENCE} s")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
