"""What people do at a keyboard, or on a phone, in a real browser: register without a mouse, open one's page with a
slip, let somebody in at the door, act on many and take it back, set up a second step. Every page is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.utils import timezone

from hackathon.domain import passes
from hackathon.enums import Override, QuestionKind, RegistrationState
from hackathon.models import Account, Answer, Event, Presence, Question, Registration
from hackathon.tests.factories import (
    DURING_WORK,
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)

from .looking import DESK, PHONE, Eyes, signed_in
from .walking import code_sent_to

pytestmark = pytest.mark.django_db(transaction=True)

#: More presses of Tab than any page needs.
PATIENCE = 120
FOCUSED = (
    "() => document.activeElement?.getAttribute('name') || document.activeElement?.textContent.trim() || ''"
)
SUBMITS = "() => document.activeElement?.matches('main form[data-draft] button:not([name])')"


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests() -> None:
    cache.clear()


@pytest.fixture
def event() -> Event:
    """A demo event on the morning of its second day, whose registration is open all the same."""
    event = make_event(is_demo=True, clock_offset=DURING_WORK - timezone.now())
    event.windows.filter(kind="registration").update(override=Override.OPEN, override_reason="essai")
    make_role(event, "designer", name_fr="Designer")
    return event


@pytest.fixture
def sees(new_context: Any, live_server: Any) -> Iterator[Callable[..., Eyes]]:
    """`sees(account, size)`: somebody at a browser of that size; at the end, nothing wrong was met on any page."""
    opened: list[Eyes] = []

    def somebody(account: Account | None, size: dict[str, int]) -> Eyes:
        context = new_context(viewport=size, locale="fr-FR")
        if account is not None:
            signed_in(context, account, live_server.url)
        opened.append(Eyes(context.new_page(), live_server.url))
        return opened[-1]

    yield somebody
    assert [line for eyes in opened for line in eyes.found] == []


def tab_to(page: Any, name: str) -> None:
    """Press Tab until the field of that name has the focus, as somebody without a mouse does."""
    for _press in range(PATIENCE):
        if page.evaluate(FOCUSED) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {name}")


def press(eyes: Eyes, target: Any) -> None:
    """Follow it, and look at where it leads."""
    with eyes.page.expect_navigation():
        target.click()
    eyes.look()


def test_somebody_registers_by_the_keyboard_alone(event: Event, sees: Callable[..., Eyes]) -> None:
    eyes = sees(None, DESK)
    page = eyes.go(f"/{event.slug}/register/?role=designer")
    for name, text in (("first_name", "Luce"), ("last_name", "Lopes"), ("email", "luce@example.org")):
        tab_to(page, name)
        page.keyboard.type(text)
    tab_to(page, "rules_agreed")
    page.keyboard.press("Space")
    for _press in range(PATIENCE):
        if page.evaluate(SUBMITS):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/done/")
    eyes.look()
    registration = Registration.objects.with_people().get()
    assert registration.person.full_name == "Luce Lopes"
    assert "luce@example.org" in page.locator("main").inner_text()


def test_a_slip_opens_a_page_from_the_event_and_the_button_closes_it(
    event: Event, sees: Callable[..., Eyes]
) -> None:
    person = make_person(event, "Nour", "Haddad", email="")
    code = passes.make_pass(
        registration=make_registration(event, person=person, state=RegistrationState.CONFIRMED), actor=None
    )
    eyes = sees(None, PHONE)
    eyes.go(f"/{event.slug}/")
    press(eyes, eyes.page.locator(f"main a[href='/{event.slug}/pass/']"))
    tab_to(eyes.page, "code")
    eyes.page.keyboard.type(code.lower())
    with eyes.page.expect_navigation():
        eyes.page.keyboard.press("Enter")
    eyes.look()
    assert eyes.page.url.endswith(f"/{event.slug}/me/")
    eyes.go(f"/{event.slug}/me/data/")
    assert "Nour Haddad" in eyes.page.locator("main").inner_text()
    press(eyes, eyes.page.locator(f"form[action='/{event.slug}/pass/end/'] button"))
    eyes.go(f"/account/login/code/?next=/{event.slug}/me/")
    press(eyes, eyes.page.locator(f"main a[href='/{event.slug}/pass/']"))


def test_a_link_to_sign_in_for_no_event_leads_to_the_events(event: Event, sees: Callable[..., Eyes]) -> None:
    eyes = sees(None, PHONE)
    for where in ("", "?next=/nulle/part/du/tout/", "?next=//ailleurs.example/pass/"):
        page = eyes.go(f"/account/login/code/{where}")
        assert page.locator("main a[href='/']").count() == 1, where


def test_somebody_at_the_door_is_registered_and_in(event: Event, sees: Callable[..., Eyes]) -> None:
    eyes = sees(make_staff(event, "desk", "accueil@example.org"), PHONE)
    page = eyes.go(f"/{event.slug}/desk/walk-in/")
    tab_to(page, "first_name")
    page.keyboard.type("Nour")
    tab_to(page, "last_name")
    page.keyboard.type("Haddad")
    tab_to(page, "role")
    page.keyboard.press("ArrowDown")
    tab_to(page, "rules_agreed")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation(url="**/desk/?registration=*"):
        page.locator("form[data-desk-walk-in] button.desk-big").press("Enter")
    eyes.look()
    assert "Nour" in page.locator("main").inner_text()
    assert Presence.objects.get().registration.person.full_name == "Nour Haddad"


def test_an_act_on_several_people_is_seen_ahead_done_and_taken_back(
    event: Event, sees: Callable[..., Eyes]
) -> None:
    chosen = [make_registration(event, state=RegistrationState.CONFIRMED) for _each in range(2)]
    make_registration(event, state=RegistrationState.CANCELLED)
    eyes = sees(make_staff(event), DESK)
    page = eyes.go(f"/{event.slug}/tower/people/")
    for box in page.locator("input[name=person]").all():
        box.press("Space")
    press(eyes, page.locator("button[name=act][value=cancel]"))
    assert states(chosen) == {RegistrationState.CONFIRMED}, "seen ahead, nothing is done"
    page.locator("[name=reason]").fill("Essai")
    press(eyes, page.locator("main form[method=post] button").first)
    assert states(chosen) == {RegistrationState.CANCELLED}
    press(eyes, page.locator("form[action$='/undo/'] button"))
    assert states(chosen) == {RegistrationState.CONFIRMED}


def states(registrations: list[Registration]) -> set[str]:
    for one in registrations:
        one.refresh_from_db()
    return {one.state for one in registrations}


def test_an_organiser_sets_up_the_second_step_and_keeps_the_codes(
    event: Event, sees: Callable[..., Eyes]
) -> None:
    organiser = make_staff(event)
    eyes = sees(None, PHONE)
    page = eyes.go("/account/login/code/")
    page.locator("[name=email]").fill(organiser.email)
    press(eyes, page.locator("main form button.btn-go"))
    page.locator("[name=code]").fill(code_sent_to(organiser.email))
    with page.expect_navigation():
        page.locator("main form button.btn-go").first.click()
    eyes.go("/account/2fa/")
    press(eyes, page.locator("main a[href='/account/2fa/totp/activate/']"))
    page.locator("main summary").press("Enter")
    secret = page.locator("main details code").inner_text().strip()
    page.locator("[name=code]").fill(app_code(secret))
    press(eyes, page.locator("main form button.btn-go"))
    assert page.url.endswith("/recovery-codes/")
    assert Authenticator.objects.filter(user=organiser, type=Authenticator.Type.TOTP).exists()
    eyes.go(f"/{event.slug}/tower/staff/")


def app_code(secret: str) -> str:
    """What the app on the phone would show now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_file_sent_with_the_form_is_taken_back_from_my_data(
    event: Event, sees: Callable[..., Eyes]
) -> None:
    """Whoever sent it finds it there; nobody else is given its address."""
    own, other = (make_registration(event, state=RegistrationState.CONFIRMED) for _each in range(2))
    question = Question.objects.create(event=event, kind=QuestionKind.FILE, label_fr="Votre CV", position=1)
    given = [
        Answer.objects.create(
            registration=one,
            question=question,
            asked="Votre CV",
            value={"name": f"cv-{one.pk}.pdf"},
            file="x",
        )
        for one in (own, other)
    ]
    account = make_account("luce@example.org")
    own.person.account = account
    own.person.save()
    page = sees(account, PHONE).go(f"/{event.slug}/me/data/")
    found = [link.get_attribute("href") for link in page.locator("main a[download]").all()]
    assert found == [f"/{event.slug}/answers/{given[0].pk}/"]
