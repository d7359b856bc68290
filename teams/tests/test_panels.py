from __future__ import annotations

import pytest

from hackathon.kit.registry import registry
from hackathon.models import Event
from hackathon.tests.factories import DURING_WORK, make_registration
from teams import panels
from teams.domain import privacy, submitting
from teams.models import Project
from teams.tests.factories import announce_now, make_crowd, make_member, make_project, make_team

pytestmark = pytest.mark.django_db


def fresh(event):
    return Event.objects.get(pk=event.pk)


@pytest.fixture
def event(at):
    at(DURING_WORK)
    return make_crowd(0)


def test_tower_counts_teams_people_without_one_and_projects(event):
    make_project(make_team(event), submitted=True)
    make_team(event)
    make_registration(event)
    figures = panels.figures(fresh(event))
    assert [figure.value for figure in figures] == [2, 1, 1]
    assert figures[2].share == 0.5


def test_tower_alerts_about_teams_below_the_smallest_size(event):
    make_team(event, people=2)
    make_team(event, people=3)
    (alert,) = panels.alerts(fresh(event))
    assert "2" in str(alert.message)
    assert alert.url.endswith("/1/mend/")


def test_next_step_goes_from_announcing_to_projects_not_started(event):
    make_team(event)
    make_project(make_team(event))
    (step,) = panels.next_steps(fresh(event))
    assert step.url.endswith("/announce/")
    announce_now(event)
    (step,) = panels.next_steps(fresh(event))
    assert "1" in str(step.message)
    assert step.url.endswith("?show=idle")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_panel_asks_the_same_queries_whatever_the_rows(event, django_assert_num_queries, count):
    for _ in range(count):
        make_team(event, people=1)
    found = fresh(event)
    with django_assert_num_queries(5):
        panels.figures(found)
        panels.alerts(found)
        panels.next_steps(found)


def test_cards_appear_once_announced_and_lead_to_the_next_step(event):
    team = make_team(event)
    captain, _registration = make_member(event, team, is_captain=True)
    assert panels.team_card(fresh(event), captain) is None
    announce_now(event)
    assert panels.team_card(fresh(event), captain)["members"] == 4
    assert panels.project_card(fresh(event), captain)["next_step"].urgency == 60
    project = make_project(team)
    assert panels.project_card(fresh(event), captain)["next_step"].urgency == 80
    submitting.submit_project(project=Project.objects.get(pk=project.pk), actor=captain)
    assert "next_step" not in panels.project_card(fresh(event), captain)


def test_app_registers_its_panel_cards_links_and_personal_data():
    assert "teams" in [panel.name for panel in registry.panels]
    assert {"team", "project"} <= {card.name for card in registry.cards}
    assert {"teams:my_team", "teams:formation"} <= {link.view for link in registry.links}
    assert "teams" in [data.name for data in registry.personal_data]


def test_personal_data_is_exported_then_forgotten(event):
    team = make_team(event, people=1, name="Les Ponts")
    person = team.memberships.get().registration.person
    (entry,) = privacy.export(person)["teams"]
    assert (entry["team"], entry["captain"]) == ("Les Ponts", True)
    assert entry["why"]
    privacy.erase(person)
    assert privacy.export(person)["teams"][0]["why"] == []
