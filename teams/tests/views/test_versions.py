"""The pages about added fields, versions, the declaration and what happens outside the rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event, make_staff
from teams.domain import project_fields
from teams.enums import Standing
from teams.models import Declaration, ExtraField, Membership, Project, ProjectVersion, Reopening
from teams.models.project import REQUIRED
from teams.tests.factories import make_member, make_team

pytestmark = pytest.mark.django_db

FILLED = {name: f"my {name}" for name in REQUIRED}


def address(name, event, *args):
    with override("fr"):
        return reverse(f"teams:{name}", args=[event.slug, *args])


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
    return browse(make_member(event, team, is_captain=True)[0])


@pytest.fixture
def organiser(event, browse):
    return browse(make_staff(event))


@pytest.fixture
def field(event):
    return project_fields.save_field(event=event, actor=None, label_fr="Données utilisées", is_required=True)


def save(client, event, version, **texts):
    return client.post(address("save_project", event, 1), texts | {"version": str(version)})


def test_an_added_field_saves_itself_like_the_others(event, team, captain, field):
    name = f"extra_{field.pk}"
    page = captain.get(address("project", event, 1)).content.decode()
    assert f'name="{name}"' in page
    assert f'href="#id_{name}"' in page
    answer = save(captain, event, 0, **{name: "open data", "autosave": "1"})
    assert answer.json()["version"] == 1
    assert Project.objects.get(team=team).extra == {str(field.pk): "open data"}


def test_an_added_field_too_long_is_refused_by_its_name(event, team, captain, field):
    name = f"extra_{field.pk}"
    answer = save(captain, event, 0, **{name: "x" * 251, "autosave": "1"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])


def test_two_members_in_one_added_field_lose_neither_text(event, team, captain, field, browse):
    name, mate = f"extra_{field.pk}", browse(make_member(event, team)[0])
    save(captain, event, 0, **{name: "the captain’s"})
    page = save(mate, event, 0, **{name: "the mate’s"})
    assert page.status_code == 409
    assert "the captain’s" in page.content.decode()
    assert "the mate’s" in page.content.decode()
    assert ProjectVersion.objects.set_aside().get().content == {name: "the mate’s"}


def test_a_draft_sent_again_and_again_after_the_deadline_is_set_aside_once(event, team, captain, at):
    save(captain, event, 0, **FILLED)
    at(DEADLINE)
    for _again in range(3):
        late = save(captain, event, 1, title="late", autosave="1")
        assert late.status_code == 409  # the device stops sending and shows the reason
        assert late.json()["code"] == "submission_closed"
    assert ProjectVersion.objects.set_aside().count() == 1


def test_a_member_who_left_saves_nothing_more(event, team, captain):
    save(captain, event, 0, title="one")
    Membership.objects.filter(team=team).update(left_at=DURING_WORK)
    assert save(captain, event, 1, title="two", autosave="1").status_code == 404
    assert Project.objects.get(team=team).title == "one"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_versions_are_listed_in_as_many_queries_whatever_their_number(
    event, team, captain, count, django_assert_max_num_queries
):
    save(captain, event, 0, title="one")
    project = Project.objects.get(team=team)
    for number in range(count):
        project.versions.create(number=number + 2, content={})
    with django_assert_max_num_queries(17):
        captain.get(address("versions", event, 1))


def test_a_version_is_read_with_its_differences_and_restored(event, team, captain, organiser):
    save(captain, event, 0, **FILLED)
    save(captain, event, 1, title="your title")
    kept = ProjectVersion.objects.get(number=1)
    page = captain.get(address("version", event, 1, kept.pk)).content.decode()
    assert "<del" in page
    assert "<ins" in page
    assert address("restore_version", event, 1, kept.pk) in page
    read = organiser.get(address("version", event, 1, kept.pk)).content.decode()
    assert address("restore_version", event, 1, kept.pk) not in read
    captain.post(address("restore_version", event, 1, kept.pk), {"version": "2"})
    project = Project.objects.get(team=team)
    assert (project.title, project.version) == ("my title", 3)


def test_a_version_is_shown_escaped_and_not_to_other_teams(event, team, captain, browse):
    save(captain, event, 0, title="<script>x</script>")
    kept = ProjectVersion.objects.get()
    assert "<script>x" not in captain.get(address("version", event, 1, kept.pk)).content.decode()
    other = browse(make_member(event, make_team(event))[0])
    assert other.get(address("version", event, 1, kept.pk)).status_code == 404
    assert other.get(address("version", event, 2, kept.pk)).status_code == 404


def test_grace_is_said_to_the_team_and_lateness_to_the_organiser(event, team, captain, organiser, at):
    save(captain, event, 0, **FILLED)
    event.submission_grace = 10
    event.save()
    at(DEADLINE)
    page = captain.get(address("project", event, 1))
    assert "<textarea" in page.content.decode()
    assert page.context_data["writing"].grace == 10
    captain.post(address("submit_project", event, 1))
    assert Project.objects.get(team=team).is_late
    assert organiser.get(address("team_list", event)).context_data["teams"][0].sheet.is_late
    at(DEADLINE + timedelta(minutes=10))
    assert "<textarea" not in captain.get(address("project", event, 1)).content.decode()


def test_an_organiser_opens_one_team_and_closes_it(event, team, captain, organiser, at):
    at(DEADLINE)
    refused = organiser.post(address("reopen_team", event, 1), {"until": "2016-11-19T14:00", "reason": ""})
    assert refused.status_code == 422
    assert "2016-11-19T14:00" in refused.content.decode()
    organiser.post(address("reopen_team", event, 1), {"until": "2016-11-19T14:00", "reason": "panne"})
    assert "panne" in captain.get(address("project", event, 1)).content.decode()
    assert save(captain, event, 0, title="in time after all").status_code == 302
    organiser.post(address("close_reopening", event, 1))
    assert Reopening.objects.get().closed_at == DEADLINE
    assert save(captain, event, 1, title="too late").status_code == 403


def test_an_organiser_changes_the_standing_for_a_reason_and_the_team_reads_it(
    event, team, captain, organiser
):
    save(captain, event, 0, **FILLED)
    there = address("change_standing", event, 1)
    assert organiser.post(there, {"standing": "disqualified", "reason": " "}).status_code == 422
    organiser.post(there, {"standing": "disqualified", "reason": "plagiat"})
    assert Project.objects.get(team=team).standing == Standing.DISQUALIFIED
    page = captain.get(address("project", event, 1)).content.decode()
    assert "plagiat" in page
    assert "<textarea" not in page


def test_a_captain_withdraws_with_a_reason(event, team, captain):
    save(captain, event, 0, **FILLED)
    there = address("withdraw_project", event, 1)
    assert captain.get(there).status_code == 200
    assert captain.post(there, {"reason": ""}).status_code == 422
    captain.post(there, {"reason": "on arrête"})
    assert Project.objects.get(team=team).standing == Standing.WITHDRAWN


def test_a_team_declares_and_the_organiser_reads_it(event, team, captain, organiser):
    there = address("declaration", event, 1)
    assert captain.get(there).status_code == 200
    assert captain.post(there, {"title": "Pont", "progress": "", "version": "0"}).status_code == 422
    captain.post(there, {"title": "Pont", "progress": "une maquette", "will_submit": "on", "version": "0"})
    assert Declaration.objects.get(team=team).progress == "une maquette"
    assert "une maquette" in organiser.get(address("declarations", event)).content.decode()


def test_an_organiser_gives_a_new_team_the_text_of_the_dissolved_one(event, team, captain, organiser):
    save(captain, event, 0, **FILLED)
    team.dissolved_at = DURING_WORK
    team.save()
    again = make_team(event, number=1, key="again")
    old = Project.objects.get(team=team)
    organiser.post(address("take_over", event, 1), {"old": old.pk})
    assert Project.objects.get(team=again).title == "my title"
    assert organiser.post(address("take_over", event, 1), {"old": "999999"}).status_code == 422


def test_organisers_add_order_and_remove_fields(event, organiser):
    there = address("add_field", event)
    assert organiser.post(there, {"label_fr": ""}).status_code == 422
    for label in ("Un", "Deux"):
        organiser.post(there, {"label_fr": label, "is_active": "on", "is_public": "on"})
    one, two = ExtraField.objects.in_order()
    organiser.post(address("arrange_fields", event), {"order": [str(two.pk), str(one.pk)]})
    assert list(ExtraField.objects.in_order()) == [two, one]
    organiser.post(address("move_field", event, one.pk), {"direction": "up"})
    assert list(ExtraField.objects.in_order()) == [one, two]
    organiser.post(address("remove_field", event, two.pk))
    assert "Un" in organiser.get(address("fields", event)).content.decode()
    assert ExtraField.objects.get() == one
