"""Calling the API in tests: as somebody signed in, with a token, or as a stranger; and counting queries by rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from hackathon.domain import tokens
from hackathon.models import Account, Event


def caller(account: Account | None = None) -> APIClient:
    """A client signed in as that account; without one, a stranger. It sends JSON."""
    client = APIClient()
    client.default_format = "json"
    if account is not None:
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def token_caller(account: Account, event: Event, *permissions: str) -> APIClient:
    """A client that holds a token of that account for that event and those permissions."""
    _row, secret = tokens.make_token(event=event, account=account, permissions=permissions, actor=None)
    client = caller()
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


def address(event: Event, *parts: Any) -> str:
    return "/".join(["/api/v1/events", event.slug, *(str(part) for part in parts), ""])


def queries_by_rows(
    make_rows: Callable[[int], Any],
    read: Callable[[], Any],
    sizes: Iterable[int] = (1, 3, 30),
    there: int = 0,
) -> list[int]:
    """How many queries `read` makes at each size; `make_rows(n)` adds n rows to those that are `there` already."""
    counts, made = [], there
    for size in sizes:
        make_rows(size - made)
        made = size
        with CaptureQueriesContext(connection) as captured:
            response = read()
        assert response.status_code == 200, response.content
        assert response.json()["count"] == size
        counts.append(len(captured))
    return counts
