"""The table of a registration's life: every verb from every state does what the table says, or refuses."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.domain import registering, transitions, waiting
from hackathon.enums import HOLDING, RegistrationState
from hackathon.models import AuditEntry, OutgoingMail, Registration
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_registration, make_role

State = RegistrationState
pytestmark = pytest.mark.django_db

VERBS = {
    "accept_registration": registering.accept,
    "decline_registration": registering.decline,
    "cancel_registration": registering.cancel,
    "confirm_registration": registering.confirm,
    "waitlist_registration": registering.waitlist,
}


@pytest.fixture
def event(at: Any) -> Any:
    at(DURING_REGISTRATION)
    return make_event()


def registered(event: Any, state: str) -> Registration:
    offer = {"offer_expires_at": DURING_REGISTRATION} if state == State.OFFERED else {}
    return make_registration(event, state=state, **offer)


def test_every_state_can_be_reached_and_every_step_starts_somewhere() -> None:
    reached = {rule.to for rule in transitions.TRANSITIONS.values()}
    made = {State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.WAITLISTED}
    assert reached | made == set(State)
    assert all(rule.to not in rule.since for rule in transitions.TRANSITIONS.values())


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", transitions.TRANSITIONS)
def test_every_verb_from_every_state(event: Any, verb: str, state: str) -> None:
    registration, rule = registered(event, state), transitions.TRANSITIONS[verb]
    until = DURING_REGISTRATION if verb == "offer_place" else None
    act = lambda: transitions.step(registration, verb, actor=None, reason="why", until=until)  # noqa: E731
    if state == rule.to:
        assert act() is False
        assert not AuditEntry.objects.exists()
    elif state in rule.since:
        assert act() is (state in HOLDING and rule.to not in HOLDING)
        entry = AuditEntry.objects.get()
        assert (entry.verb, entry.reason, entry.data) == (verb, "why", {"since": state, "to": rule.to})
        assert act() is False  # the same step twice is one
        assert AuditEntry.objects.count() == 1
    else:
        with pytest.raises(transitions.NotFromHere):
            act()
        assert not AuditEntry.objects.exists()
        assert not OutgoingMail.objects.exists()
    registration.refresh_from_db()
    assert registration.state == (rule.to if state in (*rule.since, rule.to) else state)


@pytest.mark.parametrize("verb", VERBS)
def test_pages_call_verbs_of_the_table(event: Any, verb: str) -> None:
    registration = registered(event, transitions.TRANSITIONS[verb].since[-1])
    VERBS[verb](registration=registration, actor=None, reason="")
    assert AuditEntry.objects.filter(verb=verb).count() == 1


@pytest.mark.parametrize("verb", ["accept_registration", "offer_place"])
def test_a_step_that_takes_a_place_is_refused_when_none_is_left(event: Any, verb: str) -> None:
    registration = make_registration(event, make_role(event, capacity=0), state=State.WAITLISTED)
    with pytest.raises(transitions.NoPlaceLeft):
        transitions.step(registration, verb, actor=None, until=DURING_REGISTRATION)


def test_an_offer_taken_by_an_organiser_leaves_no_deadline(event: Any) -> None:
    registration = make_registration(event, state=State.WAITLISTED)
    waiting.offer_places(event=event, count=1, actor=None)
    registration.refresh_from_db()
    assert registration.offered_at == DURING_REGISTRATION
    registration.event = event
    registering.accept(registration=registration, actor=None)
    registration.refresh_from_db()
    assert (registration.state, registration.offered_at, registration.offer_expires_at) == (
        State.ACCEPTED,
        None,
        None,
    )
