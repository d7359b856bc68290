"""An event with two roles and two themes, for lists."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.models import Event
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_role, make_theme


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, "developpeur", name_fr="Développeur", name_en="Developer")
    make_role(event, "designer", name_fr="Designer", name_en="Designer")
    make_theme(event, "Local")
    make_theme(event, "Emploi")
    return event
