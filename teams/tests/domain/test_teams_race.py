"""A sixth idea, a project handed in twice: at the same moment, on SQLite and PostgreSQL."""

from __future__ import annotations

from functools import partial

import pytest

from hackathon.domain import clock, windows
from hackathon.models import AuditEntry, Event, Registration
from hackathon.tests import racing
from hackathon.tests.factories import DURING_WORK, make_registration
from teams.domain import ideas, submitting
from teams.domain.ideas import IdeaRefused
from teams.enums import ProjectState
from teams.models import Idea, Project
from teams.tests.factories import make_crowd, make_member, make_project, make_team

THREADS = 10
all_at_once = partial(racing.all_at_once, threads=THREADS)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr(clock, "now", lambda event: DURING_WORK)
    monkeypatch.setattr(windows, "rosters_are_open", lambda event: True)
    monkeypatch.setattr(windows, "submission_is_open", lambda event: True)
    monkeypatch.setattr(ideas, "wall_is_open", lambda event: True)
    return make_crowd(0)


def test_ideas_posted_together_stop_at_the_most_of_one_person(event: Event) -> None:
    author = make_registration(event, state="accepted")
    theme = event.themes.first()

    def post(number: int) -> None:
        ideas.post_idea(
            registration=Registration.objects.with_people().select_related("event").get(pk=author.pk),
            theme=theme,  # type: ignore[arg-type]
            title=f"Idée {number}",
            text="Une idée.",
            actor=None,
        )

    raised = all_at_once(post)
    assert Idea.objects.of_registration(author).count() == ideas.PER_PERSON
    assert [type(error) for error in raised] == [IdeaRefused] * (THREADS - ideas.PER_PERSON)


def test_one_idea_posted_twice_at_once_is_one_idea(event: Event) -> None:
    author = make_registration(event, state="accepted")
    theme = event.themes.first()
    raised = all_at_once(
        lambda number: ideas.post_idea(
            registration=Registration.objects.with_people().select_related("event").get(pk=author.pk),
            theme=theme,  # type: ignore[arg-type]
            title="Toujours la même",
            text="Une idée.",
            actor=None,
        )
    )
    assert raised == []
    assert Idea.objects.of_registration(author).count() == 1


def test_project_handed_in_by_two_at_once_has_one_receipt(event: Event) -> None:
    team = make_team(event, people=2)
    captain, _registration = make_member(event, team, is_captain=True)
    project = make_project(team)
    raised = all_at_once(
        lambda number: submitting.submit_project(
            project=Project.objects.select_related("team__event").get(pk=project.pk), actor=captain
        ),
        threads=4,
    )
    assert raised == []
    project.refresh_from_db()
    assert project.state == ProjectState.SUBMITTED
    assert AuditEntry.objects.about(project).doing("submit_project").count() == 1
    assert event.letters.filter(letter="project_received").count() == 1
