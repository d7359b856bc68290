"""How many parameters one statement may carry on SQLite: as many as the library takes, not as in 2010.

Django 5.2 still cuts every bulk write into pieces of 999 parameters (later versions ask the library). SQLite takes
32,766 since 3.32: https://sqlite.org/limits.html#max_variable_number
"""

from __future__ import annotations

from django.db import connection

TAKES_MORE_SINCE = (3, 32, 0)
PARAMETERS = 32_766


def use_whole_statements() -> None:
    """Called once when the app is ready; does nothing on another database or an older library."""
    if (
        connection.vendor == "sqlite" and connection.Database.sqlite_version_info >= TAKES_MORE_SINCE  # type: ignore[attr-defined]
    ):
        type(connection.features).max_query_params = PARAMETERS
