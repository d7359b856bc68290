"""The desk's device: a camera that the browser cannot read, no network, a wrong clock, signed out, no storage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import segno
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from hackathon.enums import DutyKind, Half
from hackathon.kit import camera
from hackathon.models import AuditEntry, Duty, Event, Presence, Registration
from hackathon.tests.factories import (
    DURING_WORK,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)
from hackathon.tests.views.test_desk import sign_in, url

PHONE = {"width": 375, "height": 800}


@pytest.fixture
def live(transactional_db: Any) -> Event:
    """A demo event, whose own clock says that it is the morning of the second day."""
    event = make_event(is_demo=True, clock_offset=DURING_WORK - timezone.now())
    make_role(event)
    return event


def film_of(text: str, path: Path) -> Path:
    """A badge in front of a camera, as the raw film that Chromium plays instead of one."""
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=5, border=4)
    room = Image.new("L", (640, 480), 140)
    room.paste(Image.open(drawn).convert("L").rotate(8, fillcolor=140), (170, 100))
    grey = b"\x80" * (320 * 240 * 2)
    path.write_bytes(
        b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + 5 * (b"FRAME\n" + room.tobytes() + grey)
    )
    return path


@pytest.fixture
def luce(live: Event) -> Registration:
    return make_registration(live, person=make_person(live, "Luce", "Lopes"))


@pytest.fixture
def filmed(
    live: Event,
    luce: Registration,
    live_server: Any,
    browser_type: Any,
    browser_type_launch_args: Any,
    tmp_path: Path,
) -> Iterator[Any]:
    """A desk whose browser reads no code, in front of Luce's badge."""
    film = film_of(f"{live_server.url}{url(live)}?q={luce.code}", tmp_path / "badge.y4m")
    flags = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    args = [*browser_type_launch_args["args"], *flags]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    context = browser.new_context(viewport=PHONE, permissions=["camera"], locale="fr-FR")
    context.add_init_script("delete window.BarcodeDetector")
    sign_in(context, live_server, make_staff(live, DutyKind.DESK))
    page = context.new_page()
    page.goto(live_server.url + url(live))
    yield page
    browser.close()


