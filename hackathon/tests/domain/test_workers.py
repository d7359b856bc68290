"""Jobs and tasks of a worker that died are given to the next one; to no fourth when they ended three."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hackathon.domain import jobs, workers
from hackathon.enums import JobState
from hackathon.kit.registry import JobKind, registry
from hackathon.models import Job
from hackathon.tests.factories import make_event, make_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job(monkeypatch):
    """A job in the middle of which its worker died."""
    monkeypatch.setitem(
        registry.jobs, "essai", JobKind("essai", "hackathon.see_tower", lambda job, tell: {"n": 1})
    )
    event = make_event()
    found = jobs.start(event=event, kind="essai", options={}, actor=make_staff(event))
    Job.objects.update(state=JobState.RUNNING, started_at=timezone.now())
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now(), worker_ids=["ailleurs:1:abcd"])
    return found


def test_job_of_a_dead_worker_is_done_by_the_next(job):
    call_command("work", once=True)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"n": 1})


def test_job_of_a_living_worker_is_left_to_it(job):
    workers.beat("ailleurs:1:abcd")
    call_command("work", once=True)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_job_that_was_ended_by_force_is_taken_up_again(job):
    Job.objects.update(state=JobState.QUEUED)
    DBTaskResult.objects.update(
        status="FAILED", exception_class_path="builtins.SystemExit", finished_at=timezone.now()
    )
    call_command("work", once=True)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_job_that_ended_three_workers_has_failed_and_says_so(job):
    DBTaskResult.objects.update(worker_ids=["ailleurs:1:a", "ailleurs:2:a", "ailleurs:3:a"])
    assert workers.recover(worker=workers.name())["tasks"] == 0
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error


def test_tick_that_fails_is_logged_and_the_others_are_done(monkeypatch, caplog):
    done = []

    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(registry, "ticks", [broken, lambda: done.append(1)])
    call_command("work", once=True)
    assert done == [1]
    assert "broken" in caplog.text


def test_worker_that_ends_is_not_there_any_more():
    call_command("work", once=True)
    assert not workers.any_is_there()
