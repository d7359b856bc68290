from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils.translation import override

from hackathon.enums import WindowKind
from hackathon.models import OutgoingMail
from hackathon.tests.factories import DEADLINE, DURING_WORK, make_account, make_event
from teams.domain import submitting
from teams.domain.submitting import ProjectIncomplete, StaleProject, StandingRefused, SubmissionClosed
from teams.enums import ProjectState, Standing
from teams.models import Project, ProjectVersion
from teams.models.project import CONTENT
from teams.tests.factories import make_project, make_team

pytestmark = pytest.mark.django_db
MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def project(at):
    at(DURING_WORK)
    return submitting.project_of(make_team(make_event()))


def test_project_is_made_once(project):
    assert submitting.project_of(project.team) == project
    assert Project.objects.count() == 1


def test_draft_saves_the_fields_given_and_keeps_each_state(project):
    who = make_account()
    submitting.save_draft(
        project=project, content={"title": "Plateau", "pitch": "Un pont"}, version=0, actor=who
    )
    saved = submitting.save_draft(project=project, content={"title": "Plateau+"}, version=1, actor=who)
    assert (saved.title, saved.pitch, saved.version) == ("Plateau+", "Un pont", 2)
    assert [version.content["title"] for version in saved.versions.order_by("number")] == [
        "Plateau",
        "Plateau+",
    ]


def test_draft_ignores_fields_that_are_not_of_the_page(project):
    submitting.save_draft(
        project=project, content={"state": "submitted", "title": "x"}, version=0, actor=None
    )
    project.refresh_from_db()
    assert project.state == ProjectState.DRAFT


def test_second_of_two_captains_keeps_their_text_and_sees_the_others(project):
    one, two = make_account(), make_account()
    submitting.save_draft(project=project, content={"title": "first"}, version=0, actor=one)
    with pytest.raises(StaleProject) as caught:
        submitting.save_draft(project=project, content={"title": "second"}, version=0, actor=two)
    assert caught.value.details["current"].title == "first"
    kept = ProjectVersion.objects.set_aside().of(two).get()
    assert kept.content == {"title": "second"}
    project.refresh_from_db()
    assert (project.title, project.version) == ("first", 1)


def race(act, count):
    """Run `act(n)` in so many threads at once; returns what each raised or None."""
    gate, outcomes = threading.Barrier(count), [None] * count

    def run(number):
        gate.wait()
        try:
            act(number)
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_captains_saving_at_the_same_moment_lose_nothing(at):
    at(DURING_WORK)
    project = submitting.project_of(make_team(make_event()))
    outcomes = race(
        lambda number: submitting.save_draft(
            project=Project.objects.get(pk=project.pk),
            content={"title": f"text {number}"},
            version=0,
            actor=None,
        ),
        6,
    )
    assert sum(outcome is None for outcome in outcomes) == 1
    assert all(isinstance(outcome, StaleProject) for outcome in outcomes if outcome is not None), outcomes
    versions = ProjectVersion.objects.filter(project=project)
    assert {version.content["title"] for version in versions} == {f"text {number}" for number in range(6)}
    assert versions.set_aside().count() == 5
    project.refresh_from_db()
    assert project.version == 1
    assert connection.vendor in ("sqlite", "postgresql")


def test_submission_one_millisecond_before_the_deadline_counts(project, at):
    project = fill(project)
    at(DEADLINE - MILLISECOND)
    assert submitting.submit_project(project=project, actor=None).state == ProjectState.SUBMITTED


@pytest.mark.parametrize("late_by", [timedelta(), MILLISECOND])
@pytest.mark.parametrize(
    ("language", "closed", "act"),
    [("fr", "19 novembre 2016, 13:30", "organisateur"), ("en", "19 November 2016, 13:30", "organiser")],
)
def test_submission_at_the_deadline_is_late_and_says_when_and_what_to_do(
    project, at, late_by, language, closed, act
):
    fill(project)
    at(DEADLINE + late_by)
    with override(language), pytest.raises(SubmissionClosed) as caught:
        submitting.submit_project(project=project, actor=None)
    assert closed in str(caught.value).replace("\u202f", " ")
    assert act in str(caught.value)
    project.refresh_from_db()
    assert (project.state, project.receipt, project.submitted_at) == (ProjectState.DRAFT, "", None)
    assert not OutgoingMail.objects.exists()


