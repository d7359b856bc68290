"""A juror's ballots over the API: each tap saved once, nothing overwritten, nobody else's in sight."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hackathon.tests.calling import address, caller, queries_by_rows
from judging.domain import convening, scoring
from judging.models import Ballot, MarkEntry
from judging.tests.factories import DURING_PANELS, PANELS_CLOSE, Jury, make_jury, make_project, mark_all


@pytest.fixture
def jury(db: Any, at: Any) -> Jury:
    at(DURING_PANELS)
    return make_jury()


@pytest.fixture
def ballot(jury: Jury) -> Ballot:
    return jury.ballot(1, 0)


@pytest.fixture
def juror(jury: Jury) -> Any:
    return caller(jury.account(1))


def mark_of(jury: Jury, ballot: Ballot, criterion: int = 0) -> str:
    return address(jury.event, "ballots", ballot.pk, "marks", jury.criteria[criterion].key)


def test_mark_is_saved_and_a_repeat_answers_the_same(jury: Jury, ballot: Ballot, juror: Any) -> None:
    answers = [juror.put(mark_of(jury, ballot), {"value": 4, "version": 0, "key": "a"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json() | {"saved_at": ""} == {
        "criterion": jury.criteria[0].key, "value": 4, "version": 1, "saved_at": "", "marked": 1, "criteria": 5,
    }  # fmt: skip
    assert MarkEntry.objects.count() == 1


def test_key_may_come_in_the_header_and_must_come(jury: Jury, ballot: Ballot, juror: Any) -> None:
    for number in range(2):
        headers = {"Idempotency-Key": "tap"}
        saved = juror.put(mark_of(jury, ballot), {"value": 4, "version": 0}, headers=headers)
        assert (saved.status_code, saved.json()["version"]) == (200, 1), number
    nameless = juror.put(mark_of(jury, ballot), {"value": 5, "version": 1})
    assert (nameless.status_code, list(nameless.json()["details"])) == (400, ["key"])
    long = juror.put(mark_of(jury, ballot), {"value": 5, "version": 1}, headers={"Idempotency-Key": "x" * 65})
    assert long.status_code == 400
    other = juror.put(mark_of(jury, ballot), {"value": 5, "version": 1, "key": "tap"})
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


def test_stale_mark_is_answered_with_the_one_there_is(jury: Jury, ballot: Ballot, juror: Any) -> None:
    juror.put(mark_of(jury, ballot), {"value": 4, "version": 0, "key": "a"})
    said = {}
    for language in ("fr", "en"):
        stale = juror.put(
            mark_of(jury, ballot),
            {"value": 2, "version": 0, "key": "b"},
            headers={"Accept-Language": language},
        )
        assert (stale.status_code, stale.json()["code"]) == (409, "stale_mark")
        assert stale.json()["details"] == {"criterion": jury.criteria[0].key, "value": 4, "version": 1}
        said[language] = stale.json()["message"]
    assert said["en"].startswith("Another device")
    assert said["fr"] != said["en"]
    assert MarkEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("value", "status"), [(6, 422), (0, 422), (4.5, 400), ("x", 400), (None, 400), (True, 400)]
)
def test_mark_off_the_scale_is_refused(
    jury: Jury, ballot: Ballot, juror: Any, value: Any, status: int
) -> None:
    answer = juror.put(mark_of(jury, ballot), {"value": value, "version": 0, "key": "a"})
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["details"]["scale"] == [1, 5]
    assert not MarkEntry.objects.exists()


def test_unknown_criterion_does_not_exist(jury: Jury, ballot: Ballot, juror: Any) -> None:
    answer = juror.put(
        address(jury.event, "ballots", ballot.pk, "marks", "charm"), {"value": 3, "version": 0, "key": "a"}
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_criterion")


def test_mark_after_the_hours_is_refused_with_the_reason(
    jury: Jury, ballot: Ballot, juror: Any, at: Any
) -> None:
    juror.put(mark_of(jury, ballot), {"value": 4, "version": 0, "key": "a"})
    at(PANELS_CLOSE)
    late = juror.put(mark_of(jury, ballot), {"value": 5, "version": 1, "key": "b"})
    assert (late.status_code, late.json()["code"]) == (409, "closed")
    assert late.json()["details"]["value"] == 4
    repeat = juror.put(mark_of(jury, ballot), {"value": 4, "version": 0, "key": "a"})
    assert (repeat.status_code, repeat.json()["version"]) == (200, 1)


def test_mark_takes_few_queries(jury: Jury, ballot: Ballot, juror: Any) -> None:
    juror.put(mark_of(jury, ballot), {"value": 4, "version": 0, "key": "a"})
    with CaptureQueriesContext(connection) as captured:
        juror.put(mark_of(jury, ballot), {"value": 5, "version": 1, "key": "b"})
    own = [one["sql"] for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) <= 8, own  # session, account, the ballot and its marks; then the verb's own


def test_ballot_is_handed_in_complete_with_its_receipt(jury: Jury, ballot: Ballot, juror: Any) -> None:
    place = address(jury.event, "ballots", ballot.pk)
    early = juror.post(place + "hand-in/")
    assert (early.status_code, early.json()["code"]) == (409, "incomplete")
    assert len(early.json()["details"]["missing"]) == 5
    juror.patch(place, {"comment": "Bravo", "note": "revoir"})
    for number, criterion in enumerate(jury.criteria):
        juror.put(mark_of(jury, ballot, number), {"value": 4, "version": 0, "key": criterion.key})
    done = juror.post(place + "hand-in/").json()
    assert (done["state"], len(done["receipt"]), done["comment"]) == ("handed_in", 64, "Bravo")
    assert [one["value"] for one in done["marks"]] == [4] * 5
    assert juror.post(place + "hand-in/").json()["receipt"] == done["receipt"]


def test_recusal_needs_a_reason_and_the_president_may_give_the_ballot_back(
    jury: Jury, ballot: Ballot, juror: Any
) -> None:
    place = address(jury.event, "ballots", ballot.pk)
    assert juror.post(place + "recuse/", {}).status_code == 400
    assert juror.post(place + "recuse/", {"reason": "A relative."}).json()["state"] == "recused"
    assert juror.put(mark_of(jury, ballot), {"value": 4, "version": 0, "key": "a"}).json()["code"] == "closed"
    given_back = caller(jury.account(0)).post(place + "reopen/", {"reason": "By mistake."})
    assert given_back.json() == {"id": ballot.pk, "state": "open"}


def test_juror_sees_their_own_ballots_only(jury: Jury, juror: Any) -> None:
    for project in range(2):
        mark_all(jury.ballot(0, project), 5)
    listed = juror.get(address(jury.event, "ballots")).json()["results"]
    assert {one["id"] for one in listed} == {jury.ballot(1, project).pk for project in range(2)}
    assert all(one["marks"] == [] for one in listed)
    assert juror.get(address(jury.event, "ballots", jury.ballot(0, 0).pk)).status_code == 404


def test_juror_who_left_sees_nothing(jury: Jury, ballot: Ballot, juror: Any) -> None:
    jury.jurors[1].is_active = False
    jury.jurors[1].save()
    assert juror.get(address(jury.event, "ballots")).status_code == 403
    assert juror.get(address(jury.event, "ballots", ballot.pk)).status_code == 404


def test_ballots_of_a_round_that_is_not_open_do_not_exist(db: Any, at: Any) -> None:
    at(DURING_PANELS)
    jury = make_jury(opened=False)
    convening.draw_round(round=jury.panels, actor=None)
    client = caller(jury.account(1))
    assert client.get(address(jury.event, "ballots")).json()["count"] == 0
    assert client.get(address(jury.event, "ballots", jury.ballot(1, 0).pk)).status_code == 404


def test_ballots_are_listed_in_as_many_queries_whatever_the_rows(db: Any, at: Any) -> None:
    at(DURING_PANELS)
    jury = make_jury(projects=1, jurors=1)
    panel, juror = jury.panels.panels.get(), jury.jurors[0]

    def ballots(count: int) -> None:
        for _ in range(count):
            project = make_project(jury.event, panel.theme)
            made = Ballot.objects.create(round=jury.panels, panel=panel, juror=juror, project=project)
            scoring.record_mark(
                ballot=made, criterion=jury.criteria[0], value=3, version=0, key="k", actor=None
            )

    Ballot.objects.all().delete()
    client = caller(jury.account(0))
    counts = queries_by_rows(ballots, lambda: client.get(address(jury.event, "ballots")))
    assert len(set(counts)) == 1
