"""Twenty people, one place, at the same moment, fifty times; and the same without the guard, which oversells.

Threads see one another's rows only when they are committed: hence real transactions on the database of the settings.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from hackathon.domain import places, registering
from hackathon.enums import RegistrationState
from hackathon.models import Event, Registration, Role
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_role

THREADS, ROUNDS = 20, 50

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr("hackathon.letters.registration_news", lambda **_: None)  # not what is raced for
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: DURING_REGISTRATION)
    return make_event()


def all_at_once(act: Callable[[int, int], Any], rounds: int = 1) -> list[BaseException]:
    """In as many threads, `act(round, number)`, each round released together; returns what was raised."""
    start, raised = threading.Barrier(THREADS), []

    def run(number: int) -> None:
        try:
            for round_ in range(rounds):
                start.wait(timeout=60)
                act(round_, number)
        except BaseException as error:
            start.abort()
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def attempt(verb: Callable[..., Any], event: Event, role: Role, number: int) -> None:
    verb(
        event=Event.objects.get(pk=event.pk),
        role=role,
        first_name=f"Personne {number}",
        last_name=role.key,
        email=f"p{number}@{role.key}.example",
        actor=None,
    )


def states_of(role: Role) -> Counter[str]:
    return Counter(Registration.objects.in_role(role).values_list("state", flat=True))


def test_one_place_asked_for_by_twenty_goes_to_one(event: Event) -> None:
    roles = [make_role(event, f"role-{number}", capacity=1) for number in range(ROUNDS)]
    raised = all_at_once(
        lambda round_, number: attempt(registering.register, event, roles[round_], number), rounds=ROUNDS
    )
    assert raised == []
    for role in roles:
        assert states_of(role) == {RegistrationState.ACCEPTED: 1, RegistrationState.WAITLISTED: THREADS - 1}


def test_the_same_form_sent_twenty_times_at_once_registers_one_person(event: Event) -> None:
    role = make_role(event, capacity=5)
    raised = all_at_once(
        lambda _round, _number: registering.register(
            event=Event.objects.get(pk=event.pk),
            role=role,
            first_name="Luce",
            last_name="Lopes",
            email="luce@example.org",
            key="the same",
            actor=None,
        )
    )
    assert raised == []
    assert Registration.objects.in_role(role).count() == 1


def test_without_the_guard_the_place_is_oversold(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: no turn and no transaction, and everybody counts before anybody writes."""
    role = make_role(event, capacity=1)
    counted, count = threading.Barrier(THREADS), places.count

    def count_together(subject: Event) -> places.Places:
        found = count(subject)
        counted.wait(timeout=60)
        return found

    monkeypatch.setattr(places, "count", count_together)
    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    unguarded = registering.register.__wrapped__
    raised = all_at_once(lambda _round, number: attempt(unguarded, event, role, number))
    assert raised == []
    assert states_of(role)[RegistrationState.ACCEPTED] > 1
