"""Duties: given once, taken back, and never the last organiser's."""

import pytest

from hackathon.domain import staffing
from hackathon.enums import DutyKind
from hackathon.models import Account, AuditEntry, Duty
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def test_duty_makes_the_account_and_is_given_once():
    event = factories.make_event()
    for _ in range(2):
        staffing.give_duty(event=event, email=" Ana@Example.org ", kind=DutyKind.DESK, actor=None, name="Ana")
    duty = Duty.objects.get()
    assert (duty.account.email, duty.account.name, duty.kind) == ("ana@example.org", "Ana", "desk")
    assert AuditEntry.objects.filter(verb="give_duty").count() == 1
    assert not duty.account.has_usable_password()


@pytest.mark.parametrize(("email", "kind"), [("not an address", DutyKind.DESK), ("ana@example.org", "king")])
def test_duty_that_cannot_be_is_refused(email, kind):
    with pytest.raises(staffing.DutyRefused):
        staffing.give_duty(event=factories.make_event(), email=email, kind=kind, actor=None)
    assert not Account.objects.exists()


def test_last_organiser_keeps_the_duty():
    event = factories.make_event()
    factories.make_staff(event)
    duty = Duty.objects.get()
    with pytest.raises(staffing.DutyRefused):
        staffing.take_duty(duty=duty, actor=None)
    factories.make_staff(event)
    staffing.take_duty(duty=duty, actor=None)
    assert Duty.objects.for_event(event).of_kind(DutyKind.ORGANISER).count() == 1
    assert AuditEntry.objects.filter(verb="take_duty").count() == 1
