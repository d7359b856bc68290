"""Importing a list: said first, then done along the same path; again changes nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hackathon.domain import registering, roster
from hackathon.enums import RegistrationState as State
from hackathon.models import (
    Event,
    OutgoingMail,
    Person,
    Registration,
    Role,
)
from hackathon.tests.domain.roster.bringing import (
    LUCE,
    bring,
    people,
    rehearse,
    rows,
)
from hackathon.tests.factories import (
    make_event,
    make_registration,
    make_role,
    make_theme,
)


def test_rehearsing_says_everything_and_writes_nothing(event: Event) -> None:
    before = rows()
    rehearsal = rehearse(event, LUCE, "Ana;Sol;ana@example.org;Astronaute;;;;;;")
    assert rehearsal.counts == {"new": 1, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 1}
    assert rehearsal.of_kind("new")[0].state == State.ACCEPTED
    assert "Astronaute" in str(rehearsal.of_kind("refused")[0].reasons[0])
    assert rows() == before


def test_importing_writes_what_was_said_and_again_changes_nothing(event: Event) -> None:
    assert bring(event, LUCE).counts["new"] == 1
    registration = Registration.objects.get()
    assert (registration.person.full_name, registration.role.key) == ("Luce Lopes", "developpeur")
    assert registration.submitted_at.isoformat() == "2016-09-20T08:04:00+00:00"
    assert [choice.theme.title for choice in registration.choices.all()] == ["Local", "Emploi"]
    kept = rows()
    assert bring(event, LUCE).counts == {"new": 0, "changed": 0, "unchanged": 1, "skipped": 0, "refused": 0}
    assert rows() == kept
    assert OutgoingMail.objects.count() == 0


def test_the_latest_answer_wins_and_its_difference_is_shown(event: Event) -> None:
    bring(event, LUCE)
    changed = LUCE.replace("Développeur", "Designer").replace("0102030405", "0600000000")
    rehearsal = rehearse(event, changed)
    found = {change.field: change.after for change in rehearsal.of_kind("changed")[0].differences}
    assert found == {"role": Role.objects.get(key="designer").pk, "phone": "0600000000"}
    roster.import_rows(rehearsal=rehearsal, actor=None)
    registration = Registration.objects.get()
    assert (registration.role.key, registration.person.phone) == ("designer", "0600000000")


def test_a_blank_cell_and_a_missing_column_erase_nothing(event: Event) -> None:
    bring(event, LUCE)
    counts = bring(event, "Luce;Lopes;luce@example.org;Développeur;;Local;;;;").counts
    assert counts["unchanged"] == 1
    assert Registration.objects.get().choices.count() == 2


def test_past_the_places_people_wait_in_the_order_of_their_dates(event: Event) -> None:
    Role.objects.filter(key="developpeur").update(capacity=1)
    late, early = LUCE.replace("20/09", "25/09"), LUCE.replace("Luce;", "Ana;")
    rehearsal = bring(event, late, early)
    assert (rehearsal.counts["new"], rehearsal.counts["refused"], rehearsal.waitlisted) == (2, 0, 1)
    assert Registration.objects.waiting().get().person.first_name == "Luce"


def test_somebody_cancelled_is_not_brought_back(event: Event) -> None:
    bring(event, LUCE)
    registering.cancel(registration=Registration.objects.get(), actor=None)
    rehearsal = bring(event, LUCE.replace("0102030405", "0600000000"))
    assert rehearsal.counts["skipped"] == 1
    assert Registration.objects.get().state == State.CANCELLED
    assert Person.objects.get().phone == "0102030405"


def test_a_role_that_is_full_takes_nobody_over_from_another(event: Event) -> None:
    Role.objects.filter(key="designer").update(capacity=1)
    make_registration(event, Role.objects.get(key="designer"))
    bring(event, LUCE)
    bring(event, LUCE.replace("Développeur", "Designer"))
    luce = Registration.objects.get(person__first_name="Luce")
    assert (luce.role.key, luce.state) == ("designer", State.WAITLISTED)


def test_one_bad_line_keeps_nobody_else_out_unless_asked(event: Event) -> None:
    bad = "Ana;Sol;pas une adresse;Designer;;;;;;"
    before = rows()
    with pytest.raises(roster.ListRefused):
        roster.import_rows(rehearsal=rehearse(event, LUCE, bad), actor=None, all_or_nothing=True)
    assert rows() == before
    assert bring(event, LUCE, bad).counts == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "skipped": 0,
        "refused": 1,
    }
    assert Person.objects.count() == 1


def test_a_failure_half_way_writes_nothing(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows()
    monkeypatch.setattr("hackathon.domain.roster.importing.audit.record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring(event, LUCE)
    assert rows() == before


def test_what_changed_since_the_rehearsal_is_taken_into_account(event: Event) -> None:
    rehearsal = rehearse(event, LUCE)
    bring(event, LUCE)
    assert roster.import_rows(rehearsal=rehearsal, actor=None).counts["unchanged"] == 1
    assert Person.objects.count() == 1


def queries(event: Event, lines: list[str]) -> Counter[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        bring(event, *lines)
    return Counter(query["sql"].split()[0] for query in captured)


def test_twenty_five_and_two_hundred_and_fifty_people_cost_the_same_queries(event: Event) -> None:
    few, many = make_like(event), make_like(event)
    assert queries(few, people(25)) == queries(many, people(250))
    change = [line.replace("010203", "060203") for line in people(250)]
    assert queries(few, change[:25]) == queries(many, change)
    assert queries(few, change[:25]) == queries(many, change)


def make_like(event: Event) -> Event:
    other = make_event()
    for role in event.roles.all():
        make_role(other, role.key, name_fr=role.name_fr)
    make_theme(other, "Local")
    make_theme(other, "Emploi")
    return other


@pytest.mark.slow
def test_ten_thousand_people_go_in_and_again_nothing_changes(event: Event) -> None:
    lines = people(10_000)
    assert bring(event, *lines).counts["new"] == 10_000
    assert bring(event, *lines).counts["unchanged"] == 10_000
    assert Registration.objects.count() == 10_000
