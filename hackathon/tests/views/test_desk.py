"""The welcome desk: plain forms, JSON to a script, a fixed number of queries, and scans kept while the network is cut."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hackathon.enums import DutyKind, RegistrationState
from hackathon.models import AuditEntry, Consent, Event, Presence, Registration
from hackathon.tests.factories import (
    DURING_WORK,
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)

JSON = {"Accept": "application/json"}


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_WORK)
    event = make_event()
    make_role(event, "developpeur", name_fr="Développeur")
    return event


@pytest.fixture
def desk(event: Event, browse: Any) -> Client:
    return browse(make_staff(event, DutyKind.DESK, "ana@example.org"))


def url(event: Event, name: str = "desk", *more: Any) -> str:
    return reverse(f"hackathon:{name}", args=[event.slug, *more])


def scan(client: Client, event: Event, **data: Any) -> Any:
    return client.post(url(event, "desk_scan"), {"act": "check_in", **data}, headers=JSON)


def test_the_desk_is_for_its_volunteers_and_organisers(event: Event, browse: Any) -> None:
    for kind, status in ((DutyKind.DESK, 200), (DutyKind.ORGANISER, 200), (DutyKind.MENTOR, 403)):
        assert browse(make_staff(event, kind)).get(url(event)).status_code == status
    assert browse(make_account()).get(url(event)).status_code == 403
    assert browse(None).get(url(event)).status_code == 302
    assert browse(make_staff(make_event(), DutyKind.DESK)).get(url(event)).status_code == 403


def test_a_card_and_a_search_cost_the_same_queries_whoever_is_there(event: Event, desk: Client) -> None:
    someone = make_registration(event, person=make_person(event, "Luce", "Lopes"))
    counts = []
    for more in (1, 2, 27):
        for number in range(more):
            scan(desk, event, registration=make_registration(event).pk, key=f"{more}-{number}")
        for query in ({"q": someone.code}, {"q": "camille"}, {}):
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(url(event), query).status_code == 200
            counts.append(len(captured))
    assert len(set(counts[:2] + counts[3:5] + counts[6:8])) == 1
    assert len(set(counts[2::3])) == 1
    assert max(counts) <= 8  # five of the desk’s own; the others are the frame’s: account, event, duties


def test_a_code_gives_the_card_and_its_button_checks_in(event: Event, desk: Client) -> None:
    luce = make_registration(event, person=make_person(event, "Luce", "Lopes"))
    page = desk.get(url(event), {"q": luce.code}).content.decode()
    assert "Jour 2, matin" in page
    assert "Pas encore là" in page
    answer = desk.post(url(event, "desk_scan"), {"act": "check_in", "registration": luce.pk}, follow=True)
    assert "Arrivée pointée à" in answer.content.decode()
    assert Presence.objects.get(registration=luce).in_at == DURING_WORK


def test_a_role_is_shown_only_to_please_its_person(event: Event, desk: Client) -> None:
    private = make_role(event, "chercheur-emploi", name_fr="Chercheur d’emploi", is_private=True)
    hidden = make_registration(event, private)
    shown = make_registration(event, event.roles.get(key="developpeur"), shows_role=True)
    assert "Chercheur" not in desk.get(url(event), {"q": hidden.code}).content.decode()
    assert "Développeur" in desk.get(url(event), {"q": shown.code}).content.decode()
    assert "Chercheur" not in scan(desk, event, registration=hidden.pk).content.decode()


def test_the_same_scan_at_two_desks_says_when_and_who(
    event: Event, desk: Client, browse: Any, at: Any
) -> None:
    luce = make_registration(event)
    assert scan(desk, event, q=luce.code).json()["is_repeat"] is False
    at(DURING_WORK + timedelta(minutes=9))
    other = browse(make_staff(event, DutyKind.DESK))
    answer = scan(other, event, q=luce.code).json()
    assert answer["is_repeat"] is True
    assert "10:00" in answer["message"]
    assert "ana@example.org" in answer["message"]


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ("other", 404, "other_event"),
        ("unknown", 404, "unknown_code"),
        ("name", 404, "several"),
        ("cancelled", 409, "not_expected"),
    ],
)
def test_scans_that_open_nothing_are_refused_clearly(
    event: Event, desk: Client, what: str, status: int, code: str
) -> None:
    elsewhere = make_registration(make_event(), person=None)
    gone = make_registration(event, state=RegistrationState.CANCELLED)
    text = {"other": elsewhere.code, "unknown": "A" * 22, "name": "camille", "cancelled": gone.code}[what]
    answer = scan(desk, event, q=text)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert not Presence.objects.exists()
    assert elsewhere.event.name not in answer.content.decode()
    plain = desk.post(url(event, "desk_scan"), {"act": "check_in", "q": text}, follow=True)
    assert "notice-bad" in plain.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"act": "fly"},
        {"at": "yesterday"},
        {"registration": "-1"},
        {"registration": "9" * 40},
        {"key": "k" * 65},
    ],
)
def test_a_broken_scan_is_refused(event: Event, desk: Client, data: dict[str, str]) -> None:
    assert scan(desk, event, **{"registration": str(make_registration(event).pk), **data}).status_code == 422


def test_a_person_of_another_event_cannot_be_named_by_number(event: Event, desk: Client) -> None:
    foreign = make_registration(make_event())
    assert scan(desk, event, registration=foreign.pk).status_code == 404
    assert str(foreign) not in desk.get(url(event), {"registration": foreign.pk}).content.decode()
    assert desk.post(url(event, "desk_rules"), {"registration": foreign.pk}, headers=JSON).status_code == 404
    assert not Consent.objects.exists()


def test_undo_is_one_click_and_only_here(event: Event, desk: Client, browse: Any) -> None:
    luce = make_registration(event)
    scan(desk, event, registration=luce.pk)
    entry = AuditEntry.objects.get(verb="check_in")
    undo = url(event, "desk_undo", entry.pk)
    assert undo in desk.get(url(event)).content.decode()
    elsewhere = make_event()
    stranger = browse(make_staff(elsewhere, DutyKind.DESK))
    assert stranger.post(url(elsewhere, "desk_undo", entry.pk)).status_code == 404
    assert desk.post(undo).status_code == 302
    assert not Presence.objects.exists()
    assert desk.post(undo, headers=JSON).status_code == 409
    assert undo not in desk.get(url(event)).content.decode()


def test_rules_are_accepted_at_the_desk(event: Event, desk: Client) -> None:
    luce = make_registration(event)
    assert "Règlement à accepter" in desk.get(url(event), {"q": luce.code}).content.decode()
    desk.post(url(event, "desk_rules"), {"registration": luce.pk})
    assert Consent.objects.get(person=luce.person).source == "desk"
    assert "Règlement à accepter" not in desk.get(url(event), {"q": luce.code}).content.decode()


def test_somebody_not_registered_comes_in_by_one_form(event: Event, desk: Client) -> None:
    page = desk.get(url(event), {"q": "Nour Haddad"}).content.decode()
    assert "?name=Nour%20Haddad" in page
    data = {"first_name": "Nour", "last_name": "Haddad", "role": event.roles.get().pk, "key": "k"}
    refused = desk.post(url(event, "desk_walk_in"), data)
    assert refused.status_code == 422
    assert not Registration.objects.exists()
    answer = desk.post(url(event, "desk_walk_in"), {**data, "rules_agreed": "on"})
    registration = Registration.objects.get()
    assert answer["Location"].endswith(f"?registration={registration.pk}")
    assert Presence.objects.filter(registration=registration).exists()


def test_a_full_venue_says_so_and_registers_nobody(event: Event, desk: Client) -> None:
    make_registration(event)
    Event.objects.filter(pk=event.pk).update(capacity=1)
    data = {"first_name": "Nour", "last_name": "Haddad", "role": event.roles.get().pk, "rules_agreed": "on"}
    answer = desk.post(url(event, "desk_walk_in"), data)
    assert answer.status_code == 409
    assert "Les 1 places du lieu sont prises" in answer.content.decode()
    assert Registration.objects.count() == 1


def test_counts_are_those_of_the_half_day(event: Event, desk: Client) -> None:
    one, two, _three = (make_registration(event) for _ in range(3))
    scan(desk, event, registration=one.pk)
    scan(desk, event, registration=two.pk)
    scan(desk, event, registration=two.pk, act="check_out")
    now = desk.get(url(event, "desk_now")).json()
    assert (now["expected"], now["arrived"], now["inside"]) == (3, 2, 1)
    assert (now["last_quarter"], now["minutes_left"]) == (2, 8)  # one more, at two in a quarter of an hour
    assert [bar["number"] for bar in now["bars"]][-2:] == [0, 2]


# --- In a browser ------------------------------------------------------------------------------------------------------


@pytest.fixture
def live(transactional_db: Any) -> Event:
    """A demo event, whose own clock says that it is the morning of the second day."""
    event = make_event(is_demo=True, clock_offset=DURING_WORK - timezone.now())
    make_role(event)
    return event


def sign_in(context: Any, live_server: Any, account: Any) -> None:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def test_scans_made_while_the_network_is_cut_are_sent_once_and_in_order(
    live: Event, live_server: Any, page: Any, context: Any
) -> None:
    from playwright.sync_api import expect

    people = [make_registration(live) for _ in range(3)]
    sign_in(context, live_server, make_staff(live, DutyKind.DESK))
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(live_server.url + url(live))
    context.set_offline(True)
    for registration in people:
        page.fill("#desk-q", registration.code)
        page.press("#desk-q", "Enter")
        expect(page.locator("[data-desk-waiting]")).to_contain_text(registration.code[:6])
    page.fill("#desk-q", people[0].code)  # the same badge again
    page.press("#desk-q", "Enter")
    expect(page.locator("[data-desk-said]")).to_contain_text("déjà gardé")
    expect(page.locator("[data-desk-unsent]")).to_have_text("Non envoyé (3)")
    assert not Presence.objects.exists()
    context.set_offline(False)
    expect(page.locator("[data-desk-queue]")).to_be_hidden(timeout=15000)
    entries = AuditEntry.objects.filter(verb="check_in").order_by("pk")
    assert [entry.object_id for entry in entries] == [str(registration.pk) for registration in people]
    assert len({entry.data["key"] for entry in entries}) == 3


def test_an_answer_lost_on_the_way_is_asked_for_again_and_changes_nothing(
    live: Event, live_server: Any, page: Any, context: Any
) -> None:
    from playwright.sync_api import expect

    luce = make_registration(live)
    sign_in(context, live_server, make_staff(live, DutyKind.DESK))
    page.goto(f"{live_server.url}{url(live)}?q={luce.code}")
    sent: list[str] = []

    def lose_the_first(route: Any) -> None:
        sent.append(route.request.post_data)
        if len(sent) > 1:
            return route.continue_()
        route.fetch()  # the server had it
        return route.abort()

    page.route("**/desk/scan/", lose_the_first)
    page.get_by_role("button", name=re.compile("Pointer l’arrivée")).click()
    expect(page.locator(".desk-state-in")).to_be_visible(timeout=15000)
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert AuditEntry.objects.filter(verb="check_in").count() == 1


CAMERA = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: "%s" }]; } };
Object.defineProperty(navigator, "mediaDevices", { value: {
  async getUserMedia() { const canvas = document.createElement("canvas"); canvas.getContext("2d"); return canvas.captureStream(5); },
}});
HTMLMediaElement.prototype.play = async () => {};
"""


def test_the_camera_reads_a_badge_where_the_browser_can(
    live: Event, live_server: Any, page: Any, context: Any
) -> None:
    from playwright.sync_api import expect

    luce = make_registration(live, person=make_person(live, "Luce", "Lopes"))
    sign_in(context, live_server, make_staff(live, DutyKind.DESK))
    page.goto(live_server.url + url(live))
    page.add_init_script(CAMERA % f"https://palmares.example/desk/?q={luce.code}")
    page.reload()
    page.get_by_role("button", name="Scanner avec la caméra").click()
    expect(page.locator("#desk-name")).to_contain_text("Luce")
    expect(page.locator("[data-desk-film]")).to_be_hidden()


@pytest.mark.parametrize("width", [375, 1280])
def test_the_desk_has_no_violation(
    live: Event, live_server: Any, page: Any, context: Any, width: int
) -> None:
    luce, gone = make_registration(live), make_registration(live, state=RegistrationState.CANCELLED)
    staff = make_staff(live, DutyKind.DESK)
    sign_in(context, live_server, staff)
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("", f"?q={luce.code}", f"?q={gone.code}", "?q=camille", "?q=zzz", "walk-in/"):
        page.goto(live_server.url + url(live) + path)
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
