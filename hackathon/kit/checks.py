"""Django system checks for what a machine or a setting lacks, each with what to do about it.

Knows nothing of events: only the machine, the settings and the database's version.
"""

import ctypes
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

# Debian's package → the names of its library on Linux and on macOS. WeasyPrint cannot start without them.
PDF_LIBRARIES = {
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0.0.dylib"),
    "libharfbuzz-subset0": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.dylib",
        "libharfbuzz-subset.0.dylib",
    ),
}

# Versions 3.7.0 to 3.51.2 can lose a committed write when the write-ahead log is reset: https://sqlite.org/wal.html
SAFE_SQLITE = (3, 51, 3)


def missing_pdf_packages() -> list[str]:
    """The Debian packages whose library is not on this machine, in the order to install them."""
    return [package for package, names in PDF_LIBRARIES.items() if not any(map(_can_load, names))]


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


@register()
def check_pdf_libraries(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A site without Pango serves everything but its PDF documents."""
    packages = missing_pdf_packages()
    if not packages:
        return []
    return [
        Warning(
            "PDF documents cannot be made: a system library is missing.",
            hint=f"On Debian or Ubuntu: apt-get install {' '.join(packages)} — on macOS: brew install pango",
            id="palmares.W001",
        )
    ]


@register(Tags.compatibility)
def check_sqlite_version(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """« Saved » must mean saved: an SQLite older than SAFE_SQLITE can lose a write."""
    if connection.vendor != "sqlite":
        return []
    import sqlite3  # here, because the settings may have put a newer one in its place

    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can lose a write in rare cases.",
            hint="Install the pysqlite3 wheel of requirements.txt, or use PostgreSQL: set DATABASE_URL.",
            id="palmares.W002",
        )
    ]


@register(Tags.security, deploy=True)
def check_demo_is_off(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The demo lets anybody sign in as any of its personas: never on a real site."""
    if not settings.DEMO:
        return []
    return [
        Error(
            "The demo is on: anybody can sign in as one of its personas.",
            hint="Set DEMO=0 in the environment or in .env.",
            id="palmares.E001",
        )
    ]
