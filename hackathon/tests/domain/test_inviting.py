"""Invitation codes: what they open, how they are counted, why they are refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from hackathon.domain import inviting, registering
from hackathon.enums import RegistrationState
from hackathon.models import Event, InvitationCode, Registration
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_registration, make_role


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are told apart by their words: those of the code."""
    with override("en"):
        yield


@pytest.fixture
def event(db: Any, monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr("hackathon.domain.clock.now", lambda event: DURING_REGISTRATION)
    event = make_event()
    make_role(event, "presse", is_open=False)
    return event


def invitation_of(event: Event, **fields: Any) -> InvitationCode:
    return inviting.make_invitation(event=event, role=event.roles.get(), actor=None, **fields)


def register(
    event: Event, invitation: InvitationCode | None, name: str = "Luce", **more: Any
) -> Registration:
    return registering.register(
        event=event, role=event.roles.get(), first_name=name, last_name="Lopes", email=f"{name}@example.org",
        invitation=invitation, actor=None, **more,
    )  # fmt: skip


def test_a_code_opens_its_closed_role_and_nothing_else_does(event: Event) -> None:
    with pytest.raises(registering.RoleClosed):
        register(event, None)
    invitation = invitation_of(event)
    assert register(event, invitation).invitation == invitation
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_a_code_opens_no_place(event: Event) -> None:
    role = event.roles.get()
    role.capacity = 1
    role.save()
    make_registration(event, role)
    assert register(event, invitation_of(event)).state == RegistrationState.WAITLISTED


def test_a_code_for_another_role_opens_nothing(event: Event) -> None:
    invitation = invitation_of(event)
    other = make_role(event, "autre", is_open=False)
    with pytest.raises(registering.RoleClosed):
        registering.register(
            event=event, role=other, first_name="A", last_name="B", invitation=invitation, actor=None
        )


def test_the_same_form_sent_twice_uses_the_code_once(event: Event) -> None:
    invitation = invitation_of(event, max_uses=1)
    assert register(event, invitation, key="k") == register(event, invitation, key="k")
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_a_use_is_given_back_when_the_registration_is_refused(event: Event) -> None:
    invitation = invitation_of(event, max_uses=2)
    register(event, invitation, key="1")
    with pytest.raises(registering.AlreadyRegistered):
        register(event, invitation, key="2")
    invitation.refresh_from_db()
    assert invitation.uses == 1


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("revoked", "taken back"),
        ("late", "could be used until"),
        ("used", "as often as it could"),
        ("", "not known"),
    ],
)
def test_a_code_that_opens_nothing_says_why(event: Event, what: str, words: str) -> None:
    invitation = invitation_of(event, max_uses=1)
    if what == "revoked":
        assert inviting.revoke_invitation(invitation=invitation, actor=None)
        assert not inviting.revoke_invitation(invitation=invitation, actor=None)
    elif what == "late":
        InvitationCode.objects.update(expires_at=DURING_REGISTRATION)
    elif what == "used":
        InvitationCode.objects.update(uses=1)
    code = invitation.code if what else "NOSUCHCODE"
    with pytest.raises(inviting.CodeRefused, match=words):
        inviting.find_invitation(event, code)
    if what:
        with pytest.raises(inviting.CodeRefused, match=words):
            register(event, invitation)


def test_a_code_is_read_as_people_type_it(event: Event) -> None:
    invitation = invitation_of(event, expires_at=DURING_REGISTRATION + timedelta(seconds=1))
    typed = f" {invitation.code[:5].lower()}-{invitation.code[5:]} "
    assert inviting.find_invitation(event, typed) == invitation


def test_a_code_of_another_event_is_not_known(event: Event) -> None:
    other = make_event()
    make_role(other)
    with pytest.raises(inviting.CodeRefused, match="not known"):
        inviting.find_invitation(other, invitation_of(event).code)
