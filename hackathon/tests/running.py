"""How the suite runs, whatever it tests: the fast ones first, and nothing left out in silence.

A test that asks for a browser page is marked `browser` by itself. What this machine lacks is skipped with
what to install; under CI (the variable `CI`) it fails instead.
"""

from __future__ import annotations

import os

import pytest

from hackathon.tests import browser

NEEDS_A_BROWSER = {"page", "context", "browser", "new_context"}

# Playwright keeps an event loop in the thread of the test, where Django would refuse to ask the database
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_configure(config: pytest.Config) -> None:
    # Now, not by `-p`: of two fixtures of one name the later wins, and Playwright's own plugin is loaded by now
    config.pluginmanager.register(browser)


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    if NEEDS_A_BROWSER.intersection(getattr(item, "fixturenames", ())):
        item.add_marker("browser")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_cost)  # stable: within a rank, the order stays random


def _cost(item: pytest.Item) -> int:
    fixtures = set(getattr(item, "fixturenames", ()))
    database = item.get_closest_marker("django_db")
    if item.get_closest_marker("browser"):
        return 4
    if item.get_closest_marker("slow"):
        return 3
    if fixtures & {"transactional_db", "live_server"} or (database and database.kwargs.get("transaction")):
        return 2
    return 1 if database or "db" in fixtures else 0


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not browser.CHROMIUM:
        _lacking("no Chromium on this machine: apt-get install chromium")
    if item.get_closest_marker("postgres"):
        from django.db import connection

        if connection.vendor != "postgresql":
            pytest.skip("only true on PostgreSQL: DATABASE_URL=postgres://… ./run test")


def _lacking(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)