def test_a_badge_is_read_by_the_server_where_the_browser_cannot(
    filmed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, sent = camera.read_code, []

    def read_and_weigh(data: bytes) -> str:
        with Image.open(BytesIO(data)) as picture:
            sent.append((picture.format, max(picture.size), len(data)))
        return read(data)

    monkeypatch.setattr(camera, "read_code", read_and_weigh)
    filmed.get_by_role("button", name="Scanner avec la caméra").click()
    expect(filmed.locator("#desk-name")).to_contain_text("Luce", timeout=15000)
    expect(filmed.locator("[data-desk-film]")).to_be_hidden()
    assert sent
    assert all(kind == "JPEG" and side <= 640 and size <= 60 * 1024 for kind, side, size in sent)
    count = len(sent)
    filmed.wait_for_timeout(1000)
    assert len(sent) == count  # the camera is off


def test_the_camera_without_a_network_asks_for_the_code(filmed: Any, live: Event) -> None:
    filmed.context.set_offline(True)
    filmed.get_by_role("button", name="Scanner avec la caméra").click()
    expect(filmed.locator("[data-desk-said]")).to_contain_text("Pas de réseau")
    expect(filmed.locator("#desk-q")).to_be_focused()
    expect(filmed.locator("[data-desk-camera]")).to_be_visible()


def test_one_picture_at_a_time_is_on_its_way(filmed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way: list[int] = []
    most: list[int] = []

    def read_slowly(data: bytes) -> str:
        under_way.append(1)
        most.append(len(under_way))
        sleep(0.7)
        under_way.pop()
        return ""

    monkeypatch.setattr(camera, "read_code", read_slowly)
    filmed.get_by_role("button", name="Scanner avec la caméra").click()
    filmed.wait_for_timeout(2500)
    assert len(most) > 1
    assert max(most) == 1
    filmed.get_by_role("button", name="Arrêter la caméra").click()
    expect(filmed.locator("[data-desk-camera]")).to_be_focused()


# --- What waits on the device ----------------------------------------------------------------------------------------


@pytest.fixture
def desk(live: Event, live_server: Any, page: Any, context: Any) -> Any:
    sign_in(context, live_server, make_staff(live, DutyKind.DESK))
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + url(live))
    return page


def keep(page: Any, code: str) -> None:
    """Scan a badge while nothing goes through."""
    page.context.set_offline(True)
    page.fill("#desk-q", code)
    page.press("#desk-q", "Enter")
    expect(page.locator("[data-desk-waiting]")).to_contain_text(code[:6])


def test_a_scan_kept_through_the_end_of_the_half_day_and_a_reload_keeps_its_hour(
    live: Event, luce: Registration, desk: Any
) -> None:
    keep(desk, luce.code)
    live.refresh_from_db()
    live.clock_offset += timedelta(hours=5)  # it is the afternoon
    live.save()
    desk.route("**/desk/scan/", lambda route: route.abort())
    desk.context.set_offline(False)
    desk.reload()
    expect(desk.locator("[data-desk-unsent]")).to_have_text("Non envoyé (1)")
    desk.unroute("**/desk/scan/")
    desk.reload()
    expect(desk.locator("[data-desk-queue]")).to_be_hidden(timeout=15000)
    presence = Presence.objects.get(registration=luce)
    assert presence.half == Half.MORNING
    assert abs(presence.in_at - DURING_WORK) < timedelta(minutes=2)


def test_a_device_whose_clock_is_wrong_records_the_hour_of_the_event(
    live: Event, luce: Registration, live_server: Any, page: Any, context: Any
) -> None:
    sign_in(context, live_server, make_staff(live, DutyKind.DESK))
    page.add_init_script("const real = Date.now; Date.now = () => real() - 3 * 86400000;")
    page.goto(live_server.url + url(live))
    keep(page, luce.code)
    context.set_offline(False)
    expect(page.locator("[data-desk-queue]")).to_be_hidden(timeout=15000)
    assert abs(Presence.objects.get(registration=luce).in_at - DURING_WORK) < timedelta(minutes=2)


def test_signed_out_nothing_is_lost_and_it_goes_after_signing_in(
    live: Event, luce: Registration, desk: Any, live_server: Any, context: Any
) -> None:
    volunteer = Duty.objects.get(event=live, kind=DutyKind.DESK).account
    keep(desk, luce.code)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    context.set_offline(False)
    expect(desk.locator("[data-desk-trouble]")).to_contain_text("déconnecté", timeout=15000)
    assert not Presence.objects.exists()
    sign_in(context, live_server, volunteer)
    desk.reload()
    expect(desk.locator("[data-desk-queue]")).to_be_hidden(timeout=15000)
    assert Presence.objects.get().registration == luce


def test_a_duty_taken_away_or_a_server_in_trouble_keeps_the_queue(
    live: Event, luce: Registration, desk: Any
) -> None:
    keep(desk, luce.code)
    answers = iter([(500, {"code": "x"}), (503, None), (403, {"code": "x", "message": "x"}), (401, None)])
    given: list[int] = []

    def trouble(route: Any) -> None:
        status, body = next(answers, (0, None))
        if not status:
            return route.continue_()
        given.append(status)
        return route.fulfill(status=status, json=body) if body else route.fulfill(status=status, body="<p>")

    desk.route("**/desk/scan/", trouble)
    desk.context.set_offline(False)
    expect(desk.locator("[data-desk-queue]")).to_be_hidden(timeout=40000)
    assert given == [500, 503, 403, 401]
    assert AuditEntry.objects.filter(verb="check_in").count() == 1


def test_where_nothing_is_kept_the_page_warns_before_it_is_left(
    live: Event, luce: Registration, live_server: Any, page: Any, context: Any
) -> None:
    sign_in(context, live_server, make_staff(live, DutyKind.DESK))
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); }"
    )
    page.goto(live_server.url + url(live))
    keep(page, luce.code)
    expect(page.locator("[data-desk-trouble]")).to_contain_text("ne garde rien")
    warned: list[str] = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    for _ in range(20):
        if warned:
            break
        context.new_page().wait_for_timeout(100)
    assert warned == ["beforeunload"]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_of_a_badge_and_of_a_full_card_have_no_violation(
    live: Event, luce: Registration, desk: Any, live_server: Any, language: str
) -> None:
    for path in (f"badge/{luce.pk}/", f"?q={luce.code}"):
        for width in (375, 1280):
            desk.set_viewport_size({"width": width, "height": 800})
            desk.goto(live_server.url + language + url(live) + path)
            found = Axe().run(desk)
            assert found.violations_count == 0, (path, found.generate_report())
            assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_somebody_is_let_in_by_the_keyboard_alone(live: Event, luce: Registration, desk: Any) -> None:
    desk.keyboard.type("lopes luce")  # the box is where a reader or a person types first
    desk.keyboard.press("Enter")
    expect(desk.locator("#desk-name")).to_be_focused()
    for _ in range(8):
        desk.keyboard.press("Tab")
        if "desk-big" in (desk.evaluate("document.activeElement.className") or ""):
            break
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-state-in")).to_be_visible()
    assert isinstance(Presence.objects.get(registration=luce).in_at, datetime)
