"""The demo's stages: in order, never backwards without --fresh, whole or not at all."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hackathon.models import Account, Event, Registration
from hackathon.tests.factories import make_event, make_registration
from judging.domain import moving, playing, staging, wiping
from judging.models import Ballot, Round


def demo(*words: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("demo", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_setup_has_a_grid_a_jury_and_nobody_registered(db: None) -> None:
    answer = demo("--until", "setup")
    event = Event.objects.get(slug=staging.SLUG)
    assert answer == {"event": staging.SLUG, "stage": "setup", "registrations": 0}
    assert (event.jurors.count(), event.themes.count(), Ballot.objects.count()) == (19, 4, 0)
    assert event.grids.get().criteria.count() == 5
    assert demo("--until", "setup")["registrations"] == 0  # again: nothing changes


def test_the_stages_are_in_order(judging_demo: Event) -> None:
    assert staging.stage_of(judging_demo) == "judging"
    assert [step.state for step in moving.steps(judging_demo)] == ["done"] * 4 + ["here", "ahead"]
    assert Registration.objects.for_event(judging_demo).count() == 250
    assert {round.kind: round.state for round in Round.objects.for_event(judging_demo)} == {
        "panels": "open",
        "final": "planned",
    }
    assert Ballot.objects.for_event(judging_demo).open().exists()
    assert Ballot.objects.for_event(judging_demo).handed_in().exists()


def test_going_back_is_refused_without_fresh(judging_demo: Event) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("demo", "--until", "teams", "--json", stdout=out)
    assert error.value.returncode == 1
    assert "--fresh" in json.loads(out.getvalue())["refused"][0]
    assert staging.stage_of(judging_demo) == "judging"


def test_fresh_starts_again_and_leaves_other_events_alone(judging_demo: Event) -> None:
    other = make_event(slug="other")
    make_registration(other)
    demo("--until", "setup", "--fresh")
    event = Event.objects.get(slug=staging.SLUG)
    assert event.pk != judging_demo.pk
    assert (staging.stage_of(event), Ballot.objects.count()) == ("setup", 0)
    assert Registration.objects.for_event(other).count() == 1


def test_a_real_event_is_never_wiped(db: None) -> None:
    event = make_event()
    with pytest.raises(wiping.WipeRefused):
        wiping.wipe(event=event)
    assert Event.objects.filter(pk=event.pk).exists()


def test_a_stage_that_fails_leaves_the_one_before(
    judging_demo: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("half way")

    marks = Ballot.objects.for_event(judging_demo).handed_in().count()
    monkeypatch.setattr(staging, "announce", broken)
    with pytest.raises(RuntimeError):
        staging.stage_demo(until="results")
    assert Ballot.objects.for_event(judging_demo).handed_in().count() == marks
    assert staging.stage_of(judging_demo) == "judging"


def test_playing_on_keeps_what_a_visitor_did(judging_demo: Event) -> None:
    from judging.tests.factories import mark_all

    ballot = Ballot.objects.for_event(judging_demo).open().filter(marks=None).first()
    assert ballot is not None
    mark_all(ballot, 1)
    staging.stage_demo(until="results")
    assert {mark.value for mark in ballot.marks.all()} == {1}
    judging_demo.refresh_from_db()
    assert judging_demo.published_at is not None


def test_a_failed_move_says_so_on_the_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**kwargs: object) -> None:
        raise staging.StageRefused("Nothing to stand on.")

    monkeypatch.setattr(staging, "stage_demo", broken)
    assert moving.start_moving("teams")
    assert not moving.start_moving("teams")
    with pytest.raises(staging.StageRefused):
        moving.move("teams")
    assert (moving.moving(), moving.failure()) == ("", "Nothing to stand on.")
    assert moving.progress_now()["done"]


def test_the_personas_have_rights_on_the_demo_alone(judging_demo: Event) -> None:
    accounts = Account.objects.filter(is_persona=True)
    assert accounts.count() >= 20
    assert not accounts.filter(is_superuser=True).exists()
    assert not accounts.filter(is_staff=True).exists()
    assert set(accounts.values_list("duties__event", flat=True)) <= {None, judging_demo.pk}


def test_a_made_up_clock_never_reaches_a_real_event(db: None) -> None:
    with pytest.raises(ValueError, match="demo"):
        playing.at(make_event(), 0, "10:00")
