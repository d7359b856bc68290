"""Twenty slips made at once for one person: one code is in force at the end, and only that one opens."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from hackathon.domain import passes
from hackathon.models import Event, Pass, Registration
from hackathon.tests.domain.test_registering_race import all_at_once
from hackathon.tests.factories import make_event, make_person, make_registration

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def luce() -> Registration:
    event = make_event()
    return make_registration(event, person=make_person(event, email=""))


def test_one_code_is_in_force_and_it_is_the_last(luce: Registration) -> None:
    codes: list[str] = []
    raised = all_at_once(
        lambda _round, _number: codes.append(
            passes.make_pass(registration=Registration.objects.get(pk=luce.pk), actor=None)
        )
    )
    assert raised == []
    assert len(codes) == 20
    assert Pass.objects.of(luce).in_force().count() == 1
    opened = [code for code in codes if Pass.objects.in_force().opened_by(passes.read(code)).exists()]
    assert len(opened) == 1


def test_without_the_guard_somebody_is_refused(luce: Registration, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: no turn and no transaction, and two codes would be in force: the database refuses the second."""
    import threading

    revoked, real = threading.Barrier(20), passes.new_written_code

    def all_have_revoked(*args: int) -> str:
        revoked.wait(timeout=60)
        return real(*args)

    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    monkeypatch.setattr(passes, "new_written_code", all_have_revoked)
    unguarded = passes.make_pass.__wrapped__
    raised = all_at_once(
        lambda _round, _number: unguarded(registration=Registration.objects.get(pk=luce.pk), actor=None)
    )
    assert raised
    assert all(isinstance(error, (passes.PassRefused, IntegrityError)) for error in raised)
    assert Pass.objects.of(luce).in_force().count() == 1
