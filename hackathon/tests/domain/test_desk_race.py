"""The same badge at two desks at the same moment, and the last place of the venue: once; without the guard, not.

Threads see one another's rows only when they are committed: hence real transactions on the database of the settings.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from hackathon.domain import desk
from hackathon.models import AuditEntry, Event, EventDay, Presence, Registration
from hackathon.tests.factories import DURING_WORK, make_event, make_registration, make_role

DESKS, ROUNDS = 8, 12

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: DURING_WORK)
    event = make_event()
    make_role(event)
    return event


def at_every_desk(act: Callable[[int], Any], desks: int = DESKS) -> tuple[list[Any], list[BaseException]]:
    """`act(desk)` in as many threads, released together; what each returned, and what was raised."""
    start = threading.Barrier(desks)
    returned: list[Any] = []
    raised: list[BaseException] = []

    def run(number: int) -> None:
        try:
            start.wait(timeout=60)
            returned.append(act(number))
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return returned, raised


def fresh(registration: Registration) -> Registration:
    return Registration.objects.select_related("event", "person").get(pk=registration.pk)


def test_one_badge_at_every_desk_comes_in_once_and_the_others_are_told(event: Event) -> None:
    for round_ in range(ROUNDS):
        luce = make_registration(event)
        scans, raised = at_every_desk(
            lambda number, luce=luce, round_=round_: desk.scan(
                registration=fresh(luce), act="check_in", actor=None, key=f"{round_}-{number}"
            )
        )
        assert raised == []
        assert sorted(scan.is_repeat for scan in scans) == [False] + [True] * (DESKS - 1)
        assert AuditEntry.objects.about(luce).filter(verb="check_in").count() == 1
    assert Presence.objects.count() == ROUNDS


def test_one_request_repeated_by_a_bad_network_is_one(event: Event) -> None:
    luce = make_registration(event)
    at = DURING_WORK - timedelta(minutes=3)
    _scans, raised = at_every_desk(
        lambda _number: desk.scan(registration=fresh(luce), act="check_in", actor=None, at=at, key="one")
    )
    assert raised == []
    assert AuditEntry.objects.about(luce).count() == 1
    assert Presence.objects.get().in_at == at


def test_without_the_guard_a_badge_comes_in_twice_or_breaks(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: no turn and no transaction, and everybody looks before anybody writes."""
    luce = make_registration(event)
    look_together(monkeypatch, 2)
    scans, raised = at_every_desk(lambda _number: unguarded(fresh(luce), event.days.last()), desks=2)
    assert all(isinstance(error, IntegrityError) for error in raised)  # the constraint still holds the row
    assert len(raised) == 1 or AuditEntry.objects.about(luce).count() == 2
    assert len(scans) + len(raised) == 2


def test_the_last_place_of_the_venue_goes_to_one(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(capacity=1)
    people = [make_registration(event) for _ in range(DESKS)]
    scans, raised = at_every_desk(
        lambda number: desk.scan(registration=fresh(people[number]), act="check_in", actor=None)
    )
    assert len(scans) == 1
    assert {type(error) for error in raised} == {desk.VenueFull}
    assert Presence.objects.count() == 1


def test_without_the_guard_the_venue_is_overfull(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: the same two people at the same door."""
    Event.objects.filter(pk=event.pk).update(capacity=1)
    people = [make_registration(event) for _ in range(2)]
    counted, check = threading.Barrier(2), desk._check_room

    def check_together(*args: Any) -> None:
        check(*args)
        counted.wait(timeout=60)

    monkeypatch.setattr(desk, "_check_room", check_together)
    look_together(monkeypatch, 2)
    _scans, raised = at_every_desk(
        lambda number: unguarded(fresh(people[number]), event.days.last()), desks=2
    )
    assert raised == []
    assert Presence.objects.count() == 2


def look_together(monkeypatch: pytest.MonkeyPatch, desks: int) -> None:
    looked, look = threading.Barrier(desks), desk._presence

    def look_then_wait(registration: Registration, day: EventDay, half: str) -> Presence | None:
        found = look(registration, day, half)
        looked.wait(timeout=60)
        return found

    monkeypatch.setattr(desk, "_presence", look_then_wait)
    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)


def unguarded(registration: Registration, day: EventDay | None) -> Presence:
    assert day is not None
    return desk.check_in.__wrapped__(registration=registration, day=day, half="am", actor=None)
