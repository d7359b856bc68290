"""Teams in a real browser: founded, joined by code and by asking, helped by a mentor, put in order on the board.

Every page on the way is looked at on a phone and on a desk screen, and with axe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hackathon.domain import events, windows
from hackathon.enums import DutyKind, Override
from hackathon.models import Account, Event, Registration, Window
from hackathon.tests.factories import make_account, make_registration, make_staff
from teams.domain import placing
from teams.enums import HelpState
from teams.models import HelpRequest, Membership, Team
from teams.tests.factories import make_crowd, make_plan

from .looking import DESK, PHONE, Eyes, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event() -> Event:
    """Day 2 of an event whose windows are all open by hand, so that no clock has to be moved."""
    yesterday = timezone.localdate() - timedelta(days=1)
    found = events.create_event(
        slug="equipes", organiser_email="odile@example.org", first_day=yesterday, actor=None
    )
    found.is_public = True
    found.save()
    for window in Window.objects.for_event(found):
        windows.override_window(window=window, override=Override.OPEN, reason="essai", actor=None)
    return found


@pytest.fixture
def sees(new_context: Any, live_server: Any) -> Iterator[Callable[..., Eyes]]:
    """`sees(account, size)`: somebody at a browser of that size; at the end, nothing wrong was met on any page."""
    opened: list[Eyes] = []

    def somebody(account: Account, size: dict[str, int] = PHONE) -> Eyes:
        context = new_context(viewport=size)
        opened.append(Eyes(signed_in(context, account, live_server.url).new_page(), live_server.url))
        return opened[-1]

    yield somebody
    assert [line for eyes in opened for line in eyes.found] == []


def participant(event: Event) -> tuple[Account, Registration]:
    account, registration = make_account(), make_registration(event, state="accepted")
    registration.person.account = account
    registration.person.save()
    return account, registration


def member_ids(team: Team) -> set[int]:
    return set(Membership.objects.current().in_team(team).registration_ids())


def test_team_is_founded_joined_by_code_and_by_asking(event: Event, sees: Callable[..., Eyes]) -> None:
    (camille, her), (malik, his), (ana, hers) = (participant(event) for _ in range(3))
    captain = sees(camille)
    page = captain.go("/en/equipes/team/")
    form = page.locator("form[action$='/team/found/']")
    form.locator("[name=name]").fill("Alpha")
    form.locator("[name=theme]").select_option(index=1)
    form.locator("button[type=submit]").click()
    page.wait_for_url("**/people/")
    captain.look()
    team = Team.objects.get(event=event)
    assert (team.name, member_ids(team)) == ("Alpha", {her.pk})
    page.locator("form[action$='/people/look/'] [name=looking_for]").fill("Somebody who draws")
    page.locator("form[action$='/people/look/'] [name=is_recruiting]").check()
    page.locator("form[action$='/people/look/'] button[type=submit]").click()
    captain.look()

    page = sees(malik).go("/en/equipes/team/")
    form = page.locator("form[action$='/team/join/']")
    form.locator("[name=code]").fill(team.invitation_code)
    form.locator("button[type=submit]").click()
    page.wait_for_url(f"**/team/{team.number}/")
    assert member_ids(team) == {her.pk, his.pk}

    asking = sees(ana)
    page = asking.go("/en/equipes/team/")
    page.get_by_text("Ask to join").click()
    page.locator("form[action$='/ask/'] [name=message]").fill("I draw")
    page.locator("form[action$='/ask/'] button[type=submit]").click()
    expect(page.get_by_text("Asked", exact=True)).to_be_visible()
    asking.look()
    page = captain.go(f"/en/equipes/team/{team.number}/people/")
    page.locator("form[action$='/answer/'] button[value=yes]").click()
    captain.look()
    assert member_ids(team) == {her.pk, his.pk, hers.pk}


def test_mentor_takes_and_closes_what_a_team_asks(event: Event, sees: Callable[..., Eyes]) -> None:
    (camille, her) = participant(event)
    team = Team.objects.create(event=event, theme=event.themes.first(), key="T1", number=1)  # type: ignore[misc]
    Membership.objects.create(team=team, registration=her, is_captain=True, told_at=timezone.now())
    asking = sees(camille)
    page = asking.go("/en/equipes/team/1/help/")
    page.locator("main [name=text]").fill("Our page does not load")
    page.get_by_role("button", name="Ask for help").click()
    expect(page.get_by_text("A mentor will come")).to_be_visible()
    asking.look()
    desk = sees(make_staff(event, DutyKind.MENTOR), DESK)
    page = desk.go("/en/equipes/mentors/")
    page.get_by_role("button", name="I am coming").click()
    page.locator("[name=tag]").fill("network")
    desk.look()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("closed.")).to_be_visible()
    desk.look()
    done = HelpRequest.objects.get()
    assert (done.state, done.tag) == (HelpState.CLOSED, "network")


def test_themes_are_put_in_order_by_arrows_and_by_the_handle(event: Event, sees: Callable[..., Eyes]) -> None:
    camille, her = participant(event)
    themes = list(event.themes.order_by("position"))
    eyes = sees(camille, DESK)
    page = eyes.go("/en/equipes/team/wishes/")
    for rank, theme in enumerate(themes[:2], start=1):
        page.select_option(f"[name=theme_{rank}]", str(theme.pk))
    page.locator("[data-row='1'] [data-step='1']").click()
    expect(page.locator("[name=theme_1]")).to_have_value(str(themes[1].pk))
    handle = page.locator("[data-row='1'] .reorder-handle")
    handle.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("[name=theme_1]")).to_have_value(str(themes[0].pk))
    expect(page.locator("[data-row='2'] .reorder-handle")).to_be_focused()
    page.locator("[data-row='1'] [data-step='1']").click()
    eyes.look()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your preferences are saved.")).to_be_visible()
    assert [choice.theme_id for choice in her.choices.order_by("rank")] == [themes[1].pk, themes[0].pk]


def test_person_is_moved_on_the_board_by_keyboard(sees: Callable[..., Eyes]) -> None:
    event = make_crowd(10)
    people = list(Registration.objects.for_event(event).order_by("pk"))
    proposal = make_plan(event, [people[:4], people[4:8]], left_over=people[8:])
    who = str(people[0].pk)
    eyes = sees(make_staff(event), DESK)
    page = eyes.go(f"/en/{event.slug}/tower/teams/proposals/{proposal.pk}/")
    page.locator("[data-board].is-live").wait_for()
    page.locator(f"[data-person='{who}'] a").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_contain_text("The cost")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-team=T2] [data-person='{who}'] a")).to_be_focused()
    eyes.look()
    proposal.refresh_from_db()
    assert placing.team_key_of(proposal, who) == "T2"
