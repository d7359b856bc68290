"""One act on many: planned without writing, done once, each checked again, taken back as far as nobody changed it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from hackathon.domain import bulk, bulk_undo, jobs, moving
from hackathon.enums import RegistrationState
from hackathon.models import AuditEntry, Event, OutgoingMail, Registration
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
)

State = RegistrationState


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event(offers_by_itself=False)
    make_role(event, capacity=2)
    return event


def states(*registrations: Registration) -> list[str]:
    found = Registration.objects.in_bulk([registration.pk for registration in registrations])
    return [found[registration.pk].state for registration in registrations]


def people(event: Event) -> Any:
    return Registration.objects.for_event(event).with_people()


def do(event: Event, act: str, *registrations: Registration, **more: Any) -> bulk.Outcome:
    pks = [registration.pk for registration in registrations]
    more.setdefault("batch", str(uuid.uuid4()))
    return bulk.act_on(event=event, act=act, pks=pks, actor=None, **more)


def test_a_plan_says_who_is_skipped_and_why_and_writes_nothing(event: Event) -> None:
    first, second, third = (make_registration(event, state=State.WAITLISTED) for _ in range(3))
    there = make_registration(event, state=State.CONFIRMED)
    silent = make_registration(event, state=State.ACCEPTED, person=make_person(event, email=""))
    plan = bulk.plan(event=event, act="accept", registrations=people(event))
    assert {line.registration.pk: line.why for line in plan.lines} == {
        first.pk: bulk.NO_PLACE,
        second.pk: bulk.NO_PLACE,
        third.pk: bulk.NO_PLACE,
        there.pk: bulk.NOT_FROM_HERE,
        silent.pk: bulk.DONE_ALREADY,
    }
    plan = bulk.plan(event=event, act="cancel", registrations=people(event))
    assert len(plan.done) == 5
    assert plan.letters == 4
    assert plan.done[-1].holds_place, "those who hold a place give it back last"
    assert not AuditEntry.objects.exists()


def test_places_go_to_those_who_came_first_and_never_too_many(event: Event) -> None:
    waiting = [make_registration(event, state=State.WAITLISTED) for _ in range(3)]
    outcome = do(event, "accept", *waiting)
    assert (outcome.done, outcome.skipped) == (2, [(waiting[2].pk, bulk.NO_PLACE)])
    assert states(*waiting) == [State.ACCEPTED, State.ACCEPTED, State.WAITLISTED]


def test_the_same_batch_twice_is_one(event: Event) -> None:
    asked = [make_registration(event, state=State.SUBMITTED) for _ in range(2)]
    batch = str(uuid.uuid4())
    once = do(event, "decline", *asked, batch=batch, reason="Complet")
    moving.waitlist(registration=people(event).get(pk=asked[0].pk), actor=None)
    again = do(event, "decline", *asked, batch=batch, reason="Complet")
    assert (once.done, again.done) == (2, 2)
    assert states(*asked) == [State.WAITLISTED, State.DECLINED]
    assert OutgoingMail.objects.filter(letter="registration_declined").count() == 2
    assert AuditEntry.objects.filter(verb=bulk.HEADER).count() == 1


def test_undo_puts_back_whom_nobody_changed_since_and_writes_to_them(event: Event) -> None:
    kept, changed = (make_registration(event, state=State.CONFIRMED) for _ in range(2))
    outcome = do(event, "cancel", kept, changed, reason="Erreur")
    moving.accept(registration=people(event).get(pk=changed.pk), actor=None)
    moving.cancel(registration=people(event).get(pk=changed.pk), actor=make_account(), reason="malade")
    back = bulk_undo.undo(event=event, batch=outcome.batch, actor=None)
    assert (back.done, back.skipped) == (1, [(changed.pk, bulk.CHANGED_SINCE)])
    assert states(kept, changed) == [State.CONFIRMED, State.CANCELLED]
    assert OutgoingMail.objects.filter(person=kept.person).latest("pk").letter == "registration_accepted"
    bulk_undo.undo(event=event, batch=outcome.batch, actor=None)
    assert AuditEntry.objects.filter(verb=bulk_undo.STEP).count() == 1


def test_undo_never_goes_over_the_number_of_places(event: Event) -> None:
    left, other = (make_registration(event, state=State.ACCEPTED) for _ in range(2))
    outcome = do(event, "decline", left, other, reason="Erreur")
    make_registration(event, state=State.ACCEPTED)
    back = bulk_undo.undo(event=event, batch=outcome.batch, actor=None)
    assert (back.done, [why for _pk, why in back.skipped]) == (1, [bulk.NO_PLACE])
    assert Registration.objects.for_event(event).holding_a_place().count() == 2


def test_undoing_an_unknown_act_is_refused(event: Event) -> None:
    with pytest.raises(bulk_undo.UnknownBatch):
        bulk_undo.undo(event=event, batch=str(uuid.uuid4()), actor=None)


def test_an_offered_person_declined_and_put_back_has_a_deadline_again(event: Event) -> None:
    waiting = make_registration(event, state=State.WAITLISTED)
    do(event, "offer", waiting)
    outcome = do(event, "decline", waiting, reason="Erreur")
    bulk_undo.undo(event=event, batch=outcome.batch, actor=None)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.offer_expires_at is not None) == (State.OFFERED, True)


def test_a_job_takes_up_what_is_left_and_keeps_the_outcome(event: Event) -> None:
    asked = [make_registration(event, state=State.SUBMITTED) for _ in range(4)]
    pks, batch = [one.pk for one in asked], str(uuid.uuid4())
    told: dict[str, Any] = {"event": event, "act": "decline", "pks": pks, "batch": batch, "actor": None}
    job = bulk.start(**told, reason="Complet", title="x")
    assert bulk.start(**told, reason="Complet", title="x").pk == job.pk, "a second click gets the same job"
    bulk._each(event, "decline", pks[:2], batch, None, "Complet", lambda done, total: None)
    assert jobs.run(job_id=str(job.pk))
    outcome = bulk.outcome_of(event, batch)
    assert outcome is not None
    assert (outcome.done, outcome.skipped) == (4, [])
    assert OutgoingMail.objects.count() == 4, "nobody was written to twice"
    job.refresh_from_db()
    assert bulk.where(job).endswith(f"/acts/{batch}/")


def test_a_place_freed_by_the_act_is_not_offered_to_somebody_it_declines_next(at: Any, db: Any) -> None:
    at(DURING_REGISTRATION)
    event = make_event(offers_by_itself=True)
    role = make_role(event, capacity=1)
    holder = make_registration(event, role, state=State.ACCEPTED)
    waits = make_registration(event, role, state=State.WAITLISTED)
    plan = bulk.plan(event=event, act="decline", registrations=people(event))
    do(event, "decline", *plan.done, reason="Annulé")
    assert states(holder, waits) == [State.DECLINED, State.DECLINED]
    assert not OutgoingMail.objects.filter(letter="registration_offered").exists()
