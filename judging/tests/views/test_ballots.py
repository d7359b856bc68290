"""A juror's pages: own ballots only, each tap saved, the sentences of refusals, without JavaScript too."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from hackathon.enums import DutyKind
from hackathon.tests.factories import make_account, make_staff
from judging.domain import convening, scoring
from judging.enums import BallotState, RoundState
from judging.models import Ballot, Mark, MarkEntry, Round
from judging.tests.factories import DURING_PANELS, PANELS_CLOSE, make_jury, mark_all, tap

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def address(name: str, ballot: Ballot, language: str = "fr") -> str:
    with override(language):
        return reverse(f"judging:{name}", args=[ballot.round.event.slug, ballot.pk])


def post_mark(client, ballot, value=4, version=0, key="k1", criterion="impact", language="fr"):
    data = {"criterion": criterion, "value": value, "version": version, "key": key}
    return client.post(address("marks", ballot, language), data, **JSON)


def test_a_tap_is_saved_and_answered(browse):
    jury = make_jury()
    response = post_mark(browse(jury.account(0)), jury.ballot(0, 0))
    assert response.status_code == 200
    assert response.json() == {"value": 4, "version": 1, "saved_at": "14:00", "done": 1, "of": 5}
    assert MarkEntry.objects.get().actor == jury.account(0)


def test_a_tap_sent_again_answers_the_same(browse):
    jury = make_jury()
    client = browse(jury.account(0))
    first = post_mark(client, jury.ballot(0, 0)).json()
    assert post_mark(client, jury.ballot(0, 0)).json() == first
    assert MarkEntry.objects.count() == 1


def test_a_tap_asks_six_queries_at_most_besides_its_transaction(browse):
    jury = make_jury()
    client = browse(jury.account(0))
    ballot = jury.ballot(0, 0)
    post_mark(client, ballot, key="first")  # the first mark of an event also freezes its grid
    with CaptureQueriesContext(connection) as asked:
        assert post_mark(client, ballot, value=5, version=1, key="second").status_code == 200
    # session (unless cached), account, the ballot, its locked row, the log, the mark
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 6


@pytest.mark.parametrize("name", ["ballot", "hand_in", "recuse"])
def test_another_jurors_ballot_does_not_exist(browse, name):
    jury = make_jury()
    for account in (jury.account(1), make_staff(jury.event), make_staff(jury.event, DutyKind.SECRETARY)):
        assert browse(account).get(address(name, jury.ballot(0, 0))).status_code == 404
    assert browse(None).get(address(name, jury.ballot(0, 0))).status_code == 302


def test_nobody_marks_anothers_ballot(browse):
    jury = make_jury()
    for account in (jury.account(1), make_staff(jury.event), make_account()):
        assert post_mark(browse(account), jury.ballot(0, 0)).status_code == 404
    assert post_mark(browse(None), jury.ballot(0, 0)).status_code == 401
    assert not MarkEntry.objects.exists()


def test_a_juror_who_left_no_longer_sees_their_ballots(browse):
    jury = make_jury()
    jury.jurors[1].is_active = False
    jury.jurors[1].save()
    assert browse(jury.account(1)).get(address("ballot", jury.ballot(1, 0))).status_code == 404


def test_an_older_version_is_told_the_other_mark(browse):
    jury = make_jury()
    ballot = jury.ballot(0, 0)
    tap(ballot, "impact", 2)
    response = post_mark(browse(jury.account(0)), ballot, value=5, version=0)
    assert response.status_code == 409
    answer = response.json()
    assert (answer["code"], answer["current"], answer["value"]) == (
        "stale_mark",
        {"value": 2, "version": 1},
        2,
    )
    assert Mark.objects.get().value == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "choose a whole number from 1 to 5"), ("fr", "choisissez un nombre entier de 1 à 5")],
)
def test_a_mark_off_the_scale_is_refused_in_words(browse, language, words):
    jury = make_jury()
    response = post_mark(browse(jury.account(0)), jury.ballot(0, 0), value=6, language=language)
    assert response.status_code == 422
    assert words in response.json()["message"]
    assert not MarkEntry.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Marks are not taken at this time"), ("fr", "Les notes ne sont pas prises")],
)
def test_a_mark_after_closing_is_refused_in_words_and_shows_the_mark(browse, at, language, words):
    jury = make_jury()
    ballot = jury.ballot(0, 0)
    tap(ballot, "impact", 3)
    at(PANELS_CLOSE)
    response = post_mark(browse(jury.account(0)), ballot, value=5, version=1, language=language)
    assert response.status_code == 409
    answer = response.json()
    assert (answer["code"], answer["value"]) == ("closed", 3)
    assert words in answer["message"]
    assert Mark.objects.get().value == 3


def test_the_page_shows_one_row_per_criterion_and_saves_without_javascript(browse):
    jury = make_jury()
    client = browse(jury.account(0))
    ballot = jury.ballot(0, 0)
    page = client.get(address("ballot", ballot)).content.decode()
    assert page.count('class="scale-mark"') == 25
    assert "Convaincant et étayé" in page
    data = {
        "key": "n" * 24,
        "mark-impact": "4",
        "version-impact": "0",
        "mark-pitch": "2",
        "version-pitch": "0",
    }
    response = client.post(address("marks", ballot), data)
    assert response.status_code == 302
    assert Mark.objects.count() == 2
    again = client.post(address("marks", ballot), {**data, "key": "m" * 24, "mark-pitch": "9"})
    assert again.status_code == 409
    assert "nombre entier de 1 à 5" in again.content.decode()
    assert Mark.objects.count() == 2


def test_the_page_asks_the_same_number_of_queries_for_2_and_30_projects(browse, count_queries):
    asked = []
    for projects in (2, 30):
        jury = make_jury(projects=projects)
        asked.append(count_queries(browse(jury.account(0)), address("ballot", jury.ballot(0, 0))))
    assert asked[0] == asked[1] <= 12


def test_a_closed_ballot_is_read_only(browse):
    jury = make_jury()
    ballot = mark_all(jury.ballot(0, 0))
    page = browse(jury.account(0)).get(address("ballot", ballot)).content.decode()
    assert "data-mark-url" not in page
    assert page.count(" disabled") >= 5
    assert ballot.receipt[:16] in page


def test_texts_save_themselves_one_at_a_time(browse):
    jury = make_jury()
    client = browse(jury.account(0))
    ballot = jury.ballot(0, 0)
    assert client.post(address("texts", ballot), {"comment": "Bravo", "autosave": "1"}, **JSON).json()[
        "saved_at"
    ]
    client.post(address("texts", ballot), {"note": "à revoir", "autosave": "1"}, **JSON)
    ballot.refresh_from_db()
    assert (ballot.comment, ballot.note) == ("Bravo", "à revoir")
    mark_all(ballot)
    late = client.post(address("texts", ballot), {"comment": "Trop tard"}, **JSON)
    assert (late.status_code, late.json()["code"]) == (409, "closed")


@pytest.mark.parametrize(("language", "words"), [("en", "Not complete yet"), ("fr", "Pas encore complète")])
def test_an_unfinished_ballot_says_what_is_missing(browse, language, words):
    jury = make_jury()
    ballot = jury.ballot(0, 0)
    tap(ballot, "impact", 3)
    client = browse(jury.account(0))
    page = client.get(address("hand_in", ballot, language)).content.decode()
    assert words in page
    refused = client.post(address("hand_in", ballot, language))
    assert refused.status_code == 409
    assert ("Still to mark" if language == "en" else "Il reste à noter") in refused.content.decode()
    ballot.refresh_from_db()
    assert ballot.state == BallotState.OPEN


def test_all_complete_ballots_are_handed_in_at_once(browse):
    jury = make_jury(projects=3)
    for project in (0, 1):
        mark_all(jury.ballot(0, project), hand_in=False)
    client = browse(jury.account(0))
    url = reverse("judging:hand_in_all", args=[jury.event.slug])
    assert client.get(url).context["complete"]
    assert client.post(url).status_code == 302
    assert [jury.ballot(0, project).state for project in range(3)] == [
        BallotState.HANDED_IN, BallotState.HANDED_IN, BallotState.OPEN,
    ]  # fmt: skip


def test_recusing_takes_a_reason(browse):
    jury = make_jury()
    client = browse(jury.account(0))
    ballot = jury.ballot(0, 0)
    assert client.post(address("recuse", ballot), {"reason": ""}).status_code == 422
    assert client.post(address("recuse", ballot), {"reason": "Je conseille l’équipe"}).status_code == 302
    ballot.refresh_from_db()
    assert ballot.state == BallotState.RECUSED
    assert "Je conseille" in client.get(address("ballot", ballot)).content.decode()


def test_my_projects_lists_only_mine_with_the_next_thing_to_do(browse):
    jury = make_jury(themes=2, projects=2, jurors=1)
    page = browse(jury.account(1)).get(reverse("judging:my_projects", args=[jury.event.slug]))
    content = page.content.decode()
    assert str(jury.projects[2]) in content
    assert str(jury.projects[0]) not in content
    assert page.context["next"].position == 1
    assert browse(make_staff(jury.event)).get(page.request["PATH_INFO"]).status_code == 403


def test_my_projects_asks_the_same_number_of_queries_for_1_3_and_30(browse, count_queries):
    asked = []
    for projects in (1, 3, 30):
        jury = make_jury(projects=projects, jurors=1)
        asked.append(
            count_queries(browse(jury.account(0)), reverse("judging:my_projects", args=[jury.event.slug]))
        )
    assert asked[0] == asked[1] == asked[2] <= 8


def test_a_draw_not_yet_opened_is_nobodys_to_see(browse):
    jury = make_jury(opened=False)
    convening.draw_round(round=jury.panels, actor=None)
    page = browse(jury.account(0)).get(reverse("judging:my_projects", args=[jury.event.slug]))
    assert page.context["sections"] == []


def test_the_next_ballot_skips_those_that_are_done():
    from judging.views import ballot_sheet

    jury = make_jury(projects=3, jurors=1)
    first, second, third = Ballot.objects.in_running_order().with_projects()
    mark_all(second, hand_in=False)
    assert ballot_sheet.sheet(first)["next"] == third
    assert ballot_sheet.sheet(third)["next"] == first
    scoring.recuse(ballot=first, reason="Conflit", actor=None)
    assert ballot_sheet.sheet(Ballot.objects.with_projects().get(pk=third.pk))["next"] is None
    assert jury.projects


def test_a_ballot_drawn_but_not_opened_does_not_exist(browse):
    jury = make_jury()
    ballot = jury.ballot(0, 0)
    Round.objects.filter(pk=ballot.round_id).update(state=RoundState.PLANNED)
    assert browse(jury.account(0)).get(address("ballot", ballot)).status_code == 404
