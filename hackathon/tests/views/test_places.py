"""The page of the places: figures, settings with their effect, its two acts; and one's own answers to an offer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.domain import contingents, jobs, reminding, waiting
from hackathon.enums import DutyKind, RegistrationState
from hackathon.models import AuditEntry, Event, Job, OutgoingMail, Registration
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)

State = RegistrationState
NOW = DURING_REGISTRATION
pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at: Any) -> Any:
    at(NOW)
    return make_event()


@pytest.fixture
def organiser(event: Any, browse: Any) -> Any:
    return browse(make_staff(event))


def page(event: Any, name: str = "places", *args: Any) -> str:
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


def settings_of(event: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends when nothing was changed, then those changes."""
    sent: dict[str, Any] = {"capacity": event.capacity or "", "offer_hours": event.offer_hours}
    sent |= {"offers_by_itself": "on"} if event.offers_by_itself else {}
    for role in event.roles.all():
        sent |= {
            f"capacity-{role.pk}": "" if role.capacity is None else role.capacity,
            f"attendance_rate-{role.pk}": role.attendance_rate,
        }
    return {name: value for name, value in {**sent, **changes}.items() if value is not None}


def test_more_reminders_than_a_page_can_wait_for_are_a_job(
    event: Any, organiser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    role = make_role(event)
    for _ in range(3):
        make_registration(event, role, state=State.ACCEPTED)
    first = organiser.post(page(event, "places_remind"))
    again = organiser.post(page(event, "places_remind"))
    job = Job.objects.get()
    assert first.url == again.url == page(event, "job", job.pk)
    if job.state == "queued":
        jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"asked": 3})
    assert OutgoingMail.objects.filter(letter="confirm_reminder").count() == 3
    assert AuditEntry.objects.get(verb="remind_unconfirmed").data["count"] == 3
    assert organiser.get(reminding.where(job)).status_code == 200


def test_stopped_reminders_say_how_many_were_written(event: Any) -> None:
    role = make_role(event)
    for _ in range(3):
        make_registration(event, role, state=State.ACCEPTED)
    job = Job.objects.create(event=event, kind=reminding.KIND)

    def stop_after_two(done: int, total: int) -> None:
        if done == 2:
            raise jobs.Stopped("stop")

    with pytest.raises(jobs.Stopped):
        reminding.run_job(job, stop_after_two)
    assert AuditEntry.objects.get(verb="remind_unconfirmed").data["count"] == 2
    assert reminding.run_job(job, lambda done, total: None) == {"asked": 1}


def test_page_shows_the_places_as_a_picture_and_as_a_table(event: Any, organiser: Any) -> None:
    role = make_role(event, capacity=2, attendance_rate=50)
    make_registration(event, role)
    make_registration(event, role, state=State.WAITLISTED)
    text = organiser.get(page(event)).content.decode()
    assert "<title" in text
    assert 'role="img"' in text
    assert "1 sur 2, 1 en attente" in text
    assert 'style="' not in text


def test_preview_says_what_saving_would_do_and_writes_nothing(event: Any, organiser: Any) -> None:
    role = make_role(event, capacity=0)
    for _ in range(3):
        make_registration(event, role, state=State.WAITLISTED)
    changes = {f"capacity-{role.pk}": 2}
    answer = organiser.post(page(event), settings_of(event, act="preview", **changes))
    assert "2 personnes de la liste d’attente pourraient avoir une place" in answer.content.decode()
    assert f'value="2" min="0" max="100000" id="id_capacity-{role.pk}"' in answer.content.decode()
    assert Registration.objects.waiting().count() == 3
    assert not AuditEntry.objects.exists()
    assert organiser.post(page(event), settings_of(event, act="save", **changes)).status_code == 302
    assert Registration.objects.in_state(State.OFFERED).count() == 2


def test_preview_warns_of_more_people_than_the_new_limit(event: Any, organiser: Any) -> None:
    role = make_role(event, capacity=3)
    for _ in range(3):
        make_registration(event, role)
    answer = organiser.post(page(event), settings_of(event, act="preview", **{f"capacity-{role.pk}": 1}))
    assert "2 personnes de plus que la limite" in answer.content.decode()


