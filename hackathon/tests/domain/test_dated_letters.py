"""Letters that leave by the calendar: on their day, at their hour, once, to those who come."""

from datetime import UTC, datetime

import pytest

from hackathon.domain import dated_letters, letter_texts
from hackathon.enums import RegistrationState
from hackathon.kit.registry import registry
from hackathon.models import OutgoingMail
from hackathon.tests.factories import make_event, make_person, make_registration

pytestmark = pytest.mark.django_db

#: 9:00 in Paris, a week before the 18th, and the day before.
WEEK_BEFORE = datetime(2016, 11, 11, 8, 0, tzinfo=UTC)
DAY_BEFORE = datetime(2016, 11, 17, 8, 0, tzinfo=UTC)


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def luce(event):
    return make_registration(event, person=make_person(event, "Luce", "Lopes", email="luce@example.org"))


def kinds():
    return sorted(OutgoingMail.objects.values_list("letter", flat=True))


def test_practical_information_leaves_a_week_before_at_nine_and_once(luce, at):
    at(WEEK_BEFORE.replace(hour=7, minute=59))
    assert dated_letters.write_due() == 0
    at(WEEK_BEFORE)
    assert dated_letters.write_due() == 1
    assert dated_letters.write_due() == 0
    letter = OutgoingMail.objects.get()
    assert "18 et 19 novembre 2016" in letter.text
    assert "/programme/" in letter.text


def test_code_leaves_the_day_before_with_its_picture(luce, at):
    at(DAY_BEFORE)
    dated_letters.write_due()
    letter = OutgoingMail.objects.get(letter="your_code")
    assert luce.code in letter.text
    assert letter.code.endswith(f"/desk/?q={luce.code}")


def test_only_those_who_come_and_have_an_address_are_written_to(event, luce, at):
    make_registration(event, person=make_person(event, email=""))
    for state in set(RegistrationState.values) - {"accepted", "confirmed"}:
        more = {"offer_expires_at": DAY_BEFORE} if state == "offered" else {}
        make_registration(event, state=state, **more)
    at(WEEK_BEFORE)
    assert dated_letters.write_due() == 1


def test_somebody_accepted_later_still_gets_them_and_nobody_after_the_event(event, luce, at):
    at(datetime(2016, 11, 18, 9, 0, tzinfo=UTC))
    dated_letters.write_due()
    assert kinds() == ["practical_information", "your_code"]
    make_registration(event)
    at(datetime(2016, 11, 19, 9, 0, tzinfo=UTC))
    assert dated_letters.write_due() == 1
    make_registration(event)
    at(datetime(2016, 11, 20, 9, 0, tzinfo=UTC))
    assert dated_letters.write_due() == 0


def test_erased_person_s_letter_keeps_nobody_from_theirs(event, luce, at):
    at(WEEK_BEFORE)
    dated_letters.write_due()
    OutgoingMail.objects.update(person=None, to="")
    make_registration(event)
    assert dated_letters.write_due() == 1


def test_letter_that_is_switched_off_does_not_leave(event, luce, at):
    kind = registry.letters["practical_information"]
    letter_texts.switch(event=event, kind=kind, is_on=False, actor=None)
    at(WEEK_BEFORE)
    assert dated_letters.write_due() == 0
    letter_texts.switch(event=event, kind=kind, is_on=True, actor=None)
    assert dated_letters.write_due() == 1


def test_demonstration_writes_nothing_by_date(luce, at):
    type(luce.event).objects.update(is_demo=True)
    at(WEEK_BEFORE)
    assert dated_letters.write_due() == 0
