"""A code that serves once, used by twenty people at the same moment; and the same without the guard, which oversells.

Threads see one another's rows only when they are committed: hence real transactions on the database of the settings.
"""

from __future__ import annotations

import threading

import pytest

from hackathon.domain import inviting, registering
from hackathon.models import Event, InvitationCode, Registration
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_role

from .test_registering_race import THREADS, all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr("hackathon.letters.registration_news", lambda **_: None)  # not what is raced for
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: DURING_REGISTRATION)
    event = make_event()
    make_role(event, "presse", is_open=False)
    return event


def invitation_of(event: Event) -> InvitationCode:
    return inviting.make_invitation(event=event, role=event.roles.get(), max_uses=1, actor=None)


def test_one_use_asked_for_by_twenty_registers_one(event: Event) -> None:
    invitation = invitation_of(event)
    assert len(_race(event, invitation)) == THREADS - 1
    invitation.refresh_from_db()
    assert (invitation.uses, Registration.objects.count()) == (1, 1)


def test_without_the_guard_the_code_is_oversold(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: uses are read by everybody, then written by each, outside the event's turn."""
    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    monkeypatch.setattr(registering, "register", registering.register.__wrapped__)  # no transaction
    read = threading.Barrier(THREADS)

    def read_then_write(event: Event, invitation: InvitationCode) -> None:
        uses = InvitationCode.objects.get(pk=invitation.pk).uses
        read.wait(timeout=60)
        InvitationCode.objects.numbered(invitation.pk).update(uses=uses + 1)

    monkeypatch.setattr(inviting, "take_use", read_then_write)
    invitation = invitation_of(event)
    assert _race(event, invitation) == []
    assert Registration.objects.count() > 1


def _race(event: Event, invitation: InvitationCode) -> list[inviting.CodeRefused]:
    refused: list[inviting.CodeRefused] = []

    def one(_round: int, number: int) -> None:
        try:
            registering.register(
                event=Event.objects.get(pk=event.pk), role=event.roles.get(), first_name=f"p{number}", last_name="Lopes",
                email=f"p{number}@example.org", invitation=invitation, actor=None,
            )  # fmt: skip
        except inviting.CodeRefused as refusal:
            refused.append(refusal)

    assert all_at_once(one) == []
    return refused
