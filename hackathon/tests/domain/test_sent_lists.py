"""A list between its pages: long ones by jobs, stopped and taken up again, put back when something fails."""

from __future__ import annotations

from typing import Any

import pytest

from hackathon.domain import jobs, roster, sent_lists
from hackathon.domain.roster import importing
from hackathon.enums import JobState
from hackathon.kit import kept_files
from hackathon.models import Account, Event, Job, Person
from hackathon.tests.domain.roster.bringing import HEADER, people
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_role, make_staff, make_theme


@pytest.fixture
def event(db: Any, at: Any, monkeypatch: pytest.MonkeyPatch) -> Event:
    at(DURING_REGISTRATION)
    monkeypatch.setattr(importing, "PART", 10)
    monkeypatch.setattr(importing, "BREATH", 0)
    monkeypatch.setattr(sent_lists, "LONG", 20)
    event = make_event()
    for key in ("developpeur", "designer"):
        make_role(event, key, name_fr="Développeur" if key == "developpeur" else "Designer")
    make_theme(event, "Local")
    make_theme(event, "Emploi")
    return event


@pytest.fixture
def organiser(event: Event) -> Account:
    return make_staff(event)


def send(event: Event, organiser: Account, *lines: str) -> sent_lists.Sent:
    data = "\n".join([HEADER, *lines]).encode()
    note = {"event": event.pk, "account": organiser.pk, "name": "liste.csv"}
    return sent_lists.keep(event, data, note)


def run(job: Job | None) -> Job:
    assert job is not None
    jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    return job


def test_a_long_rehearsal_is_made_once_and_read_many_times(
    event: Event, organiser: Account, django_assert_num_queries: Any
) -> None:
    sent = send(event, organiser, *people(40))
    assert sent.is_long
    job = run(sent_lists.rehearse_later(sent=sent, actor=organiser))
    assert (job.state, job.result["counts"]["new"], job.done, job.total) == (JobState.DONE, 40, 40, 40)
    with django_assert_num_queries(0):
        assert sent.report().counts["new"] == 40
    sent_lists.change(sent, mapping={"0": "full_name", "3": "role"})
    assert {line.name for line in sent.report().lines} == {f"Prénom{n}" for n in range(40)}


def test_a_long_import_is_done_by_its_job_and_only_once(event: Event, organiser: Account) -> None:
    sent = send(event, organiser, *people(40), "Ana;Sol;;Astronaute;;;;;;")
    job = sent_lists.confirm(sent=sent, actor=organiser)
    with pytest.raises(sent_lists.ListGone):
        sent_lists.confirm(sent=sent, actor=organiser)
    assert not Person.objects.exists()
    assert run(job).result["counts"]["new"] == 40
    assert Person.objects.count() == 40
    left = sent_lists.found(event, sent.token, state=kept_files.SETTLED)
    assert left.is_settled
    assert [line.cells[0] for line in roster.Report.from_bytes(left.data).lines] == ["Ana"]


def test_a_stopped_import_says_where_it_is_and_goes_on(
    event: Event, organiser: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(event, organiser, *people(40))
    job = sent_lists.confirm(sent=sent, actor=organiser)
    assert job is not None
    real = importing.write

    def write(*arguments: Any) -> None:
        real(*arguments)
        if Person.objects.count() == 20:
            jobs.stop(job=job, actor=organiser)

    monkeypatch.setattr(importing, "write", write)
    assert run(job).result["not_reached"] == 20
    assert job.state == JobState.DONE
    again = sent_lists.found(event, sent.token)
    assert again.note["stopped"] == {"done": 20, "left": 20}
    assert again.report().counts == {"new": 20, "changed": 0, "unchanged": 20, "skipped": 0, "refused": 0}
    assert run(sent_lists.confirm(sent=again, actor=organiser)).result["counts"]["unchanged"] == 20
    assert Person.objects.count() == 40


def test_a_failure_gives_the_list_back(
    event: Event, organiser: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(event, organiser, *people(40))
    job = sent_lists.confirm(sent=sent, actor=organiser)
    monkeypatch.setattr(importing, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(job)
    assert sent_lists.found(event, sent.token).note
    assert Job.objects.get().state == JobState.FAILED


def test_all_or_nothing_in_a_job_is_refused_in_words(event: Event, organiser: Account) -> None:
    sent = send(event, organiser, *people(40), "Ana;Sol;;Astronaute;;;;;;")
    job = run(sent_lists.confirm(sent=sent, actor=organiser, all_or_nothing=True))
    assert (job.state, bool(job.error)) == (JobState.FAILED, True)
    assert not Person.objects.exists()
    assert sent_lists.found(event, sent.token).note


def test_a_long_list_that_cannot_be_read_says_why(event: Event, organiser: Account) -> None:
    sent = sent_lists.keep(
        event, b"\x00\x01\n" * 200, {"event": event.pk, "account": organiser.pk, "name": "x"}
    )
    job = run(sent_lists.rehearse_later(sent=sent, actor=organiser))
    assert job.state == JobState.FAILED
    assert "x" in job.error


def test_an_import_stopped_before_it_began_gives_its_list_back(event: Event, organiser: Account) -> None:
    sent = send(event, organiser, *people(30))
    job = sent_lists.confirm(sent=sent, actor=organiser)
    assert job is not None
    jobs.stop(job=job, actor=organiser)
    assert not Person.objects.exists()
    again = sent_lists.confirm(sent=sent_lists.found(event, sent.token), actor=organiser)
    run(again)
    assert Person.objects.count() == 30
