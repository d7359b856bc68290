"""The whole event through its pages, from the command that makes it to the PDF that announces the winners.

One long walk, on the real list of 250 people and with real forms only; the steps are in the two files beside. The event
is a real one, not the demo: the clock is the server's, moved by the test.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command

from . import steps_of_the_jury as jury
from . import steps_to_projects as steps
from .steps_to_projects import ORGANISER, SLUG
from .walking import Walker, work

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def moment(day: int, clock: str, month: int = 11) -> datetime:
    """That time in Paris, in winter."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2016, month, day, hour - 1, minute, tzinfo=UTC)


def test_an_event_from_its_first_page_to_its_results(django_app: Any, at: Any, mailoutbox: list[Any]) -> None:
    at(moment(10, "10:00", month=10))
    call_command("create_event", SLUG, "--organiser", ORGANISER, "--first-day", "2016-11-18", verbosity=0)
    walker = Walker(django_app, SLUG)
    steps.set_up(walker)
    newcomers = steps.register_in_two_languages(django_app, walker)
    at(moment(12, "10:00"))
    steps.import_the_list(walker)
    steps.confirm(walker, newcomers)
    at(moment(18, "10:20"))
    steps.form_teams(walker)
    work()
    assert mailoutbox, "the letters have left"
    at(moment(19, "12:00"))
    projects = steps.submit_projects(walker)
    jurors = jury.seat_the_jury(walker)
    at(moment(19, "13:50"))
    jury.open_round(walker, "thematiques")
    jury.mark_the_panels(walker, jurors, projects)
    at(moment(19, "15:20"))
    jury.close_the_panels(walker, jurors)
    at(moment(19, "15:45"))
    jury.play_the_final(walker, jurors)
    at(moment(19, "17:05"))
    jury.decide_and_seal(walker)
    jury.nobody_sees_the_results(walker, jurors)
    at(moment(19, "17:45"))
    jury.publish(walker)
    jury.everybody_reads_the_results(django_app)
    call_command("verify_results", SLUG, verbosity=0)
    jury.tampering_is_named()
