"""Organisers' second factor: required when one of them says so, removed by another, and never a way to lock up."""

import pytest
from allauth.mfa.models import Authenticator

from hackathon.domain import staffing
from hackathon.enums import DutyKind
from hackathon.models import Account, AuditEntry, OutgoingMail
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def again(account):
    return Account.objects.get(pk=account.pk)


def with_factor(account):
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    return again(account)


@pytest.fixture
def event():
    return factories.make_event()


def test_whoever_has_none_cannot_require_it(event):
    organiser = factories.make_staff(event)
    with pytest.raises(staffing.SecondFactorRefused):
        staffing.require_second_factor(event=event, actor=organiser)
    event.refresh_from_db()
    assert not event.requires_second_factor


def test_while_required_an_organiser_without_one_has_no_right(event):
    careless, careful = factories.make_staff(event), with_factor(factories.make_staff(event))
    staffing.require_second_factor(event=event, actor=careful)
    assert careful.has_perm("hackathon.see_tower", event)
    for permission in ("see_tower", "see_registrations", "work_at_desk", "change_staff", "see_mail"):
        assert not again(careless).has_perm(f"hackathon.{permission}", event)
    assert with_factor(careless).has_perm("hackathon.see_tower", event)
    desk = factories.make_staff(event, DutyKind.DESK)
    assert desk.has_perm("hackathon.work_at_desk", event)
    staffing.stop_requiring_second_factor(event=event, actor=careful)
    assert AuditEntry.objects.filter(verb__endswith="second_factor").count() == 2


def test_recovery_codes_alone_are_no_second_factor(event):
    organiser = factories.make_staff(event)
    Authenticator.objects.create(user=organiser, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not again(organiser).has_second_factor


def test_requirement_of_one_event_says_nothing_about_another(event):
    other = factories.make_event(requires_second_factor=True)
    organiser = factories.make_staff(event)
    other.duties.create(account=organiser, kind=DutyKind.ORGANISER)
    assert organiser.has_perm("hackathon.see_tower", event)
    assert not organiser.has_perm("hackathon.see_tower", other)


def test_lost_device_is_removed_by_another_organiser_and_told_by_letter(event):
    lost, helper = (with_factor(factories.make_staff(event)) for _ in range(2))
    staffing.reset_second_factor(event=event, account=lost, actor=helper)
    assert not again(lost).has_second_factor
    assert OutgoingMail.objects.get(to=lost.email).letter == "second_factor_removed"
    assert AuditEntry.objects.get(verb="reset_second_factor").actor == helper
    with pytest.raises(staffing.SecondFactorRefused):
        staffing.reset_second_factor(event=event, account=lost, actor=helper)


def test_nobody_removes_what_is_not_theirs_to_remove(event):
    lost, helper = with_factor(factories.make_staff(event)), factories.make_staff(event)
    stranger = with_factor(factories.make_staff(factories.make_event()))
    for account, actor in ((lost, helper), (lost, lost), (stranger, lost)):
        with pytest.raises(staffing.SecondFactorRefused):
            staffing.reset_second_factor(event=event, account=account, actor=actor)
    assert Authenticator.objects.count() == 2
