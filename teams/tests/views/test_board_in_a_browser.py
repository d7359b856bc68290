"""The board in a real browser: dragged with the mouse, moved by keyboard alone, two organisers at once, axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from hackathon.models import Registration
from hackathon.tests.factories import make_staff
from teams.domain import placing
from teams.models import Proposal
from teams.tests.factories import make_crowd, make_plan

pytestmark = pytest.mark.django_db(transaction=True)

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}


@pytest.fixture
def proposal() -> Proposal:
    event = make_crowd(10)
    people = list(Registration.objects.for_event(event).order_by("pk"))
    return make_plan(event, [people[:4], people[4:8]], left_over=people[8:])


@pytest.fixture
def opens(
    new_context: Any, live_server: Any, settings: Any, proposal: Proposal
) -> Iterator[Callable[..., Any]]:
    """`opens(size)`: one more organiser at the board, in a browser of their own; no script may fail there."""
    trouble: list[str] = []

    def somebody(size: dict[str, int] = DESK, **context: Any) -> Any:
        client = Client()
        client.force_login(make_staff(proposal.event), backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        browser = new_context(viewport=size, **context)
        browser.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = browser.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"{live_server.url}/en/{proposal.event.slug}/tower/teams/proposals/{proposal.pk}/")
        page.locator("[data-board].is-live").wait_for()
        return page

    yield somebody
    assert trouble == []


def chip(page: Any, person: str) -> Any:
    return page.locator(f"[data-person='{person}']")


def team_of(proposal: Proposal, person: str) -> str | None:
    proposal.refresh_from_db()
    return placing.team_key_of(proposal, person)


def first_of(proposal: Proposal, team: int) -> str:
    return proposal.plan["teams"][team]["people"][0]


def test_person_is_dragged_and_the_effect_is_shown_before_it_is_kept(opens: Any, proposal: Proposal) -> None:
    page, person = opens(), first_of(proposal, 0)
    chip(page, person).drag_to(page.locator("[data-team=T2] h3"))
    panel = page.locator("dialog[open]")
    expect(panel).to_contain_text("The cost")
    assert team_of(proposal, person) == "T1", "nothing is kept yet"
    panel.get_by_role("link", name="Do not move").click()
    expect(panel).to_be_hidden()
    chip(page, person).drag_to(page.locator("[data-team=T2] h3"))
    page.get_by_role("button", name="Keep this move").click()
    expect(page.locator(f"[data-team=T2] [data-person='{person}']")).to_be_visible()
    assert team_of(proposal, person) == "T2"
    page.get_by_role("button", name="Undo the last move").click()
    expect(page.locator(f"[data-team=T1] [data-person='{person}']")).to_be_visible()
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(f"[data-team=T2] [data-person='{person}']")).to_be_visible()


def test_person_is_moved_by_keyboard_alone_and_each_step_is_said(opens: Any, proposal: Proposal) -> None:
    page, person = opens(), first_of(proposal, 0)
    said = page.locator("[data-board-said]")
    link = chip(page, person).locator("a")
    link.focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("in hand")
    expect(page.locator("[data-team=T2] .board-badge")).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_contain_text("stays")
    expect(page.locator(".board-badge")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Thématique 2")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_contain_text("The cost")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-team=T2] [data-person='{person}'] a")).to_be_focused()
    expect(said).to_contain_text("Moved")
    assert team_of(proposal, person) == "T2"


def test_finger_taps_the_person_then_the_team(opens: Any, proposal: Proposal) -> None:
    page, person = opens(PHONE, has_touch=True), first_of(proposal, 0)
    chip(page, person).locator("a").tap()
    page.locator("[data-team=T2].is-offer h3").tap()
    page.get_by_role("button", name="Keep this move").tap()
    expect(page.locator(f"[data-team=T2] [data-person='{person}']")).to_be_visible()


def test_lock_by_keyboard_keeps_the_person_and_closed_teams_take_nobody(
    opens: Any, proposal: Proposal
) -> None:
    page, person = opens(), first_of(proposal, 0)
    chip(page, person).locator("a").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-team=T2] .board-badge")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(chip(page, person)).to_have_class("is-locked")
    proposal.refresh_from_db()
    assert proposal.locked_people == {person: "T1"}
    page.locator("[data-team=T2] button[name=lock_team]").click()
    expect(page.locator("[data-team=T2][data-closed]")).to_be_visible()
    chip(page, proposal.plan["left_over"][0]["person"]).drag_to(page.locator("[data-team=T2] h3"))
    expect(page.locator("[data-team=T2] h3")).to_be_visible()
    assert page.locator("dialog[open]").count() == 0


def test_two_organisers_see_each_other_and_a_late_move_is_offered_again(
    opens: Any, proposal: Proposal
) -> None:
    one, two = opens(), opens()
    mine, theirs = first_of(proposal, 0), first_of(proposal, 1)
    chip(two, theirs).drag_to(two.locator("[data-team=T1] h3"))
    expect(two.locator("dialog[open]")).to_contain_text("The cost")
    chip(one, mine).drag_to(one.locator("[data-team=T2] h3"))
    one.get_by_role("button", name="Keep this move").click()
    expect(one.locator(f"[data-team=T2] [data-person='{mine}']")).to_be_visible()
    two.get_by_role("button", name="Keep this move").click()
    expect(two.locator("dialog[open] [role=alert]")).to_contain_text("Somebody changed the proposal")
    assert team_of(proposal, theirs) == "T2", "refused"
    expect(two.locator(f"[data-team=T2] [data-person='{mine}']")).to_be_visible()
    two.get_by_role("button", name="Keep this move").click()
    expect(two.locator(f"[data-team=T1] [data-person='{theirs}']")).to_be_visible()
    assert team_of(proposal, theirs) == "T1", "offered again, and kept"
    expect(one.locator(f"[data-team=T1] [data-person='{theirs}']")).to_be_visible(timeout=10000)
    expect(one.locator("[data-board-news]")).to_contain_text("moved")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_board_and_its_neighbours_are_accessible_and_fit(
    opens: Any, proposal: Proposal, size: dict[str, int]
) -> None:
    other = make_plan(
        proposal.event, [list(Registration.objects.for_event(proposal.event).order_by("-pk"))[:5]]
    )
    page, board = opens(size), ""
    board = page.url
    above = board.removesuffix(f"{proposal.pk}/")  # only the end: a port may end with the same digit
    places = [board, board + "pictures/", above]
    places.append(f"{above}compare/?a={proposal.pk}&b={other.pk}")
    found = []
    for place in places:
        page.goto(place)
        found += [
            (place, one["id"], one["nodes"][0]["target"]) for one in Axe().run(page).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((place, "wide", size))
    page.goto(board)
    page.locator("[data-board].is-live").wait_for()
    chip(page, first_of(proposal, 0)).locator("a").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-team=T2] .board-badge")).to_be_visible()
    found += [
        ("in hand", one["id"], one["nodes"][0]["target"]) for one in Axe().run(page).response["violations"]
    ]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    found += [
        ("effect", one["id"], one["nodes"][0]["target"]) for one in Axe().run(page).response["violations"]
    ]
    assert found == []
