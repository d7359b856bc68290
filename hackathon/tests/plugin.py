"""Fixtures shared by the tests of every app; loaded as a pytest plugin (`-p hackathon.tests.plugin`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

if TYPE_CHECKING:  # this file is read before Django is set up
    from hackathon.models import Account


@pytest.fixture(autouse=True)
def _settings_for_tests(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.WHITENOISE_AUTOREFRESH = True  # else every new client reads all static files first: 60 ms each
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    translation.activate(settings.LANGUAGE_CODE)  # a request leaves its language behind


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """`at(moment)`: from now on it is that moment, for the whole test."""
    travellers = []

    def go(moment: datetime) -> None:
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield go
    for traveller in reversed(travellers):
        traveller.stop()


@pytest.fixture
def browse(db: Any) -> Callable[[Account | None], Client]:
    """`browse(account)`: a client signed in as that account; `browse(None)` is a stranger."""

    def signed_in(account: Account | None = None) -> Client:
        client = Client()
        if account is not None:
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
