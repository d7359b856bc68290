"""Thirty requests at the same moment: the last places, the places given back, the offers that end; and controls.

Each control takes the guard away (the event's turn and the transaction) and shows what it would have let through.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from django.db import connection

from hackathon.domain import moving, places, registering, transitions, waiting
from hackathon.enums import RegistrationState
from hackathon.models import AuditEntry, Event, Registration, Role
from hackathon.tests import racing
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_registration, make_role

State = RegistrationState
NOW = DURING_REGISTRATION
THREADS = 30
all_at_once = partial(racing.all_at_once, threads=THREADS)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr("hackathon.letters.registration_news", lambda **_: None)  # not what is raced for
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: NOW)
    return make_event()


def fresh(registration: Registration) -> Registration:
    return Registration.objects.select_related("event", "person", "role").get(pk=registration.pk)


def register(event: Event, role: Role, number: int, verb: Callable[..., Any] = registering.register) -> None:
    verb(
        event=Event.objects.get(pk=event.pk),
        role=role,
        first_name=f"Personne {number}",
        last_name="Course",
        email=f"p{number}@course.example",
        actor=None,
    )


def states(event: Event) -> Counter[str]:
    return Counter(Registration.objects.for_event(event).values_list("state", flat=True))


def wait(event: Event, role: Role, number: int) -> list[Registration]:
    return [
        make_registration(event, role, state=State.WAITLISTED, submitted_at=NOW + timedelta(seconds=second))
        for second in range(number)
    ]


def offer(event: Event, role: Role, number: int, expires_at: Any) -> list[Registration]:
    more = {"state": State.OFFERED, "offered_at": NOW, "offer_expires_at": expires_at}
    return [make_registration(event, role, **more) for _ in range(number)]


def test_thirty_ask_for_the_last_ten_places(event: Event) -> None:
    role = make_role(event, capacity=15)
    for _ in range(5):
        make_registration(event, role)
    assert all_at_once(lambda number: register(event, role, number)) == []
    assert states(event) == {State.CONFIRMED: 5, State.ACCEPTED: 10, State.WAITLISTED: 20}


@pytest.mark.parametrize("limited", ["role", "event"])
def test_thirty_ask_for_overbooked_places(event: Event, limited: str) -> None:
    role = make_role(event, capacity=10 if limited == "role" else None, attendance_rate=60)
    capacity = 10 if limited == "event" else None
    Event.objects.filter(pk=event.pk).update(overbooks=True, capacity=capacity)
    assert all_at_once(lambda number: register(event, role, number)) == []
    assert states(event) == {State.ACCEPTED: 16, State.WAITLISTED: 14}  # 16 × 60 % ≤ 10 < 17 × 60 %


def test_without_the_guard_overbooking_goes_beyond_its_bound(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = make_role(event, capacity=1, attendance_rate=50)
    Event.objects.filter(pk=event.pk).update(overbooks=True)
    counted, real = threading.Barrier(5), places.count

    def count_together(subject: Event) -> places.Places:
        found = real(subject)
        counted.wait(timeout=60)
        return found

    monkeypatch.setattr(places, "count", count_together)
    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    unguarded = registering.register.__wrapped__
    assert all_at_once(lambda number: register(event, role, number, unguarded), threads=5) == []
    assert states(event)[State.ACCEPTED] > 2


def test_thirty_give_back_their_place_and_the_first_thirty_are_offered_one_each(event: Event) -> None:
    role = make_role(event, capacity=THREADS)
    held = [make_registration(event, role, state=State.ACCEPTED) for _ in range(THREADS)]
    queue = wait(event, role, THREADS + 10)
    raised = all_at_once(lambda number: moving.cancel(registration=fresh(held[number]), actor=None))
    assert raised == []
    assert states(event) == {State.CANCELLED: THREADS, State.OFFERED: THREADS, State.WAITLISTED: 10}
    offered = Counter(AuditEntry.objects.filter(verb="offer_place").values_list("object_id", flat=True))
    assert offered == Counter(str(registration.pk) for registration in queue[:THREADS])


def test_without_the_guard_the_same_person_is_offered_a_place_twice(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    role, threads = make_role(event, capacity=5), 5
    held = [make_registration(event, role, state=State.ACCEPTED) for _ in range(threads)]
    wait(event, role, 10)
    together = threading.Barrier(threads)

    def in_step(event: Event) -> Any:
        together.wait(timeout=60)  # everybody has read what they will act on
        return NOW

    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    monkeypatch.setattr(waiting, "step", transitions.step.__wrapped__)
    monkeypatch.setattr(moving, "step", transitions.step.__wrapped__)
    monkeypatch.setattr(waiting, "pass_on", waiting.pass_on.__wrapped__)
    monkeypatch.setattr("hackathon.domain.clock.now", in_step)
    unguarded = moving.cancel.__wrapped__
    all_at_once(lambda number: unguarded(registration=fresh(held[number]), actor=None), threads=threads)
    offered = Counter(AuditEntry.objects.filter(verb="offer_place").values_list("object_id", flat=True))
    assert max(offered.values()) > 1


def test_thirty_answers_around_the_deadline_are_taken_or_late_and_no_place_is_given_twice(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    role, deadline = make_role(event, capacity=THREADS), NOW + timedelta(seconds=90)
    offers = offer(event, role, THREADS, deadline)
    queue = wait(event, role, THREADS)
    ticks, lock, late = count(), threading.Lock(), []

    def moving_on(event: Event) -> Any:
        with lock:
            return NOW + timedelta(seconds=next(ticks))  # each look at the clock is a second later

    monkeypatch.setattr("hackathon.domain.clock.now", moving_on)

    def answer(number: int) -> None:
        if number % 10 == 9:
            waiting.tend_offers()
        try:
            waiting.take_offer(registration=fresh(offers[number]), actor=None)
        except waiting.OfferExpired:
            late.append(offers[number].pk)

    assert all_at_once(answer) == []
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: deadline)
    waiting.tend_offers()
    waiting.tend_offers()
    found = Registration.objects.for_event(event)
    assert set(found.in_state(State.EXPIRED).values_list("pk", flat=True)) == set(late)
    assert found.in_state(State.ACCEPTED).count() == THREADS - len(late)
    assert found.holding_a_place().count() == THREADS
    served = [registration.pk for registration in queue[: len(late)]]
    assert list(found.in_state(State.OFFERED).in_order().values_list("pk", flat=True)) == served


def test_without_the_guard_an_answer_at_the_deadline_takes_a_place_that_was_passed_on(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    role, deadline = make_role(event, capacity=1), NOW + timedelta(hours=1)
    (offered,), (next_one,) = offer(event, role, 1, deadline), wait(event, role, 1)
    has_read, is_passed_on, save = threading.Event(), threading.Event(), Registration.save

    def late_save(self: Registration, *args: Any, **kwargs: Any) -> None:
        if self.state == State.ACCEPTED:
            has_read.set()
            is_passed_on.wait(timeout=60)
        save(self, *args, **kwargs)

    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    monkeypatch.setattr(Registration, "save", late_save)
    step = transitions.step
    monkeypatch.setattr(waiting, "step", lambda *args, **kwargs: step.__wrapped__(*args, **kwargs))
    answer = threading.Thread(
        target=lambda: (
            waiting.take_offer.__wrapped__(registration=fresh(offered), actor=None),
            connection.close(),
        )
    )
    answer.start()
    assert has_read.wait(timeout=60)
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: deadline)
    waiting.expire_offers(event=Event.objects.get(pk=event.pk), actor=None)
    is_passed_on.set()
    answer.join()
    assert (fresh(offered).state, fresh(next_one).state) == (
        State.ACCEPTED,
        State.OFFERED,
    )  # two, for one place


def test_two_workers_at_once_remind_once(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    role = make_role(event)
    offer(event, role, 3, NOW + timedelta(hours=1))
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: NOW + timedelta(minutes=50))
    written: list[int] = []
    monkeypatch.setattr(
        "hackathon.letters.offer_reminder", lambda registration: written.append(registration.pk)
    )
    assert all_at_once(lambda _number: waiting.tend_offers(), threads=8) == []
    assert sorted(written) == sorted(Registration.objects.values_list("pk", flat=True))
