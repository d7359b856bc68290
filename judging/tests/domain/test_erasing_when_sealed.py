"""Erasing people after the results are sealed: the seal holds, the totals stay, and nothing finds them any more."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Sum

from hackathon.domain import privacy
from hackathon.models import AuditEntry, BadgePrint, OutgoingMail, Person, ReplacedCode
from judging.domain import verifying
from judging.models import Juror, Mark
from teams.models import Membership

pytestmark = pytest.mark.django_db


def totals() -> dict[str, Any]:
    return Mark.objects.aggregate(total=Sum("value"))


def test_erasing_a_juror_and_a_participant_leaves_seal_and_totals_as_they_were(results_demo: Any) -> None:
    juror = Juror.objects.for_event(results_demo).exclude(person=None).select_related("person").first()
    member = (
        Membership.objects.for_event(results_demo).current().select_related("registration__person").first()
    )
    assert juror is not None
    assert member is not None
    before = totals()
    for person in (juror.person, member.registration.person):
        privacy.erase_person(person=person, actor=None)
    assert totals() == before
    verification = verifying.verify(results_demo)
    assert verification.is_intact, verification.altered


def test_nothing_about_somebody_erased_is_left_to_find(results_demo: Any) -> None:
    member = (
        Membership.objects.for_event(results_demo).current().select_related("registration__person").first()
    )
    assert member is not None
    registration = member.registration
    ReplacedCode.objects.create(registration=registration, code="lost", reason="Perdu par Xavière Quetsche")
    BadgePrint.objects.update_or_create(registration=registration, defaults={"code": registration.code})
    Person.objects.filter(pk=registration.person_id).update(first_name="Xavière", last_name="Quetsche")
    person = Person.objects.get(pk=registration.person_id)
    email = person.email
    privacy.erase_person(person=person, actor=None)
    assert not ReplacedCode.objects.filter(reason__contains="Quetsche").exists()
    assert not BadgePrint.objects.filter(registration=registration).exists()
    assert not Person.objects.filter(folded_name__contains="quetsche").exists()
    assert not AuditEntry.objects.matching("Quetsche").exists()
    assert not email or not OutgoingMail.objects.filter(to=email).exists()
