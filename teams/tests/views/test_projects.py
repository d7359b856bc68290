from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event
from teams.domain import submitting
from teams.models import Project, ProjectVersion
from teams.models.project import REQUIRED
from teams.tests.factories import announce_now, make_member, make_team

pytestmark = pytest.mark.django_db

FILLED = {name: f"my {name}" for name in REQUIRED}


def address(name, event, language="fr"):
    with override(language):
        return reverse(f"teams:{name}", args=[event.slug, 1])


@pytest.fixture
def event(at):
    at(DURING_WORK)
    event = make_event()
    event.teams_announced_at = DURING_WORK
    event.save()
    return event


@pytest.fixture
def team(event):
    return make_team(event)


@pytest.fixture
def captain(event, team, browse):
    account, _registration = make_member(event, team, is_captain=True)
    return browse(account)


@pytest.fixture
def mate(event, team, browse):
    account, _registration = make_member(event, team)
    return browse(account)


def test_page_saves_without_javascript(event, team, captain):
    page = captain.get(address("project", event))
    assert 'name="version" value="0"' in page.content.decode()
    saved = captain.post(address("save_project", event), FILLED | {"version": "0"}, follow=True)
    assert "Enregistré à 10:00" in saved.content.decode()
    project = Project.objects.get(team=team)
    assert (project.title, project.version) == ("my title", 1)


def test_autosave_sends_some_fields_and_gets_the_next_version(event, team, captain):
    captain.post(address("save_project", event), FILLED | {"version": "0"})
    answer = captain.post(
        address("save_project", event), {"pitch": "Un pont", "version": "1", "autosave": "1"}
    )
    assert answer.json() == {"saved_at": "10:00", "version": 2}
    project = Project.objects.get(team=team)
    assert (project.title, project.pitch) == ("my title", "Un pont")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "rien n’a été écrasé"), ("en", "nothing was overwritten")]
)
def test_second_to_save_sees_both_texts_and_may_save_theirs_knowingly(
    event, team, captain, mate, language, words
):
    there = address("save_project", event, language)
    captain.post(there, FILLED | {"version": "0"})
    late = mate.post(there, FILLED | {"title": "the mate’s title", "version": "0"})
    page = late.content.decode()
    assert late.status_code == 409
    assert words in page
    assert "my title" in page
    assert "the mate’s title" in page
    assert Project.objects.get(team=team).title == "my title"
    assert ProjectVersion.objects.set_aside().get().content["title"] == "the mate’s title"
    assert 'name="version" value="1"' in page
    mate.post(there, FILLED | {"title": "the mate’s title", "version": "1"})
    assert Project.objects.get(team=team).title == "the mate’s title"


def test_second_to_save_keeps_what_the_first_wrote_elsewhere(event, team, captain, mate):
    there = address("save_project", event)
    captain.post(there, FILLED | {"problem": "a\r\nb", "version": "0"})
    captain.post(there, FILLED | {"problem": "a\r\nb", "title": "the captain’s", "version": "1"})
    page = mate.post(there, FILLED | {"problem": "a\r\nb", "pitch": "the mate’s", "version": "1"})
    assert page.status_code == 409
    initial = page.context_data["form"].initial
    assert (initial["title"], initial["pitch"]) == ("the captain’s", "the mate’s")
    assert page.context_data["others"] == []


def test_second_to_autosave_gets_409_in_json(event, team, captain, mate):
    captain.post(address("save_project", event), {"title": "one", "version": "0", "autosave": "1"})
    late = mate.post(address("save_project", event), {"title": "two", "version": "0", "autosave": "1"})
    assert late.status_code == 409
    assert late.json()["code"] == "stale_project"
    assert ProjectVersion.objects.count() == 2


@pytest.mark.parametrize("late_by", [timedelta(), timedelta(milliseconds=1)])
@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Le dépôt a fermé le 19 novembre 2016"), ("en", "Submission closed on 19 November 2016")],
)
def test_late_save_is_refused_with_the_hour_and_keeps_the_text(
    event, team, captain, at, late_by, language, words
):
    captain.post(address("save_project", event), FILLED | {"version": "0"})
    at(DEADLINE + late_by)
    late = captain.post(address("save_project", event, language), FILLED | {"title": "late", "version": "1"})
    assert late.status_code == 403
    assert words in late.content.decode()
    assert "late" in late.content.decode()
    assert Project.objects.get(team=team).title == "my title"
    assert ProjectVersion.objects.set_aside().get().content["title"] == "late"


