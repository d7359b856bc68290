"""Long work: done once, followed, stopped, refused in words, its file for whoever asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hackathon.domain import jobs
from hackathon.enums import JobState
from hackathon.kit.errors import Refused
from hackathon.kit.registry import JobKind, registry
from hackathon.models import Job
from hackathon.tests.factories import make_event, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(monkeypatch):
    """`work(run)`: a job of a kind that runs so, asked for by the organiser of an event."""
    monkeypatch.setattr(registry, "jobs", {})

    def asked(run) -> Job:
        registry.add_job(JobKind("essai", "hackathon.see_tower", run))
        event = make_event()
        return jobs.start(event=event, kind="essai", options={"n": 3}, actor=make_staff(event), title="Essai")

    return asked


def test_job_runs_once_and_keeps_its_result(work) -> None:
    job = work(lambda job, tell: {"n": job.options["n"]})
    assert jobs.run(job_id=str(job.pk))
    assert not jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result, job.is_over) == (JobState.DONE, {"n": 3}, True)


def test_job_tells_how_far_it_is(work) -> None:
    seen = []

    def run(job, tell):
        for step in range(3):
            tell(step + 1, 3)
            seen.append(jobs.progress(Job.objects.get(pk=job.pk)))
        return {}

    job = work(run)
    jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert (job.done, job.total, job.share) == (3, 3, 1.0)


def test_job_stops_at_its_next_step(work) -> None:
    steps = []

    def run(job, tell):
        for step in range(3):
            tell(step, 3)
            steps.append(step)
            jobs.stop(job=job, actor=None)
        return {}

    job = work(run)
    jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, steps) == (JobState.STOPPED, [0])


def test_job_stopped_before_it_begins_never_does(work) -> None:
    job = work(lambda job, tell: pytest.fail("it ran"))
    jobs.stop(job=job, actor=None)
    assert not jobs.run(job_id=str(job.pk))


def test_refusal_is_kept_in_words(work) -> None:
    def run(job, tell):
        raise Refused("Il manque une page.")

    job = work(run)
    assert not jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Il manque une page.")


def test_broken_job_says_so_and_is_raised_for_the_log(work) -> None:
    job = work(lambda job, tell: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error


def test_job_whose_worker_is_ended_waits_for_the_next(work) -> None:
    def run(job, tell):
        raise SystemExit

    job = work(run)
    with pytest.raises(SystemExit):
        jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.finished_at) == (JobState.QUEUED, None)


def test_file_is_for_whoever_asked_and_is_forgotten_after_a_week(work, browse) -> None:
    def run(job, tell):
        jobs.keep_file(job, b"%PDF-1.7", "badges.pdf")
        return {}

    job = work(run)
    jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    address = f"/{job.event.slug}/tower/jobs/{job.pk}/file/"
    answer = browse(job.requested_by).get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert 'attachment; filename="badges.pdf"' in answer["Content-Disposition"]
    assert browse(make_staff(job.event)).get(address).status_code == 404
    assert "badges.pdf" in browse(job.requested_by).get(f"/{job.event.slug}/tower/jobs/{job.pk}/").text
    Job.objects.update(finished_at=timezone.now() - timedelta(days=8))
    path = jobs.file_of(job)
    assert jobs.forget_old() == 1
    assert path is not None
    assert not path.exists()
