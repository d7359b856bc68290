"""Each tap saved once, never lost, never silently overwritten; what closes a ballot, and in which words."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils.translation import override

from hackathon.models import AuditEntry
from judging.domain import scoring, sealing
from judging.enums import BallotState
from judging.models import Ballot, Grid, Mark, MarkEntry
from judging.tests.factories import DURING_PANELS, PANELS_CLOSE, make_jury, mark_all, tap
from teams.enums import Standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def rows() -> tuple[int, int]:
    return Mark.objects.count(), MarkEntry.objects.count()


def test_record_mark_saves_the_mark_and_its_log():
    jury = make_jury()
    ballot = jury.ballot(0, 0)
    mark = tap(ballot, "impact", 4)
    assert (mark.value, mark.version, mark.ballot.marked, mark.ballot.criteria) == (Decimal(4), 1, 1, 5)
    mark = tap(ballot, "impact", 5, version=1)
    assert (mark.version, mark.ballot.marked) == (2, 1)
    assert Mark.objects.get().value == 5
    assert list(MarkEntry.objects.values_list("value", "version")) == [(4, 1), (5, 2)]


def test_record_mark_repeated_with_its_key_writes_nothing_even_after_closing(at):
    ballot = make_jury().ballot(0, 0)
    first = tap(ballot, "impact", 4, key="one")
    tap(ballot, "impact", 2, version=1)
    at(PANELS_CLOSE)
    again = tap(ballot, "impact", 4, key="one")
    assert (again.value, again.version) == (first.value, first.version)
    assert rows() == (1, 2)
    assert Mark.objects.get().value == 2


@pytest.mark.parametrize(("criterion", "value"), [("impact", 5), ("pitch", 4)])
def test_record_mark_refuses_a_key_used_for_another_mark(criterion, value):
    ballot = make_jury().ballot(0, 0)
    tap(ballot, "impact", 4, key="one")
    with pytest.raises(scoring.KeyReused):
        tap(ballot, criterion, value, key="one")
    assert rows() == (1, 1)


def test_record_mark_refuses_a_mark_without_a_key():
    ballot = make_jury().ballot(0, 0)
    with pytest.raises(scoring.KeyReused):
        scoring.record_mark(ballot=ballot, criterion="impact", value=4, version=0, key="", actor=None)


def test_record_mark_from_an_older_version_shows_the_other_mark():
    ballot = make_jury().ballot(0, 0)
    tap(ballot, "impact", 4)
    with pytest.raises(scoring.StaleMark) as stale, override("en"):
        tap(ballot, "impact", 2)
    assert (stale.value.details["value"], stale.value.details["version"]) == (4, 1)
    assert "the mark is 4" in str(stale.value)
    assert rows() == (1, 1)


@pytest.mark.parametrize("value", ["0", "6", "4.5", "", "quatre", "NaN", "1e9"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "choose a whole number from 1 to 5"), ("fr", "choisissez un nombre entier de 1 à 5")],
)
def test_record_mark_off_the_scale_says_so(value, language, words):
    ballot = make_jury().ballot(0, 0)
    with override(language), pytest.raises(scoring.OutOfScale) as refused:
        tap(ballot, "impact", value)
    assert words in str(refused.value)
    assert rows() == (0, 0)


def test_record_mark_of_an_unknown_criterion_is_refused():
    ballot = make_jury().ballot(0, 0)
    with pytest.raises(scoring.UnknownCriterion):
        tap(ballot, "elegance", 4)


@pytest.mark.parametrize(("language", "words"), [("en", "hours are over"), ("fr", "horaires du tour")])
def test_record_mark_after_closing_says_so(at, language, words):
    ballot = make_jury().ballot(0, 0)
    at(PANELS_CLOSE)
    with override(language), pytest.raises(scoring.BallotClosed) as refused:
        tap(ballot, "impact", 4)
    assert words in str(refused.value)
    assert rows() == (0, 0)


def test_record_mark_before_the_round_is_opened_is_refused():
    jury = make_jury(opened=False)
    from judging.domain import convening

    convening.draw_round(round=jury.panels, actor=None)
    with pytest.raises(scoring.BallotClosed), override("en"):
        tap(jury.ballot(0, 0), "impact", 4)


@pytest.mark.parametrize("state", [BallotState.HANDED_IN, BallotState.RECUSED, BallotState.SET_ASIDE])
def test_record_mark_on_a_ballot_that_left_the_juror_is_refused(state):
    jury = make_jury()
    ballot = jury.ballot(0, 0)
    Ballot.objects.filter(pk=ballot.pk).update(state=state, recusal_reason="cousin")
    with pytest.raises(scoring.BallotClosed):
        tap(ballot, "impact", 4)
    assert rows() == (0, 0)


def test_record_mark_on_a_withdrawn_project_is_refused():
    jury = make_jury()
    project = jury.projects[0]
    project.standing, project.standing_reason = Standing.WITHDRAWN, "parti"
    project.save()
    with pytest.raises(scoring.BallotClosed):
        tap(jury.ballot(0, 0), "impact", 4)


def test_first_mark_freezes_the_grid():
    jury = make_jury()
    assert Grid.objects.get().frozen_at is None
    tap(jury.ballot(0, 0), "impact", 4)
    frozen = Grid.objects.get().frozen_at
    assert frozen is not None
    tap(jury.ballot(0, 0), "pitch", 4)
    assert Grid.objects.get().frozen_at == frozen


def test_record_mark_asks_four_queries(django_assert_num_queries):
    ballot = make_jury().ballot(0, 0)
    tap(ballot, "impact", 4)
    # savepoint, the row and what the mark depends on, the log, the mark, release
    with django_assert_num_queries(5):
        tap(ballot, "impact", 3, version=1)
    with django_assert_num_queries(5):
        tap(ballot, "pitch", 3)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Still to mark: Making and inclusion and Clarity of the pitch."),
        ("fr", "Il reste à noter\u00a0: Réalisation et inclusion et Clarté du pitch."),
    ],
)
def test_hand_in_of_an_unfinished_ballot_names_what_is_missing(language, words):
    ballot = make_jury().ballot(0, 0)
    for criterion in ("impact", "feasibility", "innovation"):
        tap(ballot, criterion, 4)
    with override(language), pytest.raises(scoring.BallotIncomplete) as refused:
        scoring.hand_in(ballot=ballot, actor=None)
    assert words in str(refused.value)
    assert len(refused.value.details["missing"]) == 2
    assert Ballot.objects.get(pk=ballot.pk).state == BallotState.OPEN


def test_hand_in_gives_a_receipt_and_twice_is_harmless():
    ballot = mark_all(make_jury().ballot(0, 0))
    assert ballot.state == BallotState.HANDED_IN
    assert ballot.receipt == sealing.ballot_digest(Ballot.objects.with_marks().get(pk=ballot.pk))
    again = scoring.hand_in(ballot=ballot, actor=None)
    assert again.receipt == ballot.receipt
    assert AuditEntry.objects.filter(verb="hand_in").count() == 1


def test_hand_in_after_the_hours_for_marks_is_taken_while_the_round_is_open(at):
    ballot = mark_all(make_jury().ballot(0, 0), hand_in=False)
    at(PANELS_CLOSE)
    assert scoring.hand_in(ballot=ballot, actor=None).state == BallotState.HANDED_IN


def test_recuse_needs_a_reason_and_keeps_the_log():
    jury = make_jury()
    ballot = jury.ballot(0, 0)
    tap(ballot, "impact", 4)
    with pytest.raises(scoring.ReasonNeeded):
        scoring.recuse(ballot=ballot, reason="  ", actor=None)
    scoring.recuse(ballot=ballot, reason="Mon ancien employeur", actor=None)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.recusal_reason) == (BallotState.RECUSED, "Mon ancien employeur")
    assert MarkEntry.objects.filter(ballot=ballot).count() == 1
    assert Ballot.objects.get(pk=jury.ballot(1, 0).pk).state == BallotState.OPEN


def test_reopen_gives_the_ballot_back_for_a_reason():
    ballot = mark_all(make_jury().ballot(0, 0))
    with pytest.raises(scoring.ReasonNeeded):
        scoring.reopen(ballot=ballot, reason="", actor=None)
    ballot = scoring.reopen(ballot=ballot, reason="Remise par erreur", actor=None)
    assert (ballot.state, ballot.receipt, ballot.handed_in_at) == (BallotState.OPEN, "", None)
    tap(ballot, "impact", 5, version=1)
    assert AuditEntry.objects.get(verb="reopen_ballot").reason == "Remise par erreur"


def test_save_texts_keeps_both_apart_and_stops_at_the_hand_in():
    ballot = make_jury().ballot(0, 0)
    scoring.save_texts(ballot=ballot, note="entre nous", actor=None)
    scoring.save_texts(ballot=ballot, comment="Bravo", actor=None)
    ballot.refresh_from_db()
    assert (ballot.note, ballot.comment) == ("entre nous", "Bravo")
    mark_all(ballot)
    with pytest.raises(scoring.BallotClosed):
        scoring.save_texts(ballot=ballot, comment="trop tard", actor=None)


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_on_one_cell_one_wins_and_the_other_is_told():
    """Fails when `version` is not compared (SQLite) or the log's constraints are dropped (PostgreSQL)."""
    jury = make_jury(projects=1, jurors=1)
    ballot = jury.ballot(0, 0)
    mark_all(ballot, 1, hand_in=False)
    for round_number in range(1, 9):
        told: list[object] = []
        start = threading.Barrier(2)

        def device(value: int, version: int = round_number, start=start, told=told) -> None:
            start.wait()
            try:
                told.append(tap(ballot, "impact", value, version=version).value)
            except scoring.StaleMark as refused:
                told.append(refused)
            finally:
                connection.close()

        threads = [threading.Thread(target=device, args=(value,)) for value in (2, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        stale = [answer for answer in told if isinstance(answer, scoring.StaleMark)]
        won = [answer for answer in told if not isinstance(answer, scoring.StaleMark)]
        assert (len(won), len(stale)) == (1, 1)
        assert stale[0].details["value"] == won[0] == Mark.objects.get(criterion__key="impact").value
        assert stale[0].details["version"] == round_number + 1
    assert MarkEntry.objects.filter(criterion__key="impact").count() == 9


@pytest.mark.django_db(transaction=True)
def test_the_same_tap_arriving_twice_at_once_is_one_mark():
    ballot = make_jury(projects=1, jurors=1).ballot(0, 0)
    answers: list[tuple] = []
    start = threading.Barrier(2)

    def send() -> None:
        start.wait()
        try:
            mark = tap(ballot, "impact", 4, key="one")
            answers.append((mark.value, mark.version))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(4, 1), (4, 1)]
    assert rows() == (1, 1)
