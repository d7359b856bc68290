"""Twenty people, one last seat; one person, twenty invitations: at the same moment, and again without the guard."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from hackathon.domain import clock, windows
from hackathon.models import Event, Registration
from hackathon.tests import racing
from hackathon.tests.factories import DURING_WORK, make_registration
from teams.domain import joining, recruiting
from teams.enums import AskState
from teams.models import Ask, Membership, Team
from teams.tests.factories import make_crowd, make_team

THREADS = 20
all_at_once = partial(racing.all_at_once, threads=THREADS)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    for letter in ("team_asked", "team_answered"):
        monkeypatch.setattr(f"teams.letters.{letter}", lambda **_: None)  # not what is raced for
    monkeypatch.setattr(clock, "now", lambda event: DURING_WORK)
    monkeypatch.setattr(windows, "rosters_are_open", lambda event: True)
    return make_crowd(0)


def fresh(registration: Registration) -> Registration:
    return Registration.objects.with_people().select_related("event").get(pk=registration.pk)


def test_twenty_for_the_last_seat_make_one_member(event: Event) -> None:
    team = make_team(event, people=event.team_size_max - 1)
    people = [make_registration(event, state="accepted") for _ in range(THREADS)]
    raised = all_at_once(
        lambda number: joining.take_seat(
            team=Team.objects.with_themes().get(pk=team.pk), registration=fresh(people[number]), actor=None
        )
    )
    assert joining.members_of(team) == event.team_size_max
    assert [type(error) for error in raised] == [joining.TeamFull] * (THREADS - 1)


def test_one_person_accepting_twenty_invitations_sits_in_one_team(event: Event) -> None:
    guest = make_registration(event, state="accepted")
    asks = [
        Ask.objects.create(team=make_team(event, people=1), registration=guest, is_invitation=True)
        for _ in range(THREADS)
    ]
    raised = all_at_once(
        lambda number: recruiting.answer(
            ask=Ask.objects.with_people().select_related("registration__event").get(pk=asks[number].pk),
            is_yes=True,
            actor=None,
        )
    )
    assert Membership.objects.current().of_registration(guest).count() == 1
    assert Ask.objects.filter(state=AskState.ACCEPTED).count() == 1
    assert {type(error) for error in raised} == {recruiting.RecruitingRefused}


def test_twenty_teams_founded_at_once_have_twenty_tables(event: Event) -> None:
    people = [make_registration(event, state="accepted") for _ in range(THREADS)]
    theme = event.themes.first()
    assert theme is not None
    raised = all_at_once(
        lambda number: joining.found_team(registration=fresh(people[number]), theme=theme, actor=None)
    )
    assert raised == []
    assert sorted(Team.objects.for_event(event).values_list("number", flat=True)) == list(
        range(1, THREADS + 1)
    )


def test_without_the_guard_the_last_seat_is_taken_twice(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: no turn and no transaction, and everybody counts before anybody sits."""
    team = make_team(event, people=event.team_size_max - 1)
    people = [make_registration(event, state="accepted") for _ in range(THREADS)]
    counted, count = threading.Barrier(THREADS), joining.members_of

    def count_together(subject: Team) -> int:
        found = count(subject)
        counted.wait(timeout=60)
        return found

    monkeypatch.setattr(joining, "members_of", count_together)
    monkeypatch.setattr(type(Event.objects), "take_turn", lambda self, event: None)
    unguarded = joining.take_seat.__wrapped__
    all_at_once(
        lambda number: unguarded(
            team=Team.objects.with_themes().get(pk=team.pk), registration=fresh(people[number]), actor=None
        )
    )
    assert count(team) > event.team_size_max
