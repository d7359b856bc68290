"""Passes: one code in force per person, shown once, taken back at once."""

import pytest

from hackathon.domain import passes, privacy
from hackathon.models import AuditEntry, Pass
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def luce():
    event = factories.make_event()
    return factories.make_registration(event, person=factories.make_person(event, "Luce", email=""))


def test_code_has_80_bits_and_is_kept_as_a_digest_only(luce):
    code = passes.make_pass(registration=luce, actor=None)
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    kept = Pass.objects.get()
    assert passes.read(code) not in str(kept.__dict__)
    assert code not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "typed",
    [str, str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code.replace('-', '')} "],
    ids=["as printed", "small letters", "spaces", "in one"],
)
def test_code_opens_however_it_is_typed_and_as_often_as_needed(luce, typed):
    code = passes.make_pass(registration=luce, actor=None)
    for _ in range(2):
        assert passes.open_pass(event=luce.event, code=typed(code)).registration == luce
    assert Pass.objects.get().used_at is not None


def test_new_code_takes_the_old_one_back(luce):
    old, new = (passes.make_pass(registration=luce, actor=None) for _ in range(2))
    with pytest.raises(passes.PassRefused):
        passes.open_pass(event=luce.event, code=old)
    assert passes.open_pass(event=luce.event, code=new).registration == luce


@pytest.mark.parametrize("code", ["", "----", "AAAA-BBBB-CCCC-DDDD", "x" * 60])
def test_other_codes_are_refused_in_the_same_words(luce, code):
    passes.make_pass(registration=luce, actor=None)
    with pytest.raises(passes.PassRefused, match="16"):
        passes.open_pass(event=luce.event, code=code)


def test_code_opens_nothing_in_another_event(luce):
    code = passes.make_pass(registration=luce, actor=None)
    with pytest.raises(passes.PassRefused):
        passes.open_pass(event=factories.make_event(), code=code)


def test_what_a_browser_keeps_ends_after_12_hours_or_when_taken_back(luce, at):
    at(factories.DURING_REGISTRATION)
    code = passes.make_pass(registration=luce, actor=None)
    session = passes.kept(passes.open_pass(event=luce.event, code=code))
    assert passes.still_open(session) == {luce.pk}
    at(factories.DURING_REGISTRATION + passes.LASTS)
    assert passes.still_open(session) == frozenset()
    session = passes.kept(passes.open_pass(event=luce.event, code=code))
    assert passes.revoke_pass(registration=luce, actor=None)
    assert passes.still_open(session) == frozenset()
    assert not passes.revoke_pass(registration=luce, actor=None)


def test_erased_person_gets_no_code_and_theirs_is_gone(luce, at):
    at(factories.DURING_REGISTRATION)
    passes.make_pass(registration=luce, actor=None)
    privacy.erase_person(person=luce.person, actor=None)
    assert not Pass.objects.exists()
    luce.refresh_from_db()
    with pytest.raises(passes.PassRefused):
        passes.make_pass(registration=luce, actor=None)
