"""A long list goes in by parts: places exact, others let in between, stopped and taken up again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from hackathon.domain import roster
from hackathon.domain.jobs import Stopped
from hackathon.domain.roster import importing
from hackathon.enums import RegistrationState as State
from hackathon.models import AuditEntry, Event, OutgoingMail, Person, Registration, Role
from hackathon.tests.domain.roster.bringing import LUCE, bring, people, rehearse
from hackathon.tests.factories import make_registration


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PART", 10)
    monkeypatch.setattr(importing, "PART_WITH_LETTERS", 4)
    monkeypatch.setattr(importing, "BREATH", 0)


def stop_at(step: int) -> Any:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > step:
            raise Stopped("assez")

    return tell


def test_parts_write_what_one_transaction_would(event: Event) -> None:
    assert bring(event, *people(35)).counts["new"] == 35
    assert bring(event, *people(35)).counts["unchanged"] == 35
    assert AuditEntry.objects.filter(verb="import_registrations").count() == 2
    assert AuditEntry.objects.filter(verb="register").count() == 35


def test_places_stay_exact_and_go_to_whoever_came_first(event: Event) -> None:
    Role.objects.update(capacity=8)
    lines = [f"{line}{1 + n % 28:02}/09/2016 10:{n:02}" for n, line in enumerate(people(40))]
    rehearsal = rehearse(event, *lines)
    said = {line.line: line.state for line in rehearsal.lines}
    roster.import_rows(rehearsal=rehearsal, actor=None)
    assert {line.line: line.state for line in rehearsal.lines} == said
    for role in Role.objects.all():
        of_role = Registration.objects.in_role(role)
        held = of_role.holding_a_place()
        assert held.count() == 8
        last = max(held.values_list("submitted_at", flat=True))
        assert not of_role.waiting().filter(submitted_at__lt=last).exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_kept_waiting_between_two_parts(event: Event) -> None:
    seen = []

    def tell(done: int, total: int) -> None:
        seen.append((done, Registration.objects.count(), connection.in_atomic_block))

    roster.import_rows(rehearsal=rehearse(event, *people(25)), actor=None, tell=tell)
    assert seen == [(0, 0, False), (10, 10, False), (20, 20, False), (25, 25, False)]


def test_places_taken_by_others_meanwhile_are_not_given_twice(event: Event) -> None:
    Role.objects.filter(key="developpeur").update(capacity=12)
    role = Role.objects.get(key="developpeur")

    def tell(done: int, total: int) -> None:
        if done == 10:  # somebody registers on the public page between two parts
            make_registration(event, role)

    rehearsal = rehearse(event, *people(40))
    assert rehearsal.waitlisted == 8
    roster.import_rows(rehearsal=rehearsal, actor=None, tell=tell)
    assert Registration.objects.in_role(role).holding_a_place().count() == 12
    assert rehearsal.waitlisted == 9


def test_a_stop_says_how_many_went_in_and_the_next_import_goes_on(event: Event) -> None:
    stopped = roster.import_rows(rehearsal=rehearse(event, *people(35)), actor=None, tell=stop_at(2))
    assert (stopped.counts["new"], stopped.not_reached) == (20, 15)
    assert Person.objects.count() == 20
    entry = AuditEntry.objects.get(verb="import_registrations")
    assert (entry.data["new"], entry.data["not_reached"]) == (20, 15)
    again = bring(event, *people(35)).counts
    assert (again["new"], again["unchanged"]) == (15, 20)


def test_a_failure_between_parts_keeps_and_records_what_went_in(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    real = importing.write

    def write(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        real(*arguments)

    monkeypatch.setattr(importing, "write", write)
    with pytest.raises(RuntimeError):
        bring(event, *people(25))
    assert Person.objects.count() == 10
    assert AuditEntry.objects.get(verb="import_registrations").data["not_reached"] == 15


def test_all_or_nothing_is_one_transaction_however_long(event: Event) -> None:
    with pytest.raises(roster.ListRefused):
        roster.import_rows(
            rehearsal=rehearse(event, *people(25), "Ana;Sol;nulle part;Designer;;;;;;"),
            actor=None,
            all_or_nothing=True,
        )
    assert not Person.objects.exists()


def test_what_one_part_changes_the_next_sees(event: Event) -> None:
    bring(event, *people(25))
    Role.objects.filter(key="designer").update(capacity=12)
    changed = [line.replace("Développeur", "Designer") for line in people(25)]
    bring(event, *changed)
    designers = Registration.objects.in_role(Role.objects.get(key="designer"))
    assert designers.count() == 25
    assert designers.holding_a_place().count() == 12


@pytest.mark.parametrize("number", [3, 25])
def test_letters_leave_only_when_asked_and_only_to_the_new(event: Event, number: int) -> None:
    bring(event, LUCE)
    lines = [LUCE, *people(number), "Sans;Adresse;;Designer;;;;;;"]
    rehearsal = rehearse(event, *lines)
    assert rehearsal.to_write_to == number
    roster.import_rows(rehearsal=rehearsal, actor=None, writes_letters=True)
    assert rehearsal.letters == OutgoingMail.objects.count() == number
    roster.import_rows(rehearsal=rehearse(event, *lines), actor=None, writes_letters=True)
    assert OutgoingMail.objects.count() == number
    assert Registration.objects.in_state(State.ACCEPTED).count() == number + 2
