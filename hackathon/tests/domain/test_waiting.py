"""The waiting list: strictly in order, by itself or by hand, with deadlines and one reminder."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hackathon.domain import contingents, facts, registering, reminding, roles, waiting
from hackathon.enums import RegistrationState
from hackathon.kit.registry import registry
from hackathon.models import AuditEntry, Event, OutgoingMail, Registration
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    DURING_WORK,
    make_event,
    make_person,
    make_registration,
    make_role,
)

State = RegistrationState
NOW = DURING_REGISTRATION
pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at: Any) -> Any:
    at(NOW)
    return make_event()


def wait(event: Any, role: Any, number: int = 1) -> list[Registration]:
    return [
        make_registration(event, role, state=State.WAITLISTED, submitted_at=NOW + timedelta(minutes=minute))
        for minute in range(number)
    ]


def states(*registrations: Registration) -> list[str]:
    for registration in registrations:
        registration.refresh_from_db()
    return [registration.state for registration in registrations]


@pytest.mark.parametrize("verb", [registering.cancel, registering.decline])
def test_a_freed_place_goes_to_whoever_waited_longest_in_the_same_transaction(event: Any, verb: Any) -> None:
    role = make_role(event, capacity=1)
    held = make_registration(event, role, state=State.ACCEPTED)
    first, second = wait(event, role, 2)
    verb(registration=held, actor=None)
    assert states(first, second) == [State.OFFERED, State.WAITLISTED]
    assert first.offer_expires_at == NOW + timedelta(hours=event.offer_hours)
    assert OutgoingMail.objects.filter(letter="registration_offered").count() == 1


def test_somebody_put_back_on_the_list_is_not_the_one_who_gets_the_place(event: Any) -> None:
    role = make_role(event, capacity=1)
    held = make_registration(event, role, state=State.ACCEPTED, submitted_at=NOW - timedelta(days=1))
    (other,) = wait(event, role)
    registering.waitlist(registration=held, actor=None)
    assert states(held, other) == [State.WAITLISTED, State.OFFERED]


def test_a_raised_limit_is_passed_on_by_each_of_the_three_forms(event: Any) -> None:
    role, other = make_role(event, capacity=0), make_role(event, "designer", capacity=0)
    first, second, third = wait(event, role, 3)
    roles.save_role(event=event, role=role, actor=None, capacity=1)
    assert states(first, second) == [State.OFFERED, State.WAITLISTED]
    contingents.change_places(event=event, changes={}, roles={role.pk: {"capacity": 2}}, actor=None)
    assert states(second, third) == [State.OFFERED, State.WAITLISTED]
    Event.objects.filter(pk=event.pk).update(capacity=2)
    other.capacity = None
    other.save()
    (newcomer,) = wait(event, other)
    facts.change_event(event=event, actor=None, capacity=3)
    assert states(third, newcomer) == [State.WAITLISTED, State.OFFERED]


def test_an_organiser_may_keep_the_offers_to_themselves(event: Any) -> None:
    event.offers_by_itself = False
    event.save()
    role = make_role(event, capacity=1)
    held = make_registration(event, role)
    (first,) = wait(event, role)
    registering.cancel(registration=held, actor=None)
    waiting.tend_offers()
    assert states(first) == [State.WAITLISTED]


def test_nothing_is_offered_by_itself_once_the_event_has_begun(event: Any, at: Any) -> None:
    role = make_role(event, capacity=1)
    held = make_registration(event, role)
    (first,) = wait(event, role)
    at(DURING_WORK)
    registering.cancel(registration=held, actor=None)
    assert states(first) == [State.WAITLISTED]


def test_an_offer_never_ends_after_the_event_begins(event: Any, at: Any) -> None:
    assert event.begins_at is not None
    at(event.begins_at - timedelta(hours=3))
    role = make_role(event, capacity=1)
    (first,) = wait(event, role)
    waiting.pass_on(event=event)
    first.refresh_from_db()
    assert first.offer_expires_at == event.begins_at


def test_a_full_role_is_passed_over_and_a_full_event_stops_the_line(event: Any) -> None:
    full, free = make_role(event, capacity=0), make_role(event, "designer")
    (blocked,) = wait(event, full)
    first, second = wait(event, free, 2)
    Event.objects.filter(pk=event.pk).update(capacity=1)
    waiting.pass_on(event=event)
    assert states(blocked, first, second) == [State.WAITLISTED, State.OFFERED, State.WAITLISTED]


def test_the_worker_takes_back_what_was_not_taken_and_passes_it_on_once(event: Any, at: Any) -> None:
    assert waiting.tend_offers in registry.ticks
    role = make_role(event, capacity=1)
    first, second = wait(event, role, 2)
    waiting.tend_offers()
    assert states(first, second) == [State.OFFERED, State.WAITLISTED]
    at(NOW + timedelta(hours=event.offer_hours) - timedelta(seconds=1))
    waiting.tend_offers()
    assert states(first) == [State.OFFERED]
    at(NOW + timedelta(hours=event.offer_hours))  # half-open: at the deadline it is too late
    with pytest.raises(waiting.OfferExpired):
        waiting.take_offer(registration=Registration.objects.get(pk=first.pk), actor=None)
    waiting.tend_offers()
    waiting.tend_offers()
    assert states(first, second) == [State.EXPIRED, State.OFFERED]
    assert OutgoingMail.objects.filter(letter="registration_expired").count() == 1
    assert AuditEntry.objects.filter(verb="offer_place").count() == 2


def test_the_reminder_leaves_once_after_three_quarters_of_the_time(event: Any, at: Any) -> None:
    role = make_role(event, capacity=1)
    (first,) = wait(event, role)
    waiting.tend_offers()
    for hours, letters in ((35.9, 0), (36, 1), (40, 1), (48, 1)):
        at(NOW + timedelta(hours=hours))
        waiting.tend_offers()
        waiting.tend_offers()
        assert OutgoingMail.objects.filter(letter="offer_reminder").count() == letters
    assert states(first) == [State.EXPIRED]
    letter = OutgoingMail.objects.get(letter="offer_reminder")
    assert f"/me/{first.pk}/cancel/" in letter.text


def test_what_the_worker_repeats_costs_no_write_when_nothing_is_due(
    event: Any, django_assert_num_queries: Any
) -> None:
    role = make_role(event, capacity=1)
    wait(event, role, 30)
    waiting.tend_offers()
    turns = Event.objects.get(pk=event.pk).turns
    with django_assert_num_queries(7):
        waiting.tend_offers()
    assert Event.objects.get(pk=event.pk).turns == turns


def test_one_event_that_fails_keeps_no_other_waiting(
    event: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    other = make_event()
    wait(event, make_role(event))
    (first,) = wait(other, make_role(other))
    tend = waiting.tend

    def fail(*, event: Event) -> None:
        if event.pk != other.pk:
            raise RuntimeError("broken")
        tend(event=event)

    monkeypatch.setattr(waiting, "tend", fail)
    waiting.tend_offers()
    assert states(first) == [State.OFFERED]
    assert "could not be looked after" in caplog.text


def test_overbooking_promises_more_places_than_chairs(event: Any) -> None:
    role = make_role(event, capacity=4, attendance_rate=80)
    wait(event, role, 7)
    assert len(waiting.pass_on(event=event)) == 4
    contingents.change_places(event=event, changes={"overbooks": True}, roles={}, actor=None)
    assert Registration.objects.for_event(event).holding_a_place().count() == 5


def test_overbooking_fills_the_venue_with_the_people_expected(event: Any) -> None:
    Event.objects.filter(pk=event.pk).update(capacity=3, overbooks=True)
    sure, unsure = make_role(event, attendance_rate=100), make_role(event, "designer", attendance_rate=50)
    wait(event, sure)
    wait(event, unsure, 5)
    waiting.pass_on(event=event)
    assert Registration.objects.for_event(event).holding_a_place().count() == 5  # 1 × 100 % + 4 × 50 %


def test_reminders_to_confirm_are_written_once_a_day_each(event: Any, at: Any) -> None:
    role = make_role(event)
    make_registration(event, role, state=State.ACCEPTED)
    make_registration(event, role, state=State.ACCEPTED, person=make_person(event, email=""))
    make_registration(event, role, state=State.CONFIRMED)
    assert reminding.to_remind(event).count() == 1
    assert reminding.remind_unconfirmed(event=event, actor=None) == 1
    assert reminding.to_remind(event).count() == 0
    assert reminding.remind_unconfirmed(event=event, actor=None) == 0
    at(NOW + timedelta(days=1))
    assert reminding.remind_unconfirmed(event=event, actor=None) == 1
    assert AuditEntry.objects.filter(verb="remind_unconfirmed").count() == 2
