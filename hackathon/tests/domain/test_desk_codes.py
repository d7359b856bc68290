"""A lost badge opens nothing and says so; a found one is good again unless the new one has served."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hackathon.domain import desk, desk_codes, desk_search
from hackathon.enums import DutyKind
from hackathon.models import AuditEntry, Event, Registration, ReplacedCode
from hackathon.tests.factories import DURING_WORK, make_event, make_registration, make_staff


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_WORK)
    return make_event()


@pytest.fixture
def luce(event: Event) -> Registration:
    return make_registration(event)


@pytest.fixture
def volunteer(event: Event) -> Any:
    return make_staff(event, DutyKind.DESK, "ana@example.org")


def replace(registration: Registration, **more: Any) -> Registration:
    return desk_codes.replace_code(**{"registration": registration, "reason": "lost", "actor": None, **more})


def test_a_replaced_code_opens_nothing_and_says_when_and_by_whom(
    event: Event, luce: Registration, volunteer: Any
) -> None:
    old = luce.code
    replace(luce, actor=volunteer)
    assert luce.code != old
    for text in (old, old[:8], f"https://x.example/desk/?q={old}"):
        found = desk_search.find(event, text, None)
        assert (found.people, found.problem) == ([], "replaced"), text
        assert found.replacement is not None
        assert (found.replacement.by, found.replacement.at) == ("ana@example.org", DURING_WORK)
    assert desk_search.find(event, luce.code, None).people == [luce]


def test_the_record_of_a_replacement_holds_no_code(luce: Registration) -> None:
    old = luce.code
    replace(luce)
    entry = AuditEntry.objects.get(verb="replace_code")
    assert entry.reason == "lost"
    assert old not in str(entry.data)
    assert luce.code not in str(entry.data)


def test_a_code_replaced_in_another_event_is_another_event(event: Event) -> None:
    elsewhere = make_registration(make_event())
    old = elsewhere.code
    replace(elsewhere)
    assert desk_search.find(event, old, None).problem == "other_event"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_asked_for(luce: Registration, reason: str) -> None:
    with pytest.raises(desk_codes.ReasonMissing):
        replace(luce, reason=reason)
    assert not ReplacedCode.objects.exists()


def test_the_same_form_sent_twice_replaces_once(luce: Registration) -> None:
    old = luce.code
    new = replace(luce, expected=old).code
    assert replace(luce, expected=old).code == new
    assert ReplacedCode.objects.count() == 1


def test_a_found_badge_is_good_again_and_the_new_one_is_not(event: Event, luce: Registration) -> None:
    old = luce.code
    new = replace(luce).code
    assert desk_codes.may_restore(luce)
    desk_codes.restore_code(registration=luce, actor=None)
    assert desk_search.find(event, old, None).people == [luce]
    assert desk_search.find(event, new, None).problem == "replaced"
    with pytest.raises(desk_codes.NotRestorable):  # the same button twice
        desk_codes.restore_code(registration=luce, actor=None)


def test_nothing_is_restored_once_somebody_was_scanned_or_without_a_replacement(
    luce: Registration, at: Any
) -> None:
    with pytest.raises(desk_codes.NotRestorable):
        desk_codes.restore_code(registration=luce, actor=None)
    new = replace(luce).code
    at(DURING_WORK + timedelta(minutes=1))
    desk.scan(registration=luce, act="check_in", actor=None)
    with pytest.raises(desk_codes.NotRestorable):
        desk_codes.restore_code(registration=luce, actor=None)
    luce.refresh_from_db()
    assert luce.code == new
