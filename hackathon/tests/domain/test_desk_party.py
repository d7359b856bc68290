"""People who registered together come in by one act, and nobody else with them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from hackathon.domain import desk, desk_party
from hackathon.enums import RegistrationState
from hackathon.models import AuditEntry, Event, Presence
from hackathon.tests.factories import DURING_REGISTRATION, DURING_WORK, make_event, make_registration


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_WORK)
    return make_event()


def test_all_come_in_but_those_without_a_place(event: Event) -> None:
    party = uuid.uuid4()
    first, second, third = (make_registration(event, party=party) for _ in range(3))
    make_registration(event, party=party, state=RegistrationState.CANCELLED)
    make_registration(event, party=uuid.uuid4())
    make_registration(event)
    desk.scan(registration=second, act="check_in", actor=None)
    done = desk_party.check_in_party(registration=first, actor=None)
    assert (done.arrived, done.already, done.refused) == ([first, third], [second], [])
    assert Presence.objects.count() == 3


def test_the_same_request_twice_is_once_even_after_somebody_left(event: Event) -> None:
    party = uuid.uuid4()
    first, second = (make_registration(event, party=party) for _ in range(2))
    key = "k" * 64
    desk_party.check_in_party(registration=first, actor=None, key=key)
    desk.scan(registration=second, act="check_out", actor=None)
    desk_party.check_in_party(registration=first, actor=None, key=key)
    assert AuditEntry.objects.filter(verb="check_in").count() == 2
    assert Presence.objects.get(registration=second).out_at == DURING_WORK


def test_the_last_places_of_the_venue_are_given_and_the_others_named(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(capacity=2)
    event.refresh_from_db()
    party = uuid.uuid4()
    first, *_others = (make_registration(event, party=party) for _ in range(3))
    done = desk_party.check_in_party(registration=first, actor=None)
    assert (len(done.arrived), len(done.refused)) == (2, 1)
    assert Presence.objects.count() == 2


def test_somebody_registered_alone_has_no_companion(event: Event) -> None:
    alone = make_registration(event)
    make_registration(event)
    assert desk_party.companions(event, alone) == []


def test_nobody_comes_in_outside_the_days_of_the_event(event: Event, at: Any) -> None:
    at(DURING_REGISTRATION)
    with pytest.raises(desk.NotToday):
        desk_party.check_in_party(registration=make_registration(event, party=uuid.uuid4()), actor=None)
