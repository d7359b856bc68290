"""When things are open: half-open windows, decisions by hand, phases; and times that clocks skip or repeat."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from hackathon.domain import windows
from hackathon.enums import Override, WindowKind
from hackathon.forms.windows import WallTimeField
from hackathon.kit import wall
from hackathon.models import AuditEntry
from hackathon.tests import factories

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def on_the_wall(*parts: int) -> datetime:
    """A naive time, as people write them."""
    return datetime(*parts)  # noqa: DTZ001 (naive is what a wall shows)


@pytest.fixture
def submission():
    return windows.window_of(factories.make_event(), WindowKind.SUBMISSION)


def test_window_is_half_open(submission, at):
    for moment, is_open in (
        (submission.opens_at - timedelta(microseconds=1), False),
        (submission.opens_at, True),
        (submission.closes_at - timedelta(microseconds=1), True),
        (submission.closes_at, False),
    ):
        at(moment)
        assert windows.is_open(submission) is is_open


def test_no_window_is_never_open():
    assert windows.is_open(None) is False


def test_override_beats_the_plan_and_needs_a_reason(submission, at):
    at(submission.closes_at)
    with pytest.raises(windows.WindowRefused):
        windows.override_window(window=submission, override=Override.OPEN, reason="  ", actor=None)
    windows.override_window(window=submission, override=Override.OPEN, reason="Panne de réseau", actor=None)
    assert windows.is_open(submission)
    entry = AuditEntry.objects.for_event(submission.event).latest_first().first()
    assert (entry.verb, entry.reason) == ("override_window", "Panne de réseau")
    windows.override_window(window=submission, override=Override.NONE, reason="Réseau revenu", actor=None)
    assert not windows.is_open(submission)
    assert submission.override_reason == ""


def test_window_that_closes_before_it_opens_is_refused(submission):
    with pytest.raises(windows.WindowRefused):
        windows.set_window(
            event=submission.event,
            kind=WindowKind.SUBMISSION,
            opens_at=submission.closes_at,
            closes_at=submission.closes_at,
            actor=None,
        )
    submission.refresh_from_db()
    assert submission.closes_at > submission.opens_at


def test_extension_reopens_what_had_just_closed(submission, at):
    at(submission.closes_at + timedelta(minutes=2))
    windows.extend_window(
        window=submission, closes_at=submission.closes_at + timedelta(minutes=30), reason="Panne", actor=None
    )
    fresh = windows.window_of(submission.event, WindowKind.SUBMISSION)
    assert windows.is_open(fresh)


@pytest.mark.parametrize(("minutes", "reason"), [(0, "Panne"), (-5, "Panne"), (5, " ")])
def test_extension_that_is_none_or_says_nothing_is_refused(submission, minutes, reason):
    before = submission.closes_at
    with pytest.raises(windows.WindowRefused):
        windows.extend_window(
            window=submission, closes_at=before + timedelta(minutes=minutes), reason=reason, actor=None
        )
    submission.refresh_from_db()
    assert submission.closes_at == before
    assert not AuditEntry.objects.filter(verb="extend_window").exists()


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (factories.DURING_REGISTRATION, "registration"),
        (datetime(2016, 11, 18, 9, 0, tzinfo=UTC), "teams"),
        (factories.DURING_WORK, "submission"),
        (factories.DURING_PANELS, "judging"),
    ],
)
def test_phase_follows_the_windows(at, moment, phase):
    at(moment)
    event = factories.make_event()
    assert windows.current_phase(event) == phase
    assert [each.key for each in windows.phases(event) if each.state == "here"] == [phase]


def test_published_results_are_the_last_phase(at):
    at(factories.DURING_REGISTRATION)
    event = factories.make_event(published_at=factories.DURING_PANELS)
    assert windows.current_phase(event) == "results"


def test_wall_time_becomes_a_moment_and_back():
    moment = wall.moment_on(on_the_wall(2016, 11, 18, 13, 30), PARIS)
    assert moment.astimezone(UTC) == datetime(2016, 11, 18, 12, 30, tzinfo=UTC)
    assert wall.wall_of(moment, PARIS) == on_the_wall(2016, 11, 18, 13, 30)


def test_wall_time_that_clocks_skip_does_not_exist():
    for minute in (0, 30, 59):
        with pytest.raises(wall.NoSuchTime):
            wall.moment_on(on_the_wall(2016, 3, 27, 2, minute), PARIS)
    assert wall.moment_on(on_the_wall(2016, 3, 27, 3, 0), PARIS).astimezone(UTC).hour == 1


def test_wall_time_that_comes_twice_says_both():
    with pytest.raises(wall.TimeTwice) as twice:
        wall.moment_on(on_the_wall(2016, 10, 30, 2, 30), PARIS)
    assert [moment.astimezone(UTC).hour for moment in (twice.value.first, twice.value.second)] == [0, 1]
    assert wall.moment_on(on_the_wall(2016, 10, 30, 3, 0), PARIS).astimezone(UTC).hour == 2


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    [
        ("fr", "2016-03-27T02:30", "n’existe pas à Europe/Paris"),
        ("en", "2016-03-27T02:30", "does not exist in Europe/Paris"),
        ("fr", "2016-10-30T02:30", "existe deux fois à Europe/Paris"),
        ("en", "2016-10-30T02:30", "comes twice in Europe/Paris"),
        ("en", "tomorrow", "Write a day and a time"),
        ("en", "2016-13-45T99:00", "Write a day and a time"),
        ("en", "2016-11-18T13:30Z", "Write a day and a time"),
    ],
)
def test_field_of_wall_times_says_what_is_wrong(language, typed, words):
    from django.core.exceptions import ValidationError

    field = WallTimeField()
    field.zone = PARIS
    with translation.override(language), pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    assert words in refusal.value.messages[0]
