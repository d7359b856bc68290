"""Two organisers accept the last places, many at once and at the same moment; and the same without the guard."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest

from hackathon.domain import bulk, moving, places, transitions
from hackathon.enums import RegistrationState
from hackathon.models import AuditEntry, Event, Registration, Role
from hackathon.tests.factories import make_event, make_registration, make_role
from hackathon.tests.racing import all_at_once

from .test_waiting_race import NOW, State, states

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EACH = 8  # people whom each of the two accepts, for as many places in all


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr("hackathon.letters.registration_news", lambda **_: None)  # not what is raced for
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: NOW)
    return make_event()


def waiting_for(event: Event, role: Role, number: int) -> list[int]:
    return [make_registration(event, role, state=State.SUBMITTED).pk for _ in range(number)]


def accept(event: Event, pks: list[int], act: Any = bulk.act_on) -> bulk.Outcome:
    subject = Event.objects.get(pk=event.pk)
    return act(event=subject, act="accept", pks=pks, batch=str(uuid.uuid4()), actor=None)


@pytest.mark.parametrize("shared", [False, True], ids=["different people", "the same people"])
def test_two_accept_the_last_places_and_none_is_given_twice(event: Event, shared: bool) -> None:
    role = make_role(event, capacity=EACH)
    first = waiting_for(event, role, EACH)
    lists = [first, first if shared else waiting_for(event, role, EACH)]
    outcomes: list[bulk.Outcome] = []
    assert all_at_once(lambda number: outcomes.append(accept(event, lists[number])), threads=2) == []
    assert states(event)[State.ACCEPTED] == EACH
    assert sum(outcome.done for outcome in outcomes) == EACH
    whys = {why for outcome in outcomes for _pk, why in outcome.skipped}
    assert whys == {bulk.DONE_ALREADY if shared else bulk.NO_PLACE}
    assert AuditEntry.objects.filter(verb="accept_registration").count() == EACH


def test_without_the_guard_both_take_the_same_last_places(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: the places are counted by both before either has taken one, outside the event's turn."""
    role = make_role(event, capacity=1)
    lists = [waiting_for(event, role, 1), waiting_for(event, role, 1)]
    counted, real = threading.Barrier(2), places.count

    def count_together(subject: Event) -> places.Places:
        found = real(subject)
        counted.wait(timeout=60)
        return found

    monkeypatch.setattr(places, "count", count_together)
    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    monkeypatch.setattr(moving, "step", transitions.step.__wrapped__)
    unguarded = moving.accept.__wrapped__

    def one(number: int) -> None:
        registration = Registration.objects.select_related("event", "person", "role").get(pk=lists[number][0])
        unguarded(registration=registration, actor=None)

    assert all_at_once(one, threads=2) == []
    assert states(event) == {RegistrationState.ACCEPTED: 2}  # two, for one place
