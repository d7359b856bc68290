"""Attestations: only what the desk recorded, one in force, and a code that says no more than the paper."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from hackathon.domain import attestation_checks, attestation_papers, attesting, privacy
from hackathon.models import Attestation, Event, EventDay, Presence, Registration
from hackathon.tests.factories import make_event, make_person, make_registration, make_role

pytestmark = pytest.mark.django_db
AFTER = datetime(2016, 11, 21, 9, 0, tzinfo=UTC)
DURING = datetime(2016, 11, 18, 13, 0, tzinfo=UTC)


def here(
    registration: Registration, day: EventDay, half: str = "am", *, hour: int = 8, left: Any = None
) -> Presence:
    came = datetime(day.on.year, day.on.month, day.on.day, hour, 0, tzinfo=UTC)
    return Presence.objects.create(registration=registration, day=day, half=half, in_at=came, out_at=left)


@pytest.fixture
def present(at: Any) -> Registration:
    at(AFTER)
    event = make_event()
    role = make_role(event, "demandeur", is_private=True, attestation_wording_fr="chercheuse d’emploi")
    one = make_registration(event, role, person=make_person(event, "Jeanne", "Dupont"))
    here(one, event.days.first())
    return one


def test_it_lists_the_half_days_recorded_and_their_hours(present: Registration) -> None:
    _first, second = present.event.days.all()
    leaves = datetime(2016, 11, 19, 9, 30, tzinfo=UTC)
    here(present, second, left=leaves)
    content = attesting.attest(registration=present, actor=None).content
    assert [(half["on"], half["half"], half["since"], half["until"]) for half in content["halves"]] == [
        ("2016-11-18", "am", "09:00", "12:30"),
        ("2016-11-19", "am", "09:00", "10:30"),
    ]
    assert content["minutes"] == 210 + 90
    assert attestation_papers.hours(content["minutes"]).split() == ["5", "h", "00"]


def test_somebody_absent_gets_none(present: Registration) -> None:
    absent = make_registration(present.event)
    with pytest.raises(attesting.NotAttestable):
        attesting.attest(registration=absent, actor=None)
    assert not Attestation.objects.of_registration(absent).exists()


def test_it_can_be_had_once_the_event_is_over_and_earlier_from_an_organiser(
    present: Registration, at: Any
) -> None:
    at(DURING)
    event = Event.objects.get(pk=present.event.pk)
    one = Registration.objects.with_people().get(pk=present.pk)
    one.event = one.person.event = event
    with pytest.raises(attesting.TooEarly):
        attesting.attest(registration=one, actor=None)
    assert attesting.attest(registration=one, actor=None, early=True).content["minutes"] == 210


def test_asked_for_twice_it_is_the_same(present: Registration) -> None:
    first = attesting.attest(registration=present, actor=None)
    assert attesting.attest(registration=present, actor=None) == first
    assert Attestation.objects.count() == 1


def test_a_corrected_record_replaces_it(present: Registration) -> None:
    first = attesting.attest(registration=present, actor=None)
    here(present, present.event.days.last(), "pm", hour=13)
    second = attesting.attest(registration=present, actor=None)
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert second.revoked_at is None
    assert second.code != first.code
    assert said(first.code)["status"] == "superseded"
    assert said(second.code)["status"] == "valid"


def said(code: str) -> dict[str, Any]:
    answer = attestation_checks.attestation_of(code)
    assert answer is not None
    return answer[1]


def test_a_role_is_printed_only_where_it_is_asked_for(present: Registration) -> None:
    made = attesting.attest(registration=present, actor=None)
    assert attestation_papers.paper(made, present, language="fr").capacity == ""
    named = attestation_papers.paper(made, present, language="fr", says_capacity=True)
    assert named.capacity == "chercheuse d’emploi"
    assert "emploi" not in str(made.content["halves"])
    assert present.role.name not in str(made.content)


def test_everybodys_are_neutral_in_a_fixed_number_of_reads(
    present: Registration, django_assert_num_queries: Any
) -> None:
    event = Event.objects.get(pk=present.event.pk)
    attesting.attest_everybody(event=event, actor=None)
    for _number in range(5):
        here(make_registration(event), event.days.first())
    papers = attesting.attest_everybody(event=Event.objects.get(pk=event.pk), actor=None)
    assert len(papers) == 6
    assert {paper.capacity for paper in papers} == {""}
    fresh = Event.objects.get(pk=event.pk)
    with django_assert_num_queries(7):  # savepoint and its release, turn, presences, days, in force, people
        attesting.attest_everybody(event=fresh, actor=None)


def test_the_code_says_no_more_than_initials(present: Registration) -> None:
    made = attesting.attest(registration=present, actor=None)
    answer = said(made.code)
    assert answer["initials"] == "J… D…"
    assert attestation_checks.attestation_of("A" * 16) is None


def test_erasing_the_person_leaves_a_code_that_confirms_nothing(present: Registration) -> None:
    made = attesting.attest(registration=present, actor=None)
    privacy.erase_person(person=present.person, actor=None)
    answer = said(made.code)
    assert answer["status"] == "erased"
    assert answer["initials"] == ""
    assert answer["halves"] == []
    made.refresh_from_db()
    assert made.content == {}
    again = Registration.objects.with_people().get(pk=present.pk)
    again.event = again.person.event = present.event
    with pytest.raises(attesting.NotAttestable):
        attesting.attest(registration=again, actor=None)


def test_new_hours_are_attested_from_then_on(present: Registration) -> None:
    first = attesting.attest(registration=present, actor=None)
    day = present.event.whole_days[0]
    attesting.change_hours(day=day, actor=None, morning_ends=time(11))
    again = Registration.objects.with_people().get(pk=present.pk)
    again.event = again.person.event = Event.objects.get(pk=present.event.pk)
    second = attesting.attest(registration=again, actor=None)
    assert second != first
    assert second.content["minutes"] == 120
