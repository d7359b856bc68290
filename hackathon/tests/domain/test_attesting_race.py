"""Twenty downloads of one attestation at the same moment issue one; without the guard somebody gets an error."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError

from hackathon.domain import attesting
from hackathon.models import Attestation, Event, Presence, Registration
from hackathon.tests.domain.test_registering_race import all_at_once
from hackathon.tests.factories import make_event, make_registration

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def present() -> Registration:
    one = make_registration(make_event())
    came = datetime(2016, 11, 18, 8, 0, tzinfo=UTC)
    Presence.objects.create(registration=one, day=one.event.days.first(), half="am", in_at=came)
    return one


def ask(verb: Any, pk: int) -> None:
    verb(registration=Registration.objects.select_related("event", "person", "role").get(pk=pk), actor=None)


def test_asked_for_twenty_times_at_once_it_is_issued_once(present: Registration) -> None:
    raised = all_at_once(lambda _round, _number: ask(attesting.attest, present.pk))
    assert raised == []
    assert Attestation.objects.count() == 1


def test_without_the_guard_the_constraint_has_to_refuse(present: Registration, monkeypatch: Any) -> None:
    """Control: no turn and no transaction, and everybody looks before anybody writes."""
    import threading

    looked, issue = threading.Barrier(20), attesting._issue

    def issue_together(*args: Any) -> Attestation:
        looked.wait(timeout=60)
        return issue(*args)

    monkeypatch.setattr(attesting, "_issue", issue_together)
    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    raised = all_at_once(lambda _round, _number: ask(attesting.attest.__wrapped__, present.pk))
    assert any(isinstance(error, IntegrityError) for error in raised)
    assert Attestation.objects.in_force().count() == 1