def test_late_draft_is_refused_and_its_text_is_kept_apart(project, at):
    fill(project)
    at(DEADLINE)
    who = make_account()
    with pytest.raises(SubmissionClosed) as caught:
        submitting.save_draft(project=project, content={"title": "too late"}, version=1, actor=who)
    assert caught.value.details["kept"] == ProjectVersion.objects.set_aside().of(who).get()
    project.refresh_from_db()
    assert (project.title, project.version) == ("title", 1)


def test_draft_before_submission_opens_says_when_it_opens(project, at):
    at(project.event.windows.get(kind=WindowKind.SUBMISSION).opens_at - MILLISECOND)
    with override("en"), pytest.raises(SubmissionClosed, match="opens on 18 November 2016, 11:00"):
        submitting.save_draft(project=project, content={"title": "early"}, version=0, actor=None)


@pytest.mark.parametrize(("language", "word"), [("fr", "Problème"), ("en", "Problem")])
def test_incomplete_project_names_what_is_missing(project, language, word):
    fill(project, problem=" ")
    with override(language), pytest.raises(ProjectIncomplete) as caught:
        submitting.submit_project(project=project, actor=None)
    assert caught.value.details["missing"] == ["problem"]
    assert word.lower() in str(caught.value).lower()


def test_submission_gives_a_receipt_that_anybody_can_recompute_and_one_letter(project):
    fill(project)
    sent = submitting.submit_project(project=project, actor=None)
    assert len(sent.receipt) == 64
    assert sent.receipt == submitting.digest_of(Project.objects.get(pk=project.pk))
    assert sent.submitted_at == DURING_WORK
    submitting.submit_project(project=project, actor=None)
    letter = OutgoingMail.objects.get()
    assert sent.receipt in letter.text
    assert letter.person == project.team.memberships.get(is_captain=True).registration.person


def test_submitted_project_may_change_and_be_submitted_again_until_the_deadline(project):
    fill(project)
    first = submitting.submit_project(project=project, actor=None).receipt
    changed = submitting.save_draft(project=project, content={"title": "better"}, version=1, actor=None)
    assert changed.state == ProjectState.SUBMITTED
    assert submitting.has_changed_since_receipt(changed)
    again = submitting.submit_project(project=project, actor=None)
    assert again.receipt != first
    assert not submitting.has_changed_since_receipt(again)
    assert OutgoingMail.objects.count() == 2


def test_submitted_project_cannot_lose_what_it_must_have(project):
    fill(project)
    submitting.submit_project(project=project, actor=None)
    with pytest.raises(ProjectIncomplete):
        submitting.save_draft(project=project, content={"title": ""}, version=1, actor=None)
    project.refresh_from_db()
    assert (project.title, project.version) == ("title", 1)


def test_standing_needs_a_reason_and_can_be_given_back(project):
    with pytest.raises(StandingRefused):
        submitting.change_standing(project=project, standing=Standing.WITHDRAWN, reason=" ", actor=None)
    with pytest.raises(StandingRefused):
        submitting.change_standing(project=project, standing="lost", reason="x", actor=None)
    submitting.change_standing(project=project, standing=Standing.OUT, reason="staff team", actor=None)
    assert Project.objects.get().standing_reason == "staff team"
    submitting.change_standing(project=project, standing=Standing.COMPETING, reason="mistake", actor=None)
    assert Project.objects.get().standing_reason == ""


def test_completeness_counts_fields(project):
    filled, of = submitting.completeness(make_project(make_team(project.event)))
    assert (filled, of) == (4, len(CONTENT))


def fill(project, **fields):
    for name in ("title", "pitch", "problem", "solution"):
        setattr(project, name, fields.get(name, name))
    project.version = 1
    project.save()
    return project
