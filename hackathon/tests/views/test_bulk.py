"""Acting on many from the list: the preview writes nothing, a stale one does nothing, the outcome can be taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hackathon.domain import bulk, jobs
from hackathon.enums import RegistrationState
from hackathon.models import AuditEntry, Event, Job, OutgoingMail, Registration
from hackathon.tests.factories import (
    DURING_REGISTRATION,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)

State = RegistrationState


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event(offers_by_itself=False)
    make_role(event)
    return event


@pytest.fixture
def organiser(event: Event, browse: Any) -> Any:
    return browse(make_staff(event))


def url(event: Event, name: str, **more: Any) -> str:
    return reverse(f"hackathon:{name}", kwargs={"event": event.slug, **more})


def fields(page: Any) -> dict[str, str]:
    """The hidden fields of the confirmation."""
    found = {}
    for tag in re.findall(r"<input type=\"hidden\"[^>]*>", page.text):
        found[re.search(r'name="([^"]*)"', tag)[1]] = re.search(r'value="([^"]*)"', tag)[1]
    return {name: found[name] for name in ("batch", "digest", "count")}


def count(event: Event, state: str) -> int:
    return Registration.objects.for_event(event).in_state(state).count()


def test_everybody_who_matches_is_declined_confirmed_once_and_taken_back(
    event: Event, organiser: Any
) -> None:
    asked = [make_registration(event, state=State.SUBMITTED) for _ in range(3)]
    make_registration(event, state=State.CONFIRMED)
    where = url(event, "people_act") + "?act=decline&all=1&state=submitted"
    preview = organiser.get(where)
    assert count(event, State.SUBMITTED) == 3, "a preview writes nothing"
    refused = organiser.post(where, fields(preview))
    assert refused.status_code == 422, "a reason is asked for"
    said = {**fields(refused), "reason": "Complet"}
    done = organiser.post(where, said, follow=True)
    assert (count(event, State.DECLINED), done.status_code) == (3, 200)
    organiser.post(where, said)
    assert OutgoingMail.objects.filter(letter="registration_declined").count() == 3
    undo = url(event, "batch_undo", batch=said["batch"])
    page = organiser.post(undo, follow=True)
    assert count(event, State.SUBMITTED) == 3
    assert str(asked[0].pk) not in re.findall(r"people/(\d+)/", page.text), "nobody is listed as not put back"


def test_a_preview_that_is_no_longer_true_does_nothing_and_shows_the_new_one(
    event: Event, organiser: Any
) -> None:
    make_registration(event, state=State.SUBMITTED)
    where = url(event, "people_act") + "?act=accept&all=1"
    said = fields(organiser.get(where))
    make_registration(event, state=State.SUBMITTED)
    stale = organiser.post(where, said)
    assert (stale.status_code, stale.context["is_stale"]) == (409, True)
    assert len(stale.context["plan"].done) == 2
    assert count(event, State.ACCEPTED) == 0
    organiser.post(where, fields(stale))
    assert count(event, State.ACCEPTED) == 2


def test_only_the_ticked_people_are_meant(event: Event, organiser: Any) -> None:
    ticked, _other = (make_registration(event, state=State.SUBMITTED) for _ in range(2))
    foreign = make_registration(make_event(), state=State.SUBMITTED)
    where = f"{url(event, 'people_act')}?act=accept&person={ticked.pk}&person={foreign.pk}&person=x"
    organiser.post(where, fields(organiser.get(where)))
    ticked.refresh_from_db()
    foreign.refresh_from_db()
    assert (ticked.state, foreign.state, count(event, State.ACCEPTED)) == (State.ACCEPTED, State.SUBMITTED, 1)


@pytest.mark.parametrize("query", ["?act=accept", "?all=1&act=nothing", "?all=1", ""])
def test_what_is_not_said_is_asked_for(event: Event, organiser: Any, query: str) -> None:
    make_registration(event, state=State.SUBMITTED)
    response = organiser.get(url(event, "people_act") + query)
    assert response.status_code == 302
    assert response["Location"].startswith(url(event, "people"))


def test_export_and_badges_go_where_they_are_done_with_the_same_people(event: Event, organiser: Any) -> None:
    response = organiser.get(url(event, "people_act"), {"act": "export", "person": "7", "role": "x"})
    assert response["Location"] == url(event, "people_export") + "?person=7"


def test_more_than_a_page_is_a_job(event: Event, organiser: Any) -> None:
    for _ in range(bulk.AT_ONCE + 1):
        make_registration(event, state=State.SUBMITTED)
    where = url(event, "people_act") + "?act=decline&all=1"
    said = {**fields(organiser.get(where)), "reason": "Complet"}
    first, again = organiser.post(where, said), organiser.post(where, said)
    assert first["Location"] == again["Location"]
    assert count(event, State.DECLINED) == 0
    assert jobs.run(job_id=str(Job.objects.get().pk))
    assert count(event, State.DECLINED) == bulk.AT_ONCE + 1
    page = organiser.get(first["Location"], follow=True)
    assert page.context["outcome"].done == bulk.AT_ONCE + 1
    organiser.post(url(event, "batch_undo", batch=said["batch"]))
    assert jobs.run(job_id=str(Job.objects.get(kind="undo_act_on_many").pk))
    assert count(event, State.SUBMITTED) == bulk.AT_ONCE + 1


def test_the_preview_costs_the_same_queries_whatever_its_length(event: Event, organiser: Any) -> None:
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            make_registration(event, state=State.SUBMITTED)
        with CaptureQueriesContext(connection) as captured:
            organiser.get(url(event, "people_act") + "?act=accept&all=1")
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]


def test_the_act_itself_holds_no_name(event: Event, organiser: Any) -> None:
    make_registration(event, state=State.DECLINED, person=make_person(event, "Noémi", "Lecoq"))
    pk = Registration.objects.get().pk
    bulk.act_on(event=event, act="decline", pks=[pk], batch="b", actor=None)
    entry = AuditEntry.objects.get(verb=bulk.HEADER)
    assert entry.data["skipped"] == [{"registration": pk, "why": bulk.DONE_ALREADY}]
