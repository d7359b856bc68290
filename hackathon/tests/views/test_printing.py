"""The pages of badges, sign-in sheets and attestations, and the one that checks a code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.domain import attesting
from hackathon.models import Attestation, BadgeLayout, BadgePrint, Event, Job, Presence, Registration
from hackathon.tests.factories import (
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)

pytestmark = pytest.mark.django_db
AFTER = datetime(2016, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def event(at: Any) -> Event:
    at(AFTER)
    made = make_event()
    make_role(made, "demandeur", is_private=True)
    return made


def present(event: Event, **fields: Any) -> Registration:
    one = make_registration(event, person=make_person(event, "Jeanne", "Dupont", **fields))
    came = datetime(2016, 11, 18, 8, 0, tzinfo=UTC)
    Presence.objects.create(registration=one, day=event.days.first(), half="am", in_at=came)
    return one


def url(name: str, *parts: Any) -> str:
    return reverse(f"hackathon:{name}", args=parts)


def test_the_page_of_badges_asks_as_much_for_30_people_as_for_one(event: Event, browse: Any) -> None:
    client = browse(make_staff(event))
    counts, made = [], 0
    client.get(url("badges", event.slug))
    for size in (1, 3, 30):
        for _number in range(size - made):
            make_registration(event)
        made = size
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url("badges", event.slug)).context["count"] == size
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_trying_a_layout_keeps_nothing_and_saving_it_does(event: Event, browse: Any) -> None:
    client = browse(make_staff(event))
    shown = client.get(
        url("badge_preview", event.slug), {"stock": "a6", "first_name": "Ólafur"}
    ).content.decode()
    assert "badge-a6" in shown
    assert "Ólafur" in shown
    assert "style=" not in shown
    assert not BadgeLayout.objects.exists()
    client.post(url("badges_layout", event.slug), {"stock": "a6", "shows_days": "on", "footer": "Bonjour"})
    layout = BadgeLayout.objects.get()
    assert (layout.stock, layout.shows_days, layout.shows_last_name, layout.footer) == (
        "a6",
        True,
        False,
        "Bonjour",
    )


def test_an_impossible_layout_is_refused_and_keeps_what_was_typed(event: Event, browse: Any) -> None:
    client = browse(make_staff(event))
    response = client.post(url("badges_layout", event.slug), {"stock": "l9999", "footer": "Bonjour"})
    assert response.status_code == 422
    assert "Bonjour" in response.content.decode()
    assert not BadgeLayout.objects.exists()


def test_printing_is_a_job_with_the_choices(event: Event, browse: Any) -> None:
    one = make_registration(event)
    make_registration(event)
    client = browse(make_staff(event))
    response = client.post(url("badges_print", event.slug), {"registrations": str(one.pk), "start": "4"})
    job = Job.objects.get(kind="badges")
    assert response["Location"] == url("job", event.slug, job.pk)
    assert (job.options["numbers"], job.options["start"]) == ([one.pk], 4)


@pytest.mark.parametrize("start", ["0", "-1", "11", "x", "99999999999999999999"])
def test_a_label_that_the_sheet_lacks_is_refused(event: Event, browse: Any, start: str) -> None:
    make_registration(event)
    response = browse(make_staff(event)).post(url("badges_print", event.slug), {"start": start})
    assert response.status_code == 422
    assert not Job.objects.exists()


def test_nobody_to_print_is_said(event: Event, browse: Any) -> None:
    response = browse(make_staff(event)).post(url("badges_print", event.slug), {}, follow=True)
    assert not Job.objects.exists()
    assert response.status_code == 200


def test_one_badge_is_printed_at_the_desk_and_remembered(event: Event, browse: Any) -> None:
    one = make_registration(event, person=make_person(event, "Léa", email=""))
    response = browse(make_staff(event, "desk")).get(url("badge", event.slug, one.pk), {"at": "7"})
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert BadgePrint.objects.get().registration == one


def test_ones_own_attestation_is_one_click_and_the_same_again(event: Event, browse: Any) -> None:
    account = make_account()
    one = present(event, account=account)
    client = browse(account)
    address = url("own_attestation", event.slug, one.pk)
    assert address in client.get(url("me", event.slug)).content.decode()
    assert not Attestation.objects.exists()
    for _click in range(2):
        response = client.post(address)
        assert response["Content-Type"] == "application/pdf"
        assert "attachment" in response["Content-Disposition"]
    assert Attestation.objects.count() == 1


def test_somebody_absent_reads_that_there_is_nothing_to_attest(event: Event, browse: Any) -> None:
    account = make_account()
    one = make_registration(event, person=make_person(event, account=account))
    client = browse(account)
    response = client.post(url("own_attestation", event.slug, one.pk), follow=True)
    assert response["Content-Type"].startswith("text/html")
    assert not Attestation.objects.exists()


def test_a_code_is_confirmed_without_a_name(event: Event, browse: Any) -> None:
    one = present(event)
    made = attesting.attest(registration=one, actor=None)
    typed = f" {made.code[:4].lower()}-{made.code[4:]} "
    response = browse(None).get(url("verify", typed))
    page = response.content.decode()
    assert response.status_code == 200
    assert "J… D…" in page
    assert made.digest in page
    assert "Jeanne" not in page
    assert "Dupont" not in page
    assert "demandeur" not in page.lower()
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("code", ["unknown", "A" * 16, "SPECIMEN00000000", "é" * 40, "A" * 500])
def test_a_forged_code_is_nobodys(event: Event, browse: Any, code: str) -> None:
    response = browse(None).get(url("verify", code))
    assert response.status_code == 404


def test_one_letter_changed_and_it_is_nobodys(event: Event, browse: Any) -> None:
    made = attesting.attest(registration=present(event), actor=None)
    forged = ("B" if made.code[0] == "A" else "A") + made.code[1:]
    assert browse(None).get(url("verify", forged)).status_code == 404


def test_issuer_and_hours_are_saved_together_or_not_at_all(event: Event, browse: Any) -> None:
    client = browse(make_staff(event))
    data = {"issuer": "Ville", "signatory": "Ada", "signatory_title": ""}
    for day in event.whole_days:
        data |= {f"day-{day.pk}-morning_starts": "08:30", f"day-{day.pk}-morning_ends": "12:00",
                 f"day-{day.pk}-afternoon_starts": "13:00", f"day-{day.pk}-afternoon_ends": "17:00"}  # fmt: skip
    wrong = {**data, f"day-{event.whole_days[0].pk}-morning_ends": "07:00"}
    assert client.post(url("attestations", event.slug), wrong).status_code == 422
    event.refresh_from_db()
    assert event.issuer == ""
    assert client.post(url("attestations", event.slug), data).status_code == 302
    event.refresh_from_db()
    assert event.issuer == "Ville"
    assert {f"{day.morning_starts:%H:%M}" for day in event.days.all()} == {"08:30"}