def test_late_submission_is_refused_and_hands_nothing_in(event, team, captain, at):
    captain.post(address("save_project", event), FILLED | {"version": "0"})
    at(DEADLINE)
    page = captain.post(address("submit_project", event), follow=True).content.decode()
    assert "Le dépôt a fermé le 19 novembre 2016" in page
    project = Project.objects.get(team=team)
    assert (project.state, project.receipt) == ("draft", "")


def test_page_is_read_only_after_the_deadline(event, captain, at):
    captain.post(address("save_project", event), FILLED | {"version": "0"})
    at(DEADLINE)
    page = captain.get(address("project", event)).content.decode()
    assert "my problem" in page
    assert "<textarea" not in page
    assert "n’a pas été déposé" in page


def test_saving_on_the_way_to_submitting_loses_nothing(event, team, captain):
    page = captain.post(address("save_project", event), FILLED | {"version": "0", "next": "submit"})
    assert page["Location"] == address("submit_project", event)
    assert Project.objects.get(team=team).title == "my title"


def test_captain_submits_and_reads_the_receipt(event, team, captain):
    captain.post(address("save_project", event), FILLED | {"version": "0"})
    assert "my solution" in captain.get(address("submit_project", event)).content.decode()
    page = captain.post(address("submit_project", event), follow=True)
    project = Project.objects.get(team=team)
    assert page.redirect_chain[-1][0] == address("receipt", event)
    assert project.receipt[:8] in page.content.decode()
    assert project.receipt == submitting.digest_of(project)


def test_member_writes_but_only_the_captain_submits(event, team, captain, mate):
    mate.post(address("save_project", event), FILLED | {"version": "0"})
    assert Project.objects.get(team=team).version == 1
    assert mate.post(address("submit_project", event)).status_code == 403
    assert Project.objects.get(team=team).state == "draft"


def test_incomplete_project_is_not_submitted(event, team, captain):
    captain.post(address("save_project", event), FILLED | {"problem": "", "version": "0"})
    assert captain.get(address("submit_project", event)).status_code == 302
    page = captain.post(address("submit_project", event), follow=True).content.decode()
    assert "ne peut pas être déposé sans" in page
    assert Project.objects.get(team=team).state == "draft"


def test_wrong_address_is_refused_field_by_field(event, captain):
    answer = captain.post(
        address("save_project", event), {"site_url": "not an address", "version": "0", "autosave": "1"}
    )
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["site_url"]
    page = captain.post(address("save_project", event), FILLED | {"site_url": "no no", "version": "0"})
    assert page.status_code == 400
    assert "my title" in page.content.decode()
    assert not ProjectVersion.objects.exists()


def test_submitted_project_says_that_it_changed_since_its_receipt(event, captain):
    captain.post(address("save_project", event), FILLED | {"version": "0"})
    captain.post(address("submit_project", event))
    captain.post(address("save_project", event), FILLED | {"title": "better", "version": "1"})
    assert "a changé depuis votre récépissé" in captain.get(address("project", event)).content.decode()
    emptied = captain.post(address("save_project", event), FILLED | {"title": "", "version": "2"})
    assert emptied.status_code == 400
    assert Project.objects.get().title == "better"


def test_text_is_shown_escaped(event, captain, at):
    captain.post(
        address("save_project", event), FILLED | {"problem": "<script>alert(1)</script>", "version": "0"}
    )
    at(DEADLINE)
    page = captain.get(address("project", event)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_project_of_a_team_not_announced_does_not_exist(event, captain):
    event.teams_announced_at = None
    event.save()
    assert captain.get(address("project", event)).status_code == 404
    assert captain.post(address("save_project", event), FILLED | {"version": "0"}).status_code == 404
    announce_now(event)
    assert captain.get(address("project", event)).status_code == 200
