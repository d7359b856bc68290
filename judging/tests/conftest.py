"""The demo event, played once for the whole session through the verbs, then laid back row by row for each test."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import connection, transaction

from hackathon.models import Event
from judging.domain import staging

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def _filled() -> Rows:
    """Every row of every table that has some."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = [tuple(map(_bindable, row)) for row in cursor.fetchall()]
            if rows:
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def _bindable(value: Any) -> Any:
    """SQLite hands out hours that it does not take back."""
    return connection.ops.adapt_timefield_value(value) if isinstance(value, time) else value


def _lay(rows: Rows) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names = ", ".join(map(quote, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", values)


@pytest.fixture(scope="session")
def _played(django_db_setup: Any, django_db_blocker: Any) -> dict[str, Rows]:
    with django_db_blocker.unblock():
        before = set(_filled())
        with transaction.atomic():
            event = staging.stage_demo(until="judging")
            kept = {"judging": _filled()}
            staging.close_rounds(event, lambda share: None)
            staging.playing.at(event, 1, "17:10")
            kept["closed"] = _filled()
            staging.announce(event)
            kept["results"] = _filled()
            transaction.set_rollback(True)
    return {
        stage: {table: rows for table, rows in filled.items() if table not in before}
        for stage, filled in kept.items()
    }


def _event(rows: Rows) -> Event:
    _lay(rows)
    return Event.objects.get(slug=staging.SLUG)


@pytest.fixture
def judging_demo(db: Any, _played: dict[str, Rows]) -> Event:
    """The demo event with its panels under way."""
    return _event(_played["judging"])


@pytest.fixture
def closed_demo(db: Any, _played: dict[str, Rows]) -> Event:
    """Both rounds closed, nothing decided."""
    return _event(_played["closed"])


@pytest.fixture
def results_demo(db: Any, _played: dict[str, Rows]) -> Event:
    """Decided, sealed, published."""
    return _event(_played["results"])
