"""Arrivals and departures: once whatever is sent twice, undone exactly, and nobody in who should not be."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from hackathon.domain import consenting, desk, desk_search, registering
from hackathon.domain.walk_in import walk_in
from hackathon.enums import DutyKind, Purpose, RegistrationState, Source
from hackathon.models import AuditEntry, Event, Needs, Presence, Registration
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    DURING_WORK,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)

State = RegistrationState
MORNING = DURING_WORK - timedelta(minutes=48)  # 09:12 in Paris


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(MORNING)
    event = make_event()
    make_role(event)
    return event


@pytest.fixture
def luce(event: Event) -> Registration:
    return make_registration(event, person=make_person(event, "Luce", "Le Bihan-Gaël"))


@pytest.fixture
def volunteer(event: Event) -> Any:
    return make_staff(event, DutyKind.DESK, "ana@example.org")


def scan(registration: Registration, act: str = "check_in", **more: Any) -> desk.Scan:
    return desk.scan(registration=registration, act=act, actor=None, **more)


def presence_of(registration: Registration) -> Presence:
    return Presence.objects.get(registration=registration)


def test_half_days_are_told_by_the_clock_of_the_venue(event: Event) -> None:
    here = desk.half_day(event)
    assert here is not None
    assert (here.number, here.half) == (2, "am")
    assert desk.half_day(event, MORNING.replace(hour=11, minute=59)).half == "am"  # 12:59 in Paris
    assert desk.half_day(event, MORNING.replace(hour=12, minute=0)).half == "pm"
    assert desk.half_day(event, MORNING.replace(day=18, hour=23, minute=30)).number == 2  # 00:30 there
    assert desk.half_day(event, MORNING.replace(day=21)) is None


def test_scan_outside_the_days_of_the_event_is_refused(luce: Registration, at: Any) -> None:
    at(DURING_REGISTRATION)
    with pytest.raises(desk.NotToday):
        scan(luce)
    assert not Presence.objects.exists()


def test_same_scan_twice_is_one_and_says_who_did_it(luce: Registration, volunteer: Any, at: Any) -> None:
    first = desk.scan(registration=luce, act="check_in", actor=volunteer)
    at(MORNING + timedelta(minutes=20))
    second = scan(luce)
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert second.presence.in_at == MORNING
    assert second.entry is not None
    assert second.entry.actor == volunteer
    assert AuditEntry.objects.filter(verb="check_in").count() == 1


@pytest.mark.parametrize(
    "state", [State.WAITLISTED, State.CANCELLED, State.OFFERED, State.SUBMITTED, State.DECLINED]
)
def test_people_without_a_place_are_refused(event: Event, state: str) -> None:
    registration = make_registration(event, state=state, offer_expires_at=MORNING)
    with pytest.raises(desk.NotExpected):
        scan(registration)
    assert not Presence.objects.exists()


def test_cancelled_since_the_card_was_read_is_refused(luce: Registration) -> None:
    stale = Registration.objects.get(pk=luce.pk)
    registering.cancel(registration=luce, actor=None)
    with pytest.raises(desk.NotExpected):
        scan(stale)


def test_repeat_of_a_request_that_was_answered_never_brings_back_who_left(
    luce: Registration, at: Any
) -> None:
    scan(luce, key="one")
    at(MORNING + timedelta(hours=1))
    scan(luce, "check_out")
    at(MORNING + timedelta(hours=2))
    scan(luce, key="one")
    assert presence_of(luce).out_at == MORNING + timedelta(hours=1)
    scan(luce, key="two")  # control: another request is a return
    assert presence_of(luce).out_at is None


def test_scan_kept_on_a_device_counts_at_the_time_it_was_made(luce: Registration, at: Any) -> None:
    at(MORNING + timedelta(hours=5))
    scan(luce, at=MORNING)
    assert (presence_of(luce).in_at, presence_of(luce).half) == (MORNING, "am")


def test_late_scan_older_than_a_departure_does_not_undo_it(luce: Registration, at: Any) -> None:
    scan(luce)
    at(MORNING + timedelta(hours=1))
    scan(luce, "check_out")
    at(MORNING + timedelta(hours=2))
    scan(luce, at=MORNING - timedelta(minutes=30))
    presence = presence_of(luce)
    assert presence.in_at == MORNING - timedelta(minutes=30)
    assert presence.out_at == MORNING + timedelta(hours=1)


def test_scan_from_the_future_counts_now_and_an_absurd_one_is_refused(luce: Registration) -> None:
    scan(luce, at=MORNING + timedelta(days=400))
    assert presence_of(luce).in_at == MORNING
    with pytest.raises(desk.NotToday):
        scan(luce, at=MORNING.replace(year=1))


def test_nobody_leaves_who_did_not_come(luce: Registration) -> None:
    with pytest.raises(desk.NotPresent):
        scan(luce, "check_out")


def test_undo_restores_what_was_there_step_by_step(luce: Registration, at: Any) -> None:
    arrived = scan(luce)
    at(MORNING + timedelta(hours=1))
    left = scan(luce, "check_out")
    at(MORNING + timedelta(hours=2))
    back = scan(luce)
    desk.undo(entry=back.entry, actor=None)
    assert presence_of(luce).out_at == MORNING + timedelta(hours=1)
    with pytest.raises(desk.NotUndoable):  # not the latest
        desk.undo(entry=arrived.entry, actor=None)
    desk.undo(entry=left.entry, actor=None)
    assert presence_of(luce).out_at is None
    with pytest.raises(desk.NotUndoable):  # the same button twice
        desk.undo(entry=left.entry, actor=None)
    desk.undo(entry=arrived.entry, actor=None)
    assert not Presence.objects.exists()


def test_venue_limit_is_hard_at_the_door(event: Event, luce: Registration) -> None:
    Event.objects.filter(pk=event.pk).update(capacity=1)
    event.refresh_from_db()
    other = make_registration(event)
    scan(other)
    luce.event = event
    with pytest.raises(desk.VenueFull):
        scan(luce)
    scan(other, "check_out")
    scan(luce)
    assert presence_of(luce).in_at == MORNING


# --- Finding -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["luce", "LE BIHAN", "gael luce", "lu bih", "lé bïhan‑gaël"])
def test_search_forgives_accents_order_and_halves(event: Event, luce: Registration, text: str) -> None:
    make_registration(event, person=make_person(event, "Ana", "Dupont"))
    assert desk_search.find(event, text, None).people == [luce]


def test_codes_are_read_alone_by_groups_or_in_an_address(event: Event, luce: Registration) -> None:
    code = luce.code
    for text in (
        code,
        f" {code[:4]} {code[4:]} ",
        f"https://x.example/e/desk/?q={code}",
        f"https://x.example/v/{code}/",
        code[:8],
    ):
        assert desk_search.find(event, text, None).people == [luce], text


def test_code_of_another_event_and_unknown_code_are_told_apart(event: Event) -> None:
    elsewhere = make_registration(make_event())
    assert desk_search.find(event, elsewhere.code, None).problem == "other_event"
    assert desk_search.find(event, "A" * 22, None).problem == "unknown_code"
    assert desk_search.find(event, "nobody", None).problem == "nobody"
    assert desk_search.find(event, "", None) == desk_search.Found()


def test_card_says_that_there_is_something_never_what(event: Event, luce: Registration) -> None:
    Needs.objects.create(person=luce.person, diet="sans arachide", access="fauteuil roulant")
    card = desk_search.card(desk_search.find(event, luce.code, None).people[0], None)
    assert len(card.alerts) == 2  # somebody to call, and the image that the form did not agree to
    assert card.lacks_rules
    assert not re.search("arachide|fauteuil|diet|access|régime", " ".join(card.alerts), re.IGNORECASE)
    consenting.give(
        person=luce.person, purposes=[Purpose.RULES, Purpose.IMAGE], source=Source.DESK, actor=None
    )
    card = desk_search.card(desk_search.find(event, luce.code, None).people[0], None)
    assert (len(card.alerts), card.lacks_rules) == (1, False)
    Needs.objects.update(access="")  # what somebody eats is nothing to do at the door
    assert desk_search.card(desk_search.find(event, luce.code, None).people[0], None).alerts == []
    Event.objects.filter(pk=event.pk).update(rules_version="2")
    event.refresh_from_db()
    assert desk_search.card(desk_search.find(event, luce.code, None).people[0], None).lacks_rules


# --- Somebody who was not registered ---------------------------------------------------------------------------------


def come(event: Event, **more: Any) -> desk.Scan:
    fields = {"first_name": "Nour", "last_name": "Haddad", "accepts_rules": True, "actor": None, **more}
    return walk_in(event=event, role=fields.pop("role", event.roles.first()), **fields)


def test_walk_in_is_registered_checked_in_and_has_accepted_the_rules(event: Event) -> None:
    registration = come(event).registration
    assert (registration.state, registration.source) == (State.ACCEPTED, Source.DESK)
    assert presence_of(registration).in_at == MORNING
    assert consenting.missing(registration.person) == []


def test_walk_in_sent_twice_is_one_person_with_or_without_an_address(event: Event) -> None:
    for _ in range(2):
        come(event, key="form-1")
    assert Registration.objects.count() == 1


def test_walk_in_with_another_name_on_the_same_page_is_somebody_else(event: Event) -> None:
    come(event, key="form-1")
    other = come(event, key="form-1", first_name="Nadia", last_name="Petit")
    assert other.registration.person.full_name == "Nadia Petit"
    assert Registration.objects.for_event(event).count() == 2


def test_walk_in_of_a_known_name_asks_whether_it_is_the_same_person(event: Event, luce: Registration) -> None:
    with pytest.raises(registering.AlreadyRegistered) as refusal:
        come(event, first_name="le bihan gael", last_name="LUCE")
    assert refusal.value.details["registration"] == luce
    come(event, first_name="Luce", last_name="Le Bihan-Gaël", is_another=True)
    assert Registration.objects.count() == 2


def test_walk_in_of_a_role_accepted_by_hand_comes_in(event: Event) -> None:
    role = make_role(event, "start-up", is_reviewed=True)
    assert come(event, role=role).registration.state == State.ACCEPTED


@pytest.mark.parametrize(
    ("limit", "refusal"),
    [("event", desk.VenueFull), ("role", registering.NoPlaceLeft), ("rules", registering.RulesNotAccepted)],
)
def test_walk_in_refused_leaves_nothing(
    event: Event, luce: Registration, limit: str, refusal: type[Exception]
) -> None:
    if limit == "event":
        Event.objects.filter(pk=event.pk).update(capacity=1)
    if limit == "role":
        event.roles.update(capacity=1)
    with pytest.raises(refusal):
        come(event, accepts_rules=limit != "rules")
    assert list(Registration.objects.all()) == [luce]
    assert not Presence.objects.exists()
