"""The pages that prepare a jury: the grid's file and preview, the one-time link, conflicts, the plan, the repair."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hackathon.models import OutgoingMail
from hackathon.tests.factories import make_staff
from judging.documents import running_order
from judging.documents.results import NothingToPrint
from judging.domain import conflicts, convening, grid_exchange
from judging.enums import BallotState
from judging.models import Ballot, Conflict, JurorLink, PanelMember
from judging.tests.factories import DURING_PANELS, make_jury, tap
from teams.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def at_page(jury, name: str, *more) -> str:
    return reverse(f"judging:{name}", args=[jury.event.slug, *more])


def sent(content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("grid.json", content.encode(), content_type="application/json")


def test_a_grid_goes_out_and_comes_back_with_a_reason_once_frozen(browse):
    jury = make_jury()
    client = browse(make_staff(jury.event))
    out = client.get(at_page(jury, "export_grid", 1))
    assert out["Content-Type"].startswith("application/json")
    content = out.content.decode().replace('"weight": 30', '"weight": 45')
    url = at_page(jury, "import_grid", 1)
    assert client.get(url).status_code == 200
    assert client.post(url, {"file": sent(content)}).status_code == 302
    assert jury.grid.criteria.get(key="impact").weight == 45
    tap(jury.ballot(0, 0), "impact", 3)
    assert client.post(url, {"file": sent(content)}).status_code == 422
    assert client.post(url, {"file": sent(content), "reason": "Vote"}).status_code == 302
    assert jury.event.grids.count() == 2
    refused = client.post(url, {"file": sent('{"criteria": [{}]}'), "reason": "x"})
    assert refused.status_code == 422
    assert len(refused.context["problems"]) >= 3


def test_the_preview_shows_every_criterion_and_level_and_saves_nothing(browse):
    jury = make_jury()
    page = browse(make_staff(jury.event)).get(at_page(jury, "preview_grid", 1)).content.decode()
    assert all(str(criterion) in page for criterion in jury.grid.criteria.all())
    assert page.count("<fieldset") == len(jury.criteria)


def test_a_round_is_given_its_own_grid(browse):
    jury = make_jury()
    client = browse(make_staff(jury.event))
    url = at_page(jury, "round_grid", "final")
    assert client.get(url).status_code == 200
    assert client.post(url, {"own": "1"}).status_code == 302
    jury.final.refresh_from_db()
    assert jury.final.grid.version == 2
    assert client.post(url, {"grid": jury.grid.pk}).status_code == 302
    jury.final.refresh_from_db()
    assert jury.final.grid == jury.grid


def test_a_scanner_that_opens_the_link_burns_nothing_and_the_button_signs_in():
    jury = make_jury(opened=False)
    juror = jury.jurors[1]
    letter = OutgoingMail.objects.get(letter="jury_invitation", to=juror.person.email)
    url = re.search(r"https?://[^/\s]+(/\S*/jury/enter/\S+)", letter.text)[1]
    for _look in range(3):
        looked = Client().get(url)
        assert looked.status_code == 200
        assert looked["Cache-Control"] == "private, no-store"
    Client().head(url)
    assert not JurorLink.objects.exclude(used_at=None).exists()
    client = Client(enforce_csrf_checks=True)
    client.get(url)
    assert client.post(url).status_code == 403
    token = client.cookies["csrftoken"].value
    assert client.post(url, {"csrfmiddlewaretoken": token}).status_code == 302
    assert client.session["_auth_user_id"] == str(jury.account(1).pk)
    again = Client().post(url)
    assert again.status_code == 409
    assert "_auth_user_id" not in Client().session
    assert Client().get(url).status_code == 200  # it says so, and shows where to sign in


def test_an_organiser_invites_again(browse):
    jury = make_jury(opened=False)
    juror = jury.jurors[0]
    url = at_page(jury, "invite_juror", juror.pk)
    assert browse(make_staff(jury.event)).post(url).status_code == 302
    assert OutgoingMail.objects.filter(letter="jury_invitation", to=juror.person.email).count() == 2
    assert JurorLink.objects.of_juror(juror).in_force().count() == 1
    assert (
        browse(make_staff(jury.event)).post(at_page(make_jury(), "invite_juror", juror.pk)).status_code == 404
    )


def test_a_juror_declares_a_conflict(browse):
    jury = make_jury()
    client = browse(jury.account(1))
    url = at_page(jury, "my_conflicts")
    team = jury.projects[0].team
    assert client.get(url).status_code == 200
    assert client.post(url, {"team": team.pk, "reason": ""}).status_code == 422
    assert client.post(url, {"team": team.pk, "reason": "Ma sœur y est"}).status_code == 302
    assert jury.ballot(1, 0).state == BallotState.RECUSED
    assert "Ma sœur y est" in client.get(url).content.decode()
    assert "Ma sœur y est" not in browse(jury.account(0)).get(url).content.decode()


def test_an_organiser_answers_suggestions(browse):
    jury = make_jury(projects=2)
    _account, member = make_member(jury.event, jury.projects[0].team)
    for person in (member.person, jury.jurors[1].person):
        person.organisation = "Agence X"
        person.save()
    client = browse(make_staff(jury.event))
    url = at_page(jury, "conflicts")
    (one,) = client.get(url).context["suggestions"]
    data = {"juror": one.juror.pk, "team": one.team.pk, "reason": one.reason}
    assert client.post(at_page(jury, "decide_conflict"), data).status_code == 302
    assert [row.is_in_force for row in Conflict.objects.all()] == [True]
    assert client.post(at_page(jury, "decide_conflict"), {**data, "dismiss": "1"}).status_code == 302
    page = client.get(url)
    assert page.context["suggestions"] == page.context["in_force"] == []
    assert len(page.context["set_aside"]) == 1
    assert client.post(at_page(jury, "decide_conflict"), {"juror": one.juror.pk}).status_code == 422


def test_the_conflicts_page_asks_the_same_number_of_queries_for_1_3_and_30(browse, count_queries):
    asked = []
    for count in (1, 3, 30):
        jury = make_jury(projects=count, jurors=1, opened=False)
        for project in jury.projects:
            _account, member = make_member(jury.event, project.team)
            member.person.organisation = "Agence X"
            member.person.save()
        jury.jurors[0].person.organisation = "Agence X"
        jury.jurors[0].person.save()
        conflicts.confirm(juror=jury.jurors[0], team=jury.projects[0].team, reason="x", actor=None)
        asked.append(count_queries(browse(make_staff(jury.event)), at_page(jury, "conflicts")))
    assert asked[0] == asked[1] == asked[2] <= 20


def test_the_plan_is_shown_before_it_is_drawn(browse):
    jury = make_jury(projects=6, jurors=4, opened=False)
    client = browse(make_staff(jury.event))
    url = at_page(jury, "plan", "panels")
    shown = client.get(url, {"per_project": 2, "minutes": 10, "seed": 5})
    assert shown.status_code == 200
    (panel,) = shown.context["preview"].panels
    assert [load for _juror, load in panel.load] == [3, 3, 3, 3]
    assert panel.connected
    assert 0 < panel.percent <= 100
    assert not Ballot.objects.exists()
    assert client.get(url, {"minutes": "0"}).status_code == 422
    assert client.post(url, {"per_project": 2, "minutes": 10, "seed": 5}).status_code == 302
    jury.panels.refresh_from_db()
    assert jury.panels.minutes_per_project == 10
    drawn = jury.panels.panels.get().entries.order_by("position")
    assert [str(entry.project) for entry in drawn] == [turn.project for turn in panel.turns]
    assert [entry.starts_at for entry in drawn] == [turn.starts_at for turn in panel.turns]
    assert Ballot.objects.count() == 12


def test_a_plan_that_nobody_can_mark_is_shown_and_refused(browse):
    jury = make_jury(jurors=0, opened=False)
    client = browse(make_staff(jury.event))
    url = at_page(jury, "plan", "panels")
    assert client.get(url).context["preview"].is_blocked
    assert client.post(url, {"minutes": 7, "seed": 1}).status_code == 409
    assert client.get(at_page(jury, "plan", "final")).status_code == 200


def test_the_plan_page_asks_the_same_number_of_queries_for_1_3_and_30_projects(browse, count_queries):
    asked = []
    for projects in (1, 3, 30):
        jury = make_jury(projects=projects, jurors=3, opened=False)
        asked.append(count_queries(browse(make_staff(jury.event)), at_page(jury, "plan", "panels")))
    assert asked[0] == asked[1] == asked[2] <= 25


def test_a_repair_is_shown_then_made_as_shown(browse):
    jury = make_jury(projects=4, jurors=3, opened=False)
    convening.draw_round(round=jury.panels, actor=None, per_project=1)
    convening.open_round(round=jury.panels, actor=None)
    member = PanelMember.objects.get(panel__round=jury.panels, juror=jury.jurors[1])
    url = at_page(jury, "repair", member.pk)
    client = browse(jury.account(0))
    shown = client.get(url).context["repair"].key
    assert client.post(url, {"shown": "1-1"}).status_code == 409
    assert client.post(url, {"shown": shown}).status_code == 302
    assert not Ballot.objects.for_juror(jury.jurors[1]).open().exists()
    assert browse(jury.account(1)).get(url).status_code == 403


def test_the_room_of_a_panel(browse):
    jury = make_jury(opened=False)
    panel = jury.panels.panels.get()
    client = browse(make_staff(jury.event))
    assert client.post(at_page(jury, "set_room", panel.pk), {"room": "Salle Ampère"}).status_code == 302
    assert "Salle Ampère" in client.get(at_page(jury, "panel", panel.pk)).content.decode()


def test_the_running_order_has_a_page_per_panel_with_its_times():
    jury = make_jury(themes=2, opened=False)
    with pytest.raises(NothingToPrint):
        running_order.running_order(jury.event, "fr")
    convening.draw_round(round=jury.panels, actor=None)
    assert running_order.running_order(jury.event, "fr").startswith(b"%PDF")


def test_a_grid_file_is_what_the_domain_writes(browse):
    jury = make_jury()
    out = browse(make_staff(jury.event)).get(at_page(jury, "export_grid", 1))
    assert out.content.decode() == grid_exchange.written(jury.grid)
