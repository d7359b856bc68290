"""Places at a glance: figures, catering by day, settings and their effect before they are saved."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from hackathon.domain import contingents
from hackathon.domain.furnishing import SetupRefused
from hackathon.enums import Half, RegistrationState
from hackathon.models import AuditEntry, Presence, Registration
from hackathon.tests.factories import (
    DAY_1,
    DAY_2,
    DURING_REGISTRATION,
    DURING_WORK,
    make_event,
    make_registration,
    make_role,
)

State = RegistrationState
pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at: Any) -> Any:
    at(DURING_REGISTRATION)
    return make_event()


def test_catering_follows_the_rate_of_each_role_and_who_skips_a_day(event: Any) -> None:
    role, sure = make_role(event, attendance_rate=50), make_role(event, "designer", attendance_rate=100)
    for skipped in ({}, {}, {str(DAY_2): False}, {str(DAY_2): True}):
        make_registration(event, role, day_intentions=skipped)
    make_registration(event, sure, state=State.ACCEPTED, day_intentions={str(DAY_1): False})
    make_registration(event, sure, state=State.WAITLISTED)
    make_registration(event, sure, state=State.OFFERED, offer_expires_at=DURING_REGISTRATION)
    days = [day.on for day in event.whole_days]
    assert contingents.expected_by_day(event) == [(days[0], Fraction(2)), (days[1], Fraction(5, 2))]


def test_each_role_says_what_it_holds_and_what_is_beyond_its_limit(event: Any) -> None:
    role = make_role(event, capacity=1, attendance_rate=50)
    make_registration(event, role)
    make_registration(event, role, state=State.ACCEPTED)
    make_registration(event, role, state=State.WAITLISTED)
    make_registration(event, role, state=State.SUBMITTED)
    (row,) = contingents.contingents(event)
    assert (row.held, row.confirmed, row.waiting, row.to_review) == (2, 1, 1, 1)
    assert (row.most, row.free, row.excess, row.expected) == (1, 0, 1, 1)


def test_effect_is_what_saving_does_and_writes_nothing(event: Any) -> None:
    role = make_role(event, capacity=0)
    for minute in range(5):
        make_registration(
            event, role, state=State.WAITLISTED, submitted_at=DURING_REGISTRATION + timedelta(minutes=minute)
        )
    settings: dict[str, Any] = {
        "changes": {"overbooks": True, "capacity": 3},
        "roles": {role.pk: {"capacity": 2}},
    }
    effect = contingents.effect_of(event, *settings.values())
    assert (effect.total, dict(effect.reached)) == (2, {role.pk: 2})
    assert not AuditEntry.objects.exists()
    assert len(contingents.change_places(event=event, actor=None, **settings)) == 2
    assert AuditEntry.objects.get(verb="set_places").data["changed"] == {
        "overbooks": [False, True],
        "capacity": [None, 3],
    }


def test_lowering_a_limit_takes_no_place_and_lets_nobody_in(event: Any) -> None:
    role = make_role(event, capacity=3)
    for _ in range(3):
        make_registration(event, role)
    make_registration(event, role, state=State.WAITLISTED)
    assert contingents.effect_of(event, {}, {role.pk: {"capacity": 1}}).excess == {role.pk: 2}
    contingents.change_places(event=event, changes={}, roles={role.pk: {"capacity": 1}}, actor=None)
    assert Registration.objects.holding_a_place().count() == 3
    assert contingents.effect_of(event).total == 0


def test_settings_that_make_no_sense_are_refused(event: Any) -> None:
    with pytest.raises(SetupRefused):
        contingents.change_places(event=event, changes={"offer_hours": 0}, roles={}, actor=None)
    with pytest.raises(TypeError):
        contingents.change_places(event=event, changes={"slug": "other"}, roles={}, actor=None)


def test_present_and_absent_are_read_from_the_desk(event: Any, at: Any) -> None:
    role = make_role(event)
    came, missing = make_registration(event, role), make_registration(event, role, state=State.ACCEPTED)
    make_registration(event, role, state=State.CANCELLED)
    day, last = event.whole_days
    Presence.objects.create(registration=came, day=day, half=Half.MORNING, in_at=DURING_WORK)
    everybody = Registration.objects.for_event(event)
    assert list(everybody.present_on(day, Half.MORNING)) == [came]
    assert not everybody.present_on(day, Half.AFTERNOON)
    assert list(everybody.unseen_on(day, Half.MORNING)) == [missing]
    assert not everybody.absent_on(day, Half.MORNING)  # it is not over
    at(last.ends_at(Half.AFTERNOON) - timedelta(seconds=1))
    assert list(everybody.absent_on(day, Half.MORNING)) == [missing]
    assert not everybody.absent_so_far(event)
    assert not missing.is_absent
    at(last.ends_at(Half.AFTERNOON))
    assert list(everybody.absent_so_far(event)) == [missing]
    assert missing.is_absent
    assert not came.is_absent


def test_an_event_without_days_is_never_over(event: Any) -> None:
    event.days.all().delete()
    assert event.begins_at is None
    assert not event.is_over
