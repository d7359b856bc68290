"""A rehearsal plays a whole event in a database of its own and leaves the documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.slow
def test_a_small_rehearsal_plays_through_and_touches_nothing_here(tmp_path: Path) -> None:
    home = tmp_path / "data"
    home.mkdir()
    environment = {
        **os.environ,
        "PALMARES_DATA": str(home),
        "DATABASE_URL": "sqlite:///" + str(home / "mine.sqlite3"),
    }
    (home / "mine.sqlite3").write_bytes(b"")
    command = [
        sys.executable,
        "manage.py",
        "rehearse",
        "--participants",
        "40",
        "--out",
        str(tmp_path / "out"),
        "--json",
    ]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["figures"]["registrations"] == 40
    assert answer["figures"]["projects"] >= 3
    assert {"registration", "teams", "projects", "panels", "final", "decision"} <= {
        stage["stage"] for stage in answer["stages"]
    }
    names = {Path(name).name for name in answer["documents"]}
    assert {"results-repetition-fr.pdf", "results-repetition-en.pdf"} <= names
    assert all((tmp_path / "out" / name).read_bytes().startswith(b"%PDF-") for name in names)
    assert (home / "mine.sqlite3").read_bytes() == b""
    assert not list(home.glob("palmares.sqlite3*"))
