from __future__ import annotations

import pytest

from hackathon.signals import registration_withdrawn
from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event, make_registration
from teams.domain import joining
from teams.domain.joining import JoiningRefused
from teams.models import Membership
from teams.tests.factories import make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(at):
    at(DURING_WORK)
    return make_team(make_event())


def test_name_is_given_without_spare_blanks(team):
    joining.name_team(team=team, name="  Les   Ponts ", actor=None)
    team.refresh_from_db()
    assert team.name == "Les Ponts"


def test_name_of_another_team_is_refused(team):
    make_team(team.event, name="Plateau")
    with pytest.raises(JoiningRefused, match="plateau"):
        joining.name_team(team=team, name="plateau", actor=None)


def test_name_is_settled_at_the_deadline(team, at):
    at(DEADLINE)
    with pytest.raises(JoiningRefused):
        joining.name_team(team=team, name="Too late", actor=None)
    team.refresh_from_db()
    assert team.name == ""


def test_hand_over_leaves_one_captain_and_only_among_members(team):
    other = team.memberships.filter(is_captain=False).first()
    for _ in range(2):
        joining.hand_over(team=team, to=other.registration, actor=None)
        assert team.memberships.get(is_captain=True) == other
    with pytest.raises(JoiningRefused):
        joining.hand_over(team=team, to=make_registration(team.event), actor=None)


def test_withdrawal_frees_the_seat_and_the_team_gets_another_captain(team):
    captain = team.memberships.get(is_captain=True)
    registration_withdrawn.send(sender=None, registration=captain.registration, actor=None)
    assert not Membership.objects.current().of_registration(captain.registration).exists()
    assert team.memberships.current().filter(is_captain=True).count() == 1


def test_lock_is_kept_and_audited_once(team):
    for _ in range(2):
        joining.set_lock(team=team, is_locked=True, actor=None)
    team.refresh_from_db()
    assert team.is_locked
    assert team.event.audit_entries.filter(verb="lock_team").count() == 1
