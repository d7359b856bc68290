"""Rounds, rankings, decision and results over the API: nothing before its time, the page's own words after."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hackathon.enums import DutyKind
from hackathon.models import Event
from hackathon.tests.calling import address, caller, queries_by_rows, token_caller
from hackathon.tests.factories import make_account, make_staff
from judging.domain import convening, publishing
from judging.models import AwardRule, Juror
from judging.tests.factories import DURING_FINAL, DURING_PANELS, Jury, make_juror, make_jury, mark_all

PRIVATE = ("departs", "reason")


@pytest.fixture
def jury(db: Any, at: Any) -> Jury:
    at(DURING_PANELS)
    return make_jury()


@pytest.fixture
def counted(jury: Jury, at: Any) -> Jury:
    """Panels and final closed: the first project is ahead everywhere; one prize for each theme."""
    for juror in range(2):
        for project in range(2):
            mark_all(jury.ballot(juror, project), 5 - project)
    convening.close_round(round=jury.panels, actor=None)
    at(DURING_FINAL)
    convening.open_round(round=jury.final, actor=None)
    for project in range(2):
        mark_all(jury.ballot(0, project, jury.final), 5 - project)
    convening.close_round(round=jury.final, actor=None)
    AwardRule.objects.create(event=jury.event, sequence=1, label="Lauréat", scope="theme")
    return jury


def president_of(jury: Jury) -> Any:
    return caller(jury.account(0))


def decide_seal_publish(jury: Jury) -> None:
    president, organiser = president_of(jury), caller(make_staff(jury.event))
    assert president.post(address(jury.event, "awards"), {}).status_code == 201
    assert president.post(address(jury.event, "awards", "seal")).status_code == 201
    confirmed = organiser.post(address(jury.event, "results"), {"confirmation": jury.event.slug})
    assert confirmed.status_code == 201, confirmed.json()


def test_ranking_is_for_president_and_secretary_after_closing(counted: Jury) -> None:
    for somebody in (make_staff(counted.event), counted.account(1), make_account()):
        assert caller(somebody).get(address(counted.event, "ranking")).status_code == 403
    secretary = make_staff(counted.event, DutyKind.SECRETARY)
    for client in (president_of(counted), caller(secretary)):
        answer = client.get(address(counted.event, "ranking")).json()
        assert [one["round"] for one in answer["rounds"]] == ["panels", "final"]
        first = answer["rounds"][0]["panels"][0]["lines"][0]
        assert (first["place"], first["project"], first["mean"]) == (1, counted.projects[0].pk, "20.00")


def test_round_under_way_shows_no_ranking(jury: Jury) -> None:
    mark_all(jury.ballot(0, 0))
    assert president_of(jury).get(address(jury.event, "ranking")).status_code == 403


def test_round_is_closed_when_complete_and_names_what_is_missing(jury: Jury) -> None:
    mark_all(jury.ballot(0, 0))
    president = president_of(jury)
    refused = president.post(address(jury.event, "rounds", "panels", "close"))
    assert (refused.status_code, refused.json()["code"]) == (409, "round_incomplete")
    assert len(refused.json()["details"]["missing"]) == 3
    round = president.get(address(jury.event, "rounds", "panels")).json()
    assert (round["expected"], round["handed_in"], round["state"]) == (4, 1, "open")
    for juror, project in ((0, 1), (1, 0), (1, 1)):
        mark_all(jury.ballot(juror, project))
    closed = president.post(address(jury.event, "rounds", "panels", "close")).json()
    assert (closed["state"], closed["handed_in"]) == ("closed", 4)


def test_results_do_not_exist_before_publication(counted: Jury) -> None:
    president = president_of(counted)
    assert president.get(address(counted.event, "awards")).status_code == 404  # nothing is decided
    president.post(address(counted.event, "awards"), {})
    for somebody in (None, make_account(), counted.account(1), make_staff(counted.event, DutyKind.PRESS)):
        for name in ("results", "awards"):
            answer = caller(somebody).get(address(counted.event, name))
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    ahead = president.get(address(counted.event, "results")).json()
    assert (ahead["is_published"], len(ahead["prizes"])) == (False, 1)
    assert set(PRIVATE) <= set(president.get(address(counted.event, "awards")).json()["awards"][0])


def test_token_without_the_right_finds_no_results(counted: Jury) -> None:
    president_of(counted).post(address(counted.event, "awards"), {})
    client = token_caller(counted.account(0), counted.event, "judging.see_ranking")
    assert client.get(address(counted.event, "ranking")).status_code == 200
    assert client.get(address(counted.event, "results")).status_code == 404
    assert client.get(address(counted.event, "awards")).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_published_results_are_the_page_own_words_for_everybody(counted: Jury, language: str) -> None:
    decide_seal_publish(counted)
    answer = caller().get(address(counted.event, "results"), headers={"Accept-Language": language})
    announced = asdict(publishing.announcement(Event.objects.get(pk=counted.event.pk), language))
    shown = answer.json()
    for name in (
        "event",
        "place",
        "dates",
        "decided",
        "version",
        "published_on",
        "digest",
        "code",
        "language",
    ):
        assert shown[name] == announced[name], name
    assert [(one["label"], one["project"]) for one in shown["prizes"]] == [
        (one["label"], one["project"]) for one in announced["prizes"]
    ]
    awards = caller().get(address(counted.event, "awards")).json()
    assert awards["is_published"] is True
    assert not set(PRIVATE) & set(awards["awards"][0])


def test_correction_is_not_seen_before_it_is_published(counted: Jury) -> None:
    decide_seal_publish(counted)
    place = {"sequence": 1, "theme": counted.event.themes.get().pk, "rank": 1}
    change = {**place, "projects": [counted.projects[1].pk], "reason": "An error of counting."}
    president = president_of(counted)
    silent = president.post(address(counted.event, "awards"), {"choices": [change]})
    assert (silent.status_code, silent.json()["code"]) == (422, "decision_refused")
    again = president.post(address(counted.event, "awards"), {"choices": [change], "reason": "Corrected."})
    assert again.json()["version"] == 2
    assert (
        president.get(address(counted.event, "awards")).json()["awards"][0]["project"]
        == counted.projects[1].pk
    )
    public = caller().get(address(counted.event, "awards")).json()
    assert (public["version"], public["awards"][0]["project"]) == (1, counted.projects[0].pk)


def test_decision_takes_competing_projects_of_this_event_only(counted: Jury) -> None:
    place = {"sequence": 1, "theme": counted.event.themes.get().pk, "projects": [0], "reason": "x"}
    answer = president_of(counted).post(address(counted.event, "awards"), {"choices": [place]})
    assert (answer.status_code, list(answer.json()["details"])) == (400, ["choices"])


def test_publishing_asks_for_the_typed_confirmation(counted: Jury) -> None:
    answer = caller(make_staff(counted.event)).post(
        address(counted.event, "results"), {"confirmation": "yes"}
    )
    assert (answer.status_code, list(answer.json()["details"])) == (400, ["confirmation"])


def test_jurors_are_added_and_listed_in_as_many_queries_whatever_the_rows(jury: Jury) -> None:
    client = caller(make_staff(jury.event))
    sent = {"first_name": "Ada", "last_name": "Roy", "email": "ada@example.org", "title": "Maire"}
    made = client.post(address(jury.event, "jurors"), sent)
    assert (made.status_code, made.json()["name"], made.json()["title"]) == (201, "Ada Roy", "Maire")
    assert client.post(address(jury.event, "jurors"), sent).status_code == 409
    assert "example.org" not in client.get(address(jury.event, "jurors")).content.decode()
    before = Juror.objects.for_event(jury.event).count()
    counts = queries_by_rows(
        lambda count: [make_juror(jury.event) for _ in range(count)],
        lambda: client.get(address(jury.event, "jurors")),
        sizes=(before + 1, before + 3, before + 30),
        there=before,
    )
    assert len(set(counts)) == 1


def test_rounds_are_listed_in_as_many_queries_whatever_the_panels(db: Any, at: Any) -> None:
    at(DURING_PANELS)
    counts = set()
    for themes in (1, 3):
        jury = make_jury(themes=themes)
        client = caller(make_staff(jury.event))
        with CaptureQueriesContext(connection) as captured:
            rounds = client.get(address(jury.event, "rounds")).json()["results"]
        assert len(rounds[0]["panels"]) == themes
        counts.add(len(captured))
    assert len(counts) == 1
