"""The main acts in a real browser: import, submission, marking on a phone, decision, results. No demo, no shortcut
in what is clicked; what nobody looks at here (the other ballots, the final) is done by the verbs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from hackathon.domain import events, windows
from hackathon.enums import Override
from hackathon.models import Account, Event, Registration, Window
from hackathon.tests.factories import make_staff
from judging.domain import convening
from judging.models import Ballot, MarkEntry, Round
from judging.tests.factories import make_juror, mark_all
from teams.models import Project
from teams.tests.factories import announce_now, make_member, make_project, make_team

from .looking import DESK, PHONE, Eyes, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

LIST = settings.BASE_DIR / "fixtures" / "lists" / "inscriptions.csv"


@dataclass
class Scene:
    """Day 2 of a real event; every window is open by hand, so that no clock has to be moved."""

    event: Event
    organiser: Account
    captain: Account
    president: Account
    juror: Account
    table: int


@pytest.fixture
def scene() -> Scene:
    yesterday = timezone.localdate() - timedelta(days=1)
    event = events.create_event(
        slug="pour-de-vrai", organiser_email="odile@example.org", first_day=yesterday, actor=None
    )
    event.is_public = True
    event.save()
    for window in Window.objects.for_event(event):
        windows.override_window(window=window, override=Override.OPEN, reason="essai", actor=None)
    theme = event.themes.first()
    team = make_team(event, theme, people=2)
    captain, _registration = make_member(event, team, is_captain=True)
    make_project(
        make_team(event, theme, people=2), submitted=True, title="Le pont", pitch="Relier deux rives."
    )
    announce_now(event)
    president, juror = make_juror(event, is_president=True), make_juror(event)
    for panel in Round.objects.get(event=event, key="thematiques").panels.all():
        convening.seat(panel=panel, juror=juror, actor=None)
    convening.seat(
        panel=Round.objects.get(event=event, key="finale").panels.get(), juror=president, actor=None
    )
    organiser = make_staff(event)
    return Scene(event, organiser, captain, president.person.account, juror.person.account, team.number)


@pytest.fixture
def sees(new_context: Any, live_server: Any) -> Iterator[Callable[..., Eyes]]:
    """`sees(account, size)`: somebody at a browser of that size; at the end, nothing wrong was met on any page."""
    opened: list[Eyes] = []

    def somebody(account: Account | None, size: dict[str, int]) -> Eyes:
        context = new_context(viewport=size)
        if account is not None:
            signed_in(context, account, live_server.url)
        opened.append(Eyes(context.new_page(), live_server.url))
        return opened[-1]

    yield somebody
    assert [line for eyes in opened for line in eyes.found] == []


def test_the_main_acts_of_an_event(scene: Scene, sees: Callable[..., Eyes]) -> None:
    import_a_list(sees(scene.organiser, DESK), scene)
    submit_a_project(sees(scene.captain, PHONE), scene)
    convening.open_round(round=Round.objects.get(event=scene.event, key="thematiques"), actor=None)
    mark_on_a_phone(sees(scene.juror, PHONE), scene)
    finish_the_marking(scene)
    decide(sees(scene.president, DESK), scene)
    publish(sees(scene.organiser, DESK), scene)
    for size, language in ((PHONE, ""), (DESK, "/en")):
        visitor = sees(None, size)
        page = visitor.go(f"{language}/pour-de-vrai/")
        page.locator("main a[href$='/results/']").first.click()
        visitor.look()
        assert "Notre essai" in page.locator("main").inner_text()


def import_a_list(eyes: Eyes, scene: Scene) -> None:
    before = Registration.objects.for_event(scene.event).count()
    eyes.go("/pour-de-vrai/tower/")
    page = eyes.go("/pour-de-vrai/tower/import/")
    page.set_input_files("input[name=list]", LIST)
    page.locator("form[enctype] button[type=submit]").click()
    eyes.look()
    assert Registration.objects.for_event(scene.event).count() == before, "a rehearsal writes nothing"
    page.locator("form[action$='/confirm/'] button[type=submit]").click()
    page.wait_for_url("**/done/")
    eyes.look()
    assert Registration.objects.for_event(scene.event).count() == before + 250
    page = eyes.go("/pour-de-vrai/tower/people/")
    page.locator("input[name=q]").fill("lecoq")
    page.locator("input[name=q]").press("Enter")
    assert "Noémi Lecoq" in page.locator("main table").inner_text()


def submit_a_project(eyes: Eyes, scene: Scene) -> None:
    """The fields save themselves; the captain checks, then submits."""
    eyes.go("/pour-de-vrai/me/")
    page = eyes.go(f"/pour-de-vrai/team/{scene.table}/project/")
    page.fill("[name=title]", "Notre essai")
    page.fill("[name=pitch]", "Pour qui, et ce que cela change.")
    page.locator("[data-save-state=saved]").first.wait_for()
    assert Project.objects.get(team__number=scene.table).title == "Notre essai", "without a click"
    for name in ("problem", "audience", "solution", "works_today", "next_steps"):
        page.fill(f"[name={name}]", f"Texte : {name}.")
    page.locator("form#project button[name=next]").click()
    page.wait_for_url("**/submit/")
    eyes.look()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/receipt/")
    eyes.look()
    assert Project.objects.get(team__number=scene.table).receipt


def mark_on_a_phone(eyes: Eyes, scene: Scene) -> None:
    """Taps are saved; in a tunnel they wait on the device, in sight; outside again they are sent, once."""
    page = eyes.go("/pour-de-vrai/jury/")
    page.locator("main .btn-go").first.click()
    eyes.look()
    ballot = Ballot.objects.get(pk=int(page.url.rstrip("/").rpartition("/")[2]))
    scales = page.locator("fieldset[data-criterion]")
    tap(page, 0, 5)
    page.locator("fieldset[data-state=saved]").first.wait_for()
    eyes.expecting = True
    page.context.set_offline(True)
    tap(page, 1, 4)
    tap(page, 2, 4)
    page.locator("[data-save-state=unsent]", has_text="(2)").first.wait_for()  # how many wait
    assert ballot.marks.count() == 1
    page.context.set_offline(False)
    page.locator("fieldset[data-state=saved]").nth(2).wait_for()
    eyes.expecting = False
    assert ballot.marks.count() == 3
    assert MarkEntry.objects.filter(ballot=ballot).count() == 3, "each was written once"
    by_keyboard(page, scales.count() - 3)
    assert ballot.marks.count() == scales.count()
    hand_in_by_keyboard(eyes)
    ballot.refresh_from_db()
    assert ballot.state == "handed_in"


def tap(page: Any, criterion: int, value: int) -> None:
    page.locator("fieldset[data-criterion]").nth(criterion).locator(
        f"label:has(input[value='{value}'])"
    ).click()


def by_keyboard(page: Any, left: int) -> None:
    """Tab to the next scale, Space or an arrow to mark: no mouse."""
    page.locator("fieldset[data-criterion]").nth(2).locator("input:checked").focus()
    for _scale in range(left):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.type") == "radio", "Tab goes from scale to scale"
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.locator(f"fieldset[data-state=saved] >> nth={2 + left}").wait_for()
    page.locator("[data-save-state=saved]").first.wait_for()


def hand_in_by_keyboard(eyes: Eyes) -> None:
    page = eyes.page
    page.goto(page.url + "hand-in/")
    eyes.look()
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main form button[type=submit]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/jury/")
    eyes.look()


def finish_the_marking(scene: Scene) -> None:
    """The other ballot, the closing, the final: by the verbs."""
    president = Account.objects.get(pk=scene.president.pk)
    for ballot in Ballot.objects.filter(round__event=scene.event, state="open"):
        mark_all(ballot, 2)
    convening.close_round(round=Round.objects.get(event=scene.event, key="thematiques"), actor=president)
    final = convening.open_round(round=Round.objects.get(event=scene.event, key="finale"), actor=president)
    for ballot in Ballot.objects.filter(round=final).select_related("project"):
        mark_all(ballot, 5 if ballot.project.title == "Notre essai" else 2)
    convening.close_round(round=Round.objects.get(pk=final.pk), actor=president)


def decide(eyes: Eyes, scene: Scene) -> None:
    page = eyes.go("/pour-de-vrai/jury/deliberation/")
    page.locator("form[action$='/decide/'] button[type=submit]").first.click()
    page.locator("form[action$='/seal/'] button[type=submit]").wait_for()
    eyes.look()
    page.locator("form[action$='/seal/'] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("form[action$='/seal/']").count() == 0
    eyes.look()


def publish(eyes: Eyes, scene: Scene) -> None:
    page = eyes.go("/pour-de-vrai/tower/results/")
    page.locator("[name=confirmation]").fill("pour-de-vrai")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/pour-de-vrai/results/")
    scene.event.refresh_from_db()
    assert scene.event.published_at
