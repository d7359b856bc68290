"""Teams that people make by themselves: founded, joined by code, left; asked, invited, answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hackathon.enums import WindowKind
from hackathon.models import OutgoingMail, Window
from hackathon.tests.factories import make_registration, make_role
from teams.domain import joining, recruiting
from teams.enums import AskState
from teams.models import Ask, Membership, Search, Team
from teams.tests.factories import announce_now, make_crowd, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at):
    found = make_crowd(0)
    at(Window.objects.get(event=found, kind=WindowKind.ROSTER).opens_at)
    return found


@pytest.fixture
def person(event):
    return lambda **fields: make_registration(event, fields.pop("role", None), state="accepted", **fields)


def founded(registration, name="", theme=None):
    return joining.found_team(
        registration=registration, theme=theme or registration.event.themes.first(), name=name, actor=None
    )


def in_team(team):
    return set(Membership.objects.current().in_team(team).registration_ids())


def test_founder_leads_a_team_at_the_first_free_table(event, person):
    make_team(event, number=1)
    make_team(event, number=3)
    team = founded(person(), "Les voisins")
    assert (team.number, team.name) == (2, "Les voisins")
    assert Membership.objects.current().in_team(team).get().is_captain


def test_founder_sees_the_team_before_teams_are_announced(event, person):
    team = founded(person())
    assert Membership.objects.in_team(team).known_to_members().exists()
    placed = make_team(event)
    assert not Membership.objects.in_team(placed).known_to_members().exists()


def test_code_seats_whoever_has_it_whatever_the_spaces_and_case(event, person):
    team, newcomer = founded(person()), person()
    spoken = " ".join(team.invitation_code).lower()
    joining.join_by_code(event=event, code=spoken, registration=newcomer, actor=None)
    joining.join_by_code(event=event, code=spoken, registration=newcomer, actor=None)
    assert newcomer.pk in in_team(team)


def test_old_code_opens_nothing(event, person):
    team = founded(person())
    old = team.invitation_code
    joining.renew_code(team=team, actor=None)
    with pytest.raises(joining.JoiningRefused, match="code"):
        joining.join_by_code(event=event, code=old, registration=person(), actor=None)


def test_code_of_another_event_opens_nothing(event, person, at):
    other = make_crowd(0)
    stranger = make_registration(other, state="accepted")
    team = joining.found_team(registration=stranger, theme=other.themes.first(), actor=None)
    with pytest.raises(joining.JoiningRefused):
        joining.join_by_code(event=event, code=team.invitation_code, registration=person(), actor=None)


def test_full_team_takes_nobody_more(event, person):
    team = make_team(event, people=event.team_size_max)
    with pytest.raises(joining.TeamFull):
        joining.take_seat(team=team, registration=person(), actor=None)
    assert len(in_team(team)) == event.team_size_max


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "offered", "cancelled"])
def test_only_somebody_with_a_place_takes_part(event, state):
    fields = {"offer_expires_at": event.windows.first().closes_at} if state == "offered" else {}
    with pytest.raises(joining.JoiningRefused):
        founded(make_registration(event, state=state, **fields))


def test_nobody_sits_in_two_teams(event, person):
    one = person()
    first, second = founded(one), founded(person())
    with pytest.raises(joining.HasTeam):
        joining.take_seat(team=second, registration=one, actor=None)
    assert in_team(first) == {one.pk}


def test_seat_that_was_planned_and_not_announced_gives_way(event, person):
    one = person()
    planned = make_team(event, people=[one, person()])
    team = founded(one)
    assert in_team(team) == {one.pk}
    assert one.pk not in in_team(planned)


def test_announced_seat_does_not_give_way(event, person):
    one = person()
    make_team(event, people=[one])
    announce_now(event)
    one.event.refresh_from_db()
    with pytest.raises(joining.HasTeam):
        founded(one)


@pytest.mark.parametrize("is_early", [True, False])
def test_rosters_are_shut_outside_their_window(event, person, at, is_early):
    team, late = founded(person()), person()
    window = Window.objects.get(event=event, kind=WindowKind.ROSTER)
    at(window.opens_at - timedelta(seconds=1) if is_early else window.closes_at)
    for act in (
        lambda: founded(late),
        lambda: joining.take_seat(team=team, registration=late, actor=None),
        lambda: recruiting.look_for_team(registration=late, actor=None),
        lambda: recruiting.invite(team=team, email="a@example.org", actor=None),
        lambda: joining.leave_own_team(
            registration=Membership.objects.in_team(team).first().registration, reason="parti", actor=None
        ),
    ):
        with pytest.raises(joining.RostersClosed):
            act()


def test_leaving_needs_a_reason_and_gives_the_lead_to_another(event, person):
    captain, other = person(), person()
    team = founded(captain)
    joining.take_seat(team=team, registration=other, actor=None)
    with pytest.raises(joining.JoiningRefused):
        joining.leave_own_team(registration=captain, reason="  ", actor=None)
    joining.leave_own_team(registration=captain, reason="je rentre", actor=None)
    assert Membership.objects.current().in_team(team).captains().get().registration == other


def test_team_that_nobody_is_left_in_is_dissolved(event, person):
    founder = person()
    team = founded(founder)
    joining.leave_own_team(registration=founder, reason="seul", actor=None)
    assert Team.objects.get(pk=team.pk).dissolved_at
    assert founded(founder).number == team.number


def test_captain_is_asked_and_says_yes(event, person):
    captain, asker = person(), person()
    team = founded(captain)
    recruiting.look_for_people(team=team, is_recruiting=True, actor=None)
    ask = recruiting.ask_to_join(team=team, registration=asker, message="Je code", actor=None)
    assert recruiting.ask_to_join(team=team, registration=asker, actor=None) == ask
    assert OutgoingMail.objects.filter(letter="team_request", person=captain.person).count() == 1
    recruiting.answer(ask=ask, is_yes=True, actor=None)
    assert asker.pk in in_team(team)
    assert OutgoingMail.objects.filter(letter="team_accepted", person=asker.person).count() == 1


def test_team_that_looks_for_nobody_is_not_asked(event, person):
    with pytest.raises(recruiting.RecruitingRefused):
        recruiting.ask_to_join(team=founded(person()), registration=person(), actor=None)


def test_accepting_one_invitation_overtakes_the_other(event, person):
    one, two, guest = founded(person()), founded(person()), person()
    Search.objects.create(registration=guest)
    first, second = (
        recruiting.invite(team=team, email=guest.person.email, actor=None) for team in (one, two)
    )
    assert first is not None
    assert second is not None
    recruiting.answer(ask=first, is_yes=True, actor=None)
    second.refresh_from_db()
    assert second.state == AskState.OVERTAKEN
    assert not Search.objects.of_registration(guest).exists()
    with pytest.raises(recruiting.RecruitingRefused):
        recruiting.answer(ask=second, is_yes=True, actor=None)
    assert in_team(two).isdisjoint({guest.pk})


def test_yes_to_a_team_that_filled_up_is_refused_and_can_be_answered_otherwise(event, person):
    team = make_team(event, people=event.team_size_max - 1)
    ask = Ask.objects.create(team=team, registration=person())
    joining.take_seat(team=team, registration=person(), actor=None)
    with pytest.raises(joining.TeamFull):
        recruiting.answer(ask=ask, is_yes=True, actor=None)
    ask.refresh_from_db()
    assert ask.state == AskState.WAITING
    recruiting.answer(ask=ask, is_yes=False, actor=None)


def test_inviting_an_address_never_tells_who_is_registered(event, person):
    team = founded(person())
    assert recruiting.invite(team=team, email="personne@example.org", actor=None) is None
    assert not Ask.objects.exists()


def test_what_was_taken_back_cannot_be_accepted(event, person):
    team = make_team(event, is_recruiting=True)
    ask = recruiting.ask_to_join(team=team, registration=person(), actor=None)
    recruiting.take_back(ask=ask, actor=None)
    recruiting.take_back(ask=ask, actor=None)
    with pytest.raises(recruiting.RecruitingRefused):
        recruiting.answer(ask=ask, is_yes=True, actor=None)


def test_private_role_is_never_looked_for_by_name(event, person):
    team = founded(person())
    hidden = make_role(event, "recherche", is_private=True)
    shown = make_role(event, "graphiste")
    recruiting.look_for_people(team=team, is_recruiting=True, roles=[hidden, shown], actor=None)
    assert list(team.wanted_roles.all()) == [shown]


def test_order_of_seekers_tells_no_role_that_is_not_shown(event, person):
    role = make_role(event, "graphiste")
    hidden, shown = person(role=role), person(role=role, shows_role=True)
    searches = [Search.objects.create(registration=one) for one in (hidden, shown)]
    ordered = recruiting.matching_first(searches, {role.pk}, of="shown")
    assert [search.registration for search in ordered] == [shown, hidden]
    assert recruiting.matching_first(searches[:1], {role.pk}, of="shown") == searches[:1]
