"""A process whose settings name a database of its own, thrown away afterwards: rehearsals and benchmarks run in one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from django.conf import settings

#: What could lead out of the scratch folder: another database, a shared cache, a mail server, a public address.
UNSET = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS")


def run_in_scratch(arguments: Sequence[str]) -> int:
    """Run `manage.py <arguments>` in a new process on an empty SQLite database; returns its exit status."""
    with tempfile.TemporaryDirectory(prefix="palmares-scratch-") as folder:
        environment = {**os.environ, **dict.fromkeys(UNSET, ""), "PALMARES_DATA": folder}
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
        return subprocess.run(command, env=environment, check=False).returncode
