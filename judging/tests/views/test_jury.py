"""The tower's pages of the jury: who may what, progress without marks or totals, and the acts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hackathon.enums import DutyKind
from hackathon.tests.factories import make_account, make_staff
from judging import panels
from judging.enums import BallotState, RoundState
from judging.models import Juror, PanelMember
from judging.tests.factories import DURING_PANELS, make_jury, mark_all, tap

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def at_round(jury, name: str = "round", round=None) -> str:
    return reverse(f"judging:{name}", args=[jury.event.slug, (round or jury.panels).key])


def test_the_round_page_shows_states_and_never_a_mark_or_a_total(browse):
    jury = make_jury()
    mark_all(jury.ballot(0, 0), 5)
    tap(jury.ballot(0, 1), "impact", 5)
    response = browse(make_staff(jury.event)).get(at_round(jury))
    cells = [cell.state for _entry, row in response.context["coverage"][0].rows for cell in row]
    assert sorted(cells) == ["empty", "empty", "handed_in", "started"]
    assert "20" not in [word.strip("<>") for word in response.content.decode().split() if word == "20"]
    assert not hasattr(response.context["coverage"][0].rows[0][1][0].ballot, "total")


def test_organiser_secretary_and_president_see_the_coverage_and_others_do_not(browse):
    jury = make_jury()
    for account in (make_staff(jury.event), make_staff(jury.event, DutyKind.SECRETARY), jury.account(0)):
        assert browse(account).get(at_round(jury)).status_code == 200
    for account in (jury.account(1), make_account(), make_staff(jury.event, DutyKind.DESK)):
        assert browse(account).get(at_round(jury)).status_code == 403


def test_only_the_president_excuses_and_reopens(browse):
    jury = make_jury()
    ballot = mark_all(jury.ballot(1, 0))
    member = PanelMember.objects.get(juror=jury.jurors[1])
    excuse = reverse("judging:excuse_juror", args=[jury.event.slug, member.pk])
    reopen = reverse("judging:reopen_ballot", args=[jury.event.slug, ballot.pk])
    for url in (excuse, reopen):
        assert browse(make_staff(jury.event)).post(url, {"reason": "x"}).status_code == 403
        assert browse(jury.account(0)).post(url, {"reason": ""}).status_code == 422
    assert browse(jury.account(0)).post(reopen, {"reason": "Oubli"}).status_code == 302
    assert jury.ballot(1, 0).state == BallotState.OPEN
    assert browse(jury.account(0)).post(excuse, {"reason": "Malade"}).status_code == 302
    member.refresh_from_db()
    assert member.excuse == "Malade"


def test_opening_and_closing_ask_first(browse):
    jury = make_jury(projects=1, opened=False)
    client = browse(make_staff(jury.event))
    assert client.get(at_round(jury, "open_round")).status_code == 200
    jury.panels.refresh_from_db()
    assert jury.panels.state == RoundState.PLANNED
    assert client.post(at_round(jury, "open_round")).status_code == 302
    refused = client.post(at_round(jury, "close_round"))
    assert refused.status_code == 409
    assert f"{jury.jurors[0]} × {jury.projects[0]}" in refused.content.decode()
    for number in (0, 1):
        mark_all(jury.ballot(number, 0))
    assert client.post(at_round(jury, "close_round")).status_code == 302
    jury.panels.refresh_from_db()
    assert jury.panels.state == RoundState.CLOSED


def test_the_jury_page_asks_the_same_number_of_queries_for_1_and_12_jurors(browse, count_queries):
    asked = []
    for jurors in (1, 12):
        jury = make_jury(jurors=jurors)
        asked.append(
            count_queries(browse(make_staff(jury.event)), reverse("judging:jury", args=[jury.event.slug]))
        )
    assert asked[0] == asked[1] <= 16


def test_the_round_page_asks_the_same_number_of_queries_for_2_and_20_projects(browse, count_queries):
    asked = []
    for projects in (2, 20):
        jury = make_jury(projects=projects, jurors=3)
        asked.append(count_queries(browse(make_staff(jury.event)), at_round(jury)))
    assert asked[0] == asked[1] <= 17


def test_adding_a_juror_and_giving_a_seat(browse):
    jury = make_jury(opened=False)
    client = browse(make_staff(jury.event))
    data = {"first_name": "Zoé", "last_name": "Ardant", "email": "zoe@example.org", "language": "fr"}
    url = reverse("judging:add_juror", args=[jury.event.slug])
    assert client.post(url, data).status_code == 302
    juror = Juror.objects.get(person__email="zoe@example.org")
    assert client.post(url, data).status_code == 422
    panel = jury.panels.panels.get()
    url = reverse("judging:panel", args=[jury.event.slug, panel.pk])
    assert client.post(url, {f"panel-{panel.pk}-juror": juror.pk}).status_code == 302
    member = PanelMember.objects.get(juror=juror)
    assert client.post(reverse("judging:unseat", args=[jury.event.slug, member.pk])).status_code == 302
    assert not PanelMember.objects.filter(juror=juror).exists()


def test_another_events_round_panel_and_ballot_do_not_exist(browse):
    jury, other = make_jury(), make_jury()
    client = browse(make_staff(jury.event))
    member = PanelMember.objects.filter(panel__round=other.panels).first()
    for name, number in (
        ("panel", other.panels.panels.get().pk),
        ("excuse_juror", member.pk),
        ("reopen_ballot", other.ballot(0, 0).pk),
    ):
        assert client.get(reverse(f"judging:{name}", args=[jury.event.slug, number])).status_code == 404


def test_the_grid_page_saves_weights_then_asks_for_a_reason(browse):
    jury = make_jury()
    client = browse(make_staff(jury.event))
    url = reverse("judging:grid", args=[jury.event.slug])
    data = form_data(client.get(url).context["forms"])
    assert client.post(url, {**data, "criteria-0-weight": "45"}).status_code == 302
    assert jury.grid.criteria.first().weight == 45
    tap(jury.ballot(0, 0), "impact", 3)
    assert client.post(url, {**data, "criteria-0-weight": "50"}).status_code == 422
    assert client.post(url, {**data, "criteria-0-weight": "50", "reason": "Vote du jury"}).status_code == 302
    assert jury.event.grids.count() == 2


def form_data(forms) -> dict:
    found = {}
    for formset in (forms.criteria, forms.levels):
        for form in (formset.management_form, *formset.forms):
            for field in form:
                value = field.value()
                if field.name != "DELETE" and value is not None:
                    found[field.html_name] = value
    return found


def test_the_towers_panel_counts_ballots_and_names_who_has_not_started():
    jury = make_jury(themes=2)
    mark_all(jury.ballot(0, 0))
    (figure,) = panels.figures(jury.event)
    assert (figure.value, figure.share) == (1, 1 / 8)
    alerts = panels.alerts(jury.event)
    assert len([alert for alert in alerts if str(jury.jurors[1]) in str(alert.message)]) == 1
    assert panels.next_steps(jury.event) == []


def test_the_towers_panel_tells_of_a_theme_without_a_jury_and_of_a_round_to_close():
    jury = make_jury(themes=2, jurors=0, opened=False)
    assert len(panels.alerts(jury.event)) == 3
    ready = make_jury(projects=1, jurors=1)
    mark_all(ready.ballot(0, 0))
    (step,) = panels.next_steps(ready.event)
    assert step.url.endswith("/close/")


def test_the_card_is_for_jurors_and_leads_with_what_is_left():
    jury = make_jury()
    card = panels.my_projects_card(jury.event, jury.account(0))
    assert (card["left"], card["expected"]) == (2, 2)
    assert card["next_step"].url.endswith("/jury/")
    assert panels.my_projects_card(jury.event, make_account()) is None


def test_finalists_are_changed_by_the_president_alone(browse):
    jury = make_jury(projects=3)
    for project, value in enumerate((5, 4, 3)):
        for number in (0, 1):
            mark_all(jury.ballot(number, project), value)
    browse(jury.account(0)).post(at_round(jury, "close_round"))
    url = at_round(jury, "finalists", jury.final)
    data = {"project": jury.projects[2].pk, "reason": "Potentiel rare"}
    assert browse(make_staff(jury.event)).post(url, data).status_code == 403
    assert browse(jury.account(0)).post(url, data).status_code == 302
    assert jury.final.panels.get().entries.count() == 3
    assert browse(jury.account(0)).post(url, {**data, "remove": "1"}).status_code == 302
    assert jury.final.panels.get().entries.count() == 2


def test_rules_read_the_ranking_only_once_the_round_is_closed():
    jury = make_jury(projects=1, jurors=1)
    president, secretary, organiser = (
        jury.account(0), make_staff(jury.event, DutyKind.SECRETARY), make_staff(jury.event),
    )  # fmt: skip
    assert not president.has_perm("judging.see_ranking", jury.panels)
    mark_all(jury.ballot(0, 0))
    from judging.domain import convening

    convening.close_round(round=jury.panels, actor=None)
    assert president.has_perm("judging.see_ranking", jury.panels)
    assert secretary.has_perm("judging.see_ranking", jury.panels)
    assert not organiser.has_perm("judging.see_ranking", jury.panels)
    assert not organiser.has_perm("judging.decide", jury.event)