@pytest.mark.parametrize("wrong", ["-1", "abc", "999999999", "²"])
def test_wrong_numbers_are_shown_beside_their_field_and_nothing_is_lost(
    event: Any, organiser: Any, wrong: str
) -> None:
    role = make_role(event, capacity=3)
    sent = settings_of(event, offer_hours="7", act="save", **{f"capacity-{role.pk}": wrong})
    answer = organiser.post(page(event), sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'value="{wrong}"' in text
    assert 'name="offer_hours" value="7"' in text
    assert f'href="#id_capacity-{role.pk}"' in text
    role.refresh_from_db()
    assert role.capacity == 3


def test_saving_what_was_not_changed_records_nothing(event: Any, organiser: Any) -> None:
    make_role(event, capacity=3)
    assert organiser.post(page(event), settings_of(event, act="save")).status_code == 302
    assert not AuditEntry.objects.exists()


def test_places_are_offered_and_people_reminded_from_the_page_once(event: Any, organiser: Any) -> None:
    Event.objects.filter(pk=event.pk).update(offers_by_itself=False)
    role = make_role(event, capacity=2)
    make_registration(event, role, state=State.ACCEPTED)
    make_registration(event, role, state=State.WAITLISTED)
    text = organiser.get(page(event)).content.decode()
    assert "Proposer 1 place" in text
    assert "Rappeler à 1 personne de confirmer" in text
    for _twice in range(2):
        assert organiser.post(page(event, "places_offer")).status_code == 302
        assert organiser.post(page(event, "places_remind")).status_code == 302
    assert Registration.objects.in_state(State.OFFERED).count() == 1
    assert OutgoingMail.objects.filter(letter="confirm_reminder").count() == 1


def test_page_asks_the_same_of_the_database_whatever_the_people(event: Any, organiser: Any) -> None:
    role, numbers = make_role(event, capacity=5), []
    for more in (1, 2, 27):
        for _ in range(more):
            make_registration(event, role, state=State.ACCEPTED)
            make_registration(event, role, state=State.WAITLISTED)
        with CaptureQueriesContext(connection) as asked:
            organiser.get(page(event))
        numbers.append(len(asked))
    assert numbers[1] == numbers[2]
    assert numbers[2] <= 13


@pytest.mark.parametrize("kind", [DutyKind.DESK, DutyKind.SECRETARY])
def test_places_are_the_organisers_own(event: Any, browse: Any, kind: str) -> None:
    staff = browse(make_staff(event, kind))
    assert staff.get(page(event)).status_code == 403
    assert staff.post(page(event, "places_remind")).status_code == 403


# --- One's own ---------------------------------------------------------------------------------------------------


def own(event: Any, **fields: Any) -> Registration:
    account = make_account()
    person = make_person(event, account=account, email=account.email)
    return make_registration(event, person=person, **fields)


STATES = {
    State.DRAFT: "n’a pas été envoyée",
    State.SUBMITTED: "vous n’avez rien à faire",
    State.ACCEPTED: "confirmez que vous venez",
    State.WAITLISTED: "Vous êtes au rang 1",
    State.DECLINED: "n’ont pas pu retenir",
    State.OFFERED: "Une place vous est gardée jusqu’au",
    State.EXPIRED: "l’échéance est passée",
    State.CONFIRMED: "Nous vous attendons",
    State.CANCELLED: "Vous n’êtes plus attendu",
}


@pytest.mark.parametrize("state", STATES)
def test_own_card_says_each_state_in_words(event: Any, browse: Any, state: str) -> None:
    offer = (
        {"offered_at": NOW, "offer_expires_at": NOW + timedelta(hours=5)} if state == State.OFFERED else {}
    )
    mine = own(event, state=state, **offer)
    text = browse(mine.person.account).get(page(event, "me")).content.decode()
    assert STATES[state] in text
    assert ("data-deadline" in text) is (state == State.OFFERED)


def test_an_offer_whose_time_is_over_cannot_be_taken(event: Any, browse: Any) -> None:
    mine = own(event, state=State.OFFERED, offered_at=NOW - timedelta(hours=1), offer_expires_at=NOW)
    client = browse(mine.person.account)
    assert page(event, "own_take_offer", mine.pk) not in client.get(page(event, "me")).content.decode()
    answer = client.post(page(event, "own_take_offer", mine.pk), follow=True)
    assert "l’échéance" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.state == State.OFFERED


def test_cancelling_asks_once_then_gives_the_place_to_the_next(event: Any, browse: Any) -> None:
    role = make_role(event, capacity=1)
    mine = own(event, role=role)
    other = make_registration(event, role, state=State.WAITLISTED)
    client, url = browse(mine.person.account), page(event, "own_cancel", mine.pk)
    assert "Votre place va aussitôt" in client.get(url).content.decode()
    mine.refresh_from_db()
    assert mine.state == State.CONFIRMED
    client.post(url)
    other.refresh_from_db()
    assert other.state == State.OFFERED
    assert client.get(url).status_code == 302


def test_own_history_is_told_without_names_nor_inner_reasons(event: Any, browse: Any) -> None:
    staff = make_staff(event, email="chef@example.org")
    mine = own(event, role=make_role(event, capacity=0), state=State.WAITLISTED)
    contingents.change_places(event=event, changes={}, roles={mine.role_id: {"capacity": 1}}, actor=staff)
    waiting.take_offer(registration=Registration.objects.get(pk=mine.pk), actor=mine.person.account)
    text = browse(mine.person.account).get(page(event, "me")).content.decode()
    assert "Une place vous a été proposée" in text
    assert "Vous avez pris la place" in text
    assert "par vous" in text
    assert "chef@example.org" not in text


def test_own_page_asks_the_same_of_the_database_whatever_the_people_of_the_account(
    event: Any, browse: Any
) -> None:
    mine, numbers = own(event, state=State.WAITLISTED), []
    account, client = mine.person.account, browse(mine.person.account)
    for more in (1, 2, 27):
        for _ in range(more):
            make_registration(event, state=State.WAITLISTED, person=make_person(event, account=account))
            make_registration(event, state=State.CONFIRMED, person=make_person(event, account=account))
        with CaptureQueriesContext(connection) as asked:
            client.get(page(event, "me"))
        numbers.append(len(asked))
    assert len(set(numbers)) == 1
